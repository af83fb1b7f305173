"""The sentences of a dossier from its written pages: those that run over a page's end made whole, notes tied."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.continuing import goes_over
from assistant.dossier.layout.furniture import OfficialWording
from assistant.dossier.layout.notes import number_of
from assistant.dossier.layout.rows_over import cell_taken_up, row_goes_over
from assistant.dossier.layout.sections import Sections
from assistant.dossier.model import Sentence, SentenceEnd, SentenceRole
from assistant.dossier.text.repair import cut_word
from assistant.dossier.text.writing import CELL_GAP, PageText, Written

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SAME_COLUMN = 12.0
"""Points between the left edges of a cell's text and of its rest over the page, at most."""
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A sentence on its page (1-based), and its end on the next one if it has one there, after `joint`."""

    page: int
    written: Written
    over: Written | None = None
    joint: str = " "


def sentences_of(
    pages: Sequence[PageText], outline: Sequence[tuple[int, str, int]], official: OfficialWording, known: Known
) -> tuple[Sentence, ...]:
    """The sentences in reading order; `outline` holds the bookmarks as (depth, title, page)."""
    sections = Sections(outline)
    result: list[Sentence] = []
    for number, wholes in _by_page(pages, known):
        here = [
            _sentence(f"p{number}s{place}", whole, pages, sections, official, known)
            for place, whole in enumerate(wholes, start=1)
        ]
        result += _tied(here)
    return tuple(result)


def _by_page(pages: Sequence[PageText], known: Known) -> Iterator[tuple[int, list[_Whole]]]:
    taken: list[Written] = []
    for number, page in enumerate(pages, start=1):
        wholes = [_Whole(number, written) for written in page.sentences if not any(written is one for one in taken)]
        taken = []
        for tail, head in _meeting(page.sentences, pages[number].sentences) if number < len(pages) else ():
            place = next((n for n, whole in enumerate(wholes) if whole.written is tail), None)
            if place is None:
                continue
            before, after = page.text[tail.start : tail.end], pages[number].text[head.start : head.end]
            if tail.block.row is not None:
                rest = [one for one in pages[number].sentences if one.block is head.block]
                whole = replace(head, end=rest[-1].end, boxes=tuple(box for one in rest for box in one.boxes))
                wholes[place] = replace(wholes[place], over=whole if head.block.row is None else head)
                taken += rest
            elif goes_over(before, after, tail.block, head.block):
                wholes[place] = _joined(wholes[place], head, cut_word(before, after, known))
            else:
                continue
            taken.append(head)
        yield number, wholes


def _meeting(here: Sequence[Written], there: Sequence[Written]) -> Iterator[tuple[Written, Written]]:
    """What a page ends with and what the next one begins with, where the one may go on in the other."""
    ends = [written for written in here if _is_body(written)]
    begins = [written for written in there if _is_body(written)]
    if not ends or not begins:
        return
    tail, head = ends[-1], begins[0]
    if tail.block.row is not None and head.block.row is not None:
        if tail.first and tail.last and head.first and head.last and row_goes_over(tail.block, head.block):
            yield tail, head
    elif tail.first and tail.last and head.first and cell_taken_up(tail.block, head.block) is not None:
        yield tail, head
    elif tail.block.cell is not None and head.block.cell is not None:
        yield from _cells_meeting(ends, begins)
    else:
        last, first = _last(here), _first(there)
        if last is not None and first is not None:
            yield last, first


def _is_body(written: Written) -> bool:
    block = written.block
    return not block.furniture and not block.comment and block.kind not in {"note", "caption"}


def _cells_meeting(ends: Sequence[Written], begins: Sequence[Written]) -> Iterator[tuple[Written, Written]]:
    """The texts of a row's cells, column by column."""
    last, first = ends[-1].block.cell, begins[0].block.cell
    if last is None or first is None:
        return
    tails = {w.block.cell[2]: w for w in ends if w.block.cell is not None and w.block.cell[:2] == last[:2]}
    heads = {w.block.cell[2]: w for w in reversed(begins) if w.block.cell is not None and w.block.cell[:2] == first[:2]}
    for column, tail in tails.items():
        head = heads.get(column)
        if head is not None and tail.last and head.first and abs(tail.block.box[0] - head.block.box[0]) < SAME_COLUMN:
            yield tail, head


def _joined(whole: _Whole, head: Written, joint: str | None) -> _Whole:
    if joint is None:
        return replace(whole, over=head)
    cut = whole.written if joint else replace(whole.written, end=whole.written.end - 1)
    return replace(whole, written=cut, over=head, joint="")


def _runs(written: Written) -> bool:
    """Whether a sentence is part of the running text: not furniture, a note, a caption or a table."""
    block = written.block
    return block.kind in {"prose", "bullet"} and not block.furniture and not block.comment and block.row is None


def _last(sentences: Sequence[Written]) -> Written | None:
    """The last sentence of a page's running text, if it closes its paragraph and no heading follows it."""
    for written in reversed(sentences):
        if written.block.kind == "heading" and not written.block.furniture:
            return None
        if _runs(written):
            return written if written.last else None
    return None


def _first(sentences: Sequence[Written]) -> Written | None:
    for written in sentences:
        if written.block.kind == "heading" and not written.block.furniture:
            return None
        if _runs(written):
            return written if written.first else None
    return None


def _sentence(
    name: str,
    whole: _Whole,
    pages: Sequence[PageText],
    sections: Sections,
    official: OfficialWording,
    known: Known,
) -> Sentence:
    written, block = whole.written, whole.written.block
    quote = pages[whole.page - 1].text[written.start : written.end]
    over, cells = None, _cells(whole, pages, known)
    if whole.over is not None:
        end = whole.over
        after = pages[whole.page].text[end.start : end.end]
        quote = CELL_GAP.join(cell for cell in cells if cell) if block.row is not None else quote + whole.joint + after
        over = SentenceEnd(whole.page + 1, end.start, end.end, end.boxes)
    role = _role(block, quote, official)
    return Sentence(
        id=name,
        page=whole.page,
        start=written.start,
        end=written.end,
        text=quote,
        boxes=written.boxes,
        source="ocr" if any(line.source == "ocr" for line in block.lines) else "text",
        kind=block.kind,
        role=role,
        section=sections.at(whole.page, block, quote, role),
        context=" ; ".join(cell for cell in block.context if cell),
        over=over,
        cells=cells,
    )


def _cells(whole: _Whole, pages: Sequence[PageText], known: Known) -> tuple[str, ...]:
    """The cells of a row, each with its rest over the page."""
    if whole.over is None or whole.written.block.row is None:
        return whole.written.cells
    taken_up = cell_taken_up(whole.written.block, whole.over.block)
    if taken_up is not None:
        rest = pages[whole.page].text[whole.over.start : whole.over.end]
        return tuple(_cell(a, rest, known) if n == taken_up else a for n, a in enumerate(whole.written.cells))
    return tuple(_cell(a, b, known) for a, b in zip(whole.written.cells, whole.over.cells, strict=True))


def _cell(above: str, below: str, known: Known) -> str:
    joint = cut_word(above, below, known) if above and below else None
    return f"{above} {below}".strip() if joint is None else f"{above[:-1]}{joint}{below}"


def _role(block: Block, quote: str, official: OfficialWording) -> SentenceRole:
    if block.comment:
        return "comment"
    if block.furniture:
        return "furniture"
    return "official" if official.repeats(quote) else "body"


def _tied(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a page, its notes tied to those that call them."""
    result = []
    for sentence in sentences:
        number = number_of(sentence.text) if sentence.kind == "note" else ""
        caller = _caller(number, sentences) if number else None
        result.append(replace(sentence, called_by=caller.id) if caller is not None else sentence)
    return result


def _caller(number: str, sentences: Sequence[Sentence]) -> Sentence | None:
    signs = [re.escape(number)] if not number.isdigit() else [
        rf"(?<![⁰¹²³⁴-⁹]){number.translate(RAISED)}(?![⁰¹²³⁴-⁹])", rf"[(\[]{number}[)\]]", rf"(?<=[^\W\d_]){number}\b"
    ]  # fmt: skip
    for sign in signs:
        for sentence in sentences:
            if sentence.kind != "note" and sentence.role != "furniture" and re.search(sign, sentence.text):
                return sentence
    return None
