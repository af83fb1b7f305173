"""Whether anything of a dossier could be read at all."""

from assistant.dossier.model import Dossier
from assistant.errors import NothingReadable


def require_words(dossier: Dossier) -> Dossier:
    """The dossier itself. Raises NothingReadable when it holds no word."""
    if not any(entry.words for entry in dossier.ledger):
        raise NothingReadable(
            "Aucun texte n’a pu être lu dans ce dossier\u00a0: demandez l’export d’origine ou, si le dossier est "
            "numérisé, vérifiez que la reconnaissance de caractères (OCR) est activée.",
            [(entry.page, entry.reason or "") for entry in dossier.ledger],
        )
    return dossier
