"""A bundled référentiel, written in another format, is found again: same words, same places, nothing more."""

from pathlib import Path

import pytest

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from benchmarks.importing.__main__ import measured
from benchmarks.importing.renderings import as_docx, as_html, as_pdf, as_xlsx, gold_of

SMALL = "cycle-client-ia"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "table.pdf", "fiche.pdf"])
def test_every_criterion_is_found_with_its_words_competence_code_and_points(ending: str, tmp_path: Path) -> None:
    referentiel = load_file(REFERENTIELS / f"{SMALL}.yaml").content
    path = tmp_path / f"{SMALL}.{ending}"
    writers = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html}
    if ending in writers:
        writers[ending](referentiel, path)
    else:
        as_pdf(referentiel, path, ending.split(".")[0])
    found = measured(path, gold_of(referentiel))
    assert (found.words, found.places) == (found.criteria, found.criteria)
    assert (found.codes, found.points) == (found.codes_printed, found.points_printed)
    assert found.deliverables_right == found.deliverables
    assert (found.wrong, found.unaccounted) == (0, 0)
