from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.model import Dossier
from assistant.dossier.read import read_dossier
from assistant.matching.calibration import Calibration, bar_at, calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.citing import FEATURES
from assistant.matching.embedding import LexicalEmbedder
from assistant.matching.lending import Lenders
from assistant.matching.lexical import LexicalIndex, coverage, query_of
from assistant.matching.match import (
    EVIDENCE_WORDS,
    CriterionMatch,
    DeliverableMatch,
    RequirementMatch,
    match,
    passage_vectors,
    serving,
    vector_signals,
    with_deliverables,
)
from assistant.matching.ordering import reading_order, unfolded, unfolded_words
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import NAMES, VectorSignals, evidence_candidates
from assistant.matching.weights import fit, silent_weights
from assistant.referentiel.model import Criterion, Requirement
from tests.dossier.pages import lines, pdf

SENTENCES = [
    "Chaque soir je recopie les bons de livraison dans le tableur.",
    "J'ai compté onze heures par mois pour cette ressaisie.",
    "La boutique vend des vélos et des casques.",
    "Mon frère tient la caisse le samedi matin.",
]
CRITERION = Criterion(
    id="X1",
    text="Le candidat identifie des tâches répétitives, en les justifiant avec des éléments factuels",
    requirements=(
        Requirement(
            id="X1.r1",
            text="tâches répétitives",
            clues=("je ressaisis à la main les mêmes données", "je reporte les bons un par un dans un tableur"),
        ),
        Requirement(
            id="X1.r2",
            text="éléments factuels",
            clues=("j'ai mesuré tant d'heures par semaine", "le décompte des heures perdues par mois"),
            kinds=("number",),
        ),
    ),
)


def nobody() -> Lenders:
    """A catalogue that lends nothing."""
    return Lenders(())


AROUND = [
    "Le magasin se trouve au centre du bourg, en face de la mairie.",
    "Nous sommes trois à y travailler depuis l'ouverture.",
    "La vitrine change à chaque saison et plaît aux passants.",
    "Le stationnement est gratuit derrière l'église.",
    "Les voisins apportent parfois des fleurs au comptoir.",
    "Le sol a été refait au printemps par un artisan voisin.",
]


def signals_of(dossier: Dossier, questions: Sequence[Question], store: VectorStore) -> VectorSignals:
    embedder = LexicalEmbedder()
    return vector_signals(passage_vectors(dossier, embedder, store), questions, embedder, store)


def test_the_sentences_that_meet_the_clues_come_first(tmp_path: Path) -> None:
    pages = [lines(AROUND), lines([AROUND[0], SENTENCES[0], SENTENCES[1], AROUND[3]]), lines([*SENTENCES[2:], *AROUND])]
    dossier = read_dossier(pdf(*pages), "d.pdf")
    questions = questions_of([CRITERION], nobody)
    signals = signals_of(dossier, questions, VectorStore(tmp_path / "chroma"))
    (found,) = match(evidence_candidates(dossier), questions, signals, calibration())
    texts = {s.id: s.text for s in dossier.sentences}
    assert {texts[sid] for sid in found.evidence[:2]} == {SENTENCES[0], SENTENCES[1]}


def test_the_same_dossier_gives_the_same_order_every_time(tmp_path: Path) -> None:
    dossier = read_dossier(pdf(lines(SENTENCES)), "d.pdf")
    questions = questions_of([CRITERION], nobody)
    results = []
    for name in ("one", "two"):
        signals = signals_of(dossier, questions, VectorStore(tmp_path / name))
        results.append(match(evidence_candidates(dossier), questions, signals, calibration()))
    assert results[0] == results[1]


def test_a_referentiel_that_asks_for_no_deliverable_is_searched(tmp_path: Path) -> None:
    dossier = read_dossier(pdf(lines(SENTENCES)), "d.pdf")
    signals = signals_of(dossier, (), VectorStore(tmp_path))
    assert match(evidence_candidates(dossier), (), signals, calibration()) == ()


def test_a_criterion_without_requirements_is_asked_by_its_own_words() -> None:
    (question,) = questions_of([Criterion(id="Y1", text="Les outils sont connus.")], nobody)
    assert question == Question("Y1.r1", "Y1", "Les outils sont connus.", "Les outils sont connus.", (), (), ("text",))


def test_bm25_knows_words_by_their_stem_and_their_concept() -> None:
    index = LexicalIndex(["je rappelle chaque prospect", "le ciel est bleu", "nous facturons le lundi"])
    scores = index.scores([query_of(["relance des prospects"])])
    assert scores[0].argmax() == 0
    assert scores[0, 1] == 0


def test_a_clue_that_is_held_whole_counts_the_more_the_more_it_says() -> None:
    texts = ["relance automatique des devis restés sans réponse", "le ciel est bleu"]
    short, long = coverage(LexicalIndex(texts), ["des devis", "relance automatique des devis sans réponse"], texts)
    assert 0 < short[0] < long[0] < 1
    assert short[1] == long[1] == 0


TEXTS = ["un deux trois", "un", "un deux", "un deux trois quatre cinq", "mot", "deux mots"]
CHANCES = st.lists(st.floats(0, 1, width=32), min_size=6, max_size=6)


@given(CHANCES, st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=4), st.integers(1, 60))
def test_what_is_unfolded_stays_within_its_words_and_stands_once(
    chances: list[float], serves: list[list[bool]], words: int
) -> None:
    chosen = unfolded(np.array(chances, dtype=np.float32), np.array(serves), TEXTS, words)
    assert len(chosen) == len(set(chosen))
    assert sum(len(TEXTS[place].split()) for place in chosen) <= words
    assert chosen or words < min(len(text.split()) for text in TEXTS)


@given(CHANCES, st.permutations(range(6)), st.integers(1, 60))
def test_reading_goes_on_from_what_is_unfolded_and_names_each_sentence_once(
    chances: list[float], first: list[int], words: int
) -> None:
    order = reading_order(first[:2], np.array(chances, dtype=np.float32), TEXTS, words)
    assert len(order) == len(set(order))
    assert order[:2] == first[: min(2, len(order))]
    spent = [len(TEXTS[place].split()) for place in order]
    assert sum(spent[:-1]) < words


def test_a_requirement_that_is_likely_somewhere_is_served_before_another_is_served_again() -> None:
    citing = np.array([0.50, 0.49, 0.48, 0.40], dtype=np.float32)
    serves = np.array([[True, True, True, False], [False, False, False, True]])
    assert 3 in unfolded(citing, serves, ["mot " * 25] * 4, 60)[:2]


def test_all_criteria_together_unfold_at_most_two_fifths_of_a_long_dossier() -> None:
    assert unfolded_words(20_000, 9) == 150
    assert unfolded_words(8_000, 25) * 25 <= 0.4 * 8_000
    assert unfolded_words(900, 14) == 60


def test_what_is_told_together_with_a_neighbour_is_not_called_unfound() -> None:
    likelihood = np.array([[0.9, 0.2, 0.0, 0.0, 0.0], [0.04, 0.0, 0.01, 0.02, 0.0], [0.0, 0.0, 0.01, 0.01, 0.01]])
    found = serving(likelihood.astype(np.float32), 0.1)
    assert found.any(axis=1).tolist() == [True, True, False]
    assert found[1].tolist() == [True, False, False, False, False]


def test_a_short_dossier_has_a_lower_threshold() -> None:
    assert bar_at(0.06, 100) == pytest.approx(0.03)
    assert bar_at(0.06, 4_000) == 0.06


def test_a_deliverable_that_was_found_stands_for_the_requirement_of_the_same_words() -> None:
    asked = Question("L1", "L1", "la cartographie du cycle client", "", (), (), ("text",))
    wanted = Question("X1.r1", "X1", "cartographie les étapes du cycle client", "", (), (), ("text",))
    missed = CriterionMatch("X1", (RequirementMatch("X1.r1", False, (), ("p9s9",)),), ())
    (match,) = with_deliverables([missed], [wanted], [asked], [DeliverableMatch("L1", ("p4s1",))])
    assert match.requirements[0] == RequirementMatch("X1.r1", True, ("p4s1",), ("p9s9",))
    (match,) = with_deliverables([missed], [wanted], [asked], [DeliverableMatch("L1", ())])
    assert not match.requirements[0].found


def test_a_list_number_is_never_evidence() -> None:
    field = evidence_candidates(read_dossier(pdf(lines(["1.", "Oui.", SENTENCES[0]])), "d.pdf"))
    assert field.texts == (SENTENCES[0],)


def test_fitting_finds_the_signal_that_matters() -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(600, len(NAMES)))
    labels = (rows[:, 3] > 0.5).astype(float)
    weights = fit(rows, labels, NAMES, ridge=1.0).weights
    assert int(np.abs(weights).argmax()) == 3


def test_a_calibration_for_other_signals_is_refused() -> None:
    with pytest.raises(ValueError, match="calibrate"):
        Calibration(signals=silent_weights(("autre",)), citing=silent_weights(tuple(FEATURES)), found=0.5)


def test_evidence_stays_within_what_a_juror_reads(tmp_path: Path, plumber: bytes) -> None:
    dossier = read_dossier(plumber, "d.pdf")
    questions = questions_of([CRITERION], nobody)
    signals = signals_of(dossier, questions, VectorStore(tmp_path / "chroma"))
    (found,) = match(evidence_candidates(dossier), questions, signals, calibration())
    texts = {s.id: s.text for s in dossier.sentences}
    words = [len(texts[sid].split()) for sid in found.evidence]
    assert sum(words[:-1]) < EVIDENCE_WORDS


def test_another_place_comes_before_a_neighbour_that_is_hardly_likelier() -> None:
    likely = np.array([0.60, 0.55, 0.50, 0.10])
    serves = np.ones((1, 4), dtype=bool)
    texts = ["mot " * 20] * 4
    assert unfolded(likely, serves, texts, 60) == [0, 2, 1]
    assert unfolded(likely, serves, texts, 60, beside=1.0) == [0, 1, 2]
