"""A dossier as a report of what was read; comments are told as notices, never among the sentences."""

from assistant.dossier.model import Dossier, Sentence, SentenceKind
from assistant.reading_report import ReadingReport, ReportedFile, ReportedPage, ReportedSentence, ShownKind

SHOWN: dict[SentenceKind, ShownKind] = {
    "prose": "prose", "bullet": "bullet", "row": "row", "heading": "heading", "caption": "caption", "code": "code",
    "note": "note", "form": "form", "annotation": "form",
}  # fmt: skip


def report_of(dossier: Dossier) -> ReadingReport:
    """Every file, page, sentence and notice."""
    return ReadingReport(
        files=tuple(
            ReportedFile(name=file.name, sha256=file.sha256, kind=file.kind, pages=file.pages) for file in dossier.files
        ),
        pages=tuple(
            ReportedPage(page=entry.page, file=dossier.files[page.file].name, read=entry.read, reason=entry.reason)
            for page, entry in zip(dossier.pages, dossier.ledger, strict=True)
        ),
        sentences=tuple(report for sentence in dossier.sentences if (report := _sentence(sentence)) is not None),
        notices=dossier.notices,
    )


def _sentence(sentence: Sentence) -> ReportedSentence | None:
    if sentence.role == "comment":
        return None
    return ReportedSentence(
        id=sentence.id,
        pages=sentence.pages,
        text=sentence.text,
        kind=SHOWN[sentence.kind],
        role=sentence.role,
        section=sentence.section,
        cells=(sentence.cells or (sentence.text,)) if sentence.kind == "row" else None,
    )
