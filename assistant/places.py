"""Where things live: the folders that come with the program.

A source tree keeps prompts, référentiels and `app.py` beside the package; a wheel holds them inside, in `bundled`.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
"""The folder the package is imported from, where child processes start: in a source tree, the project's own."""
_BUNDLED = PACKAGE / "bundled"
_KEPT = _BUNDLED if _BUNDLED.is_dir() else ROOT
REFERENTIELS = _KEPT / "referentiels"
PROMPTS = _KEPT / "prompts"
APP = _KEPT / "app.py"
SERVER = PACKAGE / "ui" / "server.py"
ICON = PACKAGE / "ui" / "icon.png"
"""A file of ours: Streamlit would fetch a named icon from the network."""
EXAMPLE = PACKAGE / "example" / "dossier.pdf"
EXAMPLE_REFERENTIEL = "cycle-client-ia"
