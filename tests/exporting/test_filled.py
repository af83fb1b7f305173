"""The filled grid holds what people kept, wrote and decided, and nothing else."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.exporting.filled import Heading, Reading, grid_of
from assistant.exporting.grid import Cited, Grid, Quoted
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Bloc, Criterion, Referentiel, Scale
from assistant.result import (
    CriterionPart,
    DossierPart,
    Evidence,
    Gap,
    LedgerEntry,
    PreRead,
    Provenance,
    ReferentielRef,
    Statement,
)
from assistant.review.decision import Decision
from assistant.review.harmony import Agreed
from assistant.review.items import Choice, Item, ItemKind, items_of
from assistant.review.work import CriterionWork, OwnEvidence, OwnText, Work, Written

LOCKED = datetime(2026, 6, 12, 18, 41, tzinfo=UTC)
HEADING = Heading("Session de juin", date(2026, 6, 18), "0417", "Tiers temps.", LOCKED)


def drafted(name: str) -> CriterionPart:
    """A criterion whose every item and passage has words of its own."""
    evidence = tuple(
        Evidence(id=f"p{page}s1", page=page, quote=f"{name} passage {page}", boxes=(), source=source, rank=1)
        for page, source in ((7, "ocr"), (4, "text"), (5, "text"))
    )
    return CriterionPart(
        id=name,
        assessed_by=("dossier",),
        requirements=(),
        evidence=evidence,
        observation=(
            Statement(text=f"{name} constat un", citations=("p4s1",)),
            Statement(text=f"{name} constat deux", citations=("p7s1", "p4s1")),
        ),
        gaps=(Gap(requirement=f"{name}.r1", text=f"{name} manque"),),
        questions=(Statement(text=f"{name} question", citations=("p5s1",)),),
    )


PREREAD = PreRead(
    status="complete",
    referentiel=ReferentielRef(id="essai", version="3", sha256="0", blocs=("B0",)),
    dossier=DossierPart(
        file="d.pdf", sha256="ab", pages=9, words=10, unused_pages=(), notices=(),
        ledger=(LedgerEntry(page=1, read="text", words=10), LedgerEntry(page=9, read="none", words=0)),
    ),
    criteria=(drafted("C1"), drafted("C2")),
    deliverables=(),
    provenance=Provenance(software="prelecture", drafter="tel", embedding="lexical", settings_sha256="0",
                          prompts={"drafting": "2:1f0a"}),
)  # fmt: skip
ITEMS: dict[str, tuple[Item, ...]] = {part.id: items_of(part) for part in PREREAD.criteria}
KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
ADOPTED, REJECTED = Choice("adopted"), Choice("rejected")


def asked(scale: Scale = "points", *points: float | None) -> LoadedReferentiel:
    criteria = tuple(
        Criterion(id=name, text=f"Texte de {name}.", points=most)
        for name, most in zip(("C1", "C2"), points or (2.0, 4.0), strict=True)
    )
    return LoadedReferentiel(
        Referentiel(id="essai", version="3", scale=scale, blocs=(Bloc(id="B0", criteria=criteria),)), "0"
    )


def reading(part: int = 1, locked: datetime | None = LOCKED, **criteria: CriterionWork) -> Reading:
    return Reading(f"Juré {part}", part, Work(f"j{part}", criteria, locked))


def chosen(**choices: Choice) -> CriterionWork:
    named = dict(zip(("one", "two", "gap", "question"), ITEMS["C1"], strict=True))
    return CriterionWork(choices={named[name].id: choice for name, choice in choices.items()})


def individual(work: CriterionWork, loaded: LoadedReferentiel | None = None) -> Grid:
    return grid_of(HEADING, PREREAD, loaded or asked(), [reading(C1=work)])


def collegial(readings: Sequence[Reading], agreed: Mapping[str, Agreed]) -> Grid:
    return grid_of(HEADING, PREREAD, asked(), readings, agreed)


def agreement(decision: Decision, text: str = "", *consents: str) -> Agreed:
    return Agreed(text, decision, "j1", 1, consents or ("j1", "j2"))


VERDICTS = st.sampled_from((None, None, "adopted", "edited", "rejected"))
CHOICES = st.lists(VERDICTS, min_size=8, max_size=8)


def work_with(verdicts: Sequence[str | None], part: int) -> dict[str, CriterionWork]:
    verdict, made = iter(verdicts), {}
    for name, items in ITEMS.items():
        choices = {}
        for number, item in enumerate(items):
            match next(verdict):
                case "adopted":
                    choices[item.id] = ADOPTED
                case "rejected":
                    choices[item.id] = REJECTED
                case "edited":
                    choices[item.id] = Choice("edited", f"{name} relu {number} par {part}")
        made[name] = CriterionWork(choices=choices)
    return made


@settings(max_examples=100, deadline=None)
@given(st.lists(CHOICES, min_size=1, max_size=3))
def test_what_nobody_kept_appears_nowhere(verdicts: list[list[str | None]]) -> None:
    readings = [reading(part, LOCKED, **work_with(own, part)) for part, own in enumerate(verdicts, start=1)]
    grid = grid_of(HEADING, PREREAD, asked(), readings, {} if len(readings) > 1 else None)
    told = json.dumps(asdict(grid), default=str, ensure_ascii=False)
    for name, items in ITEMS.items():
        choices = [[one.work.on(name).choices.get(item.id) for one in readings] for item in items]
        cited = set()
        for item, made in zip(items, choices, strict=True):
            kept = [choice for choice in made if choice and choice.verdict != "rejected"]
            assert (f'"{item.text}"' in told) == (ADOPTED in kept)
            assert all(f'"{choice.text}"' in told for choice in kept if choice.verdict == "edited")
            cited |= {f"{name} passage {sid[1]}" for sid in item.citations if kept}
        row = next(row for row in grid.rows if row.id == name)
        assert {quote.quote for quote in row.quotes} == cited
    counted = [verdict for own in verdicts for verdict in own]
    assert (grid.ai.adopted, grid.ai.edited, grid.ai.rejected) == tuple(
        counted.count(verdict) for verdict in ("adopted", "edited", "rejected")
    )


def test_a_dossier_nobody_treated_gives_empty_rows() -> None:
    grid = individual(CriterionWork(read=True, note=Written("pour moi", 1)))
    for row in grid.rows:
        assert (row.observations, row.gaps, row.questions, row.quotes) == ((), (), (), ())
        assert (row.decision, row.points, row.motivation) == ("", None, "")
    assert "pour moi" not in str(grid)


def test_each_kind_stands_in_its_own_place_with_its_origin() -> None:
    own = tuple(OwnText(kind, kind, f"mon {kind}", (2,)) for kind in KINDS)
    row = individual(replace(chosen(one=ADOPTED, gap=ADOPTED, question=Choice("edited", "Et donc ?")), own=own)).rows[0]
    assert row.observations == (Cited("C1 constat un", (4,), "ai"), Cited("mon observation", (2,), "own"))
    assert row.gaps == (Cited("C1 manque", (), "ai"), Cited("mon gap", (2,), "own"))
    assert row.questions == (Cited("Et donc ?", (5,), "ai_edited"), Cited("mon question", (2,), "own"))


def test_edited_words_replace_the_drafts_and_keep_its_pages() -> None:
    grid = individual(chosen(two=Choice("edited", "Autrement dit.")))
    assert grid.rows[0].observations == (Cited("Autrement dit.", (4, 7), "ai_edited"),)
    assert "constat" not in str(grid)


def test_passages_stand_by_page_word_for_word_with_their_source() -> None:
    evidence = (OwnEvidence("a", 2, ("p2s1",), "Chez moi.", ocr=True), OwnEvidence("b", 9))
    row = individual(replace(chosen(two=ADOPTED), evidence=evidence)).rows[0]
    assert row.quotes == (
        Quoted(2, "Chez moi.", "ocr", own=True),
        Quoted(4, "C1 passage 4", "text"),
        Quoted(7, "C1 passage 7", "ocr"),
        Quoted(9, "", "text", own=True),
    )


def test_the_same_words_adopted_by_both_stand_once() -> None:
    grid = collegial([reading(1, C1=chosen(one=ADOPTED)), reading(2, C1=chosen(one=ADOPTED, two=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un", "C1 constat deux"]
    assert [one.page for one in grid.rows[0].quotes] == [4, 7]


def test_what_one_rejected_stands_when_another_kept_it() -> None:
    grid = collegial([reading(1, C1=chosen(one=REJECTED)), reading(2, C1=chosen(one=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un"]
    assert (grid.ai.adopted, grid.ai.rejected) == (1, 1)


def test_adopted_items_stand_in_the_drafts_order_before_own_texts() -> None:
    own = replace(chosen(two=ADOPTED), own=(OwnText("a", "observation", "à moi", ()),))
    grid = collegial([reading(1, C1=own), reading(2, C1=chosen(one=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un", "C1 constat deux", "à moi"]


def test_own_texts_stand_in_the_order_in_which_they_were_written_reading_by_reading() -> None:
    first = CriterionWork(own=tuple(OwnText(name, "gap", f"manque {name}", (3,)) for name in ("1", "2")))
    second = replace(
        chosen(gap=Choice("edited", "Autrement dit.")),
        own=(OwnText("0", "gap", "manque 0", ()), OwnText("3", "gap", "manque 2", ())),
    )
    grid = collegial([reading(1, C1=first), reading(2, C1=second)], {})
    assert grid.rows[0].gaps == (
        Cited("Autrement dit.", (), "ai_edited"),
        Cited("manque 1", (3,), "own"),
        Cited("manque 2", (3,), "own"),
        Cited("manque 0", (), "own"),
    )


def test_a_choice_on_an_item_that_is_no_more_is_neither_printed_nor_counted() -> None:
    gone = {"o0": ADOPTED, "o1": Choice("edited", "Ancien."), "o2": REJECTED, ITEMS["C2"][0].id: ADOPTED}
    work = chosen(one=ADOPTED, two=REJECTED)
    work = replace(work, choices={**work.choices, **gone})
    grid = grid_of(HEADING, PREREAD, asked(), [reading(1, C1=work, C9=chosen(one=ADOPTED))])
    assert (grid.ai.adopted, grid.ai.edited, grid.ai.rejected) == (1, 0, 1)
    assert [one.text for row in grid.rows for one in row.observations] == ["C1 constat un"]
    assert "Ancien" not in str(grid)


def test_a_citation_that_the_evidence_lacks_is_no_error() -> None:
    statement = Statement(text="Constat", citations=("p99s9", "p4s1"))
    unread = Statement(text="Sans passage", citations=("p99s9",))
    part = drafted("C1").model_copy(update={"observation": (statement, unread)})
    preread = PREREAD.model_copy(update={"criteria": (part,)})
    work = CriterionWork(choices={item.id: ADOPTED for item in items_of(part)[:2]})
    row = grid_of(HEADING, preread, asked(), [reading(C1=work)]).rows[0]
    assert row.observations == (Cited("Constat", (4,), "ai"), Cited("Sans passage", (), "ai"))
    assert row.quotes == (Quoted(4, "C1 passage 4", "text"),)


DECIDED = CriterionWork(decision=Decision(points=1.5), motivation=Written(" Deux frictions. ", 1))


def test_a_jurors_grid_shows_their_own_decision() -> None:
    grid = individual(DECIDED)
    assert grid.kind == "individual"
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("1,5 / 2", 1.5, "Deux frictions."),
        ("", None, ""),
    ]


def test_the_jurys_grid_shows_what_was_agreed_and_nobodys_own_decision() -> None:
    both = [reading(1, C1=DECIDED, C2=DECIDED), reading(2, C1=DECIDED)]
    grid = collegial(both, {"C2": agreement(Decision(points=3), "Ensemble.")})
    assert grid.kind == "collegial"
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("", None, ""),
        ("3 / 4", 3, "Ensemble."),
    ]
    assert "Deux frictions" not in str(grid)


@pytest.mark.parametrize("consents", [("j1",), ("j1", "j2"), ("j1", "j2", "j4"), ("elsewhere",)])
def test_a_proposal_without_everyones_consent_is_not_printed(consents: tuple[str, ...]) -> None:
    three = [reading(part) for part in (1, 2, 3)]
    proposals = {name: agreement(Decision(points=1), "Proposé.", *consents) for name in ("C1", "C2")}
    grid = collegial(three, proposals)
    assert [(row.decision, row.motivation) for row in grid.rows] == [("", ""), ("", "")]
    assert grid.total is None


def test_what_all_consented_to_is_printed_whoever_else_did() -> None:
    three = [reading(part) for part in (1, 2, 3)]
    agreed = {name: agreement(Decision(points=1), "Ensemble.", "j0", "j3", "j2", "j1") for name in ("C1", "C2")}
    grid = collegial(three, agreed)
    assert [(row.decision, row.motivation) for row in grid.rows] == [("1 / 2", "Ensemble."), ("1 / 4", "Ensemble.")]
    assert (grid.total, grid.most_total) == (2, 6)


def test_one_proposal_without_every_consent_leaves_the_others_and_no_total() -> None:
    proposals = {"C1": agreement(Decision(points=1), "Ensemble."), "C2": agreement(Decision(points=2), "Non.", "j2")}
    grid = collegial([reading(1), reading(2)], proposals)
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("1 / 2", 1, "Ensemble."),
        ("", None, ""),
    ]
    assert (grid.total, grid.most_total) == (None, None)


def test_a_jurys_grid_of_one_reading_shows_no_own_decision() -> None:
    assert collegial([reading(1, C1=DECIDED)], {}).rows[0].decision == ""


@pytest.mark.parametrize(
    ("scale", "points", "decisions", "locked", "total"),
    [
        ("points", (2.0, 4.0), (1.5, 3.0), True, (4.5, 6.0)),
        ("points", (2.0, 4.0), (0.0, 0.0), True, (0.0, 6.0)),
        ("points", (2.0, 4.0), (1.5, None), True, (None, None)),
        ("points", (2.0, 4.0), (1.5, 3.0), False, (None, None)),
        ("points", (2.0, None), (1.5, None), True, (1.5, 2.0)),
        ("points", (None, None), (None, None), True, (None, None)),
        ("acquis", (None, None), (None, None), True, (None, None)),
        ("none", (None, None), (None, None), True, (None, None)),
        ("none", (2.0, 4.0), (1.5, 3.0), True, (None, None)),
    ],
)
def test_a_total_needs_points_every_decision_and_every_lock(
    scale: Scale,
    points: tuple[float | None, float | None],
    decisions: tuple[float | None, float | None],
    locked: bool,
    total: tuple[float | None, float | None],
) -> None:
    names, moment = ("C1", "C2"), LOCKED if locked else None
    made = {name: Decision(points=one) for name, one in zip(names, decisions, strict=True)}
    own = {name: CriterionWork(decision=decision) for name, decision in made.items()}
    alone = grid_of(HEADING, PREREAD, asked(scale, *points), [reading(1, moment, **own)])
    agreed = {name: agreement(decision) for name, decision in made.items()}
    both = grid_of(HEADING, PREREAD, asked(scale, *points), [reading(1), reading(2, moment)], agreed)
    assert (alone.total, alone.most_total) == (both.total, both.most_total) == total


def test_levels_are_printed_in_words_and_never_added_up() -> None:
    work = {name: CriterionWork(decision=Decision(level="non_acquis")) for name in ITEMS}
    grid = grid_of(HEADING, PREREAD, asked("acquis", None, None), [reading(1, LOCKED, **work)])
    assert [row.decision for row in grid.rows] == ["Non acquis", "Non acquis"]
    assert (grid.total, grid.most_total) == (None, None)


@pytest.mark.parametrize("accommodations", ["", "Tiers temps."])
def test_accommodations_are_what_the_heading_says(accommodations: str) -> None:
    grid = grid_of(replace(HEADING, accommodations=accommodations), PREREAD, asked(), [reading()])
    assert grid.accommodations == accommodations


def test_the_grid_says_whose_it_is_of_what_and_with_which_machine() -> None:
    grid = collegial([reading(1), reading(2, None), reading(3)], {})
    assert [(one.name, one.part, one.locked) for one in grid.jury] == [
        ("Juré 1", "premier juré", LOCKED),
        ("Juré 2", "deuxième juré", None),
        ("Juré 3", "troisième lecteur", LOCKED),
    ]
    assert (grid.session, grid.session_date, grid.candidate, grid.made) == (
        "Session de juin",
        HEADING.held,
        "0417",
        LOCKED,
    )
    assert (grid.file, grid.file_sha256, grid.pages, grid.unread_pages) == ("d.pdf", "ab", 9, (9,))
    assert (grid.referentiel_id, grid.referentiel_version, grid.blocs) == ("essai", "3", ("B0",))
    assert [row.text for row in grid.rows] == ["Texte de C1.", "Texte de C2."]
    assert (grid.ai.drafter, grid.ai.software, grid.ai.prompts) == ("tel", "prelecture", ("drafting 2:1f0a",))
