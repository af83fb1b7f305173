"""Every passage is shown once; where a model holds less than the settings say, its window is halved and asked again."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.drafting.full_reading import read_in_full
from assistant.drafting.windows import sentence_labels
from assistant.errors import ModelContextExceeded
from assistant.llm.answers import Pair, ReadingAnswer
from assistant.llm.client import Answered
from assistant.llm.prompts import Filled
from assistant.privacy.mask import own_words
from assistant.progress import silent
from assistant.result import Tokens
from tests.drafting.test_sending import CRITERION, dossier


class Holds:
    """Calls of a model that holds `most` sentences and finds every one of them; `refused` counts what was too long."""

    def __init__(self, most: int) -> None:
        self.most, self.refused, self.shown = most, 0, list[str]()

    def ask(self, prompt: Filled, kind: type, seal: Callable[[str], Any]) -> Answered[ReadingAnswer]:
        labels = re.findall(r"^(s\d+) : ", prompt.user, re.M)
        if len(labels) > self.most:
            self.refused += 1
            raise ModelContextExceeded("Le passage envoyé est trop long pour ce modèle.")
        self.shown += labels
        pairs = [Pair(sentence=label, requirement="R1", relation="supports") for label in labels]
        return Answered(ReadingAnswer(finds=pairs), Tokens(input=1, output=1), "k")

    def all(self, work: Sequence[Callable[[], Any]], step: str, progress: Any) -> list[tuple[int, Any]]:
        return [(place, one()) for place, one in enumerate(work)]


def read(calls: Holds) -> Any:
    made = dossier()
    return read_in_full(
        made, [CRITERION], sentence_labels(made), str, own_words, calls, 8_000, silent  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_window_beyond_the_context_is_halved_and_asked_again() -> None:
    calls = Holds(2)
    reading = read(calls)
    assert calls.refused == 1
    assert calls.shown == ["s1", "s2", "s3"]
    assert {find.sentence for find in reading.finds} == {"p1s1", "p1s2", "p2s1"}
    assert (reading.failed_pages, reading.reasons, reading.calls) == ((), (), 2)


def test_a_passage_that_never_fits_leaves_its_pages_alone_unread() -> None:
    calls = Holds(1)
    reading = read(calls)
    assert calls.shown == ["s3"]
    assert reading.failed_pages == (1,)
    assert reading.took_place
    assert reading.reasons == ("Le passage envoyé est trop long pour ce modèle.",)
