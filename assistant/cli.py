"""The command line. Imports of weight are made inside the commands, so that `--help` answers at once."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.language import FrenchTyper
from assistant.commands.menus import operations
from assistant.commands.menus.referentiel import referentiel_app

if TYPE_CHECKING:
    from assistant.logs import Destination

app = FrenchTyper(
    name="prelecture",
    help="Prélecture lit un dossier de certification et repère, critère par critère, ce qu’il contient. Jamais de note.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(referentiel_app, name="referentiel")
model_app = FrenchTyper(help="Le modèle de langage.")
app.add_typer(model_app, name="model")
prompts_app = FrenchTyper(help="Ce qui est envoyé au modèle.")
app.add_typer(prompts_app, name="prompts")
audit_app = FrenchTyper(help="Ce qui a été fait, par qui et quand.")
app.add_typer(audit_app, name="audit")
people_app = FrenchTyper(help="Les personnes et leurs rôles.")
app.add_typer(people_app, name="people")
app.command("doctor")(operations.doctor)
app.command("worker")(operations.worker)
app.command("batch")(operations.batch)
app.add_typer(operations.queue_app, name="queue")
app.add_typer(operations.db_app, name="db")
app.add_typer(operations.files_app, name="files")

UNREADABLE = 1
"""Exit code when what was asked cannot be done; 2 is wrong use of the command itself."""


class DrafterChoice(StrEnum):
    """What drafts in an evaluation."""

    EXTRACTIVE = "extractive"
    MODEL = "llm"


ReferentielOption = Annotated[str, typer.Option("--referentiel", "-r", help="Identifiant du référentiel.")]


@app.command()
def review(
    files: Annotated[
        list[Path], typer.Argument(help="Les fichiers du dossier, dans l’ordre : le principal, puis ses annexes.")
    ],
    referentiel: ReferentielOption,
    bloc: Annotated[
        list[str] | None, typer.Option("--bloc", "-b", help="Un bloc ; l’option peut être répétée.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Écrit la prélecture en JSON.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Écrit la prélecture en page HTML.")] = None,
) -> None:
    """Prélit un dossier et en affiche le résumé."""
    from assistant.commands.review import run

    run(files, referentiel, tuple(bloc or ()), output, html)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="La version précédente du dossier.")],
    after: Annotated[Path, typer.Argument(help="La nouvelle version.")],
    referentiel: ReferentielOption,
    bloc: Annotated[
        list[str] | None, typer.Option("--bloc", "-b", help="Un bloc ; l’option peut être répétée.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Écrit la comparaison en JSON.")] = None,
) -> None:
    """Compare deux versions d’un dossier : phrases ajoutées, supprimées, reformulées, déplacées, chiffres changés."""
    from assistant.commands.compare import run

    run(before, after, referentiel, tuple(bloc or ()), json_file)


@app.command()
def cohort(
    folder: Annotated[
        Path, typer.Argument(help="Un dossier de fichiers : chaque fichier, ou sous-dossier, en est un.")
    ],
    referentiel: ReferentielOption,
    bloc: Annotated[
        list[str] | None, typer.Option("--bloc", "-b", help="Un bloc ; l’option peut être répétée.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Écrit les comptes en JSON.")] = None,
    drafter: Annotated[
        DrafterChoice | None,
        typer.Option("--drafter", help="extractive, ou llm ; sans ce choix, le modèle s’il est réglé."),
    ] = None,
    record: Annotated[Path | None, typer.Option("--record", help="Garde les appels au modèle dans un dossier.")] = None,
    replay: Annotated[Path | None, typer.Option("--replay", help="Rejoue des appels gardés, sans réseau.")] = None,
) -> None:
    """Dit de plusieurs dossiers, critère par critère, combien en parlent. Ni total ni rang par personne."""
    from assistant.commands.cohort import Choices, run

    with_model = None if drafter is None else drafter is DrafterChoice.MODEL
    run(folder, referentiel, tuple(bloc or ()), json_file, Choices(with_model, record, replay))


@app.command()
def read(
    files: Annotated[
        list[Path], typer.Argument(help="Les fichiers du dossier, dans l’ordre : le principal, puis ses annexes.")
    ],
    json_file: Annotated[Path | None, typer.Option("--json", help="Écrit ce qui a été lu en JSON.")] = None,
) -> None:
    """Montre ce qui est lu de fichiers, page par page, et ce qui ne l’est pas."""
    from assistant.commands.read import run

    run(files, json_file)


@app.command()
def evaluate(
    cases: Annotated[Path, typer.Argument(help="Le dossier des cas étiquetés.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Écrit les chiffres en JSON.")] = None,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Calibre sans le dossier évalué.")] = False,
    calibrate: Annotated[bool, typer.Option("--calibrate", help="Refait la calibration et l’enregistre.")] = False,
    ablation: Annotated[Path | None, typer.Option("--ablation", help="Écrit le tableau d’ablation.")] = None,
    drafter: Annotated[
        DrafterChoice, typer.Option("--drafter", help="extractive, ou llm (le modèle réglé).")
    ] = DrafterChoice.EXTRACTIVE,
    record: Annotated[Path | None, typer.Option("--record", help="Garde les appels au modèle dans un dossier.")] = None,
    replay: Annotated[Path | None, typer.Option("--replay", help="Rejoue des appels gardés, sans réseau.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Un cas ; l’option peut être répétée.")] = None,
    lent: Annotated[bool, typer.Option("--lent", help="Mesure les indices prêtés à un référentiel nouveau.")] = False,
) -> None:
    """Mesure la prélecture sur des dossiers étiquetés, à côté de ce qu’on ferait sans elle."""
    from assistant.commands.evaluate import Choices, run

    with_model = drafter is DrafterChoice.MODEL
    run(cases, Choices(json_file, leave_out, calibrate, ablation, with_model, record, replay, tuple(only or ()), lent))


@app.command("app")
def serve(
    port: Annotated[int, typer.Option(help="Port local.")] = 8501,
    example: Annotated[bool, typer.Option(help="Prélit d’abord l’exemple fourni.")] = True,
    address: Annotated[str, typer.Option(help="Adresse d’écoute ; hors 127.0.0.1, on se connecte.")] = "127.0.0.1",
) -> None:
    """Ouvre l’application dans le navigateur."""
    from assistant.commands.serve import run

    run(port, example, address)


@app.command()
def access() -> None:
    """Écrit la matrice d’accès : qui peut faire quoi, dans quelle relation à un dossier (docs/access.md)."""
    from assistant.commands.access import show

    show()


CandidateOption = Annotated[str | None, typer.Option("--candidate", help="Identifiant du dossier du candidat.")]
SessionOption = Annotated[str | None, typer.Option("--session", help="Identifiant de la session.")]


@audit_app.command("verify")
def verify_audit() -> None:
    """Vérifie que rien n’a été modifié, supprimé ou ajouté dans le journal et l’audit."""
    from assistant.commands.keeping import verify

    verify()


@audit_app.command("export")
def export_audit(
    output: Annotated[Path, typer.Option("--output", "-o", help="Le dossier où écrire.")],
    candidate: CandidateOption = None,
    session: SessionOption = None,
) -> None:
    """Écrit un dossier de preuve par candidat, en HTML et en JSON."""
    from assistant.commands.keeping import export

    export(candidate, session, output)


@app.command()
def purge(
    candidate: CandidateOption = None,
    session: SessionOption = None,
    expired: Annotated[bool, typer.Option("--expired", help="Tout ce dont la durée est passée.")] = False,
    prove: Annotated[
        bool,
        typer.Option(
            "--prove",
            help="Cherche ensuite partout leur nom, leur courriel et dix phrases de leur dossier, et échoue s’il en reste.",
        ),
    ] = False,
    word: Annotated[
        list[str] | None, typer.Option("--word", help="Un nom ou un mot de plus que la preuve cherche ; répétable.")
    ] = None,
) -> None:
    """Efface pour de bon un candidat ou une session ; la grille arrêtée et l’audit restent, sans nommer personne."""
    from assistant.commands.keeping import purge as run

    run(candidate, session, expired, prove, word or ())


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="Le fichier à écrire (ZIP).")]) -> None:
    """Sauvegarde tout dans un fichier, pendant que l’application tourne."""
    from assistant.commands.keeping import save

    save(target)


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="Le fichier d’une sauvegarde.")]) -> None:
    """Restaure une sauvegarde dans une installation vide, et vérifie son journal."""
    from assistant.commands.keeping import bring_back

    bring_back(source)


@people_app.command("grant")
def grant_role(
    email: Annotated[str, typer.Argument(help="L’adresse que le fournisseur d’identité atteste.")],
    role: Annotated[str, typer.Option("--role", help="administrateur, organisateur, juré, formateur ou candidat.")],
) -> None:
    """Donne un rôle à une adresse : c’est ainsi qu’on fait le premier administrateur."""
    from assistant.commands.keeping import grant

    grant(email, role)


@people_app.command("list")
def list_people() -> None:
    """Liste les personnes connues ou invitées, avec leur rôle."""
    from assistant.commands.keeping import list_people as run

    run()


@model_app.command("check")
def check_model() -> None:
    """Appelle le modèle une fois et dit ce qui marche."""
    from assistant.commands.model import check

    check()


@prompts_app.command("list")
def list_prompts() -> None:
    """Liste les prompts, avec leur version."""
    from assistant.commands.prompts import list_all

    list_all()


@prompts_app.command("show")
def show_prompt(
    name: Annotated[str, typer.Argument(help="Identifiant du prompt.")],
    call: Annotated[
        str | None, typer.Option("--call", help="Clé d’un appel gardé : montre ce qui a été envoyé.")
    ] = None,
) -> None:
    """Affiche un prompt mot pour mot, ou exactement ce qui a été envoyé pour un élément."""
    from assistant.commands.prompts import show

    show(name, call)


def main() -> None:
    """Entry point: every error ends in one French sentence and exit code 1; an unexpected one is logged."""
    from assistant import logs
    from assistant.commands.shown import harmless
    from assistant.errors import PrelectureError

    os.umask(0o077)  # the data folder, and what is written for a person, is read by that person
    logs.set_up("cli", _destination)
    try:
        app()
    except PrelectureError as error:
        typer.secho(harmless(error.message), fg="red", err=True)
        raise SystemExit(UNREADABLE) from error
    except Exception as error:
        typer.secho(logs.apology(logs.failure("crash", error)), fg="red", err=True)
        raise SystemExit(UNREADABLE) from error


def _destination() -> "Destination":
    """Where this command logs: to the file, since its own answers are what stands on the terminal, unless set otherwise."""
    from assistant.logs import Destination
    from assistant.settings import load_settings

    settings = load_settings()
    return Destination(settings.data_dir, stderr=settings.log_stderr == "on")


if __name__ == "__main__":
    main()
