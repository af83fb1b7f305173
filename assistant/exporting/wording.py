"""The words that every document shares: facts, origins, pages, and what a machine did."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assistant.exporting.document import PageReference, spelled
from assistant.exporting.grid import AiPart, Cited, Grid, GridCriterion, GridKind, Member, Quoted
from assistant.referentiel.model import Requirement
from assistant.text import words

NBSP = "\u00a0"
FRANCE = ZoneInfo("Europe/Paris")
AUTHOR = "Prélecture"
TITLE = "Grille d’évaluation"
OBSERVATIONS = "Constats"
GAPS = "Points non trouvés"
QUESTIONS = "Questions prévues pour l’oral"
READERS: Mapping[GridKind, tuple[str, str]] = {
    "individual": ("le juré", "du juré"),
    "collegial": ("le jury", "du jury"),
    "personal": ("le lecteur", "du lecteur"),
}
NO_DECISION = "Non renseignée"
NO_ACCOMMODATION = "Aucun aménagement communiqué"
KIND: Mapping[GridKind, str] = {
    "individual": "Grille individuelle d’un juré",
    "collegial": "Grille collégiale du jury",
    "personal": "Lecture personnelle, hors session",
}
ASSESSED = {
    "dossier": "dossier", "oral": "oral", "questionnement": "questionnement du jury",
    "mise_en_situation_ecrite": "mise en situation écrite", "mise_en_situation_orale": "mise en situation orale",
    "production_sur_poste": "production sur poste",
}  # fmt: skip
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_BULLET = re.compile(r"^(«\s*)[•▪‣◦●■*–—-]\s+")
_TORN = re.compile(r"(?<=«) | (?=[»:;?!€%])|(?<=\d) (?=\d{3}(?!\d))")
LONGEST_NAME = 80  # twice that, escaped, and the rest of the disclosure fit the 255 characters of a document property


def quoted_in_words(text: str) -> str:
    """The dossier's or the référentiel's own words between French quotation marks."""
    return f"«{NBSP}{unbroken(text.strip())}{NBSP}»"


def unbroken(text: str) -> str:
    """The same text, whose spaces inside quotation marks, figures and before high signs end no line."""
    return _TORN.sub(NBSP, text)


def without_its_bullet(text: str) -> str:
    """A quotation without the list mark it begins with in the dossier, for a list that has marks of its own."""
    return _BULLET.sub(r"\1", text)


def pages_in_words(item: Cited) -> str:
    """Where a text rests: « (p. 6, 7) », « (d’après la p. 6) » for a juror's words after it, or nothing."""
    return spelled(PageReference(item.pages, item.rewritten)) if item.pages else ""


def with_pages(item: Cited) -> str:
    """A text with the pages it rests on."""
    return f"{unbroken(item.text)} {pages_in_words(item)}".rstrip()


def requirement_in_words(requirement: Requirement) -> str:
    """What is asked, as a heading reads: its label, or the fragment of the criterion's words, marked as quoted."""
    return requirement.label or quoted_in_words(requirement.text.rstrip(".;, "))


def requirement_of(item: Cited) -> str:
    """The requirement to name before a point not found; nothing where its own text names it already."""
    said, asked = " ".join(words(item.text)), " ".join(words(item.requirement))
    return "" if asked in said else item.requirement


def origin_in_words(item: Cited, grid: Grid) -> str:
    """Who wrote a text that was taken over or rewritten; nothing for what a person wrote alone."""
    if item.rewritten:
        return f"réécrit par {_one_reader(grid)}"
    if item.origin != "ai":
        return ""
    return "rédigé par l’IA, repris" if grid.ai.used_a_model else "proposé par le programme, repris"


def _one_reader(grid: Grid) -> str:
    return "le lecteur" if grid.kind == "personal" else "le juré"


def source_in_words(quoted: Quoted, grid: Grid) -> str:
    """How a quoted passage came here: read as text, read by OCR, chosen by the juror."""
    ways = ["lu par OCR"] if quoted.source == "ocr" else []
    ways += [f"choisi par {_one_reader(grid)}"] if quoted.own else []
    return ", ".join(ways) or "texte"


def earlier_in_words(quoted: Quoted) -> str:
    """A passage of a file that was replaced since: where it stood, and not a word of it."""
    return f"Passage retenu dans un fichier remplacé depuis (p.{NBSP}{quoted.page} de ce fichier){NBSP}: à relire."


def assessed_in_words(row: GridCriterion) -> str:
    """How the référentiel has a criterion assessed."""
    return ", ".join(ASSESSED.get(kind, kind) for kind in row.assessed_by)


def number_in_words(number: float) -> str:
    """A number as it is written in French: « 1,5 », « 2 »."""
    return f"{number:.12g}".replace(".", ",")


def points_in_words(most: float | None) -> str:
    """The most a criterion can bring: « 2 points », or nothing where the référentiel has no points."""
    return "" if most is None else f"{number_in_words(most)}{NBSP}{'point' if most < 2 else 'points'}"


def total_in_words(grid: Grid) -> str | None:
    """« 1,5 / 4 », or None where the grid has no total."""
    if grid.total is None:
        return None
    total = number_in_words(grid.total)
    return total if grid.most_total is None else f"{total}{NBSP}/{NBSP}{number_in_words(grid.most_total)}"


def day_in_words(day: date) -> str:
    """« 18 juin 2026 », « 1er juillet 2026 »; of a moment with a zone, the day it was in metropolitan France."""
    if isinstance(day, datetime) and day.tzinfo is not None:
        day = day.astimezone(FRANCE)
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def lock_in_words(member: Member) -> str:
    """When a member locked their grid."""
    return f"Grille verrouillée le {day_in_words(member.locked)}" if member.locked else "Grille non verrouillée"


def whose(grid: Grid, candidate: str = "candidat") -> str:
    """Candidate and session, as every document's title ends; outside a session, the title given and the file."""
    if grid.kind == "personal":
        file = f"{'Fichier' if candidate[:1].isupper() and not grid.candidate else 'fichier'}{NBSP}{grid.file}"
        given = f"{grid.candidate}, " if grid.candidate else ""
        return f"{given}{file} – lecture personnelle, hors session"
    return f"{candidate}{NBSP}{grid.candidate} – {grid.session}"


def made_in_utc(made: datetime) -> datetime:
    """When a document was made, without zone, as document properties hold it."""
    return made.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def facts(grid: Grid) -> tuple[tuple[str, str], ...]:
    """What the grid is about, as (label, value), in the order in which it is read."""
    personal = grid.kind == "personal"
    listed = (
        ("Session", "" if personal else grid.session),
        ("Date de la session", day_in_words(grid.session_date) if grid.session_date else ""),
        ("Titre" if personal else "Numéro du candidat", grid.candidate),
        ("Référentiel", referentiel_in_words(grid)),
        ("Certificateur", grid.certifier),
        ("Blocs" if len(grid.blocs) > 1 else "Bloc", ", ".join(grid.blocs)),
        ("Lecture" if personal else "Composition du jury", _members(grid)),
        ("Aménagements", grid.accommodations or ("" if personal else NO_ACCOMMODATION)),
        ("Fichier" if personal else "Dossier", grid.file),
        ("Pages", reading_in_words(grid)),
    )
    return tuple((label, value) for label, value in listed if value)


def referentiel_in_words(grid: Grid) -> str:
    """Title, version and id; a later version is named, since the grid keeps the one its reading began with."""
    said = f"{grid.referentiel}, version{NBSP}{grid.referentiel_version} ({grid.referentiel_id})"
    if grid.newer_version is None:
        return said
    return f"{said}. Une version plus récente existe{NBSP}: {grid.newer_version}."


def _members(grid: Grid) -> str:
    return "\n".join(f"{member.name}, {member.part}" for member in grid.jury)


def reading_in_words(grid: Grid) -> str:
    """How many pages were read, and which were not, or not whole."""
    read = grid.pages - len(grid.unread_pages)
    said = [f"{read}{NBSP}{_plural(read, 'page lue', 'pages lues')} sur {grid.pages}"]
    for pages, one, many in (
        (grid.unread_pages, "page non lue", "pages non lues"),
        (grid.partial_pages, "page lue en partie", "pages lues en partie"),
    ):
        if pages:
            said.append(f"{_plural(len(pages), one, many)}{NBSP}: {', '.join(map(str, pages))}")
    return f"{NBSP}; ".join(said)


def ai_title(ai: AiPart) -> str:
    """The heading over what the machine did."""
    return "Part de l’intelligence artificielle" if ai.used_a_model else "Part du programme"


def ai_in_words(grid: Grid) -> tuple[str, ...]:
    """What a machine did for this grid and what people did, in sentences for a reader who knows no model's name."""
    jury, own = READERS[grid.kind]
    source = "de l’IA" if grid.ai.used_a_model else "du programme"
    return (
        _who_drafted(grid.ai),
        _what_became(grid.ai, jury),
        f"Chaque texte {source} repris tel quel est signalé dans la grille, chaque texte réécrit aussi. Tous les textes qui "
        f"ne sont pas repris tels quels sont de la main {own}. Les propositions écartées ne figurent nulle part.",
        _who_decided(grid, jury, source),
    )


def _who_decided(grid: Grid, jury: str, source: str) -> str:
    """What is true of the decisions: that there are none, or whose they are."""
    if any(row.decision for row in grid.rows):
        return f"{jury.capitalize()} seul a décidé{NBSP}: aucune décision, aucun point, aucune motivation ne vient {source}."
    if grid.kind == "personal":
        return f"Cette lecture ne contient aucune décision{NBSP}: hors session, rien ne se décide."
    return (
        f"Aucune décision n’est renseignée à ce jour{NBSP}: {jury} seul décide, et aucune décision, aucun point, aucune "
        f"motivation ne vient {source}."
    )


def used_in_words(ai: AiPart) -> tuple[str, ...]:
    """The software and the prompts, for whoever checks how the pre-read was made: for an annex, never for a grid."""
    used = [f"Logiciel{NBSP}: {ai.software}."]
    if ai.prompts:
        used.append(f"Consignes données à l’IA{NBSP}: {', '.join(ai.prompts)}.")
    return tuple(used)


def _who_drafted(ai: AiPart) -> str:
    if not ai.used_a_model:
        return (
            "Un programme de recherche, sans modèle de langage, a parcouru le dossier et a proposé "
            "des passages, des points non repérés et des questions."
        )
    return (
        f"Un modèle de langage ({ai.drafter}) a prélu le dossier et a proposé des constats, des points non trouvés "
        "et des questions."
    )


def _what_became(ai: AiPart, jury: str) -> str:
    treated = ai.adopted + ai.edited + ai.rejected
    if not treated:
        return f"{jury.capitalize()} n’a repris, réécrit ni écarté aucune de ces propositions."
    return (
        f"Sur {treated}{NBSP}{_plural(treated, 'proposition traitée', 'propositions traitées')}, {jury} en a repris "
        f"{ai.adopted} sans changement, réécrit {ai.edited} et écarté {ai.rejected}."
    )


def ai_keywords(ai: AiPart) -> tuple[str, ...]:
    """The disclosure as keywords of a document."""
    counts = (f"adopted={ai.adopted}", f"edited={ai.edited}", f"rejected={ai.rejected}")
    return ("ai-assisted", f"drafter={_name(ai)}", *counts)


def ai_metadata(ai: AiPart) -> str:
    """The disclosure for a machine, as JSON short enough for any document property."""
    disclosed = {
        "ai_assisted": True,
        "language_model": ai.used_a_model,
        "drafter": _name(ai),
        "adopted": ai.adopted,
        "edited": ai.edited,
        "rejected": ai.rejected,
    }
    return json.dumps(disclosed, ensure_ascii=False)


def _name(ai: AiPart) -> str:
    return ai.drafter[:LONGEST_NAME]


def _plural(count: int, one: str, many: str) -> str:
    return many if count > 1 else one
