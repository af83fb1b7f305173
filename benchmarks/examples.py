"""`make exemples`: one of each document, under docs/exemples, made from the bundled example and invented jurors."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.exporting.files import FileFormat, GridDocument, export
from assistant.exporting.filling import grid_of
from assistant.exporting.grid import Grid
from assistant.exporting.inputs import (
    AgreedInput,
    ChosenPassage,
    CriterionInput,
    GridContext,
    JurorInput,
    StatedDecision,
    TreatedItem,
    WrittenItem,
)
from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL, ROOT
from assistant.referentiel.catalogue import LoadedReferentiel, load
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, PreRead
from assistant.review.items import items_of

FOLDER = ROOT / "docs" / "exemples"
LOCKED = datetime(2026, 6, 12, 18, 41, tzinfo=UTC)
CONTEXT = GridContext("Session de juin 2026 (exemple)", date(2026, 6, 18), "0417", "", LOCKED)
JURORS = ("Anne Arnaud", "Bruno Béranger")
KEPT: tuple[tuple[GridDocument, FileFormat], ...] = (
    ("grid", "docx"),
    ("grid", "pdf"),
    ("grid", "xlsx"),
    ("grid", "html"),
    ("grid", "json"),
    ("annex", "pdf"),
    ("oral", "pdf"),
    ("oral", "docx"),
    ("feedback", "docx"),
    ("feedback", "pdf"),
)
"""Of the collegial grid; of a juror's own, the PDF alone."""


def main() -> None:
    """Makes the files anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    referentiel = load(EXAMPLE_REFERENTIEL)
    individual, collegial = example_grids(_preread(), referentiel)
    for made in (
        *(export(collegial, document, form) for document, form in KEPT),
        export(individual, "grid", "pdf"),
    ):
        (FOLDER / made.name).write_bytes(made.data)
        print(f"{made.name:32} {len(made.data) / 1000:7.1f} kB")


def example_grids(preread: PreRead, referentiel: LoadedReferentiel) -> tuple[Grid, Grid]:
    """A juror's own grid and the jury's: what two invented people could have done with this pre-read."""
    asked = {criterion.id: criterion for criterion in referentiel.content.criteria()}
    jury = [
        JurorInput(
            f"j{part}",
            name,
            part,
            LOCKED,
            {one.id: _work(one, asked[one.id], number + part) for number, one in enumerate(preread.criteria)},
        )
        for part, name in enumerate(JURORS, start=1)
    ]
    agreed = {
        one.id: AgreedInput(
            _decision(asked[one.id], 0),
            "Le jury a discuté ce point et l’a vérifié à l’oral.",
            frozenset(juror.person for juror in jury),
        )
        for one in preread.criteria
    }
    return grid_of(CONTEXT, preread, referentiel, jury[:1]), grid_of(CONTEXT, preread, referentiel, jury, agreed)


def _work(part: CriterionPart, criterion: Criterion, number: int) -> CriterionInput:
    """Some of every act of a juror: taken over, rewritten, set aside, written, chosen, decided."""
    passages = tuple(
        ChosenPassage(one.id, one.page, one.quote, one.source) for one in part.evidence[number % 2 : number % 2 + 1]
    )
    return CriterionInput(
        treated=tuple(_treated(part, number)),
        written=(WrittenItem("w1", "observation", "Les comptages sont présentés et datés.", (6,)),)
        if number == 2
        else (),
        passages=passages,
        decision=_decision(criterion, number),
        motivation="Le dossier répond en partie ; le reste est à vérifier à l’oral." if number % 3 else "",
    )


def _treated(part: CriterionPart, number: int) -> Iterator[TreatedItem]:
    for place, item in enumerate(items_of(part)):
        match (place + number) % 4:
            case 0 | 1:
                yield TreatedItem(item.id, "adopted")
            case 2 if item.kind == "question":
                yield TreatedItem(item.id, "edited", "Comment vous y êtes-vous pris, et qui l’a vérifié ?")
            case 2:
                yield TreatedItem(item.id, "rejected")


def _decision(criterion: Criterion, number: int) -> StatedDecision:
    """An invented juror's."""
    if criterion.points is None:
        return StatedDecision("Acquis" if number % 2 else "À revoir à l’oral")
    points = criterion.points if number % 2 else criterion.points / 2
    return StatedDecision(f"{points:g} / {criterion.points:g}".replace(".", ","), points)


def _preread() -> PreRead:
    """What the command line makes of the bundled example, without a model."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "prelecture.json"
        subprocess.run(
            [sys.executable, "-m", "assistant.cli", "review", str(EXAMPLE), "-r", EXAMPLE_REFERENTIEL,
             "--output", str(told)],
            check=True, stdout=subprocess.DEVNULL, timeout=300,
            # Read and searched anew: what an earlier version left in the machine's own folder is no example of this one.
            env={**os.environ, "PRELECTURE_DATA_DIR": folder},
        )  # fmt: skip
        return PreRead.model_validate_json(told.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
