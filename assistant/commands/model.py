"""`prelecture model check`: one call to the endpoint, and in French what works."""

import tempfile
import time
from pathlib import Path

from rich.console import Console

from assistant.errors import SettingsError
from assistant.llm.answers import SupportAnswer
from assistant.llm.calls import CallStore
from assistant.llm.client import Meter
from assistant.llm.prompts import load_prompt
from assistant.service import client_of
from assistant.settings import load_settings

STATEMENT = "Énoncé 1 : Le dossier compte onze étapes.\nPhrases citées :\n  s1 : Le parcours compte onze étapes."
TOKENS = 20_000


def check() -> None:
    """Raises SettingsError without a model, and the ModelErrors."""
    settings = load_settings()
    if settings.model is None:
        raise SettingsError("Aucun modèle n’est réglé\u00a0: donnez PRELECTURE_MODEL (voir docs/settings.md).")
    console = Console(highlight=False, markup=False)
    with tempfile.TemporaryDirectory() as folder:
        client = client_of(settings, CallStore(Path(folder)))
        start = time.monotonic()
        answered = client.ask(load_prompt("support").filled(statements=STATEMENT), SupportAnswer, Meter(TOKENS))
    console.print(f"Le modèle « {settings.model} » répond en {time.monotonic() - start:.1f}\u00a0s.")
    console.print(f"Réponses structurées : {client.way}.")
    console.print(f"Jetons de cet essai : {answered.tokens.input} en entrée, {answered.tokens.output} en sortie.")
    console.print(f"Contexte réglé : {settings.model_context} jetons, dont {settings.model_output} pour la réponse.")
