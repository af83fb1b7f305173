"""What lent clues are worth: each bundled référentiel made anew without its own, and what the others lend it.

Judged as a new référentiel is read: with the weights learned on référentiels that have clues of their own, those of
dossiers of other référentiels only, and by the catalogue without the référentiel itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant.dossier.model import Dossier, InputFile
from assistant.evaluation.ablation import tallies_of
from assistant.evaluation.calibrate import calibrate
from assistant.evaluation.gold import Case
from assistant.evaluation.observe import Observed, observe
from assistant.evaluation.report import METRICS, ReportLine, figures
from assistant.matching.chroma import VectorStore
from assistant.matching.lending import Lenders, lending_of
from assistant.preread import Components
from assistant.progress import silent
from assistant.referentiel.catalogue import LoadedReferentiel, available, load
from assistant.referentiel.model import Referentiel
from assistant.referentiel.wording import official_wording

Made = Callable[[Referentiel], Referentiel]
Way = tuple[str, Made, bool]
"""A name, what is made of a référentiel, and whether its requirements borrow words."""


def measure(cases: Sequence[Case], tools: Components, store: VectorStore, ways: Sequence[Way]) -> str:
    """The table in Markdown; every figure with the dossier's référentiel left out of the calibration that judges it."""
    heads = [name for name, _, _ in METRICS[:7]]
    rows = ["| variant | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]
    dossiers = [_read(case, tools) for case in cases]
    names = sorted({case.gold.referentiel for case in cases})
    lenders = {one: lending_to(load(one).content) for one in names}

    def observed(made: Made, lent: Callable[[str], Lenders]) -> list[Observed]:
        referentiels = {one: _changed(load(one), made) for one in names}
        return [
            observe(case, dossier, referentiels[one], tools.embedder, store, lenders=partial(lent, one))
            for case, dossier in zip(cases, dossiers, strict=True)
            for one in [case.gold.referentiel]
        ]

    own = observed(lambda one: one, lenders.__getitem__)
    fitted = {one: calibrate([other for other in own if other.case.gold.referentiel != one]) for one in names}
    for name, made, borrows in ways:
        found = observed(made, lenders.__getitem__ if borrows else _nobody)
        tallies = [tally for one in found for tally in tallies_of(one, fitted[one.case.gold.referentiel])]
        values = figures(ReportLine("overall", name, tuple(tallies)))
        cells = [f"{100 * value:.0f} %" if (value := values[head]) is not None else "–" for head in heads]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def others(referentiel: Referentiel) -> list[Referentiel]:
    """The bundled référentiels but this one."""
    return [load(one).content for one in available() if one != referentiel.id]


def lending_to(referentiel: Referentiel) -> Lenders:
    """What the bundled référentiels but this one lend."""
    return Lenders(pair for other in others(referentiel) for pair in lending_of(other.criteria()))


def _nobody(_: str) -> Lenders:
    return Lenders(())


def stripped(referentiel: Referentiel) -> Referentiel:
    """The référentiel as an import leaves it: no requirements, no clues."""
    blocs = [
        bloc.model_copy(
            update={"criteria": tuple(one.model_copy(update={"requirements": ()}) for one in bloc.criteria)}
        )
        for bloc in referentiel.blocs
    ]
    return referentiel.model_copy(update={"blocs": tuple(blocs)})


def _changed(loaded: LoadedReferentiel, made: Made) -> LoadedReferentiel:
    return replace(loaded, content=made(loaded.content))


def _read(case: Case, tools: Components) -> Dossier:
    wording = official_wording(load(case.gold.referentiel).content)
    return tools.read((InputFile(case.pdf.name, case.pdf.read_bytes()),), wording, silent)
