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
        "X1.r1",
        "des points de friction.",
        "les points de friction",
        state,
        ids,
        ("p4s1",),
        minimum,
        "points de friction",
    )
    return Task(
        Criterion(id="X1", text="Points de friction"),
        CriterionMatch("X1", (), (), ids),
        (finding,),
        sentences,
        18,
        unread,
    )


def drafted(one: Task):  # type: ignore[no-untyped-def]
    drafter = ExtractiveDrafter()
    (draft,) = drafter.draft(DOSSIER, [one], drafter.choose(DOSSIER, [one], silent), silent).drafts
    return draft


def test_the_quotation_is_the_finding() -> None:
    draft = drafted(task("found", ("p6s1", "p4s1")))
    assert [(s.text, s.citations) for s in draft.observation] == [
        ("«\u00a0Oui.\u00a0»", ("p6s1",)),
        ("«\u00a0Oui.\u00a0»", ("p4s1",)),
    ]
    assert draft.gaps == ()
    assert draft.questions == ()


def test_what_was_not_found_is_said_once_as_a_thing_to_check() -> None:
    draft = drafted(task("not_found", ()))
    (gap,) = draft.gaps
    assert gap.text == "Pas repéré, à vérifier\u00a0: «\u00a0les points de friction\u00a0» (18\u00a0pages lues)."


def test_a_gap_says_how_many_pages_were_searched_and_which_were_not() -> None:
    (gap,) = drafted(task("not_found", (), unread=(3, 9))).gaps
    assert "(18\u00a0pages lues\u00a0; p.\u00a03, 9 non lues)" in gap.text


def test_a_number_of_passages_is_not_taken_for_a_number_of_things() -> None:
    assert drafted(task("found", ("p6s1",), minimum=2)).gaps == ()


def test_what_only_the_oral_can_show_gets_questions_and_no_gap() -> None:
    draft = drafted(task("oral_only", ()))
    assert draft.gaps == ()
    assert draft.questions[0].text == (
        "À propos de «\u00a0les points de friction\u00a0», qu’avez-vous fait concrètement, et où peut-on le voir\u00a0?"
    )


def test_a_page_that_was_not_read_never_becomes_a_gap() -> None:
    assert drafted(task("unread", (), unread=(3,))).gaps == ()


def test_there_are_at_most_two_questions() -> None:
    finding = task("not_found", ()).findings[0]
    many = task("not_found", ())
    crowded = Task(many.criterion, many.match, (finding,) * 9, many.sentences, 18, ())
    assert len(drafted(crowded).questions) == 2
