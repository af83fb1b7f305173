"""Two contents side by side: what was added, taken away, moved, or says something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.referentiel.authoring.editor.applying import Content, entries
from assistant.referentiel.authoring.editor.operations import Kind
from assistant.referentiel.words import EVIDENCE, MODALITIES, SCALES, decimal

What = Literal["added", "removed", "changed", "moved"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CLOSED = {"kind": MODALITIES, "assessed_by": MODALITIES, "kinds": EVIDENCE, "scale": SCALES}
"""By field, what a person calls its codes."""
_OWN = {
    "blocs",
    "activities",
    "competences",
    "criteria",
    "requirements",
    "modalities",
    "deliverables",
    "general_modalities",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` "" is the référentiel itself; `before` and `after` as a person reads them."""

    what: What
    kind: Kind | Literal[""]
    id: str
    field: str = ""
    before: str = ""
    after: str = ""


def compared(old: Content, new: Content) -> tuple[Difference, ...]:
    """In the order of the new content; what was removed comes last of its kind."""
    return (*_fields("", "", old, new), *(found for kind in KINDS for found in _of(kind, old, new)))


def _of(kind: Kind, old: Content, new: Content) -> Iterator[Difference]:
    before = {entry["id"]: (parent.get("id", ""), entry) for _, parent, entry in entries(old, kind)}
    after = {entry["id"]: (parent.get("id", ""), entry) for _, parent, entry in entries(new, kind)}
    kept_then = [name for name in before if name in after]
    kept_now = [name for name in after if name in before]
    for name, (parent, entry) in after.items():
        if name not in before:
            yield Difference("added", kind, name, after=_said(entry))
            continue
        was, then = before[name]
        if was != parent or _neighbour(kept_then, name) != _neighbour(kept_now, name):
            yield Difference("moved", kind, name, before=was, after=parent)
        yield from _fields(kind, name, then, entry)
    for name, (_, entry) in before.items():
        if name not in after:
            yield Difference("removed", kind, name, before=_said(entry))


def _neighbour(names: list[str], name: str) -> str:
    place = names.index(name)
    return names[place - 1] if place else ""


def _fields(kind: Kind | Literal[""], name: str, old: Content, new: Content) -> Iterator[Difference]:
    for field in dict.fromkeys([*old, *new]):
        if field in _OWN and not (field == "competences" and kind in {"criterion", "modality", "deliverable"}):
            continue
        before, after = old.get(field), new.get(field)
        if isinstance(before, list) and isinstance(after, list):
            # Of a list, what stands in one of the two alone; all of it where only the order is another.
            gone, fresh = [one for one in before if one not in after], [one for one in after if one not in before]
            before, after = (gone, fresh) if gone or fresh else (before, after)
        if (before or None) != (after or None) and not (before in (None, [], ()) and after in (None, [], ())):
            yield Difference("changed", kind, name, field, _words(before, field), _words(after, field))


def _said(entry: Content) -> str:
    return _words(entry.get("text") or entry.get("title"))


def _words(value: Any, field: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ; ".join(_words(one, field) for one in value)
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, str):
        return CLOSED.get(field, {}).get(value, value)
    return str(value.get("text", "") if isinstance(value, dict) else value)
