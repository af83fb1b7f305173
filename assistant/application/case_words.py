"""What stands in the audit and the journal, in words that a candidate or a judge understands. The JSON keeps it as it is."""

from collections.abc import Callable, Mapping

from assistant.access.grants import ACTS
from assistant.application.access_table import ACT_SAID, ROLE_SAID
from assistant.errors import PromptError
from assistant.llm.prompts import load_prompt
from assistant.review.decision import LEVELS, in_figures

NBSP = "\u00a0"
PEOPLE = {
    "program": "le programme", "operator": "la ligne de commande", "jury": "le jury", "local": "la personne de la machine",
}  # fmt: skip
"""Those who act without an account."""
PARTS = {1: "premier juré", 2: "deuxième juré", 3: "troisième lecteur"}
LINKS = {"": "rien", "none": "aucun lien", "trainer": "a formé le candidat", "relation": "un autre lien"}
VERDICTS = {"adopted": "repris tel quel", "edited": "modifié", "rejected": "écarté"}
ITEMS = {"observation": "constat", "gap": "point non repéré", "question": "question"}
KINDS = {
    "note": "note", "motivation": "motivation", "draft": "texte en cours", "own_text": "texte à soi",
    "own_evidence": "passage choisi", "read": "critère lu", "drafts_asked": "propositions demandées",
    "drafts_ignored": "propositions ignorées", "choice": "élément de la prélecture", "decision": "décision",
    "lock": "verrou", "unlock": "réouverture", "link": "déclaration de lien", "agreed": "texte du jury",
    "consent": "accord", "phrase": "phrase gardée",
}  # fmt: skip
DOCUMENTS = {
    "grid": "grille", "annex": "annexe des citations", "oral": "fiche d’oral", "feedback": "lettre au candidat",
    "draft report": "compte rendu personnel", "cohort": "promotion", "notes": "notes personnelles",
}  # fmt: skip
WHOSE = {"individual": "individuelle", "collegial": "du jury", "personal": "personnelle"}
STATUS = {
    "complete": "lu en entier", "partial": "lu en partie", "failed": "non lu", "stopped": "arrêté", "queued": "en attente",
}  # fmt: skip
COMPLETE = {"": "non vérifié", "complete": "complet", "incomplete": "incomplet"}
PRESENCE = {"": "présent ou à venir", "absent": "absent", "excused": "excusé"}
SILENT = frozenset({"role", "journal", "whose", "form"})
"""What goes without saying, or is said with another detail."""
SAID_BY_ITS_ACT = frozenset({"choice", "decision", "lock", "agreed", "consent"})


def who_in_words(person: str) -> str:
    """A name, or what acts without one."""
    return PEOPLE.get(person, person)


def detail_in_words(detail: Mapping[str, object], people: Mapping[str, str]) -> str:
    """The details of one line of the audit; `people`: names by id."""
    said = (_detail(name, value, detail, people) for name, value in detail.items() if name not in SILENT)
    return f"{NBSP}; ".join(one for one in said if one)


def value_in_words(kind: str, item: str, value: Mapping[str, object] | None, people: Mapping[str, str]) -> str:
    """What somebody wrote, in one version of it; None was taken back, or erased."""
    if value is None:
        return "repris ou effacé"
    say = VALUES.get(kind)
    return say(value, item, people) if say else str(value.get("text", ""))


def kind_in_words(kind: str) -> str:
    """What kind of thing was written."""
    return KINDS.get(kind, kind)


def _detail(name: str, value: object, detail: Mapping[str, object], people: Mapping[str, str]) -> str:
    if value in ("", None, [], {}):
        return ""
    if isinstance(value, bool):
        return FLAGS.get((name, value), "")
    say = DETAILS.get(name)
    if say is not None:
        return say(value, detail, people)
    return f"{name}{NBSP}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _count(value: object, one: str, several: str) -> str:
    return f"{value} {one if isinstance(value, int) and value < 2 else several}"


def _files(value: object) -> str:
    if isinstance(value, list):
        return f"fichiers (SHA-256){NBSP}: {', '.join(map(str, value))}"
    return _count(value, "fichier", "fichiers")


def _document(value: object, detail: Mapping[str, object]) -> str:
    whose = WHOSE.get(str(detail.get("whose", "")), "")
    form = str(detail.get("form", "")).upper()
    return " ".join(
        part for part in (DOCUMENTS.get(str(value), str(value)), whose, f"({form})" if form else "") if part
    )


def _kind(value: object) -> str:
    return "" if value in SAID_BY_ITS_ACT else KINDS.get(str(value), str(value))


def _prompts(value: object) -> str:
    named = value.items() if isinstance(value, Mapping) else ()
    return (
        f"consignes{NBSP}: {f'{NBSP}; '.join(_prompt(str(name), str(said)) for name, said in named)}" if named else ""
    )


def _prompt(name: str, reference: str) -> str:
    """What a prompt is for, then its name and version; the name alone where this version of the program has none such."""
    try:
        purpose = load_prompt(name).front.purpose.rstrip(".")
    except PromptError:
        return f"{name} {reference}"
    return f"{purpose[:1].lower()}{purpose[1:]} ({name}, version {reference})"


def _act(value: object) -> str:
    return next((ACT_SAID[one] for one in ACTS if one == value), str(value))


Say = Callable[[object, Mapping[str, object], Mapping[str, str]], str]
DETAILS: Mapping[str, Say] = {
    "criterion": lambda value, *_: f"critère {value}",
    "kind": lambda value, *_: _kind(value),
    "item": lambda value, *_: f"élément {value}",
    "verdict": lambda value, *_: VERDICTS.get(str(value), str(value)),
    "version": lambda value, *_: f"version {value}",
    "link": lambda value, *_: LINKS.get(str(value), str(value)),
    "person": lambda value, _, people: people.get(str(value), who_in_words(str(value))),
    "part": lambda value, *_: PARTS.get(value, str(value)) if isinstance(value, int) else str(value),
    "files": lambda value, *_: _files(value),
    "bytes": lambda value, *_: f"{value} octets",
    "status": lambda value, *_: STATUS.get(str(value), str(value)),
    "drafter": lambda value, *_: "sans modèle de langage" if value == "extractive" else f"modèle {value}",
    "embedding": lambda value, *_: f"recherche {value}",
    "calls": lambda value, *_: _count(value, "appel au modèle", "appels au modèle") if value else "",
    "dropped_citations": lambda value, *_: _count(value, "renvoi retiré", "renvois retirés") if value else "",
    "prompts": lambda value, *_: _prompts(value),
    "settings": lambda value, *_: f"réglages (empreinte){NBSP}: {value}",
    "referentiel": lambda value, *_: f"référentiel (empreinte){NBSP}: {value}",
    "software": lambda value, *_: f"logiciel {value}",
    "complete": lambda value, *_: COMPLETE.get(str(value), str(value)),
    "presence": lambda value, *_: PRESENCE.get(str(value), str(value)),
    "decisions": lambda value, *_: _count(value, "décision", "décisions"),
    "document": lambda value, detail, _: _document(value, detail),
    "sha256": lambda value, *_: f"empreinte {value}",
    "items": lambda value, *_: _count(len(value) if isinstance(value, list) else value, "élément montré", "éléments montrés"),
    "preread": lambda value, *_: f"prélecture {str(value)[:8]}",
    "refused": lambda value, *_: _act(value),
    "rows": lambda value, *_: _count(value, "texte effacé", "textes effacés"),
    "position": lambda value, *_: f"fichier n° {value + 1}" if isinstance(value, int) else "",
    "given": lambda value, *_: _role(value),
    "before": lambda value, *_: f"auparavant {_role(value)}",
    "with_role": lambda value, *_: _role(value),
}  # fmt: skip
"""How each detail is said; one that is not here is said by its own name."""
FLAGS: Mapping[tuple[str, bool], str] = {
    ("taken_back", True): "retiré", ("archived", True): "mise aux archives", ("archived", False): "sortie des archives",
    ("shown", True): "communiqués au jury", ("shown", False): "non communiqués au jury",
    ("set_aside", True): "mis de côté", ("refused", True): "fichier refusé", ("idle", True): "sans activité",
    ("paused", True): "en pause", ("paused", False): "reprise",
}  # fmt: skip


def _role(value: object) -> str:
    return next((said for role, said in ROLE_SAID.items() if role == value), str(value))


def _pages(value: Mapping[str, object]) -> str:
    pages = value.get("pages")
    return f" (p.{NBSP}{', '.join(map(str, pages))})" if isinstance(pages, list | tuple) and pages else ""


def _points(value: object) -> str:
    decision = value if isinstance(value, Mapping) else {}
    points, level = decision.get("points"), decision.get("level")
    if isinstance(points, int | float):
        return f"{in_figures(points)} {'point' if points < 2 else 'points'}"
    return next((said for one, said in LEVELS.items() if one == level), str(decision.get("text") or "aucune décision"))


def _choice(value: Mapping[str, object]) -> str:
    of = ITEMS.get(str(value.get("of")), "élément")
    own = f"{NBSP}; texte du juré{NBSP}: {value['text']}" if value.get("text") else ""
    return f"{of} {VERDICTS.get(str(value.get('verdict')), '')}{NBSP}: {value.get('said', '')}{_pages(value)}{own}"


def _passage(value: Mapping[str, object]) -> str:
    page, quote = f"p.{NBSP}{value.get('page')}", value.get("quote")
    return f"«{NBSP}{quote}{NBSP}» ({page})" if quote else page


def _reopened(value: Mapping[str, object], item: str, people: Mapping[str, str]) -> str:
    if item == "revocation":
        what = "décision révoquée"
    elif item.startswith("link-"):
        what = f"déclaration de {people.get(item.removeprefix('link-'), '')}".strip()
    else:
        what = f"lecture de {people.get(item, '')}".strip()
    return f"{what}, raison{NBSP}: {value.get('reason', '')}"


def _agreed(value: Mapping[str, object], people: Mapping[str, str]) -> str:
    by = people.get(str(value.get("by")), "")
    return f"{value.get('text', '')} – {_points(value.get('decision'))}{f', proposé par {by}' if by else ''}"


SayValue = Callable[[Mapping[str, object], str, Mapping[str, str]], str]
VALUES: Mapping[str, SayValue] = {
    "choice": lambda value, *_: _choice(value),
    "decision": lambda value, *_: _points(value),
    "own_text": lambda value, *_: f"{ITEMS.get(str(value.get('kind')), '')}{NBSP}: {value.get('text', '')}{_pages(value)}",
    "own_evidence": lambda value, *_: _passage(value),
    "read": lambda value, *_: "coché" if value.get("value") else "décoché",
    "drafts_ignored": lambda value, *_: "oui" if value.get("value") else "non",
    "drafts_asked": lambda *_: "oui",
    "lock": lambda value, *_: f"lecture verrouillée, empreinte {value.get('head', '')}",
    "unlock": _reopened,
    "link": lambda value, *_: LINKS.get(str(value.get("link")), ""),
    "agreed": lambda value, _, people: _agreed(value, people),
    "consent": lambda value, *_: f"d’accord avec la version {value.get('version')}",
}  # fmt: skip
"""How each kind of value is said; a text is its own words."""
