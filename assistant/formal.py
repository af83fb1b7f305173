"""Formal checks of a dossier: what a candidate can put right before handing it in. Facts about the file, never its worth.

Pages that could not be read, annexes that are called and not there, contents that point elsewhere, and the length and
the parts that the référentiel prescribes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.dossier.model import Dossier, Sentence
from assistant.referentiel.model import Referentiel
from assistant.text import NBSP, fold, stems

FormalKind = Literal["unread_page", "partial_page", "annex_absent", "contents_elsewhere", "length", "part_absent"]
_NUMBER = r"(?:\d{1,2}|[ivx]{1,5}|[a-h])"
_CALL = re.compile(
    rf"\bannexes?\s+(?:n[°o]\s*)?(?P<first>{_NUMBER})\b(?P<more>(?:\s*(?:,|et|a|-|–|ou)\s*(?:annexe\s+)?{_NUMBER}\b)*)"
)
_NAMED = re.compile(rf"^\W*annexe\s+(?:n[°o]\s*)?(?P<number>{_NUMBER})\b")
_ENTRY = re.compile(r"^(?P<title>.*?\w.*?)[\s.…·_]{2,}(?P<page>\d{1,3})$")
_RANGE = re.compile(r"(?:entre\s+)?(?P<least>\d{1,3})\s*(?:a|et|-|–)\s*(?P<most>\d{1,3})\s+pages")
_MOST = re.compile(
    r"(?P<a>\d{1,3})\s+pages\s+(?:au\s+)?(?:maximum|max\b|plus)|"
    r"(?:maximum|au plus|pas plus)\s+(?:de\s+)?(?P<b>\d{1,3})\s+pages"
)
_LEAST = re.compile(
    r"(?P<a>\d{1,3})\s+pages\s+(?:au\s+)?(?:minimum|min\b|moins)|(?:minimum|au moins)\s+(?:de\s+)?(?P<b>\d{1,3})\s+pages"
)
LONGEST_TITLE = 14
"""Words of a line that may name an annex."""
SAME_TITLE = 0.6
"""Share of a part's words that a heading must hold to be taken for it."""
LETTERS = "abcdefgh"
SAID = {
    ("none", False): "n’a pas pu être lue", ("none", True): "n’ont pas pu être lues",
    ("partial", False): "n’a été lue qu’en partie", ("partial", True): "n’ont été lues qu’en partie",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormalPoint:
    """One fact, on these pages (1-based, may be empty), and what can be done about it."""

    kind: FormalKind
    pages: tuple[int, ...]
    text: str
    advice: str


def formal_points(
    dossier: Dossier, referentiel: Referentiel | None = None, blocs: tuple[str, ...] = ()
) -> tuple[FormalPoint, ...]:
    """Every point, in the order of this module's own description."""
    found = [*_pages(dossier), *_annexes(dossier), *_contents(dossier)]
    if referentiel is not None:
        found += [*_length(dossier, _prescriptions(referentiel, blocs)), *_parts(dossier, referentiel, blocs)]
    return tuple(found)


def _pages(dossier: Dossier) -> Iterator[FormalPoint]:
    """Pages of one reason are one point: of a scan of forty pages nobody reads forty."""
    alike: dict[tuple[str, str], list[int]] = {}
    for entry in dossier.ledger:
        if entry.read in {"none", "partial"}:
            alike.setdefault((entry.read, (entry.reason or "").rstrip(".")), []).append(entry.page)
    for (read, reason), pages in alike.items():
        several = len(pages) > 1
        where = f"Les pages{NBSP}{_and(pages)}" if several else f"La page{NBSP}{pages[0]}"
        why = f"{NBSP}: {reason}" if reason else ""
        yield FormalPoint(
            "unread_page" if read == "none" else "partial_page",
            tuple(pages),
            f"{where} {SAID[read, several]}{why}.",
            f"Si {'elles portent' if several else 'elle porte'} un texte utile, remplacez l’image par du texte, ou ajoutez "
            "une légende qui dit ce qu’elle montre.",
        )


def _and(pages: Sequence[int]) -> str:
    """« 4, 9 et 11 »."""
    *first, last = map(str, pages)
    return f"{', '.join(first)} et {last}"


def _annexes(dossier: Dossier) -> Iterator[FormalPoint]:
    there = {number for sentence in _body(dossier) for number in _annex_named(sentence)}
    annexed = sum(file.kind == "annex" for file in dossier.files)
    for file in dossier.files:
        there |= {_order(match["number"]) for match in [_NAMED.match(fold(file.name))] if match}
    called: dict[int, tuple[str, list[int]]] = {}
    for sentence in _body(dossier):
        if _annex_named(sentence):
            continue
        for written in _called(fold(sentence.text)):
            called.setdefault(_order(written), (written.upper(), []))[1].append(sentence.page)
    for order, (name, pages) in sorted(called.items()):
        if order in there or order <= annexed:
            continue
        where = ", ".join(str(page) for page in dict.fromkeys(pages))
        yield FormalPoint(
            "annex_absent",
            tuple(dict.fromkeys(pages)),
            f"«{NBSP}annexe {name}{NBSP}» est appelée p.{NBSP}{where}{NBSP}; elle n’est pas dans les fichiers déposés.",
            "Ajoutez-la au dossier, ou corrigez le renvoi.",
        )


def _body(dossier: Dossier) -> Iterator[Sentence]:
    return (sentence for sentence in dossier.sentences if sentence.role == "body")


def _annex_named(sentence: Sentence) -> list[int]:
    """The number of the annex whose title this is; a line of contents in the body is none."""
    match = _NAMED.match(fold(sentence.text))
    if match is None or sentence.kind == "bullet":
        return []
    if sentence.kind not in {"heading", "caption"} and len(sentence.text.split()) > LONGEST_TITLE:
        return []
    return [_order(match["number"])]


def _called(text: str) -> Iterator[str]:
    """The annexes that a folded text calls: « annexes 1 à 3 » are three."""
    for match in _CALL.finditer(text):
        written = [match["first"], *re.findall(_NUMBER, re.sub(r"annexe|\bet\b|\bou\b", " ", match["more"]))]
        written = [one for one in written if one != "a" or " a " not in match["more"]]
        if re.search(r"\s(?:a|-|–)\s", match["more"]) and len(written) == 2 and all(one.isdigit() for one in written):
            written = [str(number) for number in range(int(written[0]), int(written[1]) + 1)]
        yield from written


def _order(written: str) -> int:
    """The place an annex's number names: 4, « IV » and « D » are the same place."""
    if written.isdigit():
        return int(written)
    if len(written) == 1 and written in LETTERS:
        return LETTERS.index(written) + 1
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in written]
    return sum(-one if any(later > one for later in values[at + 1 :]) else one for at, one in enumerate(values))


def _contents(dossier: Dossier) -> Iterator[FormalPoint]:
    entries = [
        (match["title"].strip(" .…·_"), int(match["page"]), sentence.page)
        for sentence in dossier.sentences
        if sentence.role == "furniture" and (match := _ENTRY.match(sentence.text.strip()))
    ]
    headings: dict[str, int] = {}
    for sentence in _body(dossier):
        if sentence.kind in {"heading", "caption"}:
            headings.setdefault(_title(sentence.text), sentence.page)
    found = [(title, page, at, _page_of(title, headings)) for title, page, at in entries]
    shifts = Counter(real - page for _, page, _, real in found if real is not None)
    if not shifts:
        return
    # A cover that is not counted moves every number by the same: that is no mistake.
    shift = min(shifts, key=lambda one: (-shifts[one], abs(one)))
    for title, page, at, real in found:
        if real is not None and real - page != shift:
            yield FormalPoint(
                "contents_elsewhere",
                (at, real),
                f"Le sommaire annonce «{NBSP}{title}{NBSP}» page{NBSP}{page}{NBSP}; ce titre est page{NBSP}{real - shift}.",
                "Mettez le sommaire à jour.",
            )


def _title(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _page_of(title: str, headings: dict[str, int]) -> int | None:
    wanted = _title(title)
    if wanted in headings:
        return headings[wanted]
    longer = [page for name, page in headings.items() if name.startswith(f"{wanted} ")]
    return longer[0] if len(longer) == 1 else None


def _prescriptions(referentiel: Referentiel, blocs: tuple[str, ...]) -> Iterator[str]:
    """The texts of the référentiel that may say how long a dossier is."""
    modalities = [*referentiel.general_modalities]
    for bloc in referentiel.chosen(blocs):
        yield bloc.modalities_intro or ""
        modalities += bloc.modalities
    for modality in modalities:
        if modality.kind == "dossier":
            yield from (modality.title or "", modality.description or "", modality.remark or "")
            yield from (deliverable.text for deliverable in modality.deliverables)


def _length(dossier: Dossier, texts: Iterator[str]) -> Iterator[FormalPoint]:
    first_annex = min((s.page for s in _body(dossier) if _annex_named(s)), default=len(dossier.pages) + 1)
    own = [page for page in dossier.pages if not dossier.files or dossier.files[page.file].kind == "main"]
    for text in texts:
        folded = fold(text)
        least, most = _bounds(folded)
        if least is None and most is None:
            continue
        without = "hors annexe" in folded or "annexes non comprises" in folded
        pages = sum(page.number < first_annex for page in own) if without else len(dossier.pages)
        if (most is not None and pages > most) or (least is not None and pages < least):
            counted = " hors annexes" if without else ""
            yield FormalPoint(
                "length",
                (),
                f"Le référentiel demande {_asked(least, most)}{NBSP}; ce dossier en a {pages}{counted}.",
                "Vérifiez auprès de votre organisme comment les pages sont comptées.",
            )


def _bounds(text: str) -> tuple[int | None, int | None]:
    """The least and the most pages that a folded text prescribes."""
    both = _RANGE.search(text)
    if both:
        return int(both["least"]), int(both["most"])
    least, most = _LEAST.search(text), _MOST.search(text)
    return (
        int(least["a"] or least["b"]) if least else None,
        int(most["a"] or most["b"]) if most else None,
    )


def _asked(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"de {least} à {most}{NBSP}pages"
    return f"au plus {most}{NBSP}pages" if most is not None else f"au moins {least}{NBSP}pages"


def _parts(dossier: Dossier, referentiel: Referentiel, blocs: tuple[str, ...]) -> Iterator[FormalPoint]:
    parts = dict.fromkeys(one.part for one in referentiel.deliverables(blocs) if one.part)
    headings = [fold(s.text) for s in _body(dossier) if s.kind in {"heading", "caption"}]
    headings += [fold(title) for _, title, _ in dossier.outline]
    for part in parts:
        if not _has_part(part, headings):
            shown = re.sub(r"\s*(?:comprenant|contenant)?\s*:\s*$", "", part)
            yield FormalPoint(
                "part_absent",
                (),
                f"Aucun titre du dossier n’annonce «{NBSP}{shown}{NBSP}», que le référentiel demande.",
                "Si cette partie y est, donnez-lui un titre qui la nomme.",
            )


def _has_part(part: str, headings: Sequence[str]) -> bool:
    folded = fold(part)
    number = re.match(r"partie\s+(\d+|[ivx]+)", folded)
    subject = set(stems(re.sub(r"^partie\s+\w+\s*:?|comprenant\s*:?$", "", folded)))
    for heading in headings:
        if number and re.search(rf"\bpartie\s+{number[1]}\b", heading):
            return True
        if subject and len(subject & set(stems(heading))) >= SAME_TITLE * len(subject):
            return True
    return False
