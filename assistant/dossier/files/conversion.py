"""Files that are no PDF, turned into one: documents and slides by LibreOffice, pictures by Pillow.

Both run in processes of their own, in time and without network: a document's links to pictures elsewhere are not
followed, its macros are not run. A conversion is kept under the hash of the file it was made from.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from assistant.dossier.pdf.opening import MOST_BYTES
from assistant.errors import UnreadableDossier
from assistant.places import ROOT

Kind = Literal["docx", "odt", "pptx", "odp", "image"]
NAMES: dict[Kind, str] = {
    "docx": "document Word",
    "odt": "document LibreOffice",
    "pptx": "présentation PowerPoint",
    "odp": "présentation LibreOffice",
    "image": "image",
}
EXTENSIONS = ("pdf", "docx", "odt", "pptx", "odp", "png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif")
OFFICE_SECONDS, IMAGE_SECONDS = 120, 60
MOST_UNPACKED = 600 * 2**20
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""LibreOffice's own settings: every connection goes to a port where nobody listens; no macro, no linked content."""


def kind_of(data: bytes) -> Kind | None:
    """What a file that is no PDF is, by its content; None for a PDF and for what cannot be told."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data.startswith(PICTURES):
        return "image"
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None


def _office(archive: zipfile.ZipFile) -> Kind | None:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        written = archive.read("mimetype").decode("ascii", errors="replace")
        if written.endswith("opendocument.text"):
            return "odt"
        if written.endswith("opendocument.presentation"):
            return "odp"
    return None


class Converter:
    """Turns files into PDF and keeps what it made in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def as_pdf(self, data: bytes) -> tuple[bytes, Kind | None]:
        """The file as a PDF and what it was; a PDF, and anything that cannot be told, comes back as it is.

        Raises UnreadableDossier when it cannot be converted here.
        """
        kind = kind_of(data)
        if kind is None:
            return data, None
        kept = self._place(data)
        if kept.exists():
            return kept.read_bytes(), kind
        if len(data) > MOST_BYTES or _unpacked(data) > MOST_UNPACKED:
            raise UnreadableDossier(f"Ce fichier est trop volumineux\u00a0: {EXPORT}")
        with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
            made = _by_pillow(data, Path(folder)) if kind == "image" else _by_office(data, kind, Path(folder))
            if not made.exists():
                raise UnreadableDossier(_cannot(kind))
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(f".{os.getpid()}")
            shutil.copyfile(made, fresh)
            fresh.replace(kept)
        return kept.read_bytes(), kind

    def pdf_file(self, file: Path) -> Path:
        """Where the PDF of a kept file stands: the file itself, or what it was turned into.

        Raises UnreadableDossier when it cannot be converted here.
        """
        data = file.read_bytes()
        return file if self.as_pdf(data)[1] is None else self._place(data)

    def _place(self, data: bytes) -> Path:
        return self._folder / f"{hashlib.sha256(data).hexdigest()}.pdf"


EXPORT = "exportez le dossier au format PDF, puis réessayez."


def _cannot(kind: Kind) -> str:
    return f"Ce fichier ({NAMES[kind]}) n’a pas pu être converti\u00a0: {EXPORT}"


def _unpacked(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _by_office(data: bytes, kind: Kind, folder: Path) -> Path:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableDossier(
            f"Ce fichier est un {NAMES[kind]}, et LibreOffice n’est pas installé ici pour le convertir\u00a0: {EXPORT}"
        )
    source, profile = folder / f"dossier.{kind}", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    _run(command, kind, OFFICE_SECONDS, folder)
    return folder / "dossier.pdf"


def _by_pillow(data: bytes, folder: Path) -> Path:
    source, made = folder / "picture", folder / "dossier.pdf"
    source.write_bytes(data)
    worker = "assistant.dossier.files.picture_to_pdf"
    _run([sys.executable, "-m", worker, str(source), str(made)], "image", IMAGE_SECONDS, ROOT)
    return made


def _run(command: list[str], kind: Kind, seconds: float, folder: Path) -> None:
    """A process and its children, ended in time. Raises UnreadableDossier."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    dead_end = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    environment = {**kept, **dead_end, "HOME": str(folder), "SOURCE_DATE_EPOCH": "0"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDossier(_cannot(kind)) from error
    finally:
        end_group(process)
    if code != 0:
        raise UnreadableDossier(_cannot(kind))


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process started in a session of its own, with whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        import signal
        from contextlib import suppress

        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
