"""`prelecture app`: serves the app on this machine only."""

import os
import socket
import sys

from assistant.errors import SettingsError, UnreadableDossier
from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL, SERVER
from assistant.text import NBSP

OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.maxUploadSize": "300",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    # An unexpected error is logged and told by a reference; neither the page nor the terminal shows what it quotes.
    "client.showErrorDetails": "none",
    "logger.level": "critical",
    "theme.primaryColor": "#24507a",
    "theme.textColor": "#1d2733",
}


def run(port: int, example: bool) -> None:
    """Pre-reads the bundled example if it was not yet, then becomes the Streamlit server. Raises SettingsError."""
    _check_free(port)
    if example:
        _read_example()
    print(f"Prélecture{NBSP}: http://localhost:{port}", flush=True)
    options = [part for name, value in OPTIONS.items() for part in (f"--{name}", value)]
    os.execv(
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", str(SERVER), "--server.port", str(port), *options],
    )


def _read_example() -> None:
    """On a machine too busy to read it in time, the app is served all the same."""
    from assistant.access.actor import LOCAL
    from assistant.application.door import Application
    from assistant.application.handing_in import UploadedFile
    from assistant.progress import silent
    from assistant.settings import load_settings

    application = Application(load_settings())
    preread = application.prereads.add(LOCAL, [UploadedFile("exemple.pdf", EXAMPLE.read_bytes())], EXAMPLE_REFERENTIEL)
    try:
        application.jobs.run(LOCAL, preread, silent)
    except UnreadableDossier as error:
        print(f"L’exemple n’a pas été lu. {error.message}", file=sys.stderr, flush=True)


def _check_free(port: int) -> None:
    """Streamlit would say it in English, after the example was read."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SettingsError(
                f"Le port {port} n’est pas libre{NBSP}: fermez ce qui l’occupe, ou choisissez-en un autre (--port)."
            ) from error
