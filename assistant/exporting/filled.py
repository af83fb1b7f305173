"""Makes the grid that every export shows from a pre-read, the référentiel, and one juror's work or the jury's agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.exporting.grid import AiPart, Cited, Grid, GridKind, Member, Origin, Quoted, Row
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, PreRead
from assistant.review.decision import Decision, in_words
from assistant.review.harmony import Agreed
from assistant.review.items import Choice, Item, ItemKind, items_of
from assistant.review.work import CriterionWork, Work

PARTS = {1: "premier juré", 2: "deuxième juré", 3: "troisième lecteur"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a grid: session, candidate, accommodations as far as they may be shown, and the moment."""

    session: str
    held: date | None
    candidate: str
    accommodations: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """One juror's locked or present work, with the name and part to print."""

    name: str
    part: int
    work: Work


def grid_of(
    heading: Heading,
    preread: PreRead,
    referentiel: LoadedReferentiel,
    readings: Sequence[Reading],
    agreed: Mapping[str, Agreed] | None = None,
) -> Grid:
    """The individual grid of one reading, or the collegial one of all of them with what was agreed.

    Only adopted, edited and own text is taken; totals only when every decision is made and the référentiel has points.
    """
    kind: GridKind = "individual" if agreed is None else "collegial"
    asked = {criterion.id: criterion for criterion in referentiel.content.criteria()}
    settled = None if agreed is None else {name: one for name, one in agreed.items() if _stands(one, readings)}
    themes = {one.id: f"{one.id} – {one.text}" for bloc in referentiel.content.blocs for one in bloc.competences}
    rows = tuple(
        replace(row, competences=tuple(themes.get(name, name) for name in row.competences))
        for row in (_row(asked[part.id], part, readings, settled) for part in preread.criteria)
    )
    total, most = _total(rows, referentiel.content.scale, locked=all(one.work.locked for one in readings))
    content = referentiel.content
    return Grid(
        kind=kind,
        session=heading.session,
        session_date=heading.held,
        candidate=heading.candidate,
        referentiel=content.title or content.id,
        referentiel_id=content.id,
        referentiel_version=preread.referentiel.version,
        certifier=content.certifier or "",
        scale=content.scale,
        blocs=preread.referentiel.blocs,
        jury=tuple(Member(one.name, PARTS[one.part], one.work.locked) for one in readings),
        rows=rows,
        total=total,
        most_total=most,
        accommodations=heading.accommodations,
        file=preread.dossier.file,
        file_sha256=preread.dossier.sha256,
        pages=preread.dossier.pages,
        unread_pages=tuple(entry.page for entry in preread.dossier.ledger if entry.read == "none"),
        ai=_ai(preread, readings),
        made=heading.made,
    )


def _stands(agreed: Agreed, readings: Sequence[Reading]) -> bool:
    """Every juror consents to this version; a mere proposal is not the jury's."""
    return {one.work.person for one in readings} <= set(agreed.consents)


def _row(
    criterion: Criterion, part: CriterionPart, readings: Sequence[Reading], settled: Mapping[str, Agreed] | None
) -> Row:
    works = [one.work.on(criterion.id) for one in readings]
    decision, motivation = _decided(criterion.id, works, settled)
    return Row(
        id=criterion.id,
        text=criterion.text,
        lead=criterion.lead or "",
        indicators=criterion.indicators,
        competences=criterion.competences,
        assessed_by=criterion.assessed_by,
        most_points=criterion.points,
        observations=_kept("observation", part, works),
        gaps=_kept("gap", part, works),
        questions=_kept("question", part, works),
        quotes=_quotes(part, works),
        decision=in_words(decision, criterion),
        points=decision.points,
        motivation=motivation,
    )


def _decided(name: str, works: Sequence[CriterionWork], settled: Mapping[str, Agreed] | None) -> tuple[Decision, str]:
    """In a collegial grid what all agreed on, or nothing; a juror's own decision only in a grid of their own."""
    if settled is None:
        return works[0].decision, works[0].motivation_text.strip()
    agreed = settled.get(name)
    return (agreed.decision, agreed.text) if agreed else (Decision(), "")


def _kept(kind: ItemKind, part: CriterionPart, works: Sequence[CriterionWork]) -> tuple[Cited, ...]:
    """Adopted and edited items in the draft's order, then own texts; the same words stand once."""
    kept: dict[str, Cited] = {}
    for item in items_of(part):
        for work in works:
            choice = work.choices.get(item.id)
            if item.kind == kind and choice is not None and choice.verdict != "rejected":
                cited = _cited(item, choice.text if choice.verdict == "edited" else None)
                kept.setdefault(cited.text, cited)
    for choice in (choice for work in works for choice in _outlived(part, work) if choice.of == kind):
        origin: Origin = "ai" if choice.verdict == "adopted" else "ai_edited"
        kept.setdefault(choice.words, Cited(choice.words, choice.pages, origin))
    for own in (own for work in works for own in work.own if own.kind == kind):
        kept.setdefault(own.text, Cited(own.text, own.pages, "own"))
    return tuple(kept.values())


def _outlived(part: CriterionPart, work: CriterionWork) -> list[Choice]:
    """What was taken over from an earlier reading of the dossier, which this one does not draft again."""
    drafted = {item.id for item in items_of(part)}
    return [choice for name, choice in work.choices.items() if name not in drafted and choice.verdict != "rejected"]


def _cited(item: Item, edited: str | None) -> Cited:
    origin: Origin = "ai" if edited is None else "ai_edited"
    return Cited(item.text if edited is None else edited, item.pages, origin)


def _quotes(part: CriterionPart, works: Sequence[CriterionWork]) -> tuple[Quoted, ...]:
    """The passages behind what was kept, then those the jurors chose, in the order of the pages."""
    evidence = {one.id: one for one in part.evidence}
    items = {item.id: item for item in items_of(part)}
    quotes: dict[tuple[int, str], Quoted] = {}
    for work in works:
        for name, choice in work.choices.items():
            if choice.verdict != "rejected" and name in items:
                for one in (evidence[sid] for sid in items[name].citations if sid in evidence):
                    quotes.setdefault((one.page, one.quote), Quoted(one.page, one.quote, one.source))
        for own in work.evidence:
            quotes.setdefault(
                (own.page, own.quote), Quoted(own.page, own.quote, "ocr" if own.ocr else "text", own=True)
            )
    return tuple(sorted(quotes.values(), key=lambda one: one.page))


def _total(rows: Sequence[Row], scale: str, *, locked: bool) -> tuple[float | None, float | None]:
    """Points and their maximum, once every criterion in points has its decision and the readings are locked."""
    counted = [row for row in rows if row.most_points is not None]
    if scale != "points" or not counted or not locked or any(row.points is None for row in counted):
        return None, None
    return sum(row.points or 0.0 for row in counted), sum(row.most_points or 0.0 for row in counted)


def _ai(preread: PreRead, readings: Sequence[Reading]) -> AiPart:
    verdicts = [
        choice.verdict
        for part in preread.criteria
        for item in items_of(part)
        for one in readings
        if (choice := one.work.on(part.id).choices.get(item.id))
    ]
    about = preread.provenance
    prompts = tuple(f"{name} {reference}" for name, reference in sorted(about.prompts.items()))
    return AiPart(
        about.drafter,
        about.software,
        verdicts.count("adopted"),
        verdicts.count("edited"),
        verdicts.count("rejected"),
        prompts,
    )
