"""`prelecture referentiel …`: the catalogue, and what is made for it."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.language import FrenchTyper

referentiel_app = FrenchTyper(help="Les référentiels du catalogue.")


@referentiel_app.command("list")
def list_referentiels() -> None:
    """Liste les référentiels."""
    from assistant.commands.referentiel import list_all

    list_all()


@referentiel_app.command("show")
def show_referentiel(referentiel: Annotated[str, typer.Argument(help="Identifiant du référentiel.")]) -> None:
    """Affiche les blocs, les critères et les exigences."""
    from assistant.commands.referentiel import show

    show(referentiel)


@referentiel_app.command("import")
def import_referentiel(
    file: Annotated[Path, typer.Argument(help="Le référentiel : PDF, scan, Word, OpenDocument, Excel, HTML ou texte.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Le référentiel à écrire (YAML).")],
    doubts: Annotated[
        Path | None, typer.Option("--doubts", "-d", help="La liste de ce qui est à vérifier (JSON).")
    ] = None,
) -> None:
    """Importe un référentiel mot pour mot, et liste ce qu’une personne doit vérifier."""
    from assistant.commands.importing import import_referentiel as run

    run(file, output, doubts)


@referentiel_app.command("clues")
def draft_clues(
    source: Annotated[Path, typer.Argument(help="Le fichier du référentiel (YAML).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Le fichier à écrire, à relire ensuite.")],
    lent: Annotated[
        bool, typer.Option("--lent", help="Sans modèle : indices prêtés par les autres référentiels.")
    ] = False,
) -> None:
    """Propose les exigences et les indices qui manquent : rédigés par le modèle réglé, sinon prêtés par le catalogue."""
    from assistant.settings import load_settings

    if lent or load_settings().model is None:
        from assistant.commands.authoring import lend_clues

        lend_clues(source, output)
    else:
        from assistant.commands.clues import draft

        draft(source, output)


@referentiel_app.command("workbook")
def export_workbook(
    referentiel: Annotated[str, typer.Argument(help="Identifiant ou fichier du référentiel.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Le classeur à écrire (.xlsx).")],
) -> None:
    """Écrit un référentiel en classeur commenté, à modifier dans Excel ou LibreOffice."""
    from assistant.commands.authoring import export_workbook as run

    run(referentiel, output)


@referentiel_app.command("read-workbook")
def read_workbook(
    file: Annotated[Path, typer.Argument(help="Le classeur modifié (.xlsx).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Le référentiel à écrire (YAML).")],
) -> None:
    """Relit un classeur ; chaque erreur est donnée avec sa feuille, sa ligne et sa colonne."""
    from assistant.commands.authoring import read_workbook as run

    run(file, output)


@referentiel_app.command("grid")
def blank_grid(
    referentiel: Annotated[str, typer.Argument(help="Identifiant ou fichier du référentiel.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="La grille à écrire (.docx ou .xlsx).")],
) -> None:
    """Écrit la grille vide d’un référentiel."""
    from assistant.commands.authoring import blank_grid as run

    run(referentiel, output)


@referentiel_app.command("map-grid")
def map_grid(
    template: Annotated[Path, typer.Argument(help="La grille du certificateur (.xlsx ou .docx).")],
    referentiel: Annotated[str, typer.Argument(help="Identifiant ou fichier du référentiel.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="La correspondance à écrire (JSON), à relire.")],
) -> None:
    """Propose quelles cases de la grille du certificateur tiennent quels critères."""
    from assistant.commands.authoring import map_grid as run

    run(template, referentiel, output)


@referentiel_app.command("fill-grid")
def fill_grid(
    template: Annotated[Path, typer.Argument(help="La grille du certificateur (.xlsx ou .docx).")],
    mapping: Annotated[Path, typer.Option("--map", help="La correspondance relue (JSON).")],
    review: Annotated[str, typer.Option("--review", help="L’identifiant de la lecture.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="La grille remplie à écrire.")],
    collegial: Annotated[bool, typer.Option("--collegial", help="Ce que le jury a retenu ensemble.")] = False,
) -> None:
    """Remplit la grille du certificateur, sans rien y changer d’autre."""
    from assistant.commands.authoring import fill_grid as run

    run(template, mapping, review, collegial, output)


@referentiel_app.command("check")
def check_referentiel(
    names: Annotated[list[str] | None, typer.Argument(help="Identifiants ou fichiers ; tous par défaut.")] = None,
    source: Annotated[
        Path | None, typer.Option("--source", help="Le fichier d’origine : chaque texte y est cherché mot pour mot.")
    ] = None,
) -> None:
    """Vérifie les référentiels : textes, exigences, indices."""
    from assistant.commands.importing import check_source
    from assistant.commands.referentiel import check

    if source is not None:
        check_source(tuple(names or ()), source)
    else:
        check(tuple(names or ()))
