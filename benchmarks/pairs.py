"""Pairs of versions with known changes, made from labelled dossiers and set by two writers of PDF.

A dossier is read, its sentences are put into paragraphs again, and two versions are written: sentences that only one of
them has, sentences with another figure, sentences in other words, sentences and runs of sentences in another place.
"""

import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Literal

from assistant.dossier.model import Dossier
from assistant.evaluation.gold import Case
from assistant.evaluation.matching_quotes import touches
from assistant.text import word_count

Kind = Literal["added", "removed", "reworded", "moved", "figure_changed"]
_FIGURE = re.compile(r"(?<![\w-])\d{1,4}(?![\w-])")
EVIDENCE = 0.5
"""Share of the sentences added and removed that a juror cites."""
OTHER_WORDS = (
    ("aussi", "également"), ("très", "vraiment"), ("chaque", "à chaque fois, la"), ("pour", "afin de"), ("mais", "or"),
    ("parce que", "car"), ("donc", "par conséquent"), ("avec", "à l’aide de"), ("les", "l’ensemble des"),
    ("tous", "la totalité des"), ("plus", "davantage"), ("environ", "à peu près"), ("souvent", "la plupart du temps"),
    ("faire", "réaliser"), ("voir", "constater"), ("mettre", "placer"), ("semaine", "période de sept jours"),
    ("client", "acheteur"), ("clients", "acheteurs"), ("message", "courrier"), ("devis", "proposition chiffrée"),
    ("est", "reste"), ("sont", "restent"), ("dans", "au sein de"), ("par", "au moyen de"), ("et", "ainsi que"),
)  # fmt: skip
OPENINGS = ("De mon côté, ", "En pratique, ", "Concrètement, ", "À ce jour, ", "Pour ma part, ")
ENDINGS = (", comme prévu", ", depuis le début", ", sans exception", ", je l’ai vérifié", ", à titre d’exemple")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a version: its words, its paragraph, its heading, and for which criteria a juror cites it."""

    text: str
    paragraph: int
    section: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A change that was made on purpose; `criteria`: for which the sentence is cited."""

    kind: Kind
    before: str
    after: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, what changed between them, and the sentences that did not."""

    before: tuple[Written, ...]
    after: tuple[Written, ...]
    changes: tuple[Known, ...]
    unchanged: tuple[str, ...]


def written(case: Case, dossier: Dossier) -> tuple[Written, ...]:
    """The running text of a dossier, each sentence with the criteria for which the labels cite it."""
    found: list[Written] = []
    paragraph, before = 0, None
    for sentence in dossier.sentences:
        if sentence.role != "body" or sentence.kind not in {"prose", "bullet"} or word_count(sentence.text) < 4:
            continue
        here = (sentence.page, sentence.section)
        paragraph += before != here or sentence.kind == "bullet" or len(found) % 4 == 0
        before = here
        cited = tuple(
            label.id
            for label in case.gold.criteria
            if any(touches(sentence.text, sentence.page, quote) for quote in label.evidence)
        )
        text = " ".join(sentence.text.split()).lstrip("•–- ")
        if text[-1] not in ".?!":
            text = text.rstrip(" ;:,") + "."
        found.append(Written(text[0].upper() + text[1:], paragraph, sentence.section, cited))
    texts = [one.text for one in found]
    return tuple(one for one in found if texts.count(one.text) == 1)


def pair_of(base: Sequence[Written], seed: int, changes: int = 110) -> Pair:
    """Two versions of one text with about so many changes; the same seed gives the same pair."""
    dice = random.Random(seed)
    order = list(range(len(base)))
    moved = _runs_to_move(order, dice, max(6, changes // 6))
    still = [place for place in order if place not in moved]
    cited = [place for place in still if base[place].criteria]
    others = [place for place in still if not base[place].criteria]
    dice.shuffle(cited)
    dice.shuffle(others)
    share = max(2, changes // 5)
    figures = [place for place in (*cited, *others) if _FIGURE.search(base[place].text)]
    dice.shuffle(figures)
    figures = figures[:share]
    mixed = _mixed([p for p in cited if p not in figures], [p for p in others if p not in figures], 3 * share)
    added, removed, reworded = mixed[0::3], mixed[1::3], mixed[2::3]
    new_text = {place: _another_figure(base[place].text, dice) for place in figures}
    new_text |= {place: _reworded(base[place].text, dice) for place in reworded}
    before = tuple(base[place] for place in order if place not in added)
    after = tuple(
        replace(base[place], text=new_text.get(place, base[place].text))
        for place in _moved_order(order, moved, dice)
        if place not in removed
    )
    kinds: list[tuple[Kind, Sequence[int]]] = [
        ("added", added), ("removed", removed), ("reworded", reworded), ("moved", sorted(moved)),
        ("figure_changed", figures),
    ]  # fmt: skip
    known = tuple(
        Known(
            kind,
            "" if kind == "added" else base[place].text,
            "" if kind == "removed" else new_text.get(place, base[place].text),
            base[place].criteria,
        )
        for kind, places in kinds
        for place in places
    )
    touched = {place for _, places in kinds for place in places}
    return Pair(before, after, known, tuple(base[place].text for place in order if place not in touched))


def _mixed(cited: list[int], others: list[int], count: int) -> list[int]:
    half = min(len(cited), round(count * EVIDENCE))
    return [place for two in zip(cited[:half], others[:half], strict=False) for place in two] + others[
        half : max(half, count - half)
    ]


def _runs_to_move(order: Sequence[int], dice: random.Random, count: int) -> set[int]:
    moved: set[int] = set()
    while len(moved) < count:
        length = dice.choice((1, 1, 2, 4, 6))
        start = dice.randrange(1, max(2, len(order) - length))
        run = set(range(start, start + length))
        if not any(place + step in moved for place in run for step in range(-3, 4)):
            moved |= run
    return moved


def _moved_order(order: Sequence[int], moved: set[int], dice: random.Random) -> list[int]:
    runs = [[place for _, place in run] for _, run in groupby(enumerate(sorted(moved)), lambda one: one[1] - one[0])]
    left = [place for place in order if place not in moved]
    for run in runs:
        away = [at for at in range(len(left) + 1) if abs(at - run[0]) > len(order) // 5]
        at = dice.choice(away)
        left[at:at] = run
    return left


def _another_figure(text: str, dice: random.Random) -> str:
    figures = list(_FIGURE.finditer(text))
    one = dice.choice(figures)
    other = str(int(one[0]) + dice.choice((1, 2, 3, 5, 11)))
    return text[: one.start()] + other + text[one.end() :]


def _reworded(text: str, dice: random.Random) -> str:
    words = text.rstrip(".").split()
    known = dict(OTHER_WORDS)
    changed = [known.get(word.lower(), word) if dice.random() < 0.8 else word for word in words]
    if len(changed) > 12 and dice.random() < 0.5:
        cut = len(changed) // 3
        changed = changed[:cut] + changed[cut + 2 :]
    said = " ".join(changed)
    opening = dice.choice(OPENINGS) if dice.random() < 0.6 or said == text.rstrip(".") else ""
    ending = dice.choice(ENDINGS) if dice.random() < 0.4 else ""
    body = said[0].lower() + said[1:] if opening else said
    made = f"{opening}{body}{ending}."
    return made[0].upper() + made[1:]


def _paragraphs(text: Sequence[Written]) -> list[tuple[str, str]]:
    """(heading or "", paragraph): a heading stands where the section changes."""
    found, section = [], None
    for (_, name), group in groupby(text, key=lambda one: (one.paragraph, one.section)):
        found.append((name if name != section else "", " ".join(one.text for one in group)))
        section = name
    return found


def by_reportlab(text: Sequence[Written]) -> bytes:
    """One column, Helvetica, A4."""
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    story = []
    for heading, paragraph in _paragraphs(text):
        if heading:
            story.append(Paragraph(escape(heading), styles["Heading2"]))
        story.append(Paragraph(escape(paragraph), styles["BodyText"]))
    made = BytesIO()
    SimpleDocTemplate(made, pagesize=A4).build(story)
    return made.getvalue()


def by_libreoffice(text: Sequence[Written]) -> bytes:
    """A Word file turned into PDF by LibreOffice."""
    from docx import Document

    document = Document()
    for heading, paragraph in _paragraphs(text):
        if heading:
            document.add_heading(heading, 2)
        document.add_paragraph(paragraph)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "version.docx"
        document.save(str(source))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return source.with_suffix(".pdf").read_bytes()


WRITERS: dict[str, Callable[[Sequence[Written]], bytes]] = {"reportlab": by_reportlab, "LibreOffice": by_libreoffice}
