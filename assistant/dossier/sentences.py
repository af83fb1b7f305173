"""The sentences of a dossier from its written pages: those that run over a page's end made whole, notes tied."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.continuing import goes_over
from assistant.dossier.layout.furniture import OfficialWording
from assistant.dossier.layout.notes import number_of
from assistant.dossier.layout.sections import Sections
from assistant.dossier.model import Sentence, SentenceEnd, SentenceRole
from assistant.dossier.text.repair import cut_word
from assistant.dossier.text.writing import PageText, Written

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
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
            _sentence(f"p{number}s{place}", whole, pages, sections, official)
            for place, whole in enumerate(wholes, start=1)
        ]
        result += _tied(here)
    return tuple(result)


def _by_page(pages: Sequence[PageText], known: Known) -> Iterator[tuple[int, list[_Whole]]]:
    taken: Written | None = None
    for number, page in enumerate(pages, start=1):
        wholes = [_Whole(number, written) for written in page.sentences if written is not taken]
        taken = None
        if number < len(pages) and wholes:
            tail, head = _last(page.sentences), _first(pages[number].sentences)
            place = next((n for n, whole in enumerate(wholes) if whole.written is tail), None)
            if tail is not None and head is not None and place is not None:
                before, after = page.text[tail.start : tail.end], pages[number].text[head.start : head.end]
                if goes_over(before, after, tail.block, head.block):
                    joint = cut_word(before, after, known)
                    wholes[place] = _joined(wholes[place], head, joint)
                    taken = head
        yield number, wholes


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
    name: str, whole: _Whole, pages: Sequence[PageText], sections: Sections, official: OfficialWording
) -> Sentence:
    written, block = whole.written, whole.written.block
    quote = pages[whole.page - 1].text[written.start : written.end]
    over = None
    if whole.over is not None:
        end = whole.over
        quote += whole.joint + pages[whole.page].text[end.start : end.end]
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
        cells=written.cells,
    )


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
