"""What lent clues are worth: each bundled référentiel made anew without its own, clues lent by the others only."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.dossier.model import Dossier, InputFile
from assistant.evaluation.ablation import tallies_of
from assistant.evaluation.calibrate import leave_one_out
from assistant.evaluation.gold import Case
from assistant.evaluation.observe import Observed, observe
from assistant.evaluation.report import METRICS, ReportLine, figures
from assistant.matching.chroma import VectorStore
from assistant.preread import Components
from assistant.progress import silent
from assistant.referentiel.catalogue import LoadedReferentiel, available, load
from assistant.referentiel.model import Referentiel
from assistant.referentiel.wording import official_wording

Made = Callable[[Referentiel], Referentiel]


def measure(cases: Sequence[Case], tools: Components, store: VectorStore, ways: Sequence[tuple[str, Made]]) -> str:
    """The table in Markdown; every figure with its dossier left out of the calibration that judges it."""
    heads = [name for name, _, _ in METRICS[:7]]
    rows = ["| variant | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]
    dossiers = [_read(case, tools) for case in cases]
    for name, made in ways:
        referentiels = {one: _changed(load(one), made) for one in {case.gold.referentiel for case in cases}}
        observed: list[Observed] = [
            observe(case, dossier, referentiels[case.gold.referentiel], tools.embedder, store)
            for case, dossier in zip(cases, dossiers, strict=True)
        ]
        fitted = leave_one_out(observed)
        tallies = [tally for one in observed for tally in tallies_of(one, fitted[one.case.name])]
        values = figures(ReportLine("overall", name, tuple(tallies)))
        cells = [f"{100 * value:.0f} %" if (value := values[head]) is not None else "–" for head in heads]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def others(referentiel: Referentiel) -> list[Referentiel]:
    """The bundled référentiels but this one."""
    return [load(one).content for one in available() if one != referentiel.id]


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
