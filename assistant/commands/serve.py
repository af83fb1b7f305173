"""`prelecture app`: serves the app on this machine only."""

import os
import sys

from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL, ROOT


def run(port: int, example: bool) -> None:
    """Pre-reads the bundled example if it was not yet, then becomes the Streamlit server."""
    if example and EXAMPLE.exists():
        from assistant.preread import PreReadRequest
        from assistant.referentiel.catalogue import load
        from assistant.service import Desk
        from assistant.settings import load_settings

        Desk(load_settings()).review(PreReadRequest.of(EXAMPLE.read_bytes(), "exemple.pdf", load(EXAMPLE_REFERENTIEL)))
    print(f"Prélecture : http://localhost:{port}", flush=True)
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
            "--server.port", str(port), "--server.address", "localhost", "--server.headless", "true",
            "--server.maxUploadSize", "300", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
            "--client.toolbarMode", "minimal", "--theme.primaryColor", "#24507a", "--theme.textColor", "#1d2733",
        ],
    )  # fmt: skip
