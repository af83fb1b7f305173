"""`prelecture doctor`, `worker`, `queue …`: what keeps an installation running."""

from typing import Annotated

import typer

queue_app = typer.Typer(help="La file de lecture que plusieurs machines se partagent.", no_args_is_help=True)


def doctor() -> None:
    """Examine l’installation : environnement, base, polices, OCR, LibreOffice, modèle, disque, horloge."""
    from assistant.commands.doctor import run

    run()


def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="Dossiers lus à la fois.")] = 1,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="S’arrête quand la file est vide.")] = False,
) -> None:
    """Lit les dossiers de la file partagée (PRELECTURE_QUEUE=postgresql), sur autant de machines qu’on veut."""
    from assistant.commands.working import work

    work(concurrency, until_empty)


@queue_app.command("status")
def status() -> None:
    """Dit combien de dossiers attendent, combien sont lus, et par combien de workers."""
    from assistant.commands.working import show

    show()


@queue_app.command("pause")
def pause() -> None:
    """Ne commence plus aucune lecture ; celles qui sont en cours se terminent."""
    from assistant.commands.working import pause as run

    run(on=True)


@queue_app.command("resume")
def resume() -> None:
    """Reprend les lectures."""
    from assistant.commands.working import pause as run

    run(on=False)
