"""Makes the grid that every document shows from a pre-read, the référentiel, and one juror's work or the jury's agreement."""

from collections.abc import Mapping, Sequence

from assistant.exporting.grid import AiPart, Cited, Grid, GridCriterion, GridKind, Member, Origin, Quoted
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
from assistant.exporting.verbatim import DossierWords, same_words
from assistant.exporting.wording import quoted_in_words, requirement_in_words
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, Evidence, PreRead
from assistant.review.items import Item, items_of
from assistant.review.values import ItemKind
from assistant.text import words

PARTS: Mapping[int, str] = {
    OUTSIDE: "lecture personnelle",
    1: "premier juré",
    2: "deuxième juré",
    3: "troisième lecteur",
}
Consented = Mapping[str, AgreedInput]
"""By criterion, what every juror consents to."""


def grid_of(
    context: GridContext,
    preread: PreRead,
    referentiel: LoadedReferentiel,
    jury: Sequence[JurorInput],
    agreed: Mapping[str, AgreedInput] | None = None,
) -> Grid:
    """The individual grid of one juror, or the collegial one of all of them with what was agreed.

    Only adopted, edited and own text is taken; totals only when every decision is made and the référentiel has points.
    """
    content = referentiel.content
    asked = {criterion.id: criterion for criterion in content.criteria()}
    themes = {one.id: f"{one.id} – {one.text}" for bloc in content.blocs for one in bloc.competences}
    people = {juror.person for juror in jury}
    consented = None if agreed is None else {name: one for name, one in agreed.items() if people <= one.consents}
    evidence = ((page, one.quote) for part in preread.criteria for one in part.evidence for page in _quoted(one).pages)
    said = DossierWords((*context.words, *evidence))
    rows = tuple(_row(asked[part.id], themes, part, jury, consented, said) for part in preread.criteria)
    total, most = _total(rows, content.scale, locked=all(juror.locked for juror in jury))
    return Grid(
        kind=_kind(jury, agreed),
        session=context.session,
        session_date=context.held,
        candidate=context.candidate,
        referentiel=content.shown_title,
        referentiel_id=content.id,
        referentiel_version=preread.referentiel.version,
        certifier=content.certifier or "",
        scale=content.scale,
        blocs=preread.referentiel.blocs,
        jury=tuple(Member(juror.name, PARTS[juror.part], juror.locked) for juror in jury),
        rows=rows,
        total=total,
        most_total=most,
        accommodations=context.accommodations,
        file=preread.dossier.file,
        file_sha256=preread.dossier.sha256,
        pages=preread.dossier.pages,
        unread_pages=tuple(entry.page for entry in preread.dossier.ledger if entry.read == "none"),
        ai=_ai(preread, jury),
        made=context.made,
        partial_pages=tuple(entry.page for entry in preread.dossier.ledger if entry.read == "partial"),
        newer_version=context.newer_version,
    )


def _kind(jury: Sequence[JurorInput], agreed: Mapping[str, AgreedInput] | None) -> GridKind:
    if agreed is not None:
        return "collegial"
    return "personal" if all(juror.part == OUTSIDE for juror in jury) else "individual"


def _row(
    criterion: Criterion,
    themes: Mapping[str, str],
    part: CriterionPart,
    jury: Sequence[JurorInput],
    consented: Consented | None,
    said: DossierWords,
) -> GridCriterion:
    agreed = None if consented is None else consented.get(criterion.id)
    works = [_chosen(juror.on(criterion.id), agreed) for juror in jury]
    decision, motivation = _decided(works, agreed, alone=consented is None)
    asked = {requirement.id: requirement_in_words(requirement) for requirement in criterion.requirements}
    return GridCriterion(
        id=criterion.id,
        text=criterion.text,
        lead=criterion.lead or "",
        indicators=criterion.indicators,
        competences=tuple(themes.get(name, name) for name in criterion.competences),
        assessed_by=criterion.assessed_by,
        most_points=criterion.points,
        observations=_kept("observation", part, works, asked, said),
        gaps=_kept("gap", part, works, asked, said),
        questions=_kept("question", part, works, asked, said),
        quotes=_quotes(part, works, said),
        decision=decision.words,
        points=decision.points,
        motivation=motivation,
    )


def _chosen(work: CriterionInput, agreed: AgreedInput | None) -> CriterionInput:
    """What of a juror's work stands: all of it, or what the jurors chose item by item."""
    if agreed is None or agreed.items is None:
        return work
    return CriterionInput(
        tuple(one for one in work.treated if one.id in agreed.items),
        tuple(one for one in work.written if one.id in agreed.items),
        tuple(one for one in work.passages if one.id in agreed.items),
    )


def _decided(works: Sequence[CriterionInput], agreed: AgreedInput | None, *, alone: bool) -> tuple[StatedDecision, str]:
    """In a collegial grid what all agreed on, or nothing; a juror's own decision only in a grid of their own."""
    if alone:
        return works[0].decision, works[0].motivation.strip()
    return (agreed.decision, agreed.text.strip()) if agreed else (StatedDecision(), "")


def _kept(
    kind: ItemKind,
    part: CriterionPart,
    works: Sequence[CriterionInput],
    asked: Mapping[str, str],
    said: DossierWords,
) -> tuple[Cited, ...]:
    """Adopted and edited items in the draft's order, then those no longer drafted, then own texts; same words once."""
    kept: dict[str, Cited] = {}
    drafted = items_of(part)
    for item in drafted:
        for treated in (one for work in works for one in work.treated if one.id == item.id and item.kind == kind):
            if treated.verdict != "rejected":
                cited = _cited(treated, item.text, item.pages, _requirement(item, asked), said)
                kept.setdefault(cited.text, cited)
    known = {item.id for item in drafted}
    for treated in (one for work in works for one in work.treated if one.id not in known and one.kind == kind):
        if treated.verdict != "rejected" and treated.said and not _of_an_earlier_file(treated, said):
            pages = treated.pages if treated.verdict == "edited" else _pages_now(treated, said)
            cited = _cited(treated, treated.said, pages, "", said)
            kept.setdefault(cited.text, cited)
    for own in (own for work in works for own in work.written if own.kind == kind):
        cited = _own_text(own, said)
        kept.setdefault(cited.text, cited)
    return tuple(kept.values())


def _cited(treated: TreatedItem, drafted: str, pages: tuple[int, ...], requirement: str, said: DossierWords) -> Cited:
    """A text is its juror's once its words are: a comma or a capital changed does not make it so, but in a quotation."""
    if treated.verdict != "edited":
        return Cited(said.true_to(drafted, pages), pages, "ai", requirement)
    text = said.true_to(treated.text, pages)
    same = words(treated.text) == words(drafted) and text == treated.text
    origin: Origin = "ai" if same else "ai_edited"
    return Cited(text, pages, origin, requirement)


def _own_text(own: WrittenItem, said: DossierWords) -> Cited:
    """A passage opened to be rewritten and left as it was is a quotation; rewritten, it is its juror's and none."""
    if own.rewrites and same_words(own.text, own.rewrites) and said.holds(own.rewrites, own.pages):
        return Cited(quoted_in_words(own.rewrites), own.pages, "own")
    return Cited(said.true_to(own.text, own.pages), own.pages, "ai_edited" if own.rewrites else "own")


def _requirement(item: Item, asked: Mapping[str, str]) -> str:
    return asked.get(item.requirement, "")


def _quotation(treated: TreatedItem) -> str:
    """The passage that a drafted text was, whole, taken over as it stood; "" for any other text."""
    said = treated.said.strip()
    whole = treated.verdict == "adopted" and said[:1] == "«" and said[-1:] == "»"
    return said[1:-1].strip() if whole else ""


def _pages_now(treated: TreatedItem, said: DossierWords) -> tuple[int, ...]:
    """Where a passage that was taken over stands in the dossier as it is now; where another text rested."""
    quotation = _quotation(treated)
    if not quotation or said.holds(quotation, treated.pages):
        return treated.pages
    return said.pages_of(quotation)[:1] or treated.pages


def _of_an_earlier_file(treated: TreatedItem, said: DossierWords) -> bool:
    quotation = _quotation(treated)
    return bool(quotation and treated.pages) and not said.holds(quotation, _pages_now(treated, said))


def _quotes(part: CriterionPart, works: Sequence[CriterionInput], said: DossierWords) -> tuple[Quoted, ...]:
    """The passages behind what was kept, then those the jurors chose, in the order of the pages; of those that the
    dossier does not hold any more, the page of the earlier file alone."""
    evidence = {one.id: one for one in part.evidence}
    items = {item.id: item for item in items_of(part)}
    quotes: dict[tuple[int, str, bool], Quoted] = {}
    for work in works:
        for treated in (one for one in work.treated if one.verdict != "rejected" and one.id in items):
            for one in (evidence[sid] for sid in items[treated.id].citations if sid in evidence):
                quotes.setdefault((one.page, one.quote, False), _quoted(one))
        for treated in (one for one in work.treated if one.id not in items and _of_an_earlier_file(one, said)):
            quotes.setdefault(
                (treated.pages[0], "", True), Quoted(treated.pages[0], "", "text", own=True, earlier=True)
            )
        for own in work.passages:
            quotes.setdefault((own.page, own.quote, own.earlier), _own(own))
    return tuple(sorted(quotes.values(), key=lambda one: one.page))


def _quoted(one: Evidence) -> Quoted:
    return Quoted(one.page, one.quote, one.source, next_page=one.over.page if one.over else None)


def _own(one: ChosenPassage) -> Quoted:
    return Quoted(one.page, one.quote, one.source, own=True, next_page=one.next_page, earlier=one.earlier)


def _total(rows: Sequence[GridCriterion], scale: str, *, locked: bool) -> tuple[float | None, float | None]:
    """Points and their maximum, once every criterion in points has its decision and the readings are locked."""
    counted = [row for row in rows if row.most_points is not None]
    if scale != "points" or not counted or not locked or any(row.points is None for row in counted):
        return None, None
    return sum(row.points or 0.0 for row in counted), sum(row.most_points or 0.0 for row in counted)


def _ai(preread: PreRead, jury: Sequence[JurorInput]) -> AiPart:
    """What became of the drafted items, whatever the jury chose for its grid afterwards."""
    drafted = {part.id: {item.id for item in items_of(part)} for part in preread.criteria}
    verdicts = [
        treated.verdict
        for name, known in drafted.items()
        for juror in jury
        for treated in juror.on(name).treated
        if treated.id in known or treated.said
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
