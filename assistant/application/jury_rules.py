"""What a référentiel's own rule on its jury says that the program sees to, and what stays with the organiser. Pure."""

import re
from dataclasses import dataclass

from assistant.application.independence import OUTSIDE, in_words, wanted_in
from assistant.text import fold

TRAINED = "qu’aucun juré n’est le formateur inscrit du candidat, ni n’a déclaré l’avoir formé"
OTHERS = "qu’aucun juré n’a pris part à sa formation sans être ce formateur"
"""What stays of a rule on whoever had a part in the training: the program knows of one trainer, and of what is declared."""
CHECKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:ne|ni|n|jamais|aucun|aucune|non|sans|sauf|exclu\w*|incompatib\w*|autres? que|different\w*)\b"
            r".*\b(?:formateur|formatrice|forme(?:e|es|s)?\b)"
        ),
        "qu’aucun juré n’est le formateur du candidat",
    ),
    (
        re.compile(
            r"\b(?:ne|ni|n|jamais|aucun|aucune|non|sans|sauf|exclu\w*|incompatib\w*)\b.*"
            r"\b(?:particip|interven|contribu|anim|encadr|dispens|enseign|assur|pris part|prendre part|charge)\w*\b.*"
            r"\b(?:formation|enseignement|cours|accompagnement)"
        ),
        TRAINED,
    ),
    (re.compile(r"\bdeux\s+(?:jure|membre)"), "que les deux places de juré vont à deux personnes différentes"),
)
"""Folded wording of a rule, and what of it every seat is held to."""
SAID_BY_THE_CHECKS = re.compile(
    r"apprena|candida|stagiair|formateur|formatric|forme|membre|jur[ey]|deux|personne|differen|epreuve|evalu|compos|constitu"
    r"|etre$|est$|sont$|ser(?:a|ont)$|aucun|pourr|peut$|peuvent$|peu[tx]|doi|jamais|pas$|non$|les$|des$|par$|une$|que$|qui$"
    r"|ete$|son$|ses$|leur|moins$|minimum$|avoir$|ont$|ayant$"
)
"""Beginnings (with $: whole) of the words that say no more than a check does; any other word asks for something else."""
INDEPENDENT = re.compile(OUTSIDE)
SHORTEST = 3
CLAUSES = re.compile(r"[,;:]\s*")


@dataclass(frozen=True, slots=True)
class JuryRule:
    """A rule word for word. `checked`: what of it is verified, in French; `left`: its words that nobody but the organiser
    can check, "" where nothing is left, the whole rule where nothing is verified; `beyond`: what a check does not reach of
    the words it is for, in French."""

    text: str
    checked: tuple[str, ...]
    left: str
    beyond: str = ""


def jury_rule(text: str, *, misread: bool = False) -> JuryRule:
    """What of a rule is verified; whatever is not known to be is left to the organiser. `misread`: they said that it wants
    no independent juror."""
    many = 0 if misread else wanted_in(text)
    checked = tuple(said for pattern, said in CHECKS if pattern.search(fold(text)))
    checked += (f"qu’il y a {in_words(many)} parmi les deux (vous dites qui l’est)",) if many else ()
    if not checked:
        return JuryRule(text, (), text)
    clauses = CLAUSES.split(text.strip().rstrip("."))
    left = [one for one in clauses if _asks_more(one) and not (many and INDEPENDENT.search(fold(one)))]
    beyond = OTHERS if TRAINED in checked else ""
    if beyond and len(clauses) == 1:
        left = []
    return JuryRule(text, checked, ", ".join(left), beyond)


def _asks_more(clause: str) -> bool:
    words = re.findall(r"[a-z0-9]+", fold(clause))
    return any(len(one) >= SHORTEST and not SAID_BY_THE_CHECKS.match(one) for one in words)
