"""Where things live: the project's own folders and the user's data folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENTIELS = ROOT / "referentiels"
PROMPTS = ROOT / "prompts"
ICON = ROOT / "assistant" / "ui" / "icon.png"
"""A file of ours: Streamlit would fetch a named icon from the network."""
EXAMPLE = ROOT / "tests" / "dossiers" / "cycle-client-plombier" / "dossier.pdf"
EXAMPLE_REFERENTIEL = "cycle-client-ia"
