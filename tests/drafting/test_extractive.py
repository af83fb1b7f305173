from assistant.dossier.model import Dossier, Sentence
from assistant.drafting.extractive import ExtractiveDrafter
from assistant.drafting.task import RequirementFinding, Task
from assistant.matching.match import CriterionMatch
from assistant.progress import silent
from assistant.referentiel.model import Criterion
from assistant.result import RequirementState

DOSSIER = Dossier("d.pdf", "0", (), (), (), (), ())


def sentence(sid: str, page: int) -> Sentence:
    return Sentence(sid, page, 0, 4, "Oui.", ((0, 0, 1, 1),), "text", "prose", "body", "")


def task(
    state: RequirementState, ids: tuple[str, ...], unread: tuple[int, ...] = (), minimum: int | None = None
) -> Task:
    sentences = {f"p{page}s1": sentence(f"p{page}s1", page) for page in (4, 6, 11)}
    finding = RequirementFinding(
        "X1.r1", "des points de friction.", state, ids, ("p4s1",), minimum, "points de friction"
    )
    return Task(
        Criterion(id="X1", text="Points de friction"), CriterionMatch("X1", (), ()), (finding,), sentences, 18, unread
    )


def drafted(one: Task):  # type: ignore[no-untyped-def]
    (draft,) = ExtractiveDrafter().draft(DOSSIER, [one], silent).drafts
    return draft


def test_the_observation_only_says_where_passages_stand() -> None:
    draft = drafted(task("found", ("p6s1", "p4s1", "p11s1")))
    (statement,) = draft.observation
    assert statement.text == "Passages repérés p.\u00a04, 6, 11 pour «\u00a0des points de friction\u00a0»."
    assert statement.citations == ("p6s1", "p4s1", "p11s1")
    assert draft.gaps == ()


def test_a_gap_says_how_many_pages_were_searched_and_which_were_not() -> None:
    (gap,) = drafted(task("not_found", (), unread=(3, 9))).gaps
    assert "dans les 18\u00a0pages lues (p.\u00a03, 9 non lues)" in gap.text


def test_too_few_passages_for_a_stated_minimum_is_a_gap() -> None:
    (gap,) = drafted(task("found", ("p6s1",), minimum=2)).gaps
    assert "au moins 2\u00a0points de friction" in gap.text
    assert "un seul passage repéré" in gap.text


def test_what_only_the_oral_can_show_gets_questions_and_no_gap() -> None:
    draft = drafted(task("oral_only", ()))
    assert draft.gaps == ()
    assert "des points de friction" in draft.questions[0].text


def test_a_page_that_was_not_read_never_becomes_a_gap() -> None:
    assert drafted(task("unread", (), unread=(3,))).gaps == ()


def test_there_are_at_most_three_questions() -> None:
    finding = task("found", ("p6s1",)).findings[0]
    many = task("found", ("p6s1",))
    crowded = Task(many.criterion, many.match, (finding,) * 9, many.sentences, 18, ())
    assert len(drafted(crowded).questions) == 3
