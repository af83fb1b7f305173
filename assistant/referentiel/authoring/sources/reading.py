"""Any file -> its pieces, by what the file is."""

import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.pieces import Source

OFFICE_SECONDS = 90
OLD = {".doc": "docx", ".rtf": "docx", ".xls": "xlsx", ".docm": "docx"}


def read_source(path: Path, kept: Path | None = None) -> Source:
    """The paragraphs and tables of a file. Raises ReferentielError when it is missing or of no known kind.

    `kept`: a folder for what is recognised on scanned pages.
    """
    if not path.is_file():
        raise ReferentielError(f"Le fichier {path.name} est introuvable : vérifiez son chemin.")
    ending = path.suffix.lower()
    if ending in OLD:
        return _converted(path, OLD[ending])
    readers = _readers(kept)
    reader = readers.get(ending) or readers.get(_kind(path))
    if reader is None:
        raise ReferentielError(
            f"Le fichier {path.name} est d’un type inconnu : choisissez un PDF, un document Word ou OpenDocument, "
            "un classeur, une page HTML ou un texte."
        )
    return reader(path)


def _readers(kept: Path | None) -> dict[str, Callable[[Path], Source]]:
    from assistant.referentiel.authoring.sources.markup import read_html
    from assistant.referentiel.authoring.sources.opendocument import read_opendocument
    from assistant.referentiel.authoring.sources.pdf import read_pdf
    from assistant.referentiel.authoring.sources.plain import read_text
    from assistant.referentiel.authoring.sources.scan import read_picture
    from assistant.referentiel.authoring.sources.sheets import read_xlsx
    from assistant.referentiel.authoring.sources.word import read_docx

    readers: dict[str, Callable[[Path], Source]] = {
        ".pdf": partial(read_pdf, kept=kept),
        ".docx": read_docx,
        ".xlsx": read_xlsx,
        ".xlsm": read_xlsx,
    }
    readers |= dict.fromkeys([".html", ".htm", ".xhtml", ".mht"], read_html)
    readers |= dict.fromkeys([".odt", ".ods", ".ott"], read_opendocument)
    readers |= dict.fromkeys([".txt", ".md", ".text", ".tsv", ".csv"], read_text)
    return readers | dict.fromkeys([".png", ".jpg", ".jpeg", ".tif", ".tiff"], partial(read_picture, kept=kept))


def _kind(path: Path) -> str:
    """The usual ending of a file that has none, by its first bytes."""
    head = path.read_bytes()[:400].lstrip()
    if head.startswith(b"%PDF"):
        return ".pdf"
    if head[:1] == b"<":
        return ".html"
    return ".txt" if b"\0" not in head else ""


def _converted(path: Path, ending: str) -> Source:
    """An old office file, turned into its successor by LibreOffice in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending,
                   "--outdir", folder, str(path.resolve())]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=OFFICE_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise ReferentielError(
                f"Le fichier {path.name} est d’un ancien format : enregistrez-le au format .{ending}, puis recommencez."
            ) from error
        return read_source(Path(folder) / f"{path.stem}.{ending}")
