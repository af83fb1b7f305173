"""Opening a file as a PDF, or saying in one sentence why it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from assistant.errors import UnreadableDossier

MOST_PAGES = 1_000
MOST_BYTES = 400 * 1024 * 1024


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file as a pypdfium2 document, closed afterwards.

    Raises UnreadableDossier: empty, too large, not a PDF, protected by a password, damaged beyond reading, no page.
    """
    import pypdfium2

    _check(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDossier(_why(data, str(error))) from error
    try:
        # Before anything is asked of the document, as pdfium wants it; a broken form does not make a broken dossier.
        with suppress(pypdfium2.PdfiumError):
            document.init_forms()
        if len(document) == 0:
            raise UnreadableDossier("Ce PDF ne contient aucune page\u00a0: exportez-le de nouveau puis réessayez.")
        if len(document) > MOST_PAGES:
            raise UnreadableDossier(
                f"Ce PDF compte {len(document)}\u00a0pages\u00a0: Prélecture en lit {MOST_PAGES} au plus, "
                "divisez-le puis réessayez."
            )
        yield document
    finally:
        document.close()


def _check(data: bytes) -> None:
    if not data.strip(b"\0 \r\n\t"):
        raise UnreadableDossier("Ce fichier est vide\u00a0: vérifiez l’export, puis déposez-le de nouveau.")
    if len(data) > MOST_BYTES:
        raise UnreadableDossier("Ce fichier dépasse 400\u00a0Mo\u00a0: réduisez ses images, puis réessayez.")


def _why(data: bytes, error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "Ce PDF est protégé par un mot de passe\u00a0: demandez au candidat une version sans mot de passe."
    if b"%PDF-" not in data[:4096]:
        return "Ce fichier n’est pas un PDF\u00a0: exportez le dossier au format PDF, puis réessayez."
    if b"%%EOF" not in data[-2048:]:
        return "Ce PDF est incomplet (transfert interrompu\u00a0?)\u00a0: demandez ou exportez le fichier de nouveau."
    return "Ce PDF est abîmé et ne peut pas être ouvert\u00a0: exportez-le de nouveau, puis réessayez."


def is_encrypted(document: Any) -> bool:
    """Whether the file is encrypted and opened with an empty password."""
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1)
