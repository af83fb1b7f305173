from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.read import read_dossier
from assistant.matching.calibration import Calibration, calibration, fit, neutral
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import LexicalEmbedder
from assistant.matching.lexical import LexicalIndex, coverage, query_of
from assistant.matching.match import EVIDENCE_WORDS, match, vector_signals
from assistant.matching.ordering import reading_order
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import NAMES
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
        Requirement(id="X1.r1", text="tâches répétitives", clues=("je ressaisis à la main les mêmes données",)),
        Requirement(
            id="X1.r2", text="éléments factuels", clues=("j'ai mesuré tant d'heures par semaine",), kinds=("number",)
        ),
    ),
)


AROUND = [
    "Le magasin se trouve au centre du bourg, en face de la mairie.",
    "Nous sommes trois à y travailler depuis l'ouverture.",
    "La vitrine change à chaque saison et plaît aux passants.",
    "Le stationnement est gratuit derrière l'église.",
    "Les voisins apportent parfois des fleurs au comptoir.",
    "Le sol a été refait au printemps par un artisan voisin.",
]


def test_the_sentences_that_meet_the_clues_come_first(tmp_path: Path) -> None:
    pages = [lines(AROUND), lines([AROUND[0], SENTENCES[0], SENTENCES[1], AROUND[3]]), lines([*SENTENCES[2:], *AROUND])]
    dossier = read_dossier(pdf(*pages), "d.pdf")
    questions = questions_of([CRITERION])
    signals = vector_signals(dossier, questions, LexicalEmbedder(), VectorStore(tmp_path / "chroma"))
    (found,) = match(dossier, questions, signals, calibration())
    texts = {s.id: s.text for s in dossier.sentences}
    assert {texts[sid] for sid, _ in found.evidence[:2]} == {SENTENCES[0], SENTENCES[1]}


def test_the_same_dossier_gives_the_same_order_every_time(tmp_path: Path) -> None:
    dossier = read_dossier(pdf(lines(SENTENCES)), "d.pdf")
    questions = questions_of([CRITERION])
    results = []
    for name in ("one", "two"):
        signals = vector_signals(dossier, questions, LexicalEmbedder(), VectorStore(tmp_path / name))
        results.append(match(dossier, questions, signals, calibration()))
    assert results[0] == results[1]


def test_a_criterion_without_requirements_is_asked_by_its_own_words() -> None:
    (question,) = questions_of([Criterion(id="Y1", text="Les outils sont connus.")])
    assert question == Question("Y1.r1", "Y1", "Les outils sont connus.", "Les outils sont connus.", (), (), ("text",))


def test_bm25_knows_words_by_their_stem_and_their_concept() -> None:
    index = LexicalIndex(["je rappelle chaque prospect", "le ciel est bleu", "nous facturons le lundi"])
    scores = index.scores([query_of(["relance des prospects"])])
    assert scores[0].argmax() == 0
    assert scores[0, 1] == 0


def test_coverage_is_one_when_every_word_of_a_clue_is_there() -> None:
    texts = ["relance automatique des devis", "le ciel est bleu"]
    shares = coverage(LexicalIndex(texts), ["relance des devis"], texts)
    assert shares[0, 0] == pytest.approx(1.0)
    assert shares[0, 1] == 0


@given(
    st.integers(1, 4).flatmap(
        lambda rows: st.lists(st.lists(st.floats(0, 1, width=32), min_size=6, max_size=6), min_size=rows, max_size=rows)
    ),
    st.integers(1, 60),
)
def test_reading_order_names_each_sentence_once_and_stops_after_the_budget(rows: list[list[float]], words: int) -> None:
    texts = ["un deux trois", "un", "un deux", "un deux trois quatre cinq", "mot", "deux mots"]
    order = [sentence for sentence, _ in reading_order(np.array(rows, dtype=np.float32), texts, words)]
    assert len(order) == len(set(order))
    spent = [len(texts[s].split()) for s in order]
    assert sum(spent[:-1]) < words
    assert sum(spent) >= words or len(order) == len(texts)


def test_each_requirement_is_served_in_turn() -> None:
    likelihood = np.array([[0.9, 0.89, 0.88, 0.1], [0.1, 0.1, 0.1, 0.7]], dtype=np.float32)
    order = [s for s, _ in reading_order(likelihood, ["a b"] * 4, 100)]
    assert order.index(3) <= 1


def test_fitting_finds_the_signal_that_matters() -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(600, len(NAMES)))
    labels = (rows[:, 3] > 0.5).astype(float)
    weights = fit(rows, labels, found=0.5, ridge=1.0).weights
    assert int(np.abs(weights).argmax()) == 3


def test_a_calibration_for_other_signals_is_refused() -> None:
    with pytest.raises(ValueError, match="calibrate"):
        Calibration.model_validate(neutral().model_dump() | {"signals": ("autre", *NAMES[1:])})


def test_evidence_stays_within_what_a_juror_reads(tmp_path: Path, plumber: bytes) -> None:
    dossier = read_dossier(plumber, "d.pdf")
    questions = questions_of([CRITERION])
    signals = vector_signals(dossier, questions, LexicalEmbedder(), VectorStore(tmp_path / "chroma"))
    (found,) = match(dossier, questions, signals, calibration())
    texts = {s.id: s.text for s in dossier.sentences}
    words = [len(texts[sid].split()) for sid, _ in found.evidence]
    assert sum(words[:-1]) < EVIDENCE_WORDS
