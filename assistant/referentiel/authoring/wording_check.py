"""Are requirements the criterion's own words, all of them? Checked without any search."""

from collections.abc import Iterator

from assistant.referentiel.model import Bloc, Criterion, Referentiel
from assistant.text import STOPWORDS, fold, words

CONNECTING = frozenset(
    [
        "candidat",
        "exemple",
        "selon",
        "elle",
        "integre",
        "comprennent",
        "detaille",
        "suivants",
        "suivantes",
        "elements",
        "presente",
        "compte",
        "tiennent",
    ]
)
"""Words of the grid's own way of speaking, which ask nothing by themselves."""


def strays(referentiel: Referentiel) -> Iterator[str]:
    """Requirements with a fragment that stands neither in their criterion nor in its competences or deliverables."""
    for bloc in referentiel.blocs:
        for criterion in bloc.criteria:
            known = [fold(text) for text in _around(referentiel, bloc, criterion)]
            for requirement in criterion.requirements:
                for fragment in requirement.text.split(" … "):
                    if not any(fold(fragment) in text for text in known):
                        yield f"{requirement.id} : « {fragment} » ne figure pas dans le critère"


def uncovered(criterion: Criterion) -> tuple[str, ...]:
    """Content words of the criterion and its indicators that no requirement takes up."""
    if not criterion.requirements:
        return ()
    taken = {word for requirement in criterion.requirements for word in words(requirement.text)}
    own = [word for text in _own(criterion) for word in words(text)]
    asked = dict.fromkeys(word for word in own if len(word) > 2 and word not in STOPWORDS | CONNECTING)
    return tuple(word for word in asked if word not in taken)


def _own(criterion: Criterion) -> list[str]:
    return [text for text in (criterion.lead, criterion.text, *criterion.indicators) if text]


def _around(referentiel: Referentiel, bloc: Bloc, criterion: Criterion) -> list[str]:
    texts = _own(criterion)
    texts += [competence.text for competence in bloc.competences if competence.id in criterion.competences]
    for modality in (*referentiel.general_modalities, *bloc.modalities):
        texts += [deliverable.text for deliverable in modality.deliverables]
    return texts
