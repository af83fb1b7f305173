"""What the file says about itself, through pypdf: bookmarks, labels, metadata, forms, comments, attachments, scripts.

Nothing is followed or run: scripts, launch actions and links are reported at most.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.result import Notice

MOST_FIELDS = 2_000
MOST_BOOKMARKS = 1_000
METADATA = ("/Title", "/Author", "/Subject", "/Creator", "/Producer")


@dataclass(frozen=True, slots=True)
class Structure:
    """`outline`: (depth, title, page); `labels` by page; `form`: (name, value); `comments`: (page, text)."""

    outline: tuple[tuple[int, str, int], ...] = ()
    labels: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    form: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    notices: tuple[Notice, ...] = ()


def structure_of(data: bytes, pages: int) -> Structure:
    """Reads the structure; a part that is damaged is left out with a notice, never the whole dossier."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    damage = (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        AssertionError,
    )
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        root = reader.root_object
    except (*damage, NotImplementedError, ArithmeticError):
        return Structure(notices=(_damaged("structure du fichier"),))
    notices: list[Notice] = []

    def part(name: str, work: Any, empty: Any) -> Any:
        try:
            return work()
        except (*damage, NotImplementedError, ArithmeticError):
            notices.append(_damaged(name))
            return empty

    outline = part("signets", lambda: tuple(_outline(reader, reader.outline, 0)), ())
    labels = part("numéros de page", lambda: tuple(reader.page_labels), ())
    metadata = part("propriétés", lambda: _metadata(reader), {})
    form = part("formulaire", lambda: tuple(_form(reader)), ())
    comments = part("annotations", lambda: tuple(_comments(reader, pages)), ())
    notices += part("pièces jointes", lambda: list(_attachments(reader)), [])
    notices += part("actions", lambda: list(_scripts(root)), [])
    return Structure(outline, labels, metadata, form, comments, tuple(notices))


def _damaged(name: str) -> Notice:
    return Notice(kind="damaged", text=f"Une partie du fichier est abîmée et n’a pas été lue\u00a0: {name}.")


def _outline(reader: Any, items: Any, depth: int) -> Iterator[tuple[int, str, int]]:
    for item in items[:MOST_BOOKMARKS]:
        if isinstance(item, list):
            if depth < 8:
                yield from _outline(reader, item, depth + 1)
            continue
        page = reader.get_destination_page_number(item)
        title = " ".join(str(item.title or "").split())
        if title and page is not None and page >= 0:
            yield depth, title, page + 1


def _metadata(reader: Any) -> dict[str, str]:
    info = reader.metadata or {}
    return {key.lstrip("/").lower(): str(info[key])[:500] for key in METADATA if info.get(key)}


def _form(reader: Any) -> Iterator[tuple[str, str]]:
    fields = reader.get_fields() or {}
    for name, entry in list(fields.items())[:MOST_FIELDS]:
        value = entry.get("/V")
        text = " ".join(str(value).split()) if value is not None else ""
        if text and text not in {"/Off", "None"}:
            yield str(name), text.removeprefix("/")


def _comments(reader: Any, pages: int) -> Iterator[tuple[int, str]]:
    for number in range(min(pages, len(reader.pages))):
        annotations = reader.pages[number].get("/Annots")
        annotations = annotations.get_object() if annotations is not None else None
        for reference in list(annotations or [])[:200]:
            entry = reference.get_object()
            if entry.get("/Subtype") in {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Stamp"}:
                text = " ".join(str(entry.get("/Contents") or "").split())
                if text:
                    yield number + 1, text[:2_000]


def _attachments(reader: Any) -> Iterator[Notice]:
    names = list(reader.attachments)[:50]
    portfolio = "/Collection" in reader.root_object
    if portfolio:
        yield Notice(
            kind="portfolio",
            text="Ce fichier est un porte-documents\u00a0: seules les pages de sa couverture sont lues.",
            detail=", ".join(names),
        )
    elif names:
        yield Notice(
            kind="attachment",
            text="Des pièces sont jointes au fichier\u00a0; elles sont listées et n’ont pas été lues.",
            detail=", ".join(names),
        )


def _scripts(root: Any) -> Iterator[Notice]:
    names = root.get("/Names")
    names = names.get_object() if names is not None else {}
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    runs = "/JavaScript" in names or "/AA" in root
    runs = runs or (isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch", "/URI", "/SubmitForm"})
    if runs:
        yield Notice(kind="script", text="Le fichier contient des actions automatiques\u00a0; aucune n’a été exécutée.")
