"""What a person calls the closed sets of a référentiel's file: the same on the pages and in the workbook."""

from collections.abc import Mapping

from assistant.text import fold

MODALITIES: Mapping[str, str] = {
    "dossier": "dossier",
    "oral": "oral",
    "questionnement": "questionnement",
    "mise_en_situation_ecrite": "mise en situation écrite",
    "mise_en_situation_orale": "mise en situation orale",
    "production_sur_poste": "production sur poste",
}
EVIDENCE: Mapping[str, str] = {
    "text": "texte",
    "figure": "schéma ou figure",
    "table": "tableau",
    "screenshot": "capture d’écran",
    "prompt": "prompt",
    "number": "chiffre",
}
SCALES: Mapping[str, str] = {"points": "points", "acquis": "acquis / non acquis", "none": "aucune"}


def code_of(said: str, words: Mapping[str, str]) -> str | None:
    """The code of a word as a person writes it, or of the code itself; None for neither."""
    flat = _flat(said)
    return next((code for code, word in words.items() if flat in {_flat(code), _flat(word)}), None)


def decimal(number: float) -> str:
    """A number as it is written in French: 2, 1,5."""
    return f"{number:g}".replace(".", ",")


def _flat(text: str) -> str:
    return " ".join(fold(text.replace("_", " ")).split())
