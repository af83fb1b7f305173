"""Every passage of a dossier once, in windows that fit the model's context, with labels instead of page numbers."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.dossier.model import Dossier, Sentence
from assistant.llm.client import tokens_of
from assistant.text import fold

LARGEST = 7_000
"""Tokens of a window, however large the context: in longer ones models pass over sentences in the middle."""
SMALLEST = 600
_FENCE = re.compile(r"<(/?)(extrait|phrases)", re.I)
"""The tags around the dossier's text; in that text itself they are letters like others."""
_POINTS_BACK = re.compile(
    r"(?:il|ils|elle|elles|on|ca|cela|ceci|c'est|c'etait|ce (?:qui|que|n'est|sont)|celui|celle|ceux|celles|donc|du coup"
    r"|alors|ensuite|puis|mais|et|or|car|resultat|sinon|pourtant|cependant|aussi|ainsi|d'ou|en revanche|dans ce cas"
    r"|pour cela|la premiere|le premier|la seconde|le second|les deux|tous deux|toutes deux|l'un|l'une|idem|meme chose"
    r"|la encore|de meme|(?:son|sa|ses|leurs?) \w{3,}"
    r"|(?:ce|cet|cette|ces) (?!dossier|memoire|document|rapport|chapitre|partie|section|annexe|annee|mois-ci)\w{3,})\b"
)
_LEADS_IN = re.compile(r"[:\u2026]\s*$")
"""How a sentence ends that a list answers."""
LIST_REACH = 12
"""Items of a list above one, at most, between it and the sentence that leads in."""
KIND_WORDS = {"row": ("tableau",), "caption": ("légende",), "heading": ("titre",), "note": ("note",), "code": ("code",)}


@dataclass(frozen=True, slots=True)
class Labels:
    """Short names for what is sent: `s12` for a sentence, `R3` for a requirement; they carry no page."""

    label_by_id: Mapping[str, str]
    id_by_label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as it is sent, below the title of its section."""

    title: str
    text: str
    labels: frozenset[str]
    pages: frozenset[int]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the dossier as it is sent, the labels in it, its pages (1-based), and the passages it is made of."""

    text: str
    labels: frozenset[str]
    pages: tuple[int, ...]
    pieces: tuple[Piece, ...] = ()


def labelled(prefix: str, ids: Sequence[str]) -> Labels:
    """Labels in order, from 1."""
    label_by_id = {name: f"{prefix}{number}" for number, name in enumerate(ids, start=1)}
    return Labels(label_by_id, {label: name for name, label in label_by_id.items()})


def sentence_labels(dossier: Dossier, home: Collection[str] = ()) -> Labels:
    """Labels of everything that may be cited; what stays at `home` has none and is not sent."""
    kept = frozenset(home)
    return labelled("s", [one.id for one in dossier.sentences if one.role == "body" and one.id not in kept])


def line_of(sentence: Sentence, label: str, hide: Callable[[str], str], said: Sequence[str] = ()) -> str:
    """A sentence as it is sent, with what is `said` of it; a table row goes with its cells apart and its headings."""
    told = [*(one for one in said if one), *KIND_WORDS.get(sentence.kind, ())]
    told += ["image"] if sentence.source == "ocr" else []
    told += [f"colonnes : {hide(sentence.context)}"] if sentence.context else []
    head = f" ({' ; '.join(_fenced(one) for one in told)})" if told else ""
    text = " | ".join(cell for cell in sentence.cells if cell) if sentence.cells else sentence.text
    return f"{label}{head} : {_fenced(hide(' '.join(text.split())))}"


def title_line(section: str, hide: Callable[[str], str]) -> str:
    """The title that the next sentences stand under."""
    return f"[Section : {_fenced(hide(section))}]" if section else "[Autre section]"


def leans(sentence: Sentence) -> bool:
    """Whether a sentence needs the one before it to be understood: it begins with a word that points back."""
    return bool(_POINTS_BACK.match(fold(sentence.text))) and sentence.kind in {"prose", "bullet"}


def leaned_on(sentence: Sentence, before: Sequence[Sentence]) -> Sentence | None:
    """The sentence that one needs to be understood, out of those `before` it: the last of its section where it points back;
    for an item of a list, the sentence that leads in."""
    last = next((one for one in reversed(before) if one.role == "body"), None)
    if last is None or last.section != sentence.section:
        return None
    if leans(sentence):
        return last
    if sentence.kind != "bullet":
        return None
    above = (one for one in reversed(before[-LIST_REACH:]) if one.role == "body" and one.kind != "bullet")
    lead = next(above, None)
    return lead if lead and lead.section == sentence.section and _LEADS_IN.search(lead.text) else None


def _fenced(text: str) -> str:
    return _FENCE.sub(r"‹\1\2", text)


def windows_of(dossier: Dossier, labels: Labels, room: int, hide: Callable[[str], str]) -> tuple[Window, ...]:
    """The passages in order, in as few windows of `room` tokens as hold them; a longer passage is a window of its own."""
    sentences = {sentence.id: sentence for sentence in dossier.sentences}
    room = max(SMALLEST, min(room, LARGEST))
    sent = [
        (passage.section, [sid for sid in passage.sentence_ids if sid in labels.label_by_id])
        for passage in dossier.passages
    ]
    pieces = [
        Piece(
            title_line(section, hide),
            "\n".join(line_of(sentences[sid], labels.label_by_id[sid], hide) for sid in ids),
            frozenset(labels.label_by_id[sid] for sid in ids),
            frozenset(page for sid in ids for page in sentences[sid].pages),
        )
        for section, ids in sent
        if ids
    ]
    return _packed(pieces, room)


def _packed(pieces: Sequence[Piece], room: int) -> tuple[Window, ...]:
    """Windows of about the same size: the last one must not be a few lines without their context."""
    sizes = [tokens_of(f"{piece.title}\n{piece.text}") for piece in pieces]
    count = -(-sum(sizes) // room) if pieces else 0
    share = sum(sizes) / count if count else 0.0
    groups: list[list[Piece]] = []
    filled = 0
    for piece, size in zip(pieces, sizes, strict=True):
        if not groups or filled + size > room or (filled >= share and len(groups) < count):
            groups.append([])
            filled = 0
        groups[-1].append(piece)
        filled += size
    return tuple(_window(group) for group in groups)


def _window(pieces: Sequence[Piece]) -> Window:
    """A title stands above the first passage of its section, in each window anew."""
    lines: list[str] = []
    title = ""
    for piece in pieces:
        lines += [piece.title] if piece.title != title else []
        lines.append(piece.text)
        title = piece.title
    return Window(
        "\n".join(lines),
        frozenset(label for piece in pieces for label in piece.labels),
        tuple(sorted({page for piece in pieces for page in piece.pages})),
        tuple(pieces),
    )


def halved(window: Window) -> tuple[Window, ...]:
    """A window as two, cut between passages; nothing where it is one passage."""
    if len(window.pieces) < 2:
        return ()
    sizes = [tokens_of(piece.text) for piece in window.pieces]
    cut, filled = 1, sizes[0]
    while cut < len(sizes) - 1 and filled + sizes[cut] <= sum(sizes) / 2:
        filled += sizes[cut]
        cut += 1
    return _window(window.pieces[:cut]), _window(window.pieces[cut:])
