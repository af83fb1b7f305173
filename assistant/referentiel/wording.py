"""The référentiel's own sentences, by which copied official wording is recognised in a dossier."""

from collections.abc import Iterator

from assistant.referentiel.model import Modality, Referentiel


def official_wording(referentiel: Referentiel) -> tuple[str, ...]:
    """Every text a candidate could copy: titles, activities, competences, criteria, modalities, deliverables."""
    return tuple(dict.fromkeys(text for text in _texts(referentiel) if text))


def _texts(referentiel: Referentiel) -> Iterator[str | None]:
    yield referentiel.title
    yield referentiel.audience
    yield referentiel.accommodations
    yield from referentiel.prerequisites
    yield from referentiel.jury_rules
    for modality in referentiel.general_modalities:
        yield from _modality(modality)
    for bloc in referentiel.blocs:
        yield from (bloc.title, bloc.description, bloc.modalities_intro)
        for activity in bloc.activities:
            yield activity.title
            yield from activity.tasks
        yield from (competence.text for competence in bloc.competences)
        for modality in bloc.modalities:
            yield from _modality(modality)
        for criterion in bloc.criteria:
            yield from (criterion.lead, criterion.text, *criterion.indicators)


def _modality(modality: Modality) -> Iterator[str | None]:
    yield from (modality.title, modality.description, modality.remark)
    yield from (deliverable.text for deliverable in modality.deliverables)
    yield from (expected.text for expected in modality.expected)
