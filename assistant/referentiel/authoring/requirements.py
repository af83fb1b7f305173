"""Requirements of a criterion, by rules on its own words: sentences, enumerations, « et », « justifie », « au moins ».

Each requirement is made of the criterion's very words (fragments joined by " … "), and its label too, so that both can
be checked against it. Where no rule fits, the whole sentence is one requirement: never less than what is asked.
"""

import re
from collections.abc import Iterator

from assistant.referentiel.model import Criterion, EvidenceKind, Referentiel, Requirement
from assistant.text import NBSP, fold

PARTED = " … "
MOST = 7
LONG_ITEM = 9
NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10}
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ)»’'A-Z0-9][.!?;])\s+(?=[A-ZÀ-Ý«])")
_ABBREVIATED = re.compile(r"(?:\b(?:etc|ex|cf|min|max|art|M|Mme)\.)$")
_SUBJECT = re.compile(r"^(?:(?:l[ea]s? |un |une )?candidate?s?|ils?|elles?)\s+", re.IGNORECASE)
_MINIMUM = re.compile(
    r"\bau (?:moins|minimum) (?P<n>\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|dix)\s+(?P<unit>(?:[\w’'-]+\s?){1,3})",
    re.IGNORECASE,
)
_PREDICATES = re.compile(
    r"^(?P<head>(?P<subject>.+?)\s(?:est|sont)\s)(?P<said>[^,:;]{3,60}(?:, [^,:;]{3,50})*\s(?:et|ou)\s[^,:;]{3,60})\W*$"
)
_QUALITY = re.compile(
    r"^(?!(?:l[ea]s?|l'|un|une|d|du|des|de|au|aux|a|en|par|pour|dans|sur|avec|sans|son|sa|ses|leurs?|ce\w*)\b)"
    r"(?:\w+ment |plus |bien |tres )?\w+(?:es?|s|if|ive|al|aux|eux|ant|ent|el|il|i|u|t|d)(?:\s.{0,45})?$"
)
"""« fiables », « clairement identifiés », « adaptées au projet »: what follows « sont » and may stand alone after it."""
_VERBS = (
    "identifie|justifie|explique|explicite|indique|propose|présente|détaille|décrit|argumente|définit|met en œuvre"
    "|précise|analyse|adapte|évalue|mesure|formule|élabore|rédige|utilise|prend en compte|tient compte|respecte|intègre"
    "|facilite|garantit|permet|valorise|cartographie|démontre|compare|choisit|planifie|réalise|répond|valide"
    "|formalise|synthétise|hiérarchise|vérifie"
)
_TWO_VERBS = re.compile(rf"\s+et\s+(?=(?:en\s+)?(?:l[ea’']s?\s*)?(?:{_VERBS}|(?:{_VERBS})nt)\b)")
_JUSTIFYING = re.compile(
    r",?\s+(?P<how>en (?:les? |la |l[’'])?(?:justifiant|argumentant|expliquant|précisant|illustrant|chiffrant)\b.*)$"
)
_LISTED = re.compile(r"^(?P<head>.{6,}?)\s*:\s*(?P<items>.+)$")
_KINDS: tuple[tuple[EvidenceKind, re.Pattern[str]], ...] = (
    (
        "table",
        re.compile(
            r"tableau|tableur|planning|calendrier|grille|matrice|budget|fichier|plan d'action|retroplanning|comparati"
        ),
    ),
    (
        "figure",
        re.compile(r"schema|cartographi|diagramme|figure|mapping|graphique|workflow|organigramme|logigramme|processus"),
    ),
    (
        "screenshot",
        re.compile(
            r"capture|outil|logiciel|parametr|site|interface|plateforme|reseaux sociaux|crm|grc|fonctionnalit|mail"
        ),
    ),
    ("prompt", re.compile(r"prompt|requete|consigne(?:s)? donnee|instruction")),
    (
        "number",
        re.compile(r"chiffr|ratio|calcul|indicateur|kpi|mesur|taux|marge|rentab|cout|gain|delai|seuil|quantitatif"),
    ),
)
_OPENS = re.compile(r"^(?:l'|(?:le|la|les|un|une|des|au moins|au minimum|chaque) )")
_CUTS = re.compile(
    r",? (?:afin d|pour |en fonction d|en tenant compte|dans le cadre|au regard d|en vue d|dont |qui )|, "
)
LABEL = 16


def with_requirements(referentiel: Referentiel) -> Referentiel:
    """The référentiel with requirements for each criterion that has none yet; the others stay as they are."""
    blocs = [
        bloc.model_copy(
            update={"criteria": tuple(one if one.requirements else completed(one) for one in bloc.criteria)}
        )
        for bloc in referentiel.blocs
    ]
    return referentiel.model_copy(update={"blocs": tuple(blocs)})


def completed(criterion: Criterion) -> Criterion:
    return criterion.model_copy(update={"requirements": requirements_of(criterion)})


def requirements_of(criterion: Criterion) -> tuple[Requirement, ...]:
    """What the criterion asks, one checkable thing each; at least one."""
    asked = list(dict.fromkeys(_asked(criterion)))
    if not asked or len(asked) > MOST:
        whole = [*_sentences(criterion.text), *criterion.indicators]
        asked = whole if len(whole) <= MOST else [criterion.text]
    known = fold(" ".join(text for text in (criterion.lead, criterion.text, *criterion.indicators) if text))
    sound = [text for text in asked if all(fold(part).strip() in known for part in text.split(PARTED))]
    made: list[Requirement] = []
    labels: set[str] = set()
    for number, text in enumerate(sound or [criterion.text], start=1):
        label = label_of(text, listed=_listed(text, criterion))
        label = "" if label in labels else label
        labels.add(label)
        counted = _MINIMUM.search(text)
        made.append(
            Requirement(
                id=f"{criterion.id}.r{number}",
                text=text,
                label=label,
                min_count=_number(counted["n"]) if counted else None,
                unit=_unit(counted["unit"]) if counted else None,
                kinds=_kinds(text, criterion),
            )
        )
    return tuple(made)


def _asked(criterion: Criterion) -> Iterator[str]:
    introduces = bool(criterion.indicators) and criterion.text.rstrip().endswith(":")
    sentences = _sentences(criterion.text)
    for place, sentence in enumerate(sentences):
        if introduces and place == len(sentences) - 1:
            continue
        yield from _parts(sentence.strip())
    yield from (item.strip() for item in criterion.indicators)


def _sentences(text: str) -> list[str]:
    """The sentences; « etc. » ends none, nor does what only gives examples."""
    made: list[str] = []
    for part in _SENTENCE.split(text):
        goes_on = bool(made) and (_ABBREVIATED.search(made[-1]) or fold(part).startswith(("par exemple", "exemple")))
        if goes_on:
            made[-1] += f" {part}"
        else:
            made.append(part)
    return made


def _parts(sentence: str) -> Iterator[str]:
    """One sentence in its checkable parts."""
    justifying = _JUSTIFYING.search(sentence)
    if justifying and len(justifying["how"].split()) >= 2:
        yield from _parts(sentence[: justifying.start()])
        yield justifying["how"].rstrip(" .;")
        return
    listed = _LISTED.match(sentence)
    if listed:
        items = _items(listed["items"])
        if len(items) > 1:
            yield from (f"{listed['head'].strip()}{PARTED}{item}" for item in items)
            return
    predicates = _PREDICATES.match(sentence)
    if predicates and "(" not in predicates["said"]:
        said = [one.strip(" .") for one in re.split(r",\s+|\s+et\s+|\s+ou\s+", predicates["said"]) if one.strip()]
        if " ou " not in predicates["said"] and all(_QUALITY.match(fold(one)) for one in said):
            yield f"{predicates['head']}{said[0]}"
            yield from (f"{predicates['subject']}{PARTED}{one}" for one in said[1:])
            return
    if _SUBJECT.match(sentence):
        cut = [one.strip() for one in _TWO_VERBS.split(sentence) if one.strip()]
        if len(cut) > 1 and all(len(one.split()) > 2 for one in cut):
            yield from cut
            return
    yield sentence


def _items(listed: str) -> list[str]:
    """What an enumeration names, where each is short."""
    listed = re.sub(r"\s*(?:,\s*)?\betc\.?\W*$", "", listed)
    if "(" in listed or re.search(r"[.;]\s+[A-ZÀ-Ý]", listed):
        return []
    items = [one.strip(" .;") for one in re.split(r"\s*[,;]\s*|\s+et\s+", listed) if one.strip(" .;")]
    return items if all(len(item.split()) <= LONG_ITEM for item in items) else []


def _number(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)


def _unit(words: str) -> str:
    """What is counted: up to the first word that begins something else."""
    kept: list[str] = []
    for word in words.split():
        if fold(word) in {"et", "ou", "pour", "dans", "avec", "par", "sur", "qui", "que"}:
            break
        kept.append(word)
    while kept and fold(kept[-1]) in {"de", "des", "du", "d'", "a", "la", "le", "les"}:
        kept.pop()
    return " ".join(kept) or words.strip()


def _kinds(text: str, criterion: Criterion) -> tuple[EvidenceKind, ...]:
    said = fold(text)
    return tuple(dict.fromkeys(("text", *(kind for kind, words in _KINDS if words.search(said)))))


def label_of(text: str, listed: bool = False) -> str:
    """A name for people, made of the requirement's own words; empty where these do not begin with a thing."""
    head, *rest = (part.strip() for part in text.split(PARTED))
    said = (f"{NBSP}: " if listed else " ").join([head, *rest])
    said = _SUBJECT.sub("", said).strip(" .;,:")
    if not _OPENS.match(fold(said)):
        verb, _, after = said.partition(" ")
        said = after.strip() if verb and _OPENS.match(fold(after.strip())) else ""
    if not said or "…" in said:
        return ""
    said = said[:1].lower() + said[1:]
    return _short(said)


def _listed(text: str, criterion: Criterion) -> bool:
    """Whether the requirement is one thing of an enumeration after a colon."""
    head = text.split(PARTED)[0]
    after = criterion.text[criterion.text.find(head) + len(head) :]
    return PARTED in text and after.lstrip().startswith(":")


def _short(label: str) -> str:
    """Cut where a circumstance begins, when it is too long to be read at a glance."""
    if len(label.split()) <= LABEL:
        return label
    for cut in _CUTS.finditer(label):
        kept = label[: cut.start()].strip(" ,;:.")
        if 3 <= len(kept.split()) <= LABEL and kept.count("(") == kept.count(")"):
            return kept
    return label
