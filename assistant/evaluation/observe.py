"""A labelled dossier once read and measured: the ground that calibration, ablation and evaluation stand on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.model import Dossier
from assistant.drafting.sending import mask_for
from assistant.evaluation.gold import Case, Gold, LabelledCriterion
from assistant.evaluation.matching_quotes import touches
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import Embedder, private_embedder
from assistant.matching.lending import Lenders, catalogue_lenders
from assistant.matching.match import passage_vectors, subject_rows, vector_signals
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import EvidenceCandidates, compute_features, evidence_candidates
from assistant.matching.weights import Array
from assistant.privacy.known import NOTHING_KNOWN
from assistant.referentiel.catalogue import LoadedReferentiel

Change = Callable[[Question], Question]


@dataclass(frozen=True, slots=True)
class Observed:
    """Signals of one labelled dossier: an array (questions, sentences, signals), and who cites which sentence."""

    case: Case
    dossier: Dossier
    questions: tuple[Question, ...]
    field: EvidenceCandidates
    signals: Array
    cited: Mapping[str, NDArray[np.bool_]]
    """For each labelled criterion, which sentences a juror cites."""

    @property
    def every_group(self) -> list[tuple[str, list[int]]]:
        """Each criterion with the rows of its questions."""
        return subject_rows(self.questions)

    @property
    def groups(self) -> list[tuple[LabelledCriterion, list[int]]]:
        """The labels of each labelled criterion with the rows of its questions."""
        labels = {label.id: label for label in self.case.gold.criteria}
        return [(labels[name], rows) for name, rows in self.every_group if name in labels]


def observe(
    case: Case,
    dossier: Dossier,
    referentiel: LoadedReferentiel,
    embedder: Embedder,
    store: VectorStore,
    change: Change = lambda question: question,
    lenders: Callable[[], Lenders] = catalogue_lenders,
) -> Observed:
    """Measures every signal for every requirement of the case's référentiel."""
    criteria = referentiel.content.criteria(blocs_of(case.gold, referentiel))
    questions = tuple(change(question) for question in questions_of(criteria, lenders))
    field = evidence_candidates(dossier)
    private = private_embedder(embedder, lambda: mask_for(dossier, criteria, NOTHING_KNOWN))
    vectors = vector_signals(passage_vectors(dossier, private, store), questions, private, store)
    cited = {
        label.id: np.array([any(touches(s.text, s.page, quote) for quote in label.evidence) for s in field.sentences])
        for label in case.gold.criteria
    }
    return Observed(case, dossier, questions, field, compute_features(questions, field, vectors), cited)


def blocs_of(gold: Gold, referentiel: LoadedReferentiel) -> tuple[str, ...]:
    """The blocs the labels name, else those whose criteria they label."""
    if gold.blocs:
        return referentiel.choose(gold.blocs)
    labelled = {label.id for label in gold.criteria}
    return tuple(
        bloc.id for bloc in referentiel.content.blocs if any(criterion.id in labelled for criterion in bloc.criteria)
    )


def without(observed: Observed, silent: Sequence[int]) -> Observed:
    """The same dossier with some signals silenced."""
    signals = observed.signals.copy()
    signals[:, :, list(silent)] = 0.0
    return replace(observed, signals=signals)
