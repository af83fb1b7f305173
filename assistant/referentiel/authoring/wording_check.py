"""Are requirements and their labels the criterion's own words, all of them? Checked without any search."""

import re
from collections.abc import Collection, Iterator

from assistant.referentiel.model import Bloc, Criterion, Referentiel
from assistant.text import STOPWORDS, content_words, fold, stem, words

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


OPENINGS = re.compile(r"(?:l'|(?:le|la|les|un|une|des|de nouve(?:lles|aux)|au moins|au minimum|chaque|ce qui|ce que) )")
"""How a label begins, folded: it names a thing, and does not hang from a word that is not there ("du RGPD")."""
LINKING = frozenset({"faut", "quels", "lesquels", "auxquels", "chacun", "chacune"})
"""Words that join those of a criterion and ask nothing."""
KIN = 5
"""Letters that words of one family begin with ("automatiser", "automatisation")."""


def strays(referentiel: Referentiel) -> Iterator[str]:
    """Requirements with a fragment that stands neither in their criterion nor in its competences or deliverables."""
    for bloc in referentiel.blocs:
        for criterion in bloc.criteria:
            known = [fold(text) for text in _around(referentiel, bloc, criterion)]
            for requirement in criterion.requirements:
                for fragment in requirement.text.split(" … "):
                    if not any(fold(fragment) in text for text in known):
                        yield f"{requirement.id} : « {fragment} » ne figure pas dans le critère"


def odd_labels(referentiel: Referentiel) -> Iterator[str]:
    """Labels that do not read by themselves, say what the criterion does not, or name two of its requirements.

    A requirement without a label is not one of them.
    """
    for criterion in referentiel.criteria():
        own = {word for text in _own(criterion) for word in words(text)}
        named: set[str] = set()
        for requirement in criterion.requirements:
            label = requirement.label
            foreign = [word for word in content_words(label) if word not in LINKING and not _of_family(word, own)]
            if not label:
                continue
            if not OPENINGS.match(fold(label)) or label != label.strip(" .;,:") or "…" in label:
                yield f"{requirement.id} : « {label} » ne se lit pas seul"
            elif foreign:
                yield f"{requirement.id} : « {', '.join(foreign)} » n’est pas du critère"
            elif label in named:
                yield f"{requirement.id} : « {label} » nomme déjà une autre exigence"
            named.add(label)


def _of_family(word: str, own: Collection[str]) -> bool:
    """Whether a word, or one of its family, is among the criterion's own."""
    return any(
        word == other
        or word[:KIN] == other[:KIN]
        or stem(word) == stem(other)
        or (len(other) > 3 and word.startswith(other))
        for other in own
    )


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
