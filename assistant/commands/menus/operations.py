"""`prelecture doctor`, `worker`, `batch`, `queue …`, `db …`, `files …`: what keeps an installation running."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.language import FrenchTyper

queue_app = FrenchTyper(help="La file de lecture que plusieurs machines se partagent.")

db_app = FrenchTyper(help="La base de données.")

files_app = FrenchTyper(help="Les fichiers déposés.")


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


def batch(
    session: Annotated[str, typer.Option("--session", help="Identifiant de la session.")],
    source: Annotated[
        Path | None,
        typer.Argument(
            help="Un dossier, un ZIP, ou une liste (CSV, XLSX) à côté de ses fichiers ; sans lui, suit la session."
        ),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Suit la lecture jusqu’à sa fin.")] = True,
) -> None:
    """Remet et fait lire tous les dossiers d’une session : chacun à son candidat, par numéro ou par nom."""
    from assistant.commands.batch import run

    run(source, session, wait)


@queue_app.command("stop")
def stop(session: Annotated[str, typer.Option("--session", help="Identifiant de la session.")]) -> None:
    """Arrête les lectures d’une session, en attente ou en cours ; ce qui est lu est gardé."""
    from assistant.commands.batch import stop as run

    run(session)


@queue_app.command("status")
def status() -> None:
    """Dit combien de dossiers attendent, combien sont lus, et par combien de processus de lecture."""
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


@db_app.command("copy")
def copy(
    target: Annotated[str, typer.Option("--to", help="L’adresse de la base vide (postgresql://…).")],
    source: Annotated[
        str | None, typer.Option("--from", help="L’adresse de la base d’origine ; celle de l’installation par défaut.")
    ] = None,
    files: Annotated[
        str | None,
        typer.Option("--files-to", help="Copie aussi les fichiers, là (s3://seau/dossier, ou le chemin d’un dossier)."),
    ] = None,
) -> None:
    """Copie la base dans une autre (de SQLite à PostgreSQL), la compare ligne à ligne et suit les chaînes d’empreintes."""
    from assistant.commands.keeping import copy_database

    copy_database(source, target, files)


@files_app.command("copy")
def copy_files(
    target: Annotated[str, typer.Option("--to", help="s3://seau/dossier, ou le chemin entier d’un dossier.")],
) -> None:
    """Copie les fichiers déposés ailleurs, et vérifie chacun par son empreinte ; relancée, elle reprend."""
    from assistant.commands.keeping import copy_files as run

    run(target)
