"""The words that every export of a grid shares: facts, origins, pages, and what a machine did."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assistant.exporting.grid import AiPart, Grid, Member, Origin, Quoted, Row

NBSP = "\u00a0"
FRANCE = ZoneInfo("Europe/Paris")
TITLE = "Grille d’évaluation"
ANNEX_TITLE = "Annexe des citations"
AI_TITLE = "Part de l’intelligence artificielle"
OBSERVATIONS = "Constats"
GAPS = "Points non trouvés"
QUESTIONS = "Questions posées à l’oral"
NO_DECISION = "Non renseignée"
NO_MOTIVATION = "Non renseignée"
NO_ACCOMMODATION = "Aucun aménagement communiqué"
KIND = {"individual": "Grille individuelle d’un juré", "collegial": "Grille collégiale du jury"}
ORIGIN: dict[Origin, str] = {
    "ai": "rédigé par l’IA, repris",
    "ai_edited": "rédigé par l’IA, modifié",
    "own": "",
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
LONGEST_NAME = 80  # twice that, escaped, and the rest of the disclosure fit the 255 characters of a document property


def without_controls(text: str) -> str:
    """The text without what no file format can hold (control characters, lone surrogates); line breaks become \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\t\n" or _storable(c))


def _storable(c: str) -> bool:
    return not (c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff")


def pages_in_words(pages: tuple[int, ...]) -> str:
    """Where a text rests: « (p. 6, 7) » after a space, or nothing."""
    return f" (p.{NBSP}{', '.join(map(str, pages))})" if pages else ""


def origin_in_words(origin: Origin) -> str:
    """Who wrote a text the AI had a part in; nothing for a person's own."""
    return ORIGIN[origin]


def source_in_words(quoted: Quoted) -> str:
    """How a quoted passage came here: read as text, read by OCR, chosen by the juror."""
    ways = ["lu par OCR"] if quoted.source == "ocr" else []
    ways += ["ajouté par le juré"] if quoted.own else []
    return ", ".join(ways) or "texte"


def assessed_in_words(row: Row) -> str:
    """How the référentiel has a criterion assessed."""
    return ", ".join(ASSESSED.get(kind, kind) for kind in row.assessed_by) or "non précisées par le référentiel"


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


def title(grid: Grid) -> str:
    """What a reader's window and a library call the document."""
    return without_controls(f"{TITLE} – candidat{NBSP}{grid.candidate} – {grid.session}")


def made_in_utc(grid: Grid) -> datetime:
    """When the document was made, without zone, as document properties hold it."""
    return grid.made.astimezone(UTC).replace(tzinfo=None)


def facts(grid: Grid) -> tuple[tuple[str, str], ...]:
    """What the grid is about, as (label, value), in the order in which it is read."""
    listed = (
        ("Session", grid.session),
        ("Date de la session", day_in_words(grid.session_date) if grid.session_date else ""),
        ("Numéro du candidat", grid.candidate),
        ("Référentiel", f"{grid.referentiel}, version{NBSP}{grid.referentiel_version} ({grid.referentiel_id})"),
        ("Certificateur", grid.certifier),
        ("Blocs" if len(grid.blocs) > 1 else "Bloc", ", ".join(grid.blocs)),
        ("Composition du jury", "\n".join(f"{member.name}, {member.part}" for member in grid.jury)),
        ("Aménagements", grid.accommodations or NO_ACCOMMODATION),
        ("Dossier", grid.file),
        ("Pages", _reading(grid)),
    )
    return tuple((label, value) for label, value in listed if value)


def _reading(grid: Grid) -> str:
    read, unread = grid.pages - len(grid.unread_pages), grid.unread_pages
    of_all = f"{read}{NBSP}{_plural(read, 'page lue', 'pages lues')} sur {grid.pages}"
    if not unread:
        return of_all
    missed = _plural(len(unread), "page non lue", "pages non lues")
    return f"{of_all}{NBSP}; {missed}{NBSP}: {', '.join(map(str, unread))}"


def ai_in_words(grid: Grid) -> tuple[str, ...]:
    """What a machine did for this grid and what people did, in sentences for a reader who knows no model's name."""
    jury = "le jury" if grid.kind == "collegial" else "le juré"
    ai = grid.ai
    used = f"Logiciel{NBSP}: {ai.software}."
    if ai.prompts:
        used += f" Consignes données à l’IA{NBSP}: {', '.join(ai.prompts)}."
    return (
        _who_drafted(ai),
        _what_became(ai, jury),
        "Chaque texte de l’IA repris ou modifié est signalé dans la grille. Tous les autres sont de la main du "
        f"{jury.removeprefix('le ')}. Les propositions écartées ne figurent nulle part.",
        f"{jury.capitalize()} seul a décidé{NBSP}: aucune décision, aucun point, aucune motivation ne vient de l’IA.",
        used,
    )


def _who_drafted(ai: AiPart) -> str:
    if ai.drafter == "extractive":
        return (
            "Un programme de recherche, sans modèle de langage, a prélu le dossier et a proposé des constats, "
            "des points non trouvés et des questions."
        )
    return (
        f"Un modèle de langage ({ai.drafter}) a prélu le dossier et a proposé des constats, des points non trouvés "
        "et des questions."
    )


def _what_became(ai: AiPart, jury: str) -> str:
    treated = ai.adopted + ai.edited + ai.rejected
    if not treated:
        return f"{jury.capitalize()} n’a repris, modifié ni écarté aucune de ces propositions."
    return (
        f"Sur {treated}{NBSP}{_plural(treated, 'proposition traitée', 'propositions traitées')}, {jury} en a repris "
        f"{ai.adopted} sans changement, modifié {ai.edited} et écarté {ai.rejected}."
    )


def ai_keywords(grid: Grid) -> str:
    """The disclosure as keywords of a document."""
    ai = grid.ai
    counts = f"adopted={ai.adopted}; edited={ai.edited}; rejected={ai.rejected}"
    return f"ai-assisted; drafter={_name(ai)}; {counts}"


def ai_metadata(grid: Grid) -> str:
    """The disclosure for a machine, as JSON short enough for any document property."""
    ai = grid.ai
    disclosed = {
        "ai_assisted": True,
        "drafter": _name(ai),
        "adopted": ai.adopted,
        "edited": ai.edited,
        "rejected": ai.rejected,
    }
    return json.dumps(disclosed, ensure_ascii=False)


def _name(ai: AiPart) -> str:
    return without_controls(ai.drafter)[:LONGEST_NAME]


def _plural(count: int, one: str, many: str) -> str:
    return many if count > 1 else one
