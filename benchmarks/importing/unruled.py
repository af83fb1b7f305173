"""The bundled référentiels in tables without upright rules, as authors make them who hide the borders of a Word table."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.referentiel.model import Referentiel
from benchmarks.importing.gold import Gold
from benchmarks.importing.office import Maker, each_made, journal, landscape, reglement
from benchmarks.importing.renderings import gold_of
from benchmarks.importing.shapes import _uncoded
from benchmarks.importing.word import Look

NAMES = ("manager-affaires", "efficacite-tpe-ia")


def render_unruled(folder: Path, names: tuple[str, ...] = NAMES, only: str = "") -> Iterator[tuple[Path, Gold]]:
    """Every document of every référentiel, one after the other; `only` those whose file name holds it."""
    return each_made(_documents, folder, names, only)


def _documents(referentiel: Referentiel) -> Iterator[tuple[str, Maker, Gold]]:
    gold = gold_of(referentiel)
    bare = replace(gold, deliverables=())
    yield "bare-none.pdf", partial(landscape, mark="List Bullet", look=Look()), gold
    yield "bare-padded.pdf", partial(landscape, mark="", coded=False, look=Look(padding=3)), _uncoded(gold)
    yield "bare-rows.pdf", partial(landscape, mark="", coded=False, look=Look(rows=True)), _uncoded(gold)
    yield "bare-shaded.pdf", partial(landscape, mark="List Bullet", look=Look(padding=2, shaded=True)), gold
    yield "bare-jury.pdf", partial(reglement, look=Look(padding=2)), bare
    yield "bare-journal.pdf", partial(journal, look=Look(padding=2)), _uncoded(bare)
