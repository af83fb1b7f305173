"""Requirements by rules: one checkable thing each, in the criterion's own words."""

import pytest

from assistant.evaluation.lent_clues import lending_to, others, stripped
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import LexicalEmbedder
from assistant.referentiel.authoring.lending import proposed_clues, with_lent_clues
from assistant.referentiel.authoring.requirements import requirements_of, with_requirements
from assistant.referentiel.authoring.wording_check import odd_labels, strays
from assistant.referentiel.catalogue import available, load
from assistant.referentiel.model import Criterion, Referentiel


def asked(text: str, *indicators: str) -> list[str]:
    return [one.text for one in requirements_of(Criterion(id="K1", text=text, indicators=indicators))]


def test_each_sentence_and_each_quality_is_one() -> None:
    assert asked("Les sources sont fiables et vérifiées. Le plan est daté.") == [
        "Les sources sont fiables",
        "Les sources … vérifiées",
        "Le plan est daté.",
    ]


def test_what_a_colon_announces_is_taken_one_by_one() -> None:
    assert asked("Le candidat définit un workflow avec : déclencheurs, actions, enchaînement") == [
        "Le candidat définit un workflow avec … déclencheurs",
        "Le candidat définit un workflow avec … actions",
        "Le candidat définit un workflow avec … enchaînement",
    ]


def test_what_must_be_justified_is_a_requirement_of_its_own() -> None:
    found = asked(
        "Le candidat identifie au moins deux points de friction, en les justifiant avec des éléments factuels."
    )
    assert found == [
        "Le candidat identifie au moins deux points de friction",
        "en les justifiant avec des éléments factuels",
    ]


def test_a_stated_number_is_a_minimum_with_what_is_counted() -> None:
    (one,) = requirements_of(Criterion(id="K1", text="Le candidat présente au moins trois pistes d’amélioration."))
    assert (one.min_count, one.unit, one.label) == (3, "pistes d’amélioration", "au moins trois pistes d’amélioration")


def test_an_enumeration_of_places_is_not_cut() -> None:
    text = "Les risques sont identifiés dans les opportunités et les menaces."
    assert asked(text) == [text]


@pytest.mark.parametrize("name", available())
def test_every_bundled_criterion_gets_requirements_and_labels_of_its_own_words(name: str) -> None:
    made = with_requirements(stripped(load(name).content))
    assert [one.id for one in made.criteria() if not one.requirements] == []
    assert list(strays(made)) == []
    assert list(odd_labels(made)) == []


def test_clues_are_lent_by_other_referentiels_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = load("cycle-client-ia").content
    store = VectorStore(tmp_path_factory.mktemp("lenders") / "chroma")
    lent = with_lent_clues(with_requirements(stripped(own)), others(own), LexicalEmbedder(), store)
    given = [clue for criterion in lent.referentiel.criteria() for one in criterion.requirements for clue in one.clues]
    assert 0 < lent.requirements <= sum(len(one.requirements) for one in lent.referentiel.criteria())
    assert len(given) == len(set(given)) == lent.clues
    bundled = {clue for other in others(own) for clue in _clues(other)}
    assert bundled & set(given)
    assert not set(_clues(own)) - bundled & set(given)


def test_a_person_is_shown_clues_of_others_and_kinds_of_proof_that_say_more_than_the_criterion() -> None:
    own = load("cycle-client-ia").content
    criterion = next(iter(with_requirements(stripped(own)).criteria()))
    asked = criterion.requirements[0]
    shown = proposed_clues(criterion, asked, lending_to(own))
    assert len(shown) == len(set(shown)) > 6
    assert "qui fait quoi, à quel moment" in shown or set(shown) & {clue for one in others(own) for clue in _clues(one)}
    kept = asked.model_copy(update={"clues": shown[:2]})
    assert not set(shown[:2]) & set(proposed_clues(criterion, kept, lending_to(own)))


def _clues(referentiel: Referentiel) -> list[str]:
    return [clue for criterion in referentiel.criteria() for one in criterion.requirements for clue in one.clues]
