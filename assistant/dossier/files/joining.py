"""Several files as one dossier: pages numbered through, every id, page and notice moved along."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.dossier.model import Dossier, DossierFile, InputFile, Page, Passage, Sentence, SentenceEnd
from assistant.result import Notice


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file with what was read of it, or why nothing was (French)."""

    file: InputFile
    dossier: Dossier | None
    failure: str = ""


def joined(parts: Sequence[ReadFile]) -> Dossier:
    """One dossier of at least one file that was read; the others are named in `files` and in a notice each."""
    files: list[DossierFile] = []
    dossiers: list[Dossier] = []
    notices: list[Notice] = []
    before = 0
    for place, part in enumerate(parts):
        sha256 = hashlib.sha256(part.file.data).hexdigest()
        if part.dossier is None:
            files.append(DossierFile(part.file.name, sha256, part.file.kind, 0, part.failure))
            said = "Un fichier du dossier n’a pas pu être lu."
            notices.append(Notice(kind="unread_file", text=said, detail=part.failure))
            continue
        moved = _moved(part.dossier, before, place, part.file.name if len(parts) > 1 else "")
        files.append(DossierFile(part.file.name, sha256, part.file.kind, len(moved.pages)))
        dossiers.append(moved)
        before += len(moved.pages)
    whole = hashlib.sha256("\n".join(f"{file.kind} {file.sha256}" for file in files).encode()).hexdigest()
    return Dossier(
        file=files[0].name,
        sha256=files[0].sha256 if len(files) == 1 else whole,
        pages=tuple(page for dossier in dossiers for page in dossier.pages),
        sentences=tuple(sentence for dossier in dossiers for sentence in dossier.sentences),
        passages=tuple(passage for dossier in dossiers for passage in dossier.passages),
        ledger=tuple(entry for dossier in dossiers for entry in dossier.ledger),
        notices=(*notices, *(notice for dossier in dossiers for notice in dossier.notices)),
        metadata=dossiers[0].metadata,
        outline=tuple(mark for dossier in dossiers for mark in dossier.outline),
        files=tuple(files),
    )


def _moved(dossier: Dossier, by: int, file: int, name: str) -> Dossier:
    """The dossier as file `file` of a larger one, `by` pages further; notices about the file as a whole name it."""
    if not name:
        return dossier
    return replace(
        dossier,
        pages=tuple(_page(page, by, file) for page in dossier.pages),
        sentences=tuple(_sentence(sentence, by) for sentence in dossier.sentences),
        passages=tuple(_passage(passage, by) for passage in dossier.passages),
        ledger=tuple(entry.model_copy(update={"page": entry.page + by}) for entry in dossier.ledger),
        notices=tuple(_notice(notice, by, name) for notice in dossier.notices),
        outline=tuple((depth, title, page + by) for depth, title, page in dossier.outline),
    )


def _page(page: Page, by: int, file: int) -> Page:
    label = str(page.number + by) if page.label == str(page.number) else page.label
    return replace(page, number=page.number + by, label=label, file=file, number_in_file=page.number)


def _sentence(sentence: Sentence, by: int) -> Sentence:
    over = sentence.over
    return replace(
        sentence,
        id=_id(sentence.id, by),
        page=sentence.page + by,
        over=None if over is None else SentenceEnd(over.page + by, over.start, over.end, over.boxes),
        called_by=_id(sentence.called_by, by),
    )


def _passage(passage: Passage, by: int) -> Passage:
    ids = tuple(_id(sid, by) for sid in passage.sentence_ids)
    return replace(passage, id=_id(passage.id, by), page=passage.page + by, sentence_ids=ids)


def _id(name: str, by: int) -> str:
    """`p6s4` becomes `p16s4`; of a passage, both ends."""
    return re.sub(r"p(\d+)s", lambda found: f"p{int(found[1]) + by}s", name)


def _notice(notice: Notice, by: int, name: str) -> Notice:
    if notice.page is not None:
        return notice.model_copy(update={"page": notice.page + by})
    detail = " – ".join(part for part in (name, notice.detail) if part)
    return notice.model_copy(update={"detail": detail})
