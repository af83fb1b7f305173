"""What the file says about itself, through pypdf: bookmarks, labels, metadata, attachments, scripts.

Nothing is followed or run: scripts, launch actions and links are reported at most.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.result import Notice

MOST_BOOKMARKS = 1_000
METADATA = ("/Title", "/Author", "/Subject", "/Creator", "/Producer")


@dataclass(frozen=True, slots=True)
class Structure:
    """`outline`: (depth, title, page); `labels` by page."""

    outline: tuple[tuple[int, str, int], ...] = ()
    labels: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def structure_of(data: bytes) -> Structure:
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
        return lost_structure()
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
    notices += part("pièces jointes", lambda: list(_attachments(reader)), [])
    notices += part("actions", lambda: list(_scripts(root)), [])
    return Structure(outline, labels, metadata, tuple(notices))


def lost_structure() -> Structure:
    """What is left to say of a structure that cannot be read."""
    return Structure(notices=(_damaged("structure du fichier"),))


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
