"""Every passage of a dossier once, in windows that fit the model's context, with labels instead of page numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.dossier.model import Dossier, Sentence
from assistant.llm.client import tokens_of

LARGEST = 7_000
"""Tokens of a window, however large the context: in longer ones models pass over sentences in the middle."""
SMALLEST = 600
_FENCE = re.compile(r"<(/?)extrait", re.I)
"""The tags around the dossier's text; in that text itself they are letters like others."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Short names for what is sent: `s12` for a sentence, `R3` for a requirement; they carry no page."""

    label_by_id: Mapping[str, str]
    id_by_label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the dossier as it is sent, the labels in it, and its pages (1-based)."""

    text: str
    labels: frozenset[str]
    pages: tuple[int, ...]


def labelled(prefix: str, ids: Sequence[str]) -> Labels:
    """Labels in order, from 1."""
    label_by_id = {name: f"{prefix}{number}" for number, name in enumerate(ids, start=1)}
    return Labels(label_by_id, {label: name for name, label in label_by_id.items()})


def sentence_labels(dossier: Dossier) -> Labels:
    """Labels of everything that may be cited."""
    return labelled("s", [sentence.id for sentence in dossier.sentences if sentence.role == "body"])


def line_of(sentence: Sentence, label: str, hide: Callable[[str], str]) -> str:
    """A sentence as it is sent; a table row carries its column headings."""
    kind = {"row": "tableau", "caption": "légende", "heading": "titre"}.get(sentence.kind, "")
    if sentence.source == "ocr":
        kind = f"{kind}, image" if kind else "image"
    head = f" ({kind}{' ; colonnes : ' + hide(sentence.context) if sentence.context else ''})" if kind else ""
    text = _FENCE.sub(r"‹\1extrait", hide(" ".join(sentence.text.split())))
    return f"{label}{head} : {text}"


def windows_of(dossier: Dossier, labels: Labels, room: int, hide: Callable[[str], str]) -> tuple[Window, ...]:
    """The passages in order, in as few windows of `room` tokens as hold them; a longer passage is a window of its own."""
    sentences = {sentence.id: sentence for sentence in dossier.sentences}
    room = max(SMALLEST, min(room, LARGEST))
    pieces: list[tuple[str, list[str], int]] = []
    section = ""
    for passage in dossier.passages:
        lines = [line_of(sentences[sid], labels.label_by_id[sid], hide) for sid in passage.sentence_ids]
        if passage.section != section:
            section = passage.section
            lines.insert(0, f"[Section : {hide(section)}]" if section else "[Autre section]")
        pieces.append(("\n".join(lines), [labels.label_by_id[sid] for sid in passage.sentence_ids], passage.page))
    return _packed(pieces, room)


def _packed(pieces: Sequence[tuple[str, list[str], int]], room: int) -> tuple[Window, ...]:
    """Windows of about the same size: the last one must not be a few lines without their context."""
    sizes = [tokens_of(text) for text, _, _ in pieces]
    count = -(-sum(sizes) // room) if pieces else 0
    share = sum(sizes) / count if count else 0.0
    groups: list[list[tuple[str, list[str], int]]] = []
    filled = 0
    for piece, size in zip(pieces, sizes, strict=True):
        if not groups or filled + size > room or (filled >= share and len(groups) < count):
            groups.append([])
            filled = 0
        groups[-1].append(piece)
        filled += size
    return tuple(
        Window(
            "\n".join(text for text, _, _ in group),
            frozenset(label for _, labels, _ in group for label in labels),
            tuple(sorted({page for _, _, page in group})),
        )
        for group in groups
    )
