"""Files that are no PDF, turned into one: documents and slides by LibreOffice, texts and workbooks by Typst, pictures by
Pillow.

All run in processes of their own, under ceilings and without network: a document's links to pictures elsewhere are not
followed, its macros are not run. A conversion is kept under the hash of the file it was made from.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.dossier.files.besides import besides
from assistant.dossier.files.kinds import NAMES, OFFICE, Kind, kind_of
from assistant.dossier.isolation.pace import slowness
from assistant.dossier.isolation.process import Ceilings, Finished, TooLong, run
from assistant.dossier.pdf.opening import MOST_BYTES
from assistant.errors import UnreadableDossier
from assistant.places import ROOT
from assistant.result import Notice
from assistant.store.blobs import Blobs, blobs_at

OFFICE_TIME = Ceilings(cpu=15.0, idle=15.0)
OFFICE_PER_MB, OFFICE_MOST = 5.0, 120.0
"""More processor seconds for each megabyte of the file, and at most in all."""
OTHER_TIME = Ceilings(cpu=60.0)
MOST_UNPACKED = 600 * 2**20
EMPTY = 3
"""Exit code of `typeset` for a file without a word."""
EXPORT = "exportez-le au format PDF, puis réessayez."
PARTS: dict[Kind, tuple[str, str, str]] = {
    "docx": ("libswlo.so", "Writer (textes)", "libreoffice-writer"),
    "odt": ("libswlo.so", "Writer (textes)", "libreoffice-writer"),
    "pptx": ("libsdlo.so", "Impress (présentations)", "libreoffice-impress"),
    "odp": ("libsdlo.so", "Impress (présentations)", "libreoffice-impress"),
}
"""Of LibreOffice, the part that opens each kind: its library, its name, its package."""
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


Told = dict[str, Any]
"""What is said beside a conversion: of a workbook, its rows page by page, its hidden sheets, its sheets that were cut."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A file as a PDF; `kind` is None for one that was left as it is.

    `rows`: for a workbook, the rows of its tables, page by page. `notices`: what else the file holds.
    """

    pdf: bytes
    kind: Kind | None
    notices: tuple[Notice, ...] = ()
    rows: tuple[tuple[tuple[str, ...], ...], ...] = ()


class Converter:
    """Turns files into PDF and keeps what it made. Everything raises StoreAway where that place does not answer."""

    def __init__(self, place: Path | Blobs) -> None:
        self._blobs = blobs_at(place)

    def convert(self, data: bytes, name: str) -> Converted:
        """The file as a PDF; a PDF, and anything that cannot be told, comes back as it is.

        Raises UnreadableDossier when it cannot be converted here.
        """
        kind = kind_of(data, name)
        if kind is None:
            return Converted(data, None)
        sha256 = hashlib.sha256(data).hexdigest()
        pdf, told = self._kept(sha256) or self._keep(sha256, *_conversion(data, kind, name))
        rows = tuple(tuple(tuple(row) for row in page) for page in told.get("pages", ()))
        return Converted(pdf, kind, (*_said(kind), *besides(data, kind), *_left_out(told)), rows)

    def _kept(self, sha256: str) -> tuple[bytes, Told] | None:
        """What was made of the file with this hash, if it is there as it was made."""
        pdf = self._blobs.get(f"{sha256}.pdf")
        if pdf is None:
            return None
        try:
            told: Told = dict(json.loads(self._blobs.get(f"{sha256}.json") or b"{}"))
        except ValueError:
            return None
        made = hashlib.sha256(pdf).hexdigest()
        return (pdf, told) if told.get("sha256", made) == made else None  # earlier versions said no hash

    def _keep(self, sha256: str, pdf: bytes, told: Told) -> tuple[bytes, Told]:
        said = {**told, "sha256": hashlib.sha256(pdf).hexdigest()}
        self._blobs.put(f"{sha256}.json", json.dumps(said, ensure_ascii=False).encode(), lasting=False)
        self._blobs.put(f"{sha256}.pdf", pdf, lasting=False)
        return pdf, told


def _conversion(data: bytes, kind: Kind, name: str) -> tuple[bytes, Told]:
    """The file as a PDF, and what is said beside it. Raises UnreadableDossier."""
    if len(data) > MOST_BYTES or _unpacked(data) > MOST_UNPACKED:
        raise UnreadableDossier(f"{_called(name, kind)} est trop volumineux\u00a0: {EXPORT}")
    with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
        made = _made(data, kind, name, Path(folder))
        beside = made.with_suffix(".json")
        return made.read_bytes(), json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}


def _said(kind: Kind) -> tuple[Notice, ...]:
    said = "Le fichier a été converti en PDF\u00a0; sa mise en page peut différer de l’original."
    return (Notice(kind="converted", text=said, detail=NAMES[kind]),)


def _left_out(told: Told) -> tuple[Notice, ...]:
    notices = []
    if told.get("hidden"):
        said = "Le classeur contient des feuilles masquées\u00a0; elles n’ont pas été lues."
        notices.append(Notice(kind="hidden_text", text=said, detail=", ".join(told["hidden"])))
    if told.get("cut"):
        said = "Une feuille du classeur est démesurée\u00a0; seul son début a été lu."
        notices.append(Notice(kind="truncated", text=said, detail=", ".join(told["cut"])))
    return tuple(notices)


def _called(name: str, kind: Kind) -> str:
    return f"Le fichier «\u00a0{name}\u00a0» ({NAMES[kind]})"


def _cannot(name: str, kind: Kind, why: str = "") -> UnreadableDossier:
    return UnreadableDossier(f"{_called(name, kind)} n’a pas pu être converti{why}\u00a0: {EXPORT}")


def _unpacked(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _made(data: bytes, kind: Kind, name: str, folder: Path) -> Path:
    """The PDF, made in `folder`. Raises UnreadableDossier."""
    made = folder / "dossier.pdf"
    source = folder / (f"dossier.{kind}" if kind in OFFICE else "source")
    source.write_bytes(data)
    if kind in OFFICE:
        _by_office(source, kind, name, len(data))
    elif kind == "image":
        _by_worker("picture_to_pdf", [str(source), str(made)], kind, name)
    else:
        _by_worker("typeset", [kind, str(source), str(made), str(made.with_suffix(".json"))], kind, name)
    if not made.exists():
        raise _cannot(name, kind, _office_cannot(kind) if kind in OFFICE else "")
    return made


def _by_office(source: Path, kind: Kind, name: str, size: int) -> None:
    folder = source.parent
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableDossier(
            f"{_called(name, kind)} demande LibreOffice, qui n’est pas installé ici pour le convertir\u00a0: {EXPORT}"
        )
    library, part, package = PARTS[kind]
    libraries = Path(program).resolve().parent
    if any(libraries.glob("lib*lo.so")) and not (libraries / library).exists():
        raise UnreadableDossier(
            f"{_called(name, kind)} demande la partie {part} de LibreOffice, qui n’est pas installée ici "
            f"(paquet {package})\u00a0: {EXPORT}"
        )
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    cpu = min(OFFICE_MOST, OFFICE_TIME.cpu + OFFICE_PER_MB * size / 2**20)
    done = _run(command, kind, name, Ceilings(cpu * slowness(), OFFICE_TIME.idle), folder)
    if done.code != 0:
        raise _cannot(name, kind, _office_cannot(kind))


def _office_cannot(kind: Kind) -> str:
    _, part, package = PARTS[kind]
    return f" (LibreOffice ne l’a pas ouvert\u00a0; il lui faut sa partie {part}, paquet {package})"


def _by_worker(module: str, arguments: list[str], kind: Kind, name: str) -> None:
    command = [sys.executable, "-m", f"assistant.dossier.files.{module}", *arguments]
    ceilings = Ceilings(OTHER_TIME.cpu * slowness(), OTHER_TIME.idle)
    done = _run(command, kind, name, ceilings, ROOT)
    if done.code == EMPTY:
        raise UnreadableDossier(f"{_called(name, kind)} est vide\u00a0: vérifiez l’export, puis déposez-le de nouveau.")
    if done.code != 0:
        raise _cannot(name, kind)


def _run(command: list[str], kind: Kind, name: str, ceilings: Ceilings, folder: Path) -> Finished:
    """A process and its children, under ceilings. Raises UnreadableDossier."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    dead_end = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    environment = {**kept, **dead_end, "HOME": str(folder), "SOURCE_DATE_EPOCH": "0"}
    try:
        return run(command, folder, ceilings, environment)
    except TooLong as error:
        raise _cannot(name, kind, " dans le temps prévu") from error
    except OSError as error:
        raise _cannot(name, kind) from error
