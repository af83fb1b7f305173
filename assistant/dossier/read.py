"""From a PDF to a Dossier: pages, sentences with boxes, passages, the page ledger and notices."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from assistant.dossier.layout.blocks import Block, blocks_of
from assistant.dossier.layout.furniture import OfficialWording, Running, running_lines
from assistant.dossier.layout.marks import comments_of, with_marks
from assistant.dossier.layout.sections import Sections
from assistant.dossier.model import Dossier, DossierFile, Page, Sentence, SentenceRole
from assistant.dossier.notices import ledger_of, notices_of
from assistant.dossier.pdf.opening import is_encrypted, opened
from assistant.dossier.pdf.raw import RawDossier, RawPage
from assistant.dossier.pdf.source import PdfSource
from assistant.dossier.pdf.structure import Structure
from assistant.dossier.text.passages import passages_of
from assistant.dossier.text.repair import vocabulary
from assistant.dossier.text.writing import PageText, write_page
from assistant.errors import NothingReadable
from assistant.progress import Progress, silent

PUT_IN_ORDER, FINISH = "mise en ordre", "assemblage"


def read_dossier(
    data: bytes,
    file: str,
    official: Sequence[str] = (),
    progress: Progress = silent,
    source: PdfSource | None = None,
) -> Dossier:
    """Reads a whole PDF. `official` holds the référentiel's own texts, which are recognised and never count as evidence.

    Raises UnreadableDossier when the file cannot be opened, NothingReadable when none of its pages can be read.
    """
    return require_words(read_pages(data, file, official, progress, source or PdfSource()))


def read_pages(data: bytes, file: str, official: Sequence[str], progress: Progress, source: PdfSource) -> Dossier:
    """The same, but a file without a word is a dossier too. Raises UnreadableDossier."""
    with opened(data) as document:
        encrypted = is_encrypted(document)
        read = source.pictures(document, source.pages(document, progress), progress)
    sha256 = hashlib.sha256(data).hexdigest()
    return dossier_of(RawDossier(file, sha256, encrypted, read, source.structure(data)), official, progress)


def require_words(dossier: Dossier) -> Dossier:
    """The dossier itself. Raises NothingReadable when it holds no word."""
    if not any(entry.words for entry in dossier.ledger):
        raise NothingReadable(
            "Aucun texte n’a pu être lu dans ce dossier\u00a0: demandez l’export d’origine ou, si le dossier est "
            "numérisé, vérifiez que la reconnaissance de caractères (OCR) est activée.",
            [(entry.page, entry.reason or "") for entry in dossier.ledger],
        )
    return dossier


def dossier_of(raw: RawDossier, official: Sequence[str] = (), progress: Progress = silent) -> Dossier:
    """Puts a dossier together from its raw pages."""
    progress(PUT_IN_ORDER, 0, max(1, len(raw.pages)))
    texts = _write(raw.pages, progress)
    progress(FINISH, 0, 1)
    ledger = ledger_of(raw.pages, texts)
    sentences = _sentences(texts, raw.structure, OfficialWording(official))
    return Dossier(
        file=raw.file,
        sha256=raw.sha256,
        pages=_pages(raw.pages, texts, raw.structure),
        sentences=sentences,
        passages=passages_of(sentences),
        ledger=ledger,
        notices=notices_of(raw, texts, ledger),
        metadata=raw.structure.metadata,
        outline=raw.structure.outline,
        files=(DossierFile(raw.file, raw.sha256, "main", len(raw.pages)),),
    )


def _write(raw: Sequence[RawPage], progress: Progress) -> list[PageText]:
    words = vocabulary([line.text for page in raw for line in page.lines])
    size = _body_size(raw)
    running = running_lines([(page.frame.size[1], page.lines) for page in raw])
    texts = []
    for number, page in enumerate(raw, start=1):
        progress(PUT_IN_ORDER, number, len(raw))
        texts.append(write_page(_blocks(page, running, size), words.__contains__))
    return texts


def _blocks(page: RawPage, running: Running, body_size: float) -> list[Block]:
    """The page's blocks; headers and footers are set apart first, so that they never run into the text."""
    height = page.frame.size[1]
    apart = [line for line in page.lines if running.holds(line, height)]
    body = [line for line in page.lines if not running.holds(line, height)]
    return [
        *with_marks(blocks_of(body, page.rules, body_size), page.marks),
        *(Block("prose", (line,), size=line.size, running=True) for line in apart),
        *comments_of(page.marks),
    ]


def _body_size(raw: Sequence[RawPage]) -> float:
    """The font size most of the characters are set in."""
    sizes: Counter[float] = Counter()
    for page in raw:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 11.0


def _sentences(texts: Sequence[PageText], structure: Structure, official: OfficialWording) -> tuple[Sentence, ...]:
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
                    source="ocr" if any(line.source == "ocr" for line in written.block.lines) else "text",
                    kind=written.block.kind,
                    role=role,
                    section=section,
                    context=" ; ".join(cell for cell in written.block.context if cell),
                )
            )
    return tuple(result)


def _role(block: Block, quote: str, sections: Sections, official: OfficialWording) -> SentenceRole:
    if block.comment:
        return "comment"
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
            page.frame.turned,
            number_in_file=number,
        )
        for number, (page, text) in enumerate(zip(raw, texts, strict=True), start=1)
    )
