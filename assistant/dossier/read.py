"""From a PDF to a Dossier: pages, sentences with boxes, passages, the page ledger and notices."""

import hashlib
from collections.abc import Sequence

from assistant.dossier.layout.furniture import OfficialWording
from assistant.dossier.model import Dossier, DossierFile, Page
from assistant.dossier.notices import ledger_of, left_out, notices_of
from assistant.dossier.pages import write_pages
from assistant.dossier.pdf.opening import is_encrypted, opened
from assistant.dossier.pdf.raw import RawDossier, RawPage
from assistant.dossier.pdf.source import PdfSource
from assistant.dossier.pdf.structure import Structure
from assistant.dossier.readable import require_words
from assistant.dossier.sentences import sentences_of
from assistant.dossier.steps import FINISH, PUT_IN_ORDER
from assistant.dossier.text.passages import passages_of
from assistant.dossier.text.repair import vocabulary
from assistant.dossier.text.writing import PageText
from assistant.progress import Progress, silent


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


def dossier_of(raw: RawDossier, official: Sequence[str] = (), progress: Progress = silent) -> Dossier:
    """Puts a dossier together from its raw pages."""
    progress(PUT_IN_ORDER, 0, max(1, len(raw.pages)))
    texts = write_pages(raw.pages, lambda page, pages: progress(PUT_IN_ORDER, page, pages))
    progress(FINISH, 0, 1)
    ledger = ledger_of(raw.pages, texts)
    known = vocabulary([text.text for text in texts]).__contains__
    sentences = sentences_of(texts, raw.structure.outline, OfficialWording(official), known)
    return Dossier(
        file=raw.file,
        sha256=raw.sha256,
        pages=_pages(raw.pages, texts, raw.structure),
        sentences=sentences,
        passages=passages_of(sentences),
        ledger=ledger,
        notices=(*notices_of(raw, texts, ledger), *left_out(sentences)),
        metadata=raw.structure.metadata,
        outline=raw.structure.outline,
        files=(DossierFile(raw.file, raw.sha256, "main", len(raw.pages)),),
    )


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
