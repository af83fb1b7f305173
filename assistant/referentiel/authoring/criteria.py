"""The lines of one cell (or of one section of a fiche) -> criteria, their sub-bullets and their points."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.referentiel.authoring.draft import Competence, Criterion, Draft
from assistant.referentiel.authoring.sources.lines import HANGING, REFERS
from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import (
    CHECKED,
    FOOTNOTE,
    UNCHECKED,
    Coded,
    column_role,
    competence_code,
    criterion_code,
    cut_points,
    generic_code,
    plainly,
    section,
)

BOXES = "☐☑☒□❑❒◻"
_TICKED = (
    r"(?:(?:non[\s-]+|partiellement )?(?:acquise?s?|valid[ée]e?s?|conformes?|ma[iî]tris[ée]e?s?)"
    r"|(?:tr[eè]s )?(?:in)?satisfaisante?s?|insuffisante?s?|[àa] am[ée]liorer|oui|non"
    r"|en cours d[’']acquisition|non [ée]valu[ée]e?s?|n\.?a\.?"
    r"|(?:choisi|s[ée]lectionne)(?:r|z|ssez)(?: (?:une? )?(?:r[ée]ponse|niveau|valeur|option))?)"
)
_APART = r"[\W_\uf000-\uf0ff]"
_VERDICT = re.compile(rf"^{_APART}*{_TICKED}(?:{_APART}+{_TICKED})*{_APART}*$", re.IGNORECASE)
_BARE = re.compile(r"^(?:C\.?\s?E|C\.?\s?[rR]|K)\.?\s?\d{1,2}(?:\.\d{1,2})+\.?\s*[-–:]?$")
"""A code alone: its words stand on the next page."""
_EXAMPLE = re.compile(r"^(?:Par exemple\b|P\. ex\.|Ex\.?\s?:|Exemples?\s?:)")
"""What explains the sentence before it and asks nothing by itself."""
SHORT_LEAD = 3
SMALL = 0.6
"""The share of lines that begin small from which on it is how criteria begin."""
STEP = 6.0
"""Points by which an inner list stands further in than an outer one."""
OPEN_END = 14


def is_verdict(text: str) -> bool:
    """Boxes to tick and nothing else: « Acquis / Non acquis », « Oui ☐ Non ☐ »."""
    return bool(_VERDICT.match(text)) or all(c in CHECKED | UNCHECKED or not c.isalnum() for c in text)


def coded(text: str) -> Coded:
    """The code that begins a line of criteria, of whatever kind."""
    if _BARE.match(text):
        return Coded(text.strip(), "")
    found = criterion_code(text)
    if found.code:
        return found
    found = generic_code(text)
    if found.code and not (found.text[:1].islower() and len(found.code) < 3):
        return found
    return Coded(None, text)


def read_criteria(
    draft: Draft, paragraphs: Sequence[Paragraph], competences: Iterable[Competence], *, carried: Criterion | None = None,
    holds: bool = False, shared: bool = False, points: float | None = None, row: bool = False,
) -> list[Criterion]:  # fmt: skip
    """Adds the criteria of these lines.

    `carried`: the last criterion above, which a first line may go on with; `holds`: so may a bullet. `row`: the lines
    begin a row below it on the same page.
    """
    owners = list(competences)
    made: list[Criterion] = []
    starts: list[Paragraph] = []
    lead: tuple[str, Paragraph] | None = None
    kept = [part for p in paragraphs if not _set_aside(draft, p) for part in _parts(draft, p)]
    codes = [coded(p.text).code for p in kept]
    by_code = bool(codes) and sum(1 for code in codes if code) >= max(1, sum(1 for p in kept if not p.bullet) // 2)
    small = _begin_small(kept)
    base = min((p.level for p in kept if p.bullet), default=0)
    base_x = min((p.x0 for p in kept if p.bullet), default=0.0)
    for place, p in enumerate(kept):
        cut = Coded(None, p.text) if p.bullet and not criterion_code(p.text).code else coded(p.text)
        code, text = cut.code, cut.text
        last = made[-1] if made else carried
        following = kept[place + 1] if place + 1 < len(kept) else None
        if last is not None and code is None and _goes_on(p, last, place, own=bool(made), row=row, habit=small):
            _append(draft, last, p)
        elif last is not None and code is None and not made and holds and _ends_cut(p, last, kept):
            _append(draft, last, p, as_item=bool(last.indicators) and p.bullet)
        elif code is None and p.bullet and not made and carried is not None and holds and _is_item_of(p, carried):
            _append(draft, carried, p, as_item=True)
        elif (
            by_code
            and code is None
            and p.text.rstrip().endswith(":")
            and following is not None
            and coded(following.text).code
        ):
            lead = (p.text, p)
            draft.place(p, p.text)
        elif code is None and p.bullet and not made and carried is not None and holds and _holds(carried, by_code):
            _append(draft, carried, p, as_item=True)
        elif by_code and code is None and made:
            _append(draft, made[-1], p, as_item=p.bullet)
        elif code is None and p.bullet and made and _belongs(p, starts[-1], made[-1], base, base_x):
            _append(draft, made[-1], p, as_item=True)
        elif code is None and not p.bullet and following is not None and following.bullet and _is_lead(p.text):
            lead = (p.text, p)
            draft.place(p, p.text)
        else:
            lost_mark = p.ocr and bool(made) and made[-1].bulleted and not p.bullet and text[-1:] != ":"
            made.append(_new(draft, code, text, owners, p, shared, lead))
            made[-1].bulleted |= lost_mark
            starts.append(replace(p, bullet=True) if lost_mark else p)
            if lead is not None and code is None and not p.bullet:
                lead = None
    if points is not None and len(made) == 1 and made[0].points is None:
        made[0].points = points
    return made


_INSIDE = re.compile(r"(?<=[.;)…])\s+(?=(?:C\.?\s?E|Cr|CR)\.?\s?\d+(?:\.\d+)+\.?\s+[–-]?\s*[A-ZÀ-Ý])")


def _parts(draft: Draft, p: Paragraph) -> list[Paragraph]:
    """Further codes of the same kind inside a paragraph begin a criterion each; a box before it is no word of it."""
    texts = _INSIDE.split(p.text.lstrip(BOXES + " "))
    if len(texts) == 1 and texts[0] == p.text:
        return [p]
    draft.place(p, *texts)
    return [replace(p, text=text) for text in texts]


def _set_aside(draft: Draft, p: Paragraph) -> bool:
    """Boxes to tick, and a heading that stands in the cell itself."""
    if is_verdict(p.text):
        draft.acquis = draft.acquis or "acquis" in plainly(p.text)
        return True
    short = len(p.text.split()) <= 6
    return short and (column_role(p.text) == "criteria" and section(p.text) == "criteria") and not p.bullet


def _begin_small(kept: Sequence[Paragraph]) -> bool:
    """Whether these lines begin with a small letter as a habit."""
    begun = [p for p in kept if p.text[:1].isalpha()]
    return len(begun) > 1 and sum(p.text[:1].islower() for p in begun) >= SMALL * len(begun)


def _goes_on(p: Paragraph, last: Criterion, place: int, *, own: bool, row: bool, habit: bool) -> bool:
    """A line that begins small, or ends what a page or a column has cut; `habit`: criteria begin small here."""
    text = (last.indicators or [last.text])[-1]
    small = p.text[:1].islower() or p.text[:1] in ",;)("
    apart = (own and habit) or (not own and (row or habit or last.text[:1].islower()))
    if apart and p.text[:1].islower() and text.strip() and not (last.indicators and own):
        return bool(HANGING.search(text.rstrip())) or text.count("(") > text.count(")")
    if not text.strip():
        return True
    if p.bullet:
        return False
    if _EXAMPLE.match(p.text) and not _EXAMPLE.match(text):
        return own or place == 0
    if own:
        return small and text.rstrip()[-1:] not in ".:"
    return place == 0 and small and text.rstrip()[-1:] not in ".!?"


def _holds(carried: Criterion, by_code: bool) -> bool:
    """Whether a bullet at the head of a page is part of the criterion above: that one has a code, or is no bullet."""
    return by_code or carried.code is not None or not carried.bulleted


def _ends_cut(p: Paragraph, last: Criterion, kept: Sequence[Paragraph]) -> bool:
    """Whether the first line of a page ends what the page before has cut.

    The criterion above was left open (a word that asks for another, a bracket), or began with a mark or a code that
    this line has not, while its end is that of no sentence.
    """
    said = (last.indicators or [last.text])[-1].rstrip()
    others = [other for other in kept if other is not p]
    if not p.bullet and last.bulleted and (REFERS.match(p.text) or any(other.bullet for other in others)):
        return True
    if last.code and any(coded(other.text).code for other in others):
        return True
    opened = said.count("(") > said.count(")")
    if opened and not p.bullet:
        return True
    if (said[-1:] in ".!?;:" and not said.endswith("etc.")) or p.bullet:
        return bool(HANGING.search(said)) and not p.bullet
    marked = last.bulleted or bool(last.code)
    alone = marked and not (p is kept[-1] and len(p.text.split()) > OPEN_END and p.text[:1].isupper() and not last.code)
    return bool(HANGING.search(said)) or alone


def _is_item_of(p: Paragraph, carried: Criterion) -> bool:
    """A bullet at the head of a page that stands further in than the criterion above."""
    if not (carried.x0 and p.x0):
        return False
    return p.x0 > carried.x0 + STEP or (bool(carried.item_x0) and abs(p.x0 - carried.item_x0) < STEP / 2
                                        and carried.item_x0 > carried.x0 + STEP / 2)  # fmt: skip


def _belongs(p: Paragraph, start: Paragraph, last: Criterion, base: int, base_x: float) -> bool:
    """Whether a bullet is part of the criterion above: that one is no bullet, or a bullet of an outer list."""
    deeper = p.level > base or (bool(base_x) and p.x0 > base_x + STEP)
    outer = bool(last.item_x0) and p.x0 < last.item_x0 - STEP
    return not start.bullet or deeper or (last.text.rstrip().endswith(":") and not outer)


def _is_lead(text: str) -> bool:
    return text.rstrip().endswith(":") and len(text.split()) <= SHORT_LEAD


def _new(
    draft: Draft, code: str | None, text: str, owners: list[Competence], p: Paragraph, shared: bool,
    lead: tuple[str, Paragraph] | None,
) -> Criterion:  # fmt: skip
    text, points, printed = cut_points(FOOTNOTE.sub("", text))
    made = draft.add_criterion(code, text, owners, p.page)
    made.unsure, made.guessed = p.unsure, p.guessed
    made.points, made.shared, made.ocr, made.bulleted, made.x0 = points, shared, p.ocr, p.bullet, p.x0
    made.lead = lead[0] if lead else None
    draft.place(p, code, text, printed)
    return made


def _append(draft: Draft, criterion: Criterion, p: Paragraph, *, as_item: bool = False) -> None:
    text, points, printed = cut_points(FOOTNOTE.sub("", p.text))
    criterion.unsure |= p.unsure
    criterion.guessed |= p.guessed
    if as_item:
        criterion.indicators.append(text)
        criterion.item_x0 = criterion.item_x0 or p.x0
    elif criterion.indicators:
        criterion.indicators[-1] += f" {text}"
    else:
        criterion.text = f"{criterion.text} {text}".strip()
    if points is not None and criterion.points is None:
        criterion.points = points
    draft.place(p, text, printed)


def inline_parts(text: str) -> list[str]:
    """Codes of one kind inside one paragraph begin a part each: « C10 – Assurer… C11 – Suivre… »."""
    code = competence_code(text).code
    if not code:
        return [text]
    letters = re.match(r"[^\d\s.]*", code)
    family = re.escape(letters[0]) if letters else ""
    if not family:
        return [text]
    return [
        part.strip() for part in re.split(rf"(?<=\S)\s+(?={family}\s?\d+(?:\.\d+)*\s*[-–—:.]\s)", text) if part.strip()
    ]
