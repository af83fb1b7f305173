"""How dossiers are read: each file in a process apart, the pictures too unless OCR is off, then joined into one."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.dossier.files.conversion import Converted, Converter
from assistant.dossier.files.intake import unpacked
from assistant.dossier.files.joining import ReadFile, joined
from assistant.dossier.files.kept import KeptReadings
from assistant.dossier.isolation.sandbox import READING, read_apart
from assistant.dossier.model import Dossier, InputFile, Sentence
from assistant.dossier.ocr.engines import OFF, Engine
from assistant.dossier.ocr.shared_pictures import KeptPictures
from assistant.dossier.readable import require_words
from assistant.errors import UnreadableDossier
from assistant.progress import Progress


@dataclass(frozen=True, slots=True)
class DossierReader:
    """Reads files into a Dossier; `pictures` holds what was read in pictures, `kept` what was read of each file."""

    engine: Engine | None
    workers: int
    pictures: KeptPictures
    converter: Converter
    kept: KeptReadings | None = None
    server: Path | None = None
    """The socket of a server of readers, where this process has one."""

    def __call__(self, files: Sequence[InputFile], official: Sequence[str], progress: Progress) -> Dossier:
        """Raises UnreadableDossier when none of the files can be read, and what `progress` raises."""
        files = unpacked(files)
        if len(files) == 1 and files[0].failure is None:
            return require_words(joined([ReadFile(files[0], self._read(files[0], official, progress))]))
        parts = [self._part(file, official, _told(progress, place, len(files))) for place, file in enumerate(files)]
        read = [part for part in parts if part.dossier is not None]
        if not read:
            raise UnreadableDossier(" ".join(part.failure for part in parts))
        return require_words(joined(parts))

    def _part(self, file: InputFile, official: Sequence[str], progress: Progress) -> ReadFile:
        if file.failure is not None:
            return ReadFile(file, None, file.failure)
        try:
            return ReadFile(file, self._read(file, official, progress))
        except UnreadableDossier as error:
            said = error.message
            return ReadFile(file, None, said if file.name in said else f"«\u00a0{file.name}\u00a0»\u00a0: {said}")

    def _read(self, file: InputFile, official: Sequence[str], progress: Progress) -> Dossier:
        engine = self.engine or OFF
        known = self.kept.load(file.data, file.name, official, engine) if self.kept else None
        if known is not None:
            return known
        converted = self.converter.convert(file.data, file.name)
        with self.pictures.at_hand(converted.pdf) as folder:
            command = (sys.executable, "-m", READING, engine, str(self.workers), str(folder))
            dossier = read_apart(
                converted.pdf, file.name, official, progress, command=command, server=self.server, empty=True
            )
        dossier = with_cells(dossier, converted)
        if self.kept and not any(entry.read in {"none", "partial"} for entry in dossier.ledger):
            self.kept.save(file.data, file.name, official, engine, dossier)
        return dossier


def _told(progress: Progress, place: int, files: int) -> Progress:
    """Progress that says which of several files it is about."""
    if files == 1:
        return progress
    return lambda step, done, total: progress(f"{step} (fichier {place + 1} sur {files})", done, total)


def with_cells(dossier: Dossier, converted: Converted) -> Dossier:
    """The dossier with what its conversion says; rows of a workbook get the cells that it holds."""
    sentences = [
        _with_cells(sentence, converted.rows[sentence.page - 1]) if sentence.page <= len(converted.rows) else sentence
        for sentence in dossier.sentences
    ]
    return replace(dossier, sentences=tuple(sentences), notices=(*converted.notices, *dossier.notices))


def _with_cells(sentence: Sentence, rows: Sequence[tuple[str, ...]]) -> Sentence:
    if sentence.kind != "row":
        return sentence
    said = _letters(sentence.text)
    row = next((row for row in rows if _letters("".join(row)) == said), None)
    return sentence if row is None else replace(sentence, cells=row)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
