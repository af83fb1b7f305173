"""The filled grid holds what people kept, wrote and decided, and nothing else."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.exporting.filling import grid_of
from assistant.exporting.grid import Cited, Grid, Origin, Quoted
from assistant.exporting.inputs import (
    OUTSIDE,
    AgreedInput,
    ChosenPassage,
    CriterionInput,
    GridContext,
    JurorInput,
    StatedDecision,
    TreatedItem,
    WrittenItem,
)
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Bloc, Criterion, Referentiel, Requirement, Scale
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
from assistant.review.items import Item, items_of
from assistant.review.values import ItemKind, Verdict

LOCKED = datetime(2026, 6, 12, 18, 41, tzinfo=UTC)
CONTEXT = GridContext("Session de juin", date(2026, 6, 18), "0417", "Tiers temps.", LOCKED)


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
        ledger=(LedgerEntry(page=1, read="text", words=10), LedgerEntry(page=9, read="none", words=0))
    ),
    criteria=(drafted("C1"), drafted("C2")),
    deliverables=(),
    provenance=Provenance(software="prelecture", drafter="tel", embedding="lexical", settings_sha256="0",
                          prompts={"drafting": "2:1f0a"})
)  # fmt: skip
ITEMS: dict[str, tuple[Item, ...]] = {part.id: items_of(part) for part in PREREAD.criteria}
KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
Treatment = tuple[Verdict, str]
ADOPTED: Treatment = ("adopted", "")
REJECTED: Treatment = ("rejected", "")


def edited(text: str) -> Treatment:
    return ("edited", text)


def asked(scale: Scale = "points", *points: float | None) -> LoadedReferentiel:
    criteria = tuple(
        Criterion(id=name, text=f"Texte de {name}.", points=most)
        for name, most in zip(("C1", "C2"), points or (2.0, 4.0), strict=True)
    )
    return LoadedReferentiel(
        Referentiel(id="essai", version="3", scale=scale, blocs=(Bloc(id="B0", criteria=criteria),)), "0"
    )


def juror(part: int = 1, locked: datetime | None = LOCKED, **criteria: CriterionInput) -> JurorInput:
    return JurorInput(f"j{part}", f"Juré {part}", part, locked, criteria)


def chosen(**treatments: Treatment) -> CriterionInput:
    named = dict(zip(("one", "two", "gap", "question"), ITEMS["C1"], strict=True))
    return CriterionInput(treated=tuple(TreatedItem(named[name].id, *done) for name, done in treatments.items()))


def individual(work: CriterionInput, loaded: LoadedReferentiel | None = None) -> Grid:
    return grid_of(CONTEXT, PREREAD, loaded or asked(), [juror(C1=work)])


def collegial(jury: Sequence[JurorInput], agreed: Mapping[str, AgreedInput]) -> Grid:
    return grid_of(CONTEXT, PREREAD, asked(), jury, agreed)


def agreement(decision: StatedDecision, text: str = "", *consents: str) -> AgreedInput:
    return AgreedInput(decision, text, frozenset(consents or ("j1", "j2")))


VERDICTS: st.SearchStrategy[Verdict | None] = st.sampled_from((None, None, "adopted", "edited", "rejected"))
CHOICES = st.lists(VERDICTS, min_size=8, max_size=8)


def work_with(verdicts: Sequence[Verdict | None], part: int) -> dict[str, CriterionInput]:
    verdict, made = iter(verdicts), {}
    for name, items in ITEMS.items():
        treated = []
        for number, item in enumerate(items):
            if (what := next(verdict)) is not None:
                text = f"{name} relu {number} par {part}" if what == "edited" else ""
                treated.append(TreatedItem(item.id, what, text))
        made[name] = CriterionInput(treated=tuple(treated))
    return made


@settings(max_examples=100, deadline=None)
@given(st.lists(CHOICES, min_size=1, max_size=3))
def test_what_nobody_kept_appears_nowhere(verdicts: list[list[Verdict | None]]) -> None:
    jury = [juror(part, LOCKED, **work_with(own, part)) for part, own in enumerate(verdicts, start=1)]
    grid = grid_of(CONTEXT, PREREAD, asked(), jury, {} if len(jury) > 1 else None)
    told = json.dumps(asdict(grid), default=str, ensure_ascii=False)
    for name, items in ITEMS.items():
        cited = set()
        for item in items:
            kept = [one for own in jury for one in own.on(name).treated if one.id == item.id]
            kept = [one for one in kept if one.verdict != "rejected"]
            assert (f'"{item.text}"' in told) == ("adopted" in [one.verdict for one in kept])
            assert all(f'"{one.text}"' in told for one in kept if one.verdict == "edited")
            cited |= {f"{name} passage {sid[1]}" for sid in item.citations if kept}
        row = next(row for row in grid.rows if row.id == name)
        assert {quote.quote for quote in row.quotes} == cited
    counted = [verdict for own in verdicts for verdict in own]
    assert (grid.ai.adopted, grid.ai.edited, grid.ai.rejected) == tuple(
        counted.count(verdict) for verdict in ("adopted", "edited", "rejected")
    )


def test_a_dossier_nobody_treated_gives_empty_rows() -> None:
    grid = individual(CriterionInput())
    for row in grid.rows:
        assert (row.observations, row.gaps, row.questions, row.quotes) == ((), (), (), ())
        assert (row.decision, row.points, row.motivation) == ("", None, "")


def test_each_kind_stands_in_its_own_place_with_its_origin() -> None:
    own = tuple(WrittenItem(kind, kind, f"mon {kind}", (2,)) for kind in KINDS)
    row = individual(replace(chosen(one=ADOPTED, gap=ADOPTED, question=edited("Et donc ?")), written=own)).rows[0]
    assert row.observations == (Cited("C1 constat un", (4,), "ai"), Cited("mon observation", (2,), "own"))
    assert row.gaps == (Cited("C1 manque", (), "ai"), Cited("mon gap", (2,), "own"))
    assert row.questions == (Cited("Et donc ?", (5,), "ai_edited"), Cited("mon question", (2,), "own"))


def test_edited_words_replace_the_drafts_and_keep_its_pages() -> None:
    grid = individual(chosen(two=edited("Autrement dit.")))
    assert grid.rows[0].observations == (Cited("Autrement dit.", (4, 7), "ai_edited"),)
    assert "constat" not in str(grid)


def test_passages_stand_by_page_word_for_word_with_their_source() -> None:
    passages = (ChosenPassage("a", 2, "Chez moi.", "ocr"), ChosenPassage("b", 9))
    row = individual(replace(chosen(two=ADOPTED), passages=passages)).rows[0]
    assert row.quotes == (
        Quoted(2, "Chez moi.", "ocr", own=True),
        Quoted(4, "C1 passage 4", "text"),
        Quoted(7, "C1 passage 7", "ocr"),
        Quoted(9, "", "text", own=True),
    )


def test_the_same_words_adopted_by_both_stand_once() -> None:
    grid = collegial([juror(1, C1=chosen(one=ADOPTED)), juror(2, C1=chosen(one=ADOPTED, two=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un", "C1 constat deux"]
    assert [one.page for one in grid.rows[0].quotes] == [4, 7]


def test_what_one_rejected_stands_when_another_kept_it() -> None:
    grid = collegial([juror(1, C1=chosen(one=REJECTED)), juror(2, C1=chosen(one=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un"]
    assert (grid.ai.adopted, grid.ai.rejected) == (1, 1)


def test_adopted_items_stand_in_the_drafts_order_before_own_texts() -> None:
    own = replace(chosen(two=ADOPTED), written=(WrittenItem("a", "observation", "à moi", ()),))
    grid = collegial([juror(1, C1=own), juror(2, C1=chosen(one=ADOPTED))], {})
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat un", "C1 constat deux", "à moi"]


def test_own_texts_stand_in_the_order_in_which_they_were_written_reading_by_reading() -> None:
    first = CriterionInput(written=tuple(WrittenItem(name, "gap", f"manque {name}", (3,)) for name in ("1", "2")))
    second = replace(
        chosen(gap=edited("Autrement dit.")),
        written=(WrittenItem("0", "gap", "manque 0", ()), WrittenItem("3", "gap", "manque 2", ())),
    )
    grid = collegial([juror(1, C1=first), juror(2, C1=second)], {})
    assert grid.rows[0].gaps == (
        Cited("Autrement dit.", (), "ai_edited"),
        Cited("manque 1", (3,), "own"),
        Cited("manque 2", (3,), "own"),
        Cited("manque 0", (), "own"),
    )


def test_a_choice_on_an_item_that_is_no_more_is_neither_printed_nor_counted() -> None:
    gone = {"o0": ADOPTED, "o1": edited("Ancien."), "o2": REJECTED, ITEMS["C2"][0].id: ADOPTED}
    work = chosen(one=ADOPTED, two=REJECTED)
    work = replace(work, treated=(*work.treated, *(TreatedItem(name, *done) for name, done in gone.items())))
    grid = grid_of(CONTEXT, PREREAD, asked(), [juror(1, C1=work, C9=chosen(one=ADOPTED))])
    assert (grid.ai.adopted, grid.ai.edited, grid.ai.rejected) == (1, 0, 1)
    assert [one.text for row in grid.rows for one in row.observations] == ["C1 constat un"]
    assert "Ancien" not in str(grid)


def test_a_citation_that_the_evidence_lacks_is_no_error() -> None:
    statement = Statement(text="Constat", citations=("p99s9", "p4s1"))
    unread = Statement(text="Sans passage", citations=("p99s9",))
    part = drafted("C1").model_copy(update={"observation": (statement, unread)})
    preread = PREREAD.model_copy(update={"criteria": (part,)})
    work = CriterionInput(treated=tuple(TreatedItem(item.id, "adopted") for item in items_of(part)[:2]))
    row = grid_of(CONTEXT, preread, asked(), [juror(C1=work)]).rows[0]
    assert row.observations == (Cited("Constat", (4,), "ai"), Cited("Sans passage", (), "ai"))
    assert row.quotes == (Quoted(4, "C1 passage 4", "text"),)


DECIDED = CriterionInput(decision=StatedDecision("1,5 / 2", 1.5), motivation=" Deux frictions. ")


def test_a_jurors_grid_shows_their_own_decision() -> None:
    grid = individual(DECIDED)
    assert grid.kind == "individual"
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("1,5 / 2", 1.5, "Deux frictions."),
        ("", None, ""),
    ]


def test_the_jurys_grid_shows_what_was_agreed_and_nobodys_own_decision() -> None:
    both = [juror(1, C1=DECIDED, C2=DECIDED), juror(2, C1=DECIDED)]
    grid = collegial(both, {"C2": agreement(StatedDecision("3 / 4", 3), "Ensemble.")})
    assert grid.kind == "collegial"
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("", None, ""),
        ("3 / 4", 3, "Ensemble."),
    ]
    assert "Deux frictions" not in str(grid)


@pytest.mark.parametrize("consents", [("j1",), ("j1", "j2"), ("j1", "j2", "j4"), ("elsewhere",)])
def test_a_proposal_without_everyones_consent_is_not_printed(consents: tuple[str, ...]) -> None:
    three = [juror(part) for part in (1, 2, 3)]
    proposals = {name: agreement(StatedDecision("1 pt", 1), "Proposé.", *consents) for name in ("C1", "C2")}
    grid = collegial(three, proposals)
    assert [(row.decision, row.motivation) for row in grid.rows] == [("", ""), ("", "")]
    assert grid.total is None


def test_what_all_consented_to_is_printed_whoever_else_did() -> None:
    three = [juror(part) for part in (1, 2, 3)]
    agreed = {name: agreement(StatedDecision("1 pt", 1), "Ensemble.", "j0", "j3", "j2", "j1") for name in ("C1", "C2")}
    grid = collegial(three, agreed)
    assert [(row.decision, row.motivation) for row in grid.rows] == [("1 pt", "Ensemble."), ("1 pt", "Ensemble.")]
    assert (grid.total, grid.most_total) == (2, 6)


def test_one_proposal_without_every_consent_leaves_the_others_and_no_total() -> None:
    proposals = {
        "C1": agreement(StatedDecision("1 pt", 1), "Ensemble."),
        "C2": agreement(StatedDecision("2 pt", 2), "Non.", "j2"),
    }
    grid = collegial([juror(1), juror(2)], proposals)
    assert [(row.decision, row.points, row.motivation) for row in grid.rows] == [
        ("1 pt", 1, "Ensemble."),
        ("", None, ""),
    ]
    assert (grid.total, grid.most_total) == (None, None)


def test_a_point_not_found_stands_with_what_is_asked() -> None:
    loaded = asked()
    criteria = tuple(
        one.model_copy(update={"requirements": (Requirement(id=f"{one.id}.r1", text=f"le point de {one.id}."),)})
        for one in loaded.content.criteria()
    )
    content = loaded.content.model_copy(update={"blocs": (Bloc(id="B0", criteria=criteria),)})
    row = individual(chosen(gap=ADOPTED), replace(loaded, content=content)).rows[0]
    assert row.gaps == (Cited("C1 manque", (), "ai", "«\u00a0le point de C1\u00a0»"),)


@pytest.mark.parametrize(("words", "origin"), [("c1 Constat un,", "ai"), ("C1 constat précis", "ai_edited")])
def test_a_text_is_the_jurors_once_its_words_are(words: str, origin: Origin) -> None:
    assert individual(chosen(one=edited(words))).rows[0].observations == (Cited(words, (4,), origin),)


def test_what_was_taken_over_stays_when_a_later_reading_does_not_draft_it_again() -> None:
    gone = (
        TreatedItem("o0", "adopted", said="Dit alors", kind="observation", pages=(3,)),
        TreatedItem("o1", "rejected", said="Écarté alors", kind="observation"),
        TreatedItem("o2", "edited", "Mon manque", said="Manque d’alors", kind="gap"),
    )
    grid = individual(CriterionInput(treated=gone))
    assert grid.rows[0].observations == (Cited("Dit alors", (3,), "ai"),)
    assert grid.rows[0].gaps == (Cited("Mon manque", (), "ai_edited"),)
    assert (grid.ai.adopted, grid.ai.edited, grid.ai.rejected) == (1, 1, 1)


def test_the_jurors_choose_item_by_item_what_stands_in_their_grid() -> None:
    first = replace(
        chosen(one=ADOPTED, two=ADOPTED),
        written=(WrittenItem("w1", "gap", "manque un"), WrittenItem("w2", "gap", "manque deux")),
        passages=(ChosenPassage("p1", 2, "Ceci."), ChosenPassage("p2", 3, "Cela.")),
    )
    items = frozenset({ITEMS["C1"][1].id, "w2", "p1"})
    both = frozenset({"j1", "j2"})
    grid = collegial([juror(1, C1=first), juror(2)], {"C1": AgreedInput(StatedDecision(), "Oui.", both, items)})
    row = grid.rows[0]
    assert [one.text for one in row.observations] == ["C1 constat deux"]
    assert [one.text for one in row.gaps] == ["manque deux"]
    assert [one.quote for one in row.quotes] == ["Ceci.", "C1 passage 4", "C1 passage 7"]
    everything = collegial([juror(1, C1=first), juror(2)], {"C1": AgreedInput(StatedDecision(), "Oui.", both)})
    assert len(everything.rows[0].observations) == len(everything.rows[0].gaps) == 2
    nothing = collegial([juror(1, C1=first), juror(2)], {"C1": AgreedInput(StatedDecision(), "", both, frozenset())})
    assert (nothing.rows[0].observations, nothing.rows[0].gaps, nothing.rows[0].quotes) == ((), (), ())


def test_a_reading_outside_any_session_is_nobodys_part_of_a_jury() -> None:
    grid = grid_of(CONTEXT, PREREAD, asked(), [juror(OUTSIDE)])
    assert (grid.kind, grid.jury[0].part) == ("personal", "lecture personnelle")


def test_a_jurys_grid_of_one_reading_shows_no_own_decision() -> None:
    assert collegial([juror(1, C1=DECIDED)], {}).rows[0].decision == ""


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
    made = {name: StatedDecision(str(one), one) for name, one in zip(names, decisions, strict=True)}
    own = {name: CriterionInput(decision=decision) for name, decision in made.items()}
    alone = grid_of(CONTEXT, PREREAD, asked(scale, *points), [juror(1, moment, **own)])
    agreed = {name: agreement(decision) for name, decision in made.items()}
    both = grid_of(CONTEXT, PREREAD, asked(scale, *points), [juror(1), juror(2, moment)], agreed)
    assert (alone.total, alone.most_total) == (both.total, both.most_total) == total


def test_levels_are_printed_as_stated_and_never_added_up() -> None:
    work = {name: CriterionInput(decision=StatedDecision("Non acquis")) for name in ITEMS}
    grid = grid_of(CONTEXT, PREREAD, asked("acquis", None, None), [juror(1, LOCKED, **work)])
    assert [row.decision for row in grid.rows] == ["Non acquis", "Non acquis"]
    assert (grid.total, grid.most_total) == (None, None)


@pytest.mark.parametrize("accommodations", ["", "Tiers temps."])
def test_accommodations_are_what_the_heading_says(accommodations: str) -> None:
    grid = grid_of(replace(CONTEXT, accommodations=accommodations), PREREAD, asked(), [juror()])
    assert grid.accommodations == accommodations
