"""`prelecture model check`: one call to the endpoint, and in French what works."""

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.model import check_model
from assistant.settings import load_settings


def check() -> None:
    """Raises SettingsError without a model, and the ModelErrors."""
    done = check_model(OPERATOR, load_settings())
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"Le modèle « {done.model} » répond en {done.seconds:.1f}\u00a0s.")
    console.print(f"Réponses structurées : {done.way}.")
    console.print(f"Jetons de cet essai : {done.tokens_in} en entrée, {done.tokens_out} en sortie.")
    console.print(f"Contexte réglé : {done.context} jetons, dont {done.output} pour la réponse.")
