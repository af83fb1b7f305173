"""What a candidate hands in, where no list says it: « Le candidat rédige une note de cadrage et propose un budget »."""

import re

from assistant.referentiel.authoring.draft import Modality

_SUBJECT = re.compile(r"\b(?:candidat|il\b|elle\b|groupe|stagiaire|apprenant)", re.IGNORECASE)
_MAKES = (
    r"(?:rédige|réalise|élabore|produit|conçoit|construit|formalise|prépare|remet|dépose|fournit|propose|formule|décrit"
    r"|préconise|établit)\b"
)
_FUTURE = (
    r"(?:(?:rédige|réalise|élabore|prépare|dépose|propose|formule|présente|formalise|préconise)ra"
    r"|(?:produi|construi|fourni|décri|établi)ra|concevra|remettra|rendra|travaillera\s+sur)"
)
_MUST = (
    r"(?:(?:devra|doit|peut|pourra)\s+(?:proposer|rédiger|réaliser|élaborer|produire|concevoir|construire|remettre|rendre"
    r"|fournir|formuler|décrire|présenter|établir))"
)
_SHOWS = r"présente(?=[^.;:]{0,40}\bun(?:e)? (?:projet|rapport|dossier|mémoire|étude|portfolio)\b)"
_PRESENT = rf"(?<!\bun )(?<!\bdu )(?<!\ble )(?<!\bce )(?<!\bau ){_MAKES}"
_VERB = re.compile(rf"\b(?:{_FUTURE}|{_MUST}|{_PRESENT}|{_SHOWS})(?!\w)", re.IGNORECASE)
_HOLDS = re.compile(
    r"\b(?:dossier|rapport|mémoire|portfolio|écrit)\b[^.;:]*,\s*(?:contenant|comprenant|incluant)\s+"
    r"(?P<held>(?:le|la|les|un|une|des)\s[^.;:]+|l[’'][^.;:]+)(?=\.)",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:(?:un|une|des|le|la|les|deux|trois|quatre|cinq)\s|l[’'])", re.IGNORECASE)
_MAKING = re.compile(
    r"^l[’'](?:élaboration|écriture)\s+d(?:e\s+|['’])|^la\s+(?:rédaction|réalisation|production)\s+d(?:e\s+|['’])"
)
_NEXT = re.compile(r",?\s+(?:et|puis)\s+(?=(?:il|elle)?\s*(?:en\s+)?$)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:et|ainsi que(?:\s+sur)?)\s+(?=(?:(?:un|une|des|le|la|les)\s|l[’'])\w)", re.IGNORECASE)
_ASIDE = re.compile(r"^\s*,[^,]{3,60},\s*")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý«])")
_CODES = re.compile(r"\s*\(?\b[A-Z]{1,2}\d+(?:\.\d+)*\)?\s*$")
_MAKES_SOMETHING = re.compile(rf"^{_MAKES}|\b(?:puis|et)\s+{_MAKES}", re.IGNORECASE)
FAR, SHORT = 40, 2


def is_production(item: str) -> bool:
    """« Réalise une synthèse », « Mène un entretien puis rédige une offre »: something is left on paper."""
    return bool(_MAKES_SOMETHING.search(item))


def productions(modality: Modality) -> list[str]:
    """The things that the sentences of an épreuve have its candidate make, in the sentences' own words."""
    found: list[str] = []
    for said in modality.description:
        for sentence in _SENTENCE.split(said):
            if _SUBJECT.search(sentence):
                found += [one for one in _made(sentence) if one not in found]
    return found


def held(modality: Modality) -> list[str]:
    """« rédiger un dossier, contenant l’ensemble des éléments attendus à l’oral. »: what it holds, beside a list of it."""
    return [found["held"].strip() for said in modality.description for found in _HOLDS.finditer(said)]


def _made(sentence: str) -> list[str]:
    verbs = list(_VERB.finditer(sentence))
    ends = [verb.start() for verb in verbs[1:]] + [len(sentence)]
    made: list[str] = []
    for verb, end in zip(verbs, ends, strict=bool(verbs)):
        object_ = sentence[verb.end() : end]
        object_ = _NEXT.sub("", _ASIDE.sub(" ", object_))
        begins = _THING.search(object_)
        if begins is None or begins.start() > FAR:
            continue
        said = _MAKING.sub("", object_[begins.start() :].strip())
        parts = [said] if " pour " in said or " afin " in said else _AND.split(said)
        made += [text for part in parts if len((text := _CODES.sub("", part.strip(" ,.;"))).split()) >= SHORT]
    return made
