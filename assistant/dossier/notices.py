"""The page ledger and the notices: how each page was read, and neutral facts about the file."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.dossier.model import Sentence
from assistant.dossier.pdf.hidden import Why
from assistant.dossier.pdf.raw import RawDossier, RawPage
from assistant.dossier.text.writing import PageText
from assistant.result import LedgerEntry, Notice
from assistant.text import word_count

HIDDEN: dict[Why, str] = {
    "invisible": "Un texte invisible de cette page a été laissé de côté.",
    "colour": "Un texte de la couleur de son fond a été laissé de côté.",
    "tiny": "Un texte trop petit pour être lu a été laissé de côté.",
    "outside": "Un texte placé hors de la page a été laissé de côté.",
    "undrawn": "Un texte qui n’apparaît pas sur la page affichée a été laissé de côté.",
}
MUCH = 1 / 3
"""Share of a dossier's words above which a notice says that they are left out of passages."""
MOST_HIDDEN, LONGEST_DETAIL = 20, 400
NO_TEXT = "aucun texte dans la page"
BLANK = "page blanche"
ONLY_PICTURE = "page faite d’une image"
PICTURE_SHARE = 0.3
"""A page whose only words are its running header is a picture once pictures take this share of it."""


def ledger_of(pages: Sequence[RawPage], texts: Sequence[PageText]) -> tuple[LedgerEntry, ...]:
    """One entry per page, in order."""
    return tuple(_entry(number, page, text) for number, (page, text) in enumerate(zip(pages, texts, strict=True), 1))


def _entry(number: int, page: RawPage, text: PageText) -> LedgerEntry:
    said = [s for s in text.sentences if not s.block.comment]
    words = sum(word_count(text.text[s.start : s.end]) for s in said)
    if not words and page.blank:
        return LedgerEntry(page=number, read="text", words=0, reason=BLANK)
    if not words:
        return LedgerEntry(page=number, read="none", words=0, reason=_left_out(page) or NO_TEXT)
    if all(s.block.running for s in said) and _pictured(page) >= PICTURE_SHARE:
        return LedgerEntry(page=number, read="none", words=0, reason=_left_out(page) or ONLY_PICTURE)
    sources = {line.source for s in said for line in s.block.lines}
    left_out = _left_out(page)
    if left_out:
        return LedgerEntry(page=number, read="partial", words=words, reason=left_out)
    read = "text+ocr" if len(sources) > 1 else "ocr" if "ocr" in sources else "text"
    return LedgerEntry(page=number, read=read, words=words)


def _left_out(page: RawPage) -> str:
    """What of a page with words was not read; empty when nothing was left out."""
    cut = ("page démesurée, seul son début a été lu",) if page.cut else ()
    failed = (page.failure,) if page.failure else ()
    return "\u00a0; ".join((*cut, *failed, *page.missed))


def _pictured(page: RawPage) -> float:
    """The share of the page under its largest picture."""
    width, height = page.frame.size
    areas = [
        max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
        for x0, top, x1, bottom in page.rules.pictures
    ]
    return max(areas, default=0.0) / max(1.0, width * height)


def notices_of(raw: RawDossier, texts: Sequence[PageText], ledger: Sequence[LedgerEntry]) -> tuple[Notice, ...]:
    """The file's notices first, then those of each page."""
    notices = list(raw.structure.notices)
    if raw.encrypted:
        notices.append(Notice(kind="encrypted", text="Le fichier est chiffré\u00a0; il s’ouvre sans mot de passe."))
    if any(page.marks.launches for page in raw.pages) and not any(n.kind == "script" for n in notices):
        notices.append(
            Notice(
                kind="script", text="Le fichier contient des liens qui lancent un programme\u00a0; aucun n’a été suivi."
            )
        )
    for number, (page, text) in enumerate(zip(raw.pages, texts, strict=True), start=1):
        notices += _page_notices(number, page, text)
    notices += _unreadable(ledger)
    return tuple(notices)


def _page_notices(number: int, page: RawPage, text: PageText) -> Iterator[Notice]:
    for mark in page.marks.marks:
        if mark.kind == "comment":
            said = "Un commentaire est attaché à la page\u00a0; il n’est pas compté dans le dossier."
            yield Notice(kind="annotation", page=number, text=said, detail=mark.text)
        elif mark.kind == "added":
            said = "Un texte a été ajouté par-dessus la page."
            yield Notice(kind="annotation", page=number, text=said, detail=mark.text)
    for hidden in page.hidden[:MOST_HIDDEN]:
        yield Notice(kind="hidden_text", page=number, text=HIDDEN[hidden.why], detail=_short(hidden.text))
    if page.mismatch:
        said = "Le texte extrait ne correspond pas à ce qui est affiché\u00a0; c’est la page affichée qui a été lue."
        yield Notice(kind="mismatched_text", page=number, text=said, detail=_short(page.mismatch))
    if text.doubtful:
        several = "s" if text.doubtful > 1 else ""
        yield Notice(
            kind="altered_text",
            page=number,
            text="Des passages du texte extrait sont peut-être altérés.",
            detail=f"{text.doubtful} endroit{several}",
        )
    if text.mended:
        several = "s" if text.mended > 1 else ""
        yield Notice(
            kind="altered_text",
            page=number,
            text="Des lettres abîmées du texte extrait ont été rétablies.",
            detail=f"{text.mended} ligne{several}",
        )
    if page.uncertain:
        said = "Lecture incertaine\u00a0: des mots lus dans une image de cette page sont peut-être faux."
        yield Notice(kind="uncertain_reading", page=number, text=said)
    for missed in page.missed:
        said = "Une partie de cette page n’a pas été lue."
        yield Notice(kind="unread_picture", page=number, text=said, detail=missed)
    if page.cut:
        yield Notice(kind="truncated", page=number, text="Cette page est démesurée\u00a0; seul son début a été lu.")


def left_out(sentences: Sequence[Sentence]) -> Iterator[Notice]:
    """Says so when much of what was read can serve as evidence nowhere."""
    words = dict.fromkeys(("body", "furniture", "official", "comment"), 0)
    for sentence in sentences:
        words[sentence.role] += word_count(sentence.text)
    apart, every = words["furniture"] + words["official"], sum(words.values()) - words["comment"]
    if apart > MUCH * every:
        yield Notice(
            kind="left_out",
            text="Une grande partie du texte n’est pas comptée parmi les écrits du candidat : en-têtes, sommaire, "
            "consignes ou intitulés officiels.",
            detail=f"{apart} mots sur {every}",
        )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"


def _unreadable(ledger: Iterable[LedgerEntry]) -> Iterator[Notice]:
    for entry in ledger:
        if entry.read == "none":
            yield Notice(
                kind="unreadable_page",
                page=entry.page,
                text="Cette page n’a pas pu être lue.",
                detail=entry.reason or "",
            )
