"""From a PDF to a Dossier: pages, sentences with boxes, passages, the page ledger and notices."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.dossier.furniture import OfficialWording, Running, running_lines
from assistant.dossier.glyphs import Frame, Line, frame_of, lines_of
from assistant.dossier.layout import Block, blocks_of
from assistant.dossier.model import Dossier, Page, Sentence, SentenceRole
from assistant.dossier.opening import is_encrypted, opened
from assistant.dossier.passages import passages_of
from assistant.dossier.repair import vocabulary
from assistant.dossier.rules import Rules, rules_of
from assistant.dossier.sections import Sections
from assistant.dossier.structure import Structure, structure_of
from assistant.dossier.writing import PageText, write_page
from assistant.errors import UnreadableDossier
from assistant.result import LedgerEntry, Notice
from assistant.text import word_count

NO_TEXT = "aucun texte dans la page"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before its text is put together: lines in content order, drawn edges, and why it failed if it did."""

    frame: Frame
    lines: tuple[Line, ...]
    rules: Rules
    failure: str | None = None


def read_dossier(data: bytes, file: str, official: Sequence[str] = (), progress: Progress = lambda *_: None) -> Dossier:
    """Reads a whole PDF. `official` holds the référentiel's own texts, which are recognised and never count as evidence.

    Raises UnreadableDossier when the file cannot be opened, or when none of its pages can be read.
    """
    with opened(data) as document:
        encrypted = is_encrypted(document)
        raw = []
        for number in range(len(document)):
            raw.append(_raw_page(document, number))
            progress("lecture", number + 1, len(document))
    structure = structure_of(data, len(raw))
    texts = _write(raw)
    sentences = _sentences(raw, texts, structure, OfficialWording(official))
    ledger = tuple(_entry(number, page, text) for number, (page, text) in enumerate(zip(raw, texts, strict=True), 1))
    if all(entry.read == "none" for entry in ledger):
        raise UnreadableDossier(
            "Aucun texte n’a pu être lu dans ce dossier\u00a0: s’il est numérisé, activez la reconnaissance de "
            "caractères (OCR) ou demandez l’export d’origine."
        )
    return Dossier(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=_pages(raw, texts, structure),
        sentences=sentences,
        passages=passages_of(sentences),
        ledger=ledger,
        notices=_notices(encrypted, structure, texts, ledger),
        metadata=structure.metadata,
        outline=structure.outline,
    )


def _raw_page(document: Any, number: int) -> RawPage:
    """One page; a page that pdfium cannot load costs that page only."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return RawPage(Frame(0, 0, 595, 842, 0), (), Rules(), "page abîmée")
    try:
        frame = frame_of(page)
        return RawPage(frame, lines_of(page, frame), rules_of(page, frame))
    except pypdfium2.PdfiumError:
        return RawPage(frame_of(page), (), Rules(), "page abîmée")
    finally:
        page.close()


def _write(raw: Sequence[RawPage]) -> list[PageText]:
    words = vocabulary([line.text for page in raw for line in page.lines])
    size = _body_size(raw)
    running = running_lines([(page.frame.size[1], page.lines) for page in raw])
    return [write_page(_blocks(page, running, size), words.__contains__) for page in raw]


def _blocks(page: RawPage, running: Running, body_size: float) -> list[Block]:
    """The page's blocks; headers and footers are set apart first, so that they never run into the text."""
    height = page.frame.size[1]
    apart = [line for line in page.lines if running.holds(line, height)]
    body = [line for line in page.lines if not running.holds(line, height)]
    return [
        *blocks_of(body, page.rules, body_size),
        *(Block("prose", (line,), size=line.size, running=True) for line in apart),
    ]


def _body_size(raw: Sequence[RawPage]) -> float:
    """The font size most of the characters are set in."""
    sizes: Counter[float] = Counter()
    for page in raw:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 11.0


def _sentences(
    raw: Sequence[RawPage], texts: Sequence[PageText], structure: Structure, official: OfficialWording
) -> tuple[Sentence, ...]:
    sections = Sections(structure.outline)
    result: list[Sentence] = []
    for number, text in enumerate(texts, start=1):
        for place, written in enumerate(text.sentences, start=1):
            quote = text.text[written.start : written.end]
            role = _role(written.block, quote, sections, official)
            section = sections.at(number, written.block, quote, role)
            result.append(
                Sentence(
                    id=f"p{number}s{place}",
                    page=number,
                    start=written.start,
                    end=written.end,
                    text=quote,
                    boxes=written.boxes,
                    source="text",
                    kind=written.block.kind,
                    role=role,
                    section=section,
                    context=" ; ".join(cell for cell in written.block.context if cell),
                )
            )
    return tuple(result)


def _role(block: Block, quote: str, sections: Sections, official: OfficialWording) -> SentenceRole:
    if block.running or (sections.in_contents and block.kind != "heading"):
        return "furniture"
    return "official" if official.repeats(quote) else "body"


def _pages(raw: Sequence[RawPage], texts: Sequence[PageText], structure: Structure) -> tuple[Page, ...]:
    labels = structure.labels if len(structure.labels) == len(raw) else ()
    return tuple(
        Page(
            number,
            labels[number - 1] if labels else str(number),
            round(page.frame.size[0], 2),
            round(page.frame.size[1], 2),
            text.text,
        )
        for number, (page, text) in enumerate(zip(raw, texts, strict=True), start=1)
    )


def _entry(number: int, page: RawPage, text: PageText) -> LedgerEntry:
    words = word_count(text.text)
    if words:
        return LedgerEntry(page=number, read="text", words=words)
    return LedgerEntry(page=number, read="none", words=0, reason=page.failure or NO_TEXT)


def _notices(
    encrypted: bool, structure: Structure, texts: Sequence[PageText], ledger: Sequence[LedgerEntry]
) -> tuple[Notice, ...]:
    notices = list(structure.notices)
    if encrypted:
        notices.append(Notice(kind="encrypted", text="Le fichier est chiffré\u00a0; il s’ouvre sans mot de passe."))
    for page, comment in structure.comments:
        notices.append(
            Notice(kind="annotation", page=page, text="Une annotation est posée sur la page.", detail=comment)
        )
    for number, text in enumerate(texts, start=1):
        if text.doubtful:
            notices.append(
                Notice(
                    kind="altered_text",
                    page=number,
                    text="Des caractères du texte extrait ne sont pas lisibles.",
                    detail=f"{text.doubtful} caractère{'s' if text.doubtful > 1 else ''}",
                )
            )
    notices += [
        Notice(
            kind="unreadable_page", page=entry.page, text="Cette page n’a pas pu être lue.", detail=entry.reason or ""
        )
        for entry in ledger
        if entry.read == "none"
    ]
    return tuple(notices)
