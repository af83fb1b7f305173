"""French words for the values of a pre-read."""

from datetime import datetime

from assistant.result import Notice

STATE = {
    "found": "Passages repérés",
    "not_found": "Aucun passage repéré",
    "oral_only": "Se montre à l’oral",
    "unread": "Non cherché partout : des pages n’ont pas été lues",
}
ASSESSED = {
    "dossier": "dossier", "oral": "oral", "questionnement": "questionnement du jury",
    "mise_en_situation_ecrite": "mise en situation écrite", "mise_en_situation_orale": "mise en situation orale",
    "production_sur_poste": "production sur poste",
}  # fmt: skip


SUPPORT = {
    "yes": "✓ Les phrases citées disent cela (vérifié par un second appel au modèle).",
    "partly": "◐ Les phrases citées ne disent cela qu’en partie.",
    "no": "✕ Les phrases citées ne disent pas cela.",
}


CITATION = {
    "word_for_word": "■ Retrouvée mot à mot dans le dossier",
    "ocr": "◆ Lue par reconnaissance de caractères (OCR)\u00a0: à comparer à l’image",
    "none": "∅ Sans source\u00a0: aucune phrase du dossier n’est citée",
}
"""The three states of a citation, in a shape and in words."""


def moment(when: datetime | None) -> str:
    """« le 12/06 à 18 h 41 », at the local time; "" for none."""
    return f"le {when.astimezone():%d/%m} à {when.astimezone():%H\u00a0h\u00a0%M}" if when else ""


class Pages(tuple[int, ...]):
    """Pages as a juror notes them: « 3, 9, 12 »."""

    def __str__(self) -> str:
        return ", ".join(map(str, self))


def shorten(text: str, length: int) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def notice_line(notice: Notice) -> str:
    """A notice as a list item, with its page."""
    place = f"p. {notice.page} : " if notice.page else ""
    detail = f" ({notice.detail})" if notice.detail else ""
    return f"- {place}{notice.text}{detail}"


def plain(text: str) -> str:
    """A text shown as it is: no character of it may act as formatting."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:" else c for c in text)
