"""What a document says of itself outside its tables: its title, whom it is for, what it asks before, the jury’s rules."""

import re

from assistant.referentiel.authoring.draft import Draft
from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import Section, plainly

KINDS_OF_PAPER = re.compile(
    r"^(referentiel|reglement|annexe|article|arrete|niveau|titre professionnel$|ministere|republique"
    r"|sommaire|elements complementaires|fiche|page|version)\b"
)
MOST_TITLE, MOST_RULE, MOST_LISTED, TITLE_SIZE = 22, 70, 160, 14
_CERTIFIER = re.compile(
    r"^(?:(?:nom de l[’'])?organisme\s+certificateur|certificateurs?|autorité\s+(?:responsable|certificatrice))\s*:\s*"
    r"(?P<name>\S.*?)(?=\s+[–—-]\s|\s*[|;]|$)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(r"\b(s'adresse (aux|a)|est destinee? aux?)\b")
_JURY = re.compile(r"\b(jury|jures?)\b")
_RULE = re.compile(
    r"\b(compose|constitue|membres?|ne (peut|peuvent|pourront|pourra)|delibere|independant"
    r"|binome|acquis ou non acquis|grille)\b"
)
_TITLE = re.compile(
    r"^(titre( professionnel| a finalite professionnelle)?|certification|intitule( de la certification)?"
    r"|diplome)\s*:\s*(?P<title>\S.*)",
    re.IGNORECASE,
)
_PAPER_OF = re.compile(
    r"^(?:r[ée]f[ée]rentiel|r[èe]glement|grille)\b(?:.*?«\s*(?P<quoted>[^»]{5,})»|[^–:«]*?"
    r"(?:\s[–-]\s|:\s*|\bdu (?:titre|dipl[ôo]me|certificat)(?: professionnel| à finalité professionnelle)?\s+(?=[A-ZÉ]))"
    r"(?P<title>(?!professionnel\s*$)\S.+))",
    re.IGNORECASE,
)


def _rule(flat: str) -> bool:
    """A sentence about the jury, and one that rules something."""
    return bool(_JURY.search(" ".join(flat.split()[:14])) and _RULE.search(flat))


def read_about(draft: Draft, p: Paragraph, part: Section | None) -> None:
    """The title, whom it is for, prerequisites, accommodations and the jury's rules."""
    flat = plainly(p.text)
    named = _TITLE.match(plainly(p.text))
    if named and draft.title is None:
        draft.title = p.text[named.start("title") :].strip()
        draft.place(p, draft.title)
    elif draft.title is None and not draft.criteria() and _may_title(p, flat):
        draft.title = p.text
        draft.place(p, p.text)
    elif draft.title is None and not draft.criteria() and _named_by_paper(draft, p):
        pass
    elif draft.certifier is None and (by := _CERTIFIER.match(p.text)):
        draft.certifier = by["name"].strip(" .;")
        # What else the line says is a person's to look at.
        if by.end() == len(p.text):
            draft.place(p, p.text)
    elif part == "prerequisites" and (p.bullet or not draft.meta.get("prerequisites")):
        _keep(draft, "prerequisites", p)
    elif "accommodations" not in draft.meta and (
        part == "accommodations" or ("situation de handicap" in flat and re.search(r"amenage|referent", flat))
    ):
        _keep(draft, "accommodations", p)
    elif _AUDIENCE.search(flat) and "audience" not in draft.meta:
        _keep(draft, "audience", p)
    elif 4 < len(p.text.split()) <= (MOST_LISTED if part == "jury" and p.bullet else MOST_RULE) and (
        part == "jury" or _rule(flat)
    ):
        _keep(draft, "jury_rules", p)


def _named_by_paper(draft: Draft, p: Paragraph) -> bool:
    """« Règlement d’examen – Chef de projet »: the title stands after the kind of paper."""
    found = _PAPER_OF.match(p.text)
    large = p.heading in {1, 2} or p.size >= TITLE_SIZE or (p.bold and p.size > 0)
    if not found or not large or len(p.text.split()) > MOST_TITLE:
        return False
    draft.title = (found["quoted"] or found["title"]).strip(" «»")
    draft.place(p, draft.title)
    return True


def _may_title(p: Paragraph, flat: str) -> bool:
    short = 2 <= len(p.text.split()) <= MOST_TITLE and p.text.rstrip()[-1:] not in ".;:," and not p.bullet
    return (
        short
        and (p.heading == 1 or (p.size >= 18 or (p.bold and p.size >= 14)) or (p.upper and p.size >= 14))
        and not KINDS_OF_PAPER.match(flat)
    )


def _keep(draft: Draft, name: str, p: Paragraph) -> None:
    kept = draft.meta.setdefault(name, [])
    if p.text not in kept:
        kept.append(p.text)
    draft.place(p, p.text)
