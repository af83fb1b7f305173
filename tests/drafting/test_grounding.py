"""What a model answered, held against what it was sent."""

from collections.abc import Callable

from assistant.drafting.asking import requirement_labels
from assistant.drafting.calling import Calls
from assistant.drafting.checking import checked
from assistant.drafting.grounding import Grounds, grounded
from assistant.drafting.task import Draft, Task
from assistant.drafting.windows import labelled
from assistant.errors import ModelUnreachable
from assistant.llm.answers import CriterionDraft, SupportAnswer
from assistant.llm.client import Answered
from assistant.llm.prompts import Filled
from assistant.privacy.mask import Masked, own_words
from assistant.result import Gap, Statement, Tokens
from tests.drafting.tasks import finding, task

TEXTS = {
    "p1s1": "Dossier de projet, session de juin",
    "p2s1": "Nous avons retenu Make parce que Sonia le connaissait.",
    "p3s1": "La ressaisie prend 9 h par semaine.",
}
ONE = task(
    TEXTS,
    [finding("X1.r1", "un outil", ["p2s1"]), finding("X1.r2", "le coût annuel de l’outil", nearest=("p3s1",))],
)
LABELS = labelled("s", list(TEXTS))


def said(one: Task, failed: bool = False, sent: frozenset[str] = frozenset({"s2"}), **answer: object) -> Draft:
    grounds = Grounds(LABELS, requirement_labels([one.criterion]), {"X1": sent}, str, "drafting 3:0 call")
    whole = {"criterion": "C1", "observation": [], "gaps": [], "questions": [], **answer}
    return grounded(CriterionDraft.model_validate(whole), one, grounds, failed)


def test_only_a_sentence_sent_for_that_criterion_in_that_call_can_be_cited() -> None:
    draft = said(ONE, observation=[{"text": "Le projet coûte 14 000 euros.", "citations": ["s1", "s2", "s77"]}])
    (statement,) = draft.observation
    assert statement.citations == ("p2s1",)
    assert statement.unsourced == ("14 000",)
    assert draft.dropped_citations == 2


def test_words_of_the_requirement_may_be_quoted_and_those_of_nobody_may_not() -> None:
    good = said(
        ONE,
        observation=[{"text": "Make a été retenu parce que Sonia le connaissait (« un outil »).", "citations": ["s2"]}],
    )
    assert good.observation[0].unsourced == ()
    bad = said(
        ONE, observation=[{"text": "Le dossier dit que Make a été retenu (« Make est gratuit »).", "citations": ["s2"]}]
    )
    assert bad.observation == ()
    assert bad.withheld == 1


def test_a_placeholder_that_was_never_given_stands_for_nobody_and_is_withheld() -> None:
    draft = said(ONE, observation=[{"text": "[PERSONNE_9] a retenu Make.", "citations": ["s2"]}])
    assert draft.observation == ()
    assert draft.withheld == 1


def test_all_that_a_statement_cites_is_kept_and_statements_are_cut_instead() -> None:
    many = {f"p{n}s1": f"Fait numéro {n}." for n in range(1, 12)}
    one = task(many, [finding("X1.r1", "des faits", list(many))])
    grounds = Grounds(
        labelled("s", list(many)), requirement_labels([one.criterion]), {"X1": frozenset(f"s{n}" for n in range(1, 12))},
        str, "drafting",
    )  # fmt: skip
    long = "Le dossier décrit les étapes, " + "de l’appel à la facture, " * 20
    answer = CriterionDraft.model_validate(
        {
            "criterion": "C1",
            "gaps": [],
            "questions": [],
            "observation": [
                {
                    "text": "Le dossier décrit les étapes, de l’appel à la facture.",
                    "citations": [f"s{n}" for n in range(1, 12)],
                },
                {"text": long, "citations": ["s1"]},
            ],
        }
    )
    draft = grounded(answer, one, grounds, failed_windows=False)
    assert len(draft.observation) == 1
    assert len(draft.observation[0].citations) == 11


def test_two_requirements_that_ask_nearly_the_same_give_one_gap() -> None:
    twice = task(TEXTS, [finding("X1.r1", "un calendrier daté"), finding("X1.r2", "un calendrier avec des dates")])
    gaps = [
        {"requirement": "R1", "text": "Le dossier ne donne pas de calendrier daté.", "citations": []},
        {"requirement": "R2", "text": "Aucun calendrier daté n’est donné dans le dossier.", "citations": []},
    ]
    assert len(said(twice, gaps=gaps).gaps) == 1
    other = [gaps[0], {"requirement": "R2", "text": "Le dossier ne nomme aucun responsable.", "citations": []}]
    assert len(said(twice, gaps=other).gaps) == 2


def test_an_admission_makes_a_gap_precise() -> None:
    gaps = [{"requirement": "R2", "text": "Le coût annuel n’est pas donné.", "citations": ["s2", "s1"]}]
    (gap,) = said(ONE, gaps=gaps).gaps
    assert gap.citations == ("p2s1",)


def test_a_gap_the_model_did_not_word_is_told_in_ours() -> None:
    (gap,) = said(ONE).gaps
    assert gap.text == "Non trouvé\u00a0: «\u00a0le coût annuel de l’outil\u00a0» (18\u00a0pages lues)."
    assert said(ONE, failed=True).gaps == ()


class Checker(Calls):
    """A check that answers as told, and keeps what it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = answers, ""

    def ask(self, prompt: Filled, kind: type, seal: Callable[[str], Masked]) -> Answered:  # type: ignore[type-arg]
        self.asked = seal(prompt.user)
        if not self.answers:
            raise ModelUnreachable("Le modèle ne répond pas.")
        marks = [{"statement": n, "supported": word} for n, word in enumerate(self.answers, start=1)]
        return Answered(SupportAnswer.model_validate({"statements": marks}), Tokens(), "call")


DRAFT = Draft(
    observation=(
        Statement(text="Make a été retenu.", citations=("p2s1",)),
        Statement(text="Il coûte 29 €.", citations=("p2s1",), unsourced=("29",)),
    ),
    gaps=(Gap(requirement="X1.r2", text="Le dossier ne donne pas le coût annuel."),),
    questions=(Statement(text="Pourquoi Make ?", citations=("p2s1",)),),
)


def marked(*answers: str) -> tuple[Draft, str]:
    checker = Checker(*answers)
    drafts, _, _ = checked([ONE], {"X1": DRAFT}, LABELS, str, own_words, checker)
    return drafts["X1"], checker.asked


def test_statements_questions_and_gaps_are_all_checked() -> None:
    draft, asked = marked("yes", "yes", "partly", "yes")
    assert [item.support for item in (*draft.observation, *draft.questions)] == ["yes", "partly", "partly"]
    assert draft.gaps[0].support == "yes"
    assert "(manque) : Le dossier ne donne pas le coût annuel." in asked
    assert "La ressaisie prend 9 h" in asked


def test_what_stands_in_no_cited_sentence_is_never_wholly_supported() -> None:
    draft, _ = marked("yes", "yes", "yes", "yes")
    assert draft.observation[1].support == "partly"


def test_a_gap_that_the_nearest_sentences_refute_is_no_gap() -> None:
    draft, _ = marked("yes", "yes", "yes", "no")
    assert draft.gaps == ()
    assert draft.refuted == ("X1.r2",)


def test_a_check_that_fails_says_so_and_marks_nothing() -> None:
    draft, _ = marked()
    assert draft.unchecked == "Énoncés non vérifiés\u00a0: Le modèle ne répond pas."
    assert {item.support for item in draft.observation} == {"unchecked"}
