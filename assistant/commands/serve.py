"""`prelecture app`: serves the app on this machine only."""

import os
import socket
import subprocess
import sys
from contextlib import suppress

from assistant.application.door import Application
from assistant.application.signing_in import NO_ISSUER
from assistant.errors import SettingsError
from assistant.places import ROOT, SERVER
from assistant.settings import load_settings
from assistant.text import NBSP

LOOPBACK = "127.0.0.1"
HERE = frozenset({LOOPBACK, "localhost"})
EXAMPLE_READER = "assistant.commands.example"
OPTIONS = {
    "server.headless": "true",
    "server.maxUploadSize": "300",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    # An unexpected error is logged and told by a reference; neither the page nor the terminal shows what it quotes.
    "client.showErrorDetails": "none",
    "logger.level": "critical",
    # Light or dark as the person's system is: a theme set for both at once would be light for everyone.
    "theme.light.primaryColor": "#24507a",
    "theme.light.textColor": "#1d2733",
    "theme.dark.primaryColor": "#9cc6ee",
}


def run(port: int, example: bool, address: str = LOOPBACK) -> None:
    """Has the bundled example pre-read if it was not yet, and becomes the Streamlit server. Raises SettingsError."""
    _check_mode(address)
    _check_free(port, address)
    if example:
        _read_example()
    print(f"Prélecture{NBSP}: http://{'localhost' if address == LOOPBACK else address}:{port}", flush=True)
    options = [part for name, value in {**OPTIONS, "server.address": address}.items() for part in (f"--{name}", value)]
    os.execv(
        sys.executable,
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(SERVER),
            "--server.port",
            str(port),
            *options,
            "--server.address",
            address,
        ],
    )


def _read_example() -> None:
    """In a process beside the server: nothing about the example keeps the app from being served."""
    quiet = subprocess.DEVNULL
    with suppress(OSError):
        subprocess.Popen([sys.executable, "-m", EXAMPLE_READER], cwd=ROOT, stdin=quiet, stdout=quiet, stderr=quiet)


def _check_mode(address: str) -> None:
    """One person's machine is open to nobody else, and holds nobody else's work."""
    settings = load_settings()
    if settings.sign_in != "local":
        if settings.roles_claim and not settings.roles_issuer:
            raise SettingsError(NO_ISSUER)
        return
    if address not in HERE:
        raise SettingsError(
            f"En mode local, l’application ne s’ouvre que sur cette machine (127.0.0.1), pas sur {address}{NBSP}: pour "
            "travailler à plusieurs, réglez la connexion des personnes (PRELECTURE_SIGN_IN=oidc)."
        )
    Application(settings).signing_in.only_person()


def _check_free(port: int, address: str) -> None:
    """Streamlit would say it in English, after the example was read."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except (OSError, OverflowError) as error:
            raise SettingsError(
                f"Le port {port} n’est pas libre{NBSP}: fermez ce qui l’occupe, ou choisissez-en un autre (--port)."
            ) from error
