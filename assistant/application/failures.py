"""What nobody foresaw: written to the log with its traceback, told to the person in one sentence with a number."""

import logging
import secrets

LOG = logging.getLogger("assistant.application")


def told(doing: str, subject: str = "") -> str:
    """Logs the exception being handled under a fresh reference; returns the French sentence that carries it.

    `doing` and `subject` are an act and ids, never words of a dossier.
    """
    reference = secrets.token_hex(3).upper()
    LOG.exception("unforeseen failure reference=%s doing=%s subject=%s", reference, doing, subject)
    return (
        f"Un défaut du programme a interrompu cette action\u00a0: réessayez, et donnez la référence {reference} à la "
        "personne qui s’occupe de l’installation si cela se reproduit."
    )
