"""Drafted items: each has a lasting id, says how its citations were read, and a gap carries its search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.result import CriterionPart, Evidence, Gap, RequirementPart, Search, Statement
from assistant.review.items import Item, items_of
from assistant.settings import Settings
from tests.installed import pre_read

SEARCH = Search(pages_read=17, pages_unread=(9,), nearest=("p4s1",), looked_for=("friction",))


def part(
    observation: tuple[Statement, ...] = (),
    gaps: tuple[Gap, ...] = (),
    questions: tuple[Statement, ...] = (),
    identity: str = "C1",
) -> CriterionPart:
    evidence = (
        Evidence(id="p4s1", page=4, quote="Je relève.", boxes=(), source="text", rank=1),
        Evidence(id="p2s3", page=2, quote="Je compte.", boxes=(), source="text", rank=1),
        Evidence(id="p7s1", page=7, quote="47 devis", boxes=(), source="ocr", rank=1),
    )
    asked = RequirementPart(id="C1.r1", text="frictions", state="not_found", evidence=(), search=SEARCH)
    return CriterionPart(
        id=identity,
        assessed_by=("dossier",),
        requirements=(asked,),
        evidence=evidence,
        observation=observation,
        gaps=gaps,
        questions=questions,
    )


def said(text: str, *citations: str) -> Item:
    (item,) = items_of(part((Statement(text=text, citations=citations),)))
    return item


WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
SOURCES = st.lists(st.sampled_from(("p4s1", "p2s3", "p7s1")), unique=True).map(tuple)


@given(WORDS, SOURCES)
def test_an_item_keeps_its_id_from_one_call_to_the_next(text: str, sources: tuple[str, ...]) -> None:
    assert said(text, *sources) == said(text, *sources)


@given(st.tuples(WORDS, SOURCES), st.tuples(WORDS, SOURCES))
def test_other_words_or_other_sources_make_another_item(
    one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]
) -> None:
    assert (said(one[0], *one[1]).id == said(other[0], *other[1]).id) == (one == other)


@pytest.mark.parametrize("mark", ["|", '", "', "\n", "/"])
def test_words_that_look_like_a_source_are_still_words(mark: str) -> None:
    assert said(f"Onze étapes.{mark}p4s1").id != said("Onze étapes.", "p4s1").id


def test_an_id_rests_on_words_and_sources_only() -> None:
    """A check done later, another prompt or another place in the draft leave a person's choice where it was."""
    alone = said("Onze étapes.", "p4s1")
    statement = Statement(text="Onze étapes.", citations=("p4s1",), support="yes", prompt="drafting 1:1f0a")
    _, second = items_of(part((Statement(text="Autre.", citations=()), statement)))
    assert second.id == alone.id
    assert (second.support, second.prompt) == ("yes", "drafting 1:1f0a")


def test_a_question_and_an_observation_with_the_same_words_are_two_items() -> None:
    both = (Statement(text="Onze étapes.", citations=("p4s1",)),)
    assert len({item.id for item in items_of(part(both, (Gap(requirement="p4s1", text="Onze étapes."),), both))}) == 3


def test_the_same_gap_for_two_requirements_is_two_items() -> None:
    gaps = (Gap(requirement="C1.r1", text="Non repéré."), Gap(requirement="C1.r2", text="Non repéré."))
    assert len({item.id for item in items_of(part(gaps=gaps))}) == 2


def test_an_item_drafted_twice_is_treated_once() -> None:
    twice = Statement(text="Onze étapes.", citations=("p4s1",))
    assert len(items_of(part((twice, twice)))) == 1


@pytest.mark.parametrize(
    ("citations", "state"),
    [
        (("p4s1",), "word_for_word"),
        (("p4s1", "p2s3"), "word_for_word"),
        (("p7s1",), "ocr"),
        (("p4s1", "p7s1"), "ocr"),
        ((), "none"),
        (("p99s9",), "none"),
    ],
)
def test_an_item_says_how_its_citations_were_read(citations: tuple[str, ...], state: str) -> None:
    assert said("Onze étapes.", *citations).state == state


def test_pages_come_from_the_passages_in_order_and_once() -> None:
    assert said("Onze étapes.", "p7s1", "p4s1", "p2s3", "p4s1").pages == (2, 4, 7)
    assert said("Onze étapes.").pages == ()


def test_a_gap_carries_the_search_it_rests_on_and_no_citation() -> None:
    (gap,) = items_of(part(gaps=(Gap(requirement="C1.r1", text="Non repéré.", prompt="drafting 1:1f0a"),)))
    assert (gap.kind, gap.requirement, gap.search) == ("gap", "C1.r1", SEARCH)
    assert (gap.citations, gap.pages, gap.state) == ((), (), "none")
    assert gap.prompt == "drafting 1:1f0a"


def test_items_stand_as_observations_gaps_questions() -> None:
    items = items_of(
        part(
            (Statement(text="b", citations=()), Statement(text="a", citations=("p4s1",))),
            (Gap(requirement="C1.r1", text="c"),),
            (Statement(text="d ?", citations=()),),
        )
    )
    assert [(item.kind, item.text) for item in items] == [
        ("observation", "b"), ("observation", "a"), ("gap", "c"), ("question", "d ?"),
    ]  # fmt: skip
    assert items[1].support == "unchecked"


@pytest.mark.usefixtures("shared_readings")
def test_every_item_of_a_real_pre_read_has_a_name_of_its_own_under_its_criterion(
    settings: Settings, plumber: bytes
) -> None:
    opened, again = pre_read(settings, plumber), pre_read(settings, plumber)
    names: list[str] = []
    for one, reread in zip(opened.preread.criteria, again.preread.criteria, strict=True):
        items = items_of(one)
        assert len(items) == len(one.observation) + len(one.gaps) + len(one.questions)
        assert items == items_of(reread)
        assert all(item.search and item.search.pages_read for item in items if item.kind == "gap")
        assert all((item.state == "none") == (not item.citations) for item in items)
        assert len({item.id for item in items}) == len(items)
        names += [item.id for item in items]
    assert len(set(names)) > 30
    assert all(name.isalnum() for name in names)
