"""What a criterion gains and loses between two versions: new words and words that are gone, nothing that stood still."""

from assistant.application.versions import Version, comparison_of, side_by_side
from assistant.dossier.model import Dossier, Sentence
from assistant.matching.coverage import Coverage, CoveragePart
from tests.application.house import essay, part, result

OLD = ("Je relève deux frictions.", "Sur 87 devis, 41 restent sans réponse.", "Le gérant relit chaque message.")


def version(
    *texts: str, serving: tuple[str, ...] = (), told: tuple[str, ...] = (), proposed: tuple[str, ...] = ()
) -> Version:
    """A version of these sentences: those that serve C1, that may speak of it, that are proposed for reading."""
    ids = {text: f"p1s{place}" for place, text in enumerate(texts, start=1)}
    sentences = tuple(
        Sentence(sid, 1, 0, len(text), text, (), "text", "prose", "body", "") for text, sid in ids.items()
    )
    made = part("C1")
    requirement = made.requirements[0].model_copy(update={"evidence": tuple(ids[text] for text in serving)})
    evidence = tuple(made.evidence[0].model_copy(update={"id": ids[text]}) for text in proposed)
    criterion = made.model_copy(update={"requirements": (requirement,), "evidence": evidence})
    preread = result(essay()).model_copy(update={"criteria": (criterion,)})
    spoken = CoveragePart(id="C1", near=0.0, requirements={}, states={}, told=tuple(ids[text] for text in told))
    coverage = Coverage(drafter="extractive", sentences=len(texts), criteria=(spoken,))
    return Version(preread, Dossier("d.pdf", "0", (), sentences, (), (), ()), coverage)


def gains(before: Version, after: Version) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (one,) = comparison_of(before, after).criteria
    return one.gained, one.lost


def test_a_sentence_added_that_speaks_of_a_criterion_is_gained_and_one_taken_out_is_lost() -> None:
    new = "Une friction coûte neuf heures par semaine."
    assert gains(version(*OLD), version(*OLD, new, told=(new,))) == ((new,), ())
    assert gains(version(*OLD, new, serving=(new,)), version(*OLD)) == ((), (new,))
    assert gains(version(*OLD), version(*OLD, new, proposed=(new,))) == ((new,), ())
    assert gains(version(*OLD), version(*OLD, new)) == ((), ())


def test_what_stands_still_is_neither_whatever_the_lists_say() -> None:
    assert gains(version(*OLD, serving=OLD[:1]), version(*OLD, serving=OLD[1:])) == ((), ())


def test_what_moved_or_changed_by_a_figure_alone_is_neither() -> None:
    moved = (OLD[2], OLD[0], OLD[1])
    assert gains(version(*OLD, serving=OLD[2:]), version(*moved)) == ((), ())
    figure = OLD[1].replace("41", "47")
    assert gains(version(*OLD), version(OLD[0], figure, OLD[2], serving=(figure,))) == ((), ())


def test_other_words_count_where_they_serve_on_one_side_and_do_not_speak_of_it_on_the_other() -> None:
    other = "Le gérant relit chaque message et note les frictions."
    assert gains(version(*OLD), version(*OLD[:2], other, serving=(other,))) == ((other,), ())
    assert gains(version(*OLD, told=OLD[2:]), version(*OLD[:2], other, serving=(other,))) == ((), ())


def test_a_short_sentence_between_two_that_speak_of_a_criterion_goes_with_them() -> None:
    first, short, last = "Le formulaire déclenche un message.", "Le lendemain, un SMS.", "La fiche passe au vert."
    said = (*OLD, first, short, last)
    assert gains(version(*OLD), version(*said, told=(first, last))) == ((first, short, last), ())
    assert gains(version(*OLD), version(*said, told=(first,))) == ((first,), ())
    assert gains(version(*OLD), version(*OLD, first, short, OLD[0] + " Bis", last, told=(first, last)))[0] == (
        first,
        last,
    )


def test_what_is_read_first_are_the_passages_found_for_a_criterion_the_others_are_counted() -> None:
    found, near = "Chaque lundi, une relance part toute seule.", "Un tableau range le reste au bureau."
    before = version(*OLD, serving=(OLD[0], OLD[2]), proposed=(OLD[2], OLD[1], OLD[0]))
    after = version(found, near, serving=(found,), told=(near,), proposed=(found,))
    (one,) = side_by_side(before, after).passages
    assert [sentence.text for sentence in one.lost] == [OLD[2], OLD[0]], "in the order in which they were read"
    assert ([sentence.text for sentence in one.gained], one.near_gained, one.near_lost) == ([found], 1, 1)
    assert side_by_side(before, before).passages == ()


def test_the_comparison_is_written_as_agreed() -> None:
    report = comparison_of(version(*OLD), version(*OLD[1:]))
    written = report.model_dump(mode="json")
    assert list(written) == ["format", "sentences", "unchanged", "criteria"]
    assert written["sentences"] == [
        {"change": "removed", "before": {"id": "p1s1", "page": 1, "text": OLD[0]}, "after": None}
    ]
    assert written["criteria"] == [{"id": "C1", "gained": [], "lost": []}]
    assert written["unchanged"] == 2
