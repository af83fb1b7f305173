"""What each pre-read's dossier covers: kept beside its result, made again where it is missing."""

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from assistant.application.installation import Installation
from assistant.application.steps import KeptSteps
from assistant.dossier.model import Dossier
from assistant.errors import IndexFailure
from assistant.matching.coverage import Coverage, coverage_of
from assistant.matching.match import Ranking, SearchTools, rank
from assistant.matching.signals import evidence_candidates
from assistant.result import PreRead
from assistant.store.cohorts import Coverages
from assistant.store.prereads import PreReadRecord


def coverage_of_run(steps: KeptSteps, result: PreRead) -> str:
    """Of a run that has just ended, as it is kept."""
    ranking = TypeAdapter(Ranking).validate_json(steps.ranking)
    return coverage_of(ranking, result, _counted(TypeAdapter(Dossier).validate_json(steps.dossier))).model_dump_json()


def coverages_of(installation: Installation, records: Sequence[PreReadRecord]) -> Mapping[str, Coverage]:
    """By pre-read, for those that are finished. A result made before coverage was kept is searched again, once."""
    found = {one.id: known for one in records if (known := installation.coverages.get(one.id)) is not None}
    with installation.reading() as connection:
        kept = Coverages(connection).many([one.id for one in records if one.id not in found])
    for name, payload in kept.items():
        found[name] = installation.coverages.put(name, Coverage.model_validate_json(payload))
    for record in records:
        if record.id not in found and record.status in {"complete", "partial"}:
            made = _searched_again(installation, record)
            if made is not None:
                found[record.id] = made
    return found


def _searched_again(installation: Installation, record: PreReadRecord) -> Coverage | None:
    with installation.reading() as connection:
        loaded = installation.loaded(connection, record)
    if loaded is None:
        return None
    content = loaded.referentiel.content
    parts = installation.components()
    try:
        tools = SearchTools(parts.embedder, parts.vectors(), parts.calibration)
        asked = tuple(content.criteria(record.blocs)), tuple(content.deliverables(record.blocs))
        ranking = rank(loaded.dossier, *asked, tools)
    except IndexFailure:
        return None  # searched again another time
    made = coverage_of(ranking, loaded.preread, _counted(loaded.dossier))
    with installation.writing() as connection:
        Coverages(connection).save(record.id, made.model_dump_json())
    return installation.coverages.put(record.id, made)


def _counted(dossier: Dossier) -> int:
    return len(evidence_candidates(dossier).sentences)
