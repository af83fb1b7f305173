"""The one call that sees every find of a criterion names what contradicts what, and drafting is told."""

from collections.abc import Callable
from typing import cast

from assistant.dossier.model import Dossier
from assistant.drafting.model_drafter import CallLimits, ModelDrafter
from assistant.drafting.task import OpposedPair
from assistant.llm.answers import Answer
from assistant.llm.client import Answered, ModelClient
from assistant.llm.prompts import Filled
from assistant.progress import silent
from assistant.result import Tokens
from tests.drafting.tasks import finding, task

TEXTS = {
    "p2s1": f"Aucun devis ne nous échappe depuis que {'la liste est tenue et relue chaque soir par ' * 3}nous deux.",
    "p9s1": "La relance part le mardi matin, par un message que la gérante relit toujours.",
    "p31s1": f"Le devis de mai a été oublié {'trois semaines dans la liste avant que le client appelle ' * 3}enfin.",
}


class Reader:
    """Answers with what it is given, and keeps what it was asked."""

    model = "lecteur"
    has_answered = True

    def __init__(self, *answers: dict[str, object]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def ask(self, prompt: Filled, kind: type[Answer], _: Callable[..., object]) -> Answered[Answer]:
        self.asked.append(str(prompt.user))
        return Answered(kind.model_validate({"criteria": [self._answers.pop(0)]}), Tokens(), "call")


class Pages:
    """A dossier of a few sentences: what sending asks of one."""

    sha256 = "1"
    sentences = tuple(task(TEXTS, []).sentences.values())


def test_facts_that_contradict_each_other_are_named_by_whoever_chooses_and_told_to_whoever_drafts() -> None:
    chosen: dict[str, object] = {
        "criterion": "C1",
        "sentences": ["s1", "s2"],
        "contradictions": [
            {"first": "s1", "second": "s3"},
            {"first": "s1", "second": "s99"},
            {"first": "s2", "second": "s2"},
        ],
    }
    reader = Reader(chosen, {"criterion": "C1", "observation": [], "gaps": [], "questions": []})
    limits = CallLimits(context=32_000, output=4_000, concurrency=1, budget=10**9, seconds=60)
    drafter = ModelDrafter(cast(ModelClient, reader), limits, check=False, hiding="none")
    one = task(TEXTS, [finding("X1.r1", "un suivi", list(TEXTS))])
    dossier = cast(Dossier, Pages())
    choice = drafter.choose(dossier, [one], silent)
    assert choice.contrary == ((OpposedPair("p2s1", "p31s1"),),), "what was not sent, or is one sentence, is no pair"
    drafter.draft(dossier, [one], choice, silent)
    assert "À comparer : s1 et s3 (semblent se contredire)." in reader.asked[1]
    assert "À comparer" not in reader.asked[0]
