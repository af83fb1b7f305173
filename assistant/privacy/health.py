"""Facts of health and disability that a sentence says of somebody: of the writer, or of whoever it names.

The names are hidden anyway; a diagnosis beside a trade, a place and a month still tells who it is. What a sentence says of
an illness in general ("accueillir des malades d’Alzheimer") is what trades of care are asked for, and stays.
Source: GDPR, article 9(1).
"""

import re
from collections.abc import Iterator, Sequence

from assistant.privacy.form import Says, Span

HEALTH = "SANTÉ"
NEAR = 70
"""Characters between a fact and the name it is said of."""
_OF_THE_BODY = (
    r"(?:du|de la|des|de l[’']|au|à la|aux|à l[’']) ?[a-zà-ÿ]{3,15}(?: (?:gauche|droite?|cruciaux|vertébrale))?"
)
_FACTS = (
    r"arr[êe]t (?:de travail|maladie|longue maladie|pour [a-zà-ÿ-]{4,20})",
    r"longue maladie|ald|mi-temps th[ée]rapeutique(?: apr[èe]s [a-zà-ÿ ]{3,30})?|inapte(?: au poste)?",
    rf"(?:cancer|tumeur)(?: {_OF_THE_BODY})?|chimio(?:th[ée]rapie)?|d[ée]pression|d[ée]pressi(?:f|ve)|burn[- ]?out",
    r"diab[èe]te(?: de type \d| gestationnel)?|diab[ée]tique|asthme|asthmatique|[ée]pilepsie|[ée]pileptique",
    r"scl[ée]rose en plaques|fibromyalgie|endom[ée]triose|hernie (?:discale|inguinale)|lombalgie|sciatique",
    r"enceinte(?: de [a-zà-ÿ0-9]{1,6} (?:mois|semaines))?|fausse couche|bipolaire|schizophr[ée]n(?:e|ie)",
    r"anor?exique|anorexie|boulimie|alcoolique|sevrage(?: [a-zà-ÿ]{5,15})?|toxicomane|s[ée]ropositi(?:f|ve)|vih",
    r"avc|infarctus|parkinson|alzheimer(?: stade \d)?|thyro[ïi]de|imc \d{2}|gir \d",
    r"rqth|travailleu(?:r|se) handicap[ée]e?|handicap[ée]e?(?: à \d{1,3} ?%)?|invalidit[ée](?: à \d{1,3} ?%)?",
    r"taux d[’']incapacit[ée](?: de)? \d{1,3} ?%|autiste|autisme|asperger|tdah?(?: diagnostiqu[ée]e?)?",
    r"dys(?:lexi|orthographi|phasi|praxi|calculi)(?:que|e)|trisomi(?:que|e)(?: 21)?|malvoyante?|malentendante?|sourde?",
    r"(?<!en )aveugle|appareill[ée]e? d[’']une proth[èe]se|fauteuil roulant|chutes? à r[ée]p[ée]tition",
    r"(?:fracture|entorse|luxation|hernie|prothèse|ablation|op[ée]ration|op[ée]r[ée]e?|infection|greffe|paralysie) "
    + _OF_THE_BODY,
    r"allergi(?:e|que) (?:à l[’']|aux? |à la )[a-zà-ÿ]{3,20}",
)
_FACT = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(_FACTS)})(?![\w-])")
_NEEDS = Says(
    (
        "arrêt", "arret", "maladie", "ald", "thérapeut", "therapeut", "cancer", "tumeur", "chimio", "dépress",
        "depress", "burn", "diab", "asthm", "épilep", "epilep", "sclérose", "sclerose", "myalgie", "métriose",
        "hernie", "lombalgie", "sciatique", "enceinte", "fausse couche", "bipolaire", "schizo", "orexi",
        "boulimie", "alcool", "sevrage", "toxico", "positi", "vih", "avc", "infarctus", "parkinson",
        "alzheimer", "thyro", "imc ", "gir ", "rqth", "handicap", "incapacit", "invalidit", "autis", "asperger",
        "dys", "tda", "trisomi", "malvoy", "malenten", "sourd", "aveugle", "prothèse", "fauteuil", "fracture",
        "entorse", "luxation", "opér", "oper", "ablation", "infection", "greffe", "paralysie", "allergi",
        "chute", "inapte",
    )
)  # fmt: skip
_BETWEEN = (
    r"(?:(?:eu|fait|déclaré|un|une|la|le|de|du|en|très|été|atteinte?|porteuse?|porteur|reconnue?|tombée?|depuis|grave|"
    r"forte?|légère?|aussi|propre|suite|à|mon|ma|mes|d[’']une|comme|suivie?|pour|titulaire|devenue?|né|née|au) |"
    r"l[’']|d[’']){0,6}$"
)
_MINE = re.compile(
    r"(?i)(?<![\w’'])(?:j[’']ai|j[’']étais|j[’']avais|je suis|je souffre|je reste|étant|mon|ma|mes|m[’']a) " + _BETWEEN
)
_SEVERAL = re.compile(
    r"(?i)(?<![\w’'])(?:les|des|aux|ces|leurs|nos|plusieurs|certains|d[’']autres)(?: [a-zà-ÿ-]{3,15}s)? $|"
    r"(?:formation|module|atelier|journée|sensibilis\w{1,8})[^.;]{0,20}$"
)
_OF_RELATIONS = re.compile(
    r"(?i)(?<![\w’'])(?:mon|ma|notre|sa|son) (?:collègue|tutrice|tuteur|chef|cheffe|patronne?|mari|femme|fils|fille|"
    r"frère|sœur|soeur|mère|père|conjointe?|compagne|compagnon|stagiaire|apprentie?|responsable|binôme|voisine?|ami|amie)"
    r"(?![\w-])"
)


def facts_in(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """The facts of health of whoever writes, of a relation of theirs, or of somebody among `names`, spans of people."""
    if not _NEEDS.within(text.lower()):
        return
    for match in _FACT.finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()]
        if _SEVERAL.search(before):
            continue
        named = any(match.start() - NEAR <= name.end and name.start <= match.end() + NEAR for name in names)
        if named or _MINE.search(before) or _OF_RELATIONS.search(before):
            yield Span(match.start(), match.end(), HEALTH)
