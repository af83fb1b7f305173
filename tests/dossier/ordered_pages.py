"""Pages whose reading order is known, drawn in the orders in which programs write them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color

from tests.dossier.pages import HEIGHT, Draw

Piece = tuple[float, float, str]
"""x and distance from the top in points, and the words."""
SUBJECTS = ["le comptoir", "la relance", "le devis", "l’atelier", "la cliente", "le stock", "le planning", "la facture"]
VERBS = ["ouvre tôt", "attend encore", "part mardi", "revient vite", "change peu", "coûte cher", "se prépare", "avance"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A page and its sentences in the order a person reads them."""

    name: str
    draw: Draw
    sentences: tuple[str, ...]


def _sentences(count: int, seed: int) -> list[str]:
    """Short sentences that differ from one another."""
    draw = random.Random(seed)
    return [f"{draw.choice(SUBJECTS).capitalize()} {draw.choice(VERBS)} en {1900 + n}." for n in range(count)]


def _column(sentences: Sequence[str], x: float, top: float, step: float = 16) -> list[Piece]:
    return [(x, top + step * place, text) for place, text in enumerate(sentences)]


def _drawn(pieces: Sequence[Piece], size: float = 10, before: Draw | None = None) -> Draw:
    def draw(canvas: Any) -> None:
        if before is not None:
            before(canvas)
        canvas.setFont("Helvetica", size)
        canvas.setFillColor(Color(0, 0, 0))
        for x, top, text in pieces:
            canvas.drawString(x, HEIGHT - top, text)

    return draw


def _by_rows(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (piece[1], piece[0]))


def _reversed(pieces: Sequence[Piece]) -> list[Piece]:
    return list(reversed(pieces))


def _as_read(pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


WRITTEN: dict[str, Callable[[Sequence[Piece]], list[Piece]]] = {
    "as read": _as_read,
    "row by row": _by_rows,
    "from the end": _reversed,
}


def _box(x: float, top: float, width: float, height: float) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFillColor(Color(0.9, 0.95, 1))
        canvas.rect(x, HEIGHT - top - height, width, height, stroke=1, fill=1)

    return draw


def _layouts() -> dict[str, tuple[list[Piece], Draw | None]]:
    """Pieces in reading order, and what is drawn under them."""
    say = _sentences(60, 1)
    title = [(72.0, 80.0, "Une page du dossier et son titre entier sur la largeur.")]
    two = _column(say[:20], 72, 120) + _column(say[20:40], 320, 120)
    three = _column(say[:12], 50, 120) + _column(say[12:24], 225, 120) + _column(say[24:36], 400, 120)
    below = _column(["Sous les deux colonnes, une phrase reprend toute la largeur de la page."], 72, 480)
    foot = _column(["1. La note du bas de page vient en dernier."], 72, 780)
    side = _column(say[:18], 72, 120) + _column(say[40:46], 400, 150)
    figure = (
        _column(say[:6], 72, 100)
        + _column(["Figure 1 - Le parcours d’un devis."], 72, 420)
        + _column(say[6:12], 72, 460)
    )
    return {
        "one column": (title + _column(say[:30], 72, 120), None),
        "two columns": (two, None),
        "two columns under a title": (title + two, None),
        "two columns, then the whole width": (_column(say[:16], 72, 120) + _column(say[20:36], 320, 120) + below, None),
        "three columns": (title + three, None),
        "columns of different lengths": (_column(say[:25], 72, 120) + _column(say[25:34], 320, 120), None),
        "a box beside the text": (side, _box(390, 130, 150, 130)),
        "a figure and its caption": (figure, _box(72, 220, 300, 180)),
        "a footnote under two columns": (two + foot, None),
    }


def ordered_pages() -> list[Ordered]:
    """Every layout in every way of writing it."""
    pages = []
    for name, (pieces, before) in _layouts().items():
        for how, write in WRITTEN.items():
            pages.append(Ordered(f"{name}, {how}", _drawn(write(pieces), before=before), tuple(p[2] for p in pieces)))
    return pages


def in_order(expected: Sequence[str], read: str) -> float:
    """The share of neighbours that are read one after the other, in the right order and whole."""
    places = [read.find(text) for text in expected]
    pairs = list(zip(zip(expected, places, strict=True), zip(expected[1:], places[1:], strict=True), strict=False))
    kept = [a >= 0 and b >= 0 and 0 < b - (a + len(first)) <= 2 for (first, a), (_, b) in pairs]
    return sum(kept) / max(1, len(kept))
