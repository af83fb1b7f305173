"""Milliseconds to make each file of a grid of 25 criteria, the packages of its format loaded or not yet."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from assistant.exporting.files import FORMATS, FileFormat, GridDocument, export
from assistant.exporting.grid import AiPart, Cited, Grid, GridCriterion, Member, Quoted

CRITERIA = 25
TIMES = 5
MOMENT = datetime(2026, 6, 12, 18, 41, tzinfo=UTC)


def full_grid() -> Grid:
    """25 criteria, for each six findings, two points not found, four questions and eight citations of a sentence."""
    words = "Le dossier relève quarante et un devis restés sans réponse et une recopie de dix-sept minutes par feuille."
    texts = tuple(Cited(f"{n}. {words}", (n, n + 1), "ai" if n % 2 else "own", "des faits") for n in range(1, 7))
    criterion = GridCriterion(
        id="",
        text="Le candidat identifie au moins deux points de friction, en les justifiant avec des éléments factuels.",
        lead="",
        indicators=("Deux points au moins", "Des éléments factuels"),
        competences=("C1 – Analyser l’activité",),
        assessed_by=("dossier", "oral"),
        most_points=2.0,
        observations=texts,
        gaps=texts[:2],
        questions=texts[:4],
        quotes=tuple(Quoted(n, f"{n} {words}", "text") for n in range(1, 9)),
        decision="1,5 / 2",
        points=1.5,
        motivation=f"{words} {words}",
    )
    return Grid(
        kind="collegial",
        session="Session de juin 2026",
        session_date=MOMENT.date(),
        candidate="0417",
        referentiel="Exemple",
        referentiel_id="exemple",
        referentiel_version="1",
        certifier="",
        scale="points",
        blocs=("B1",),
        jury=(Member("Anne Arnaud", "premier juré", MOMENT), Member("Bruno Béranger", "deuxième juré", MOMENT)),
        rows=tuple(replace(criterion, id=f"Cr{n // 5 + 1}.{n % 5 + 1}") for n in range(CRITERIA)),
        total=1.5 * CRITERIA,
        most_total=2.0 * CRITERIA,
        accommodations="",
        file="dossier.pdf",
        file_sha256="ab" * 32,
        pages=66,
        unread_pages=(),
        ai=AiPart("modele", "prelecture", 100, 10, 30),
        made=MOMENT,
    )


def seconds(document: GridDocument, form: FileFormat, grid: Grid) -> tuple[float, float]:
    """Wall-clock and processor seconds of one file; on a busy machine the first says more of the others."""
    start, used = time.perf_counter(), time.process_time()
    export(grid, document, form)
    return time.perf_counter() - start, time.process_time() - used


def print_exports() -> None:
    print(f"Exports of {CRITERIA} criteria (target: 1 s each; first: with the loading of the format's packages)")
    grid = full_grid()
    for document, forms in FORMATS.items():
        for form in forms:
            command = (
                "from benchmarks.exports import full_grid, seconds; "
                f"print(*seconds('{document}', '{form}', full_grid()))"
            )
            told = subprocess.check_output([sys.executable, "-c", command], text=True, timeout=60).split()
            again = sorted(seconds(document, form, grid) for _ in range(TIMES))[TIMES // 2]
            first, later = (_shown(float(wall), float(used)) for wall, used in (told, again))
            print(f"  {document:9} {form:5} first {first}   then {later}")


def _shown(wall: float, used: float) -> str:
    return f"{1000 * wall:6.0f} ms ({1000 * used:5.0f} of processor)"


if __name__ == "__main__":
    print_exports()
