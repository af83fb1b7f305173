"""A requirement without clues borrows words of the catalogue; one that has its own borrows nothing."""

from assistant.matching.lending import ENOUGH, WEIGHT, Lenders, lending_of
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import searched
from assistant.referentiel.catalogue import available, load
from assistant.referentiel.model import Criterion, Requirement

STOCK = Criterion(
    id="A1",
    text="Les stocks sont suivis et les ruptures anticipées",
    requirements=(
        Requirement(
            id="A1.r1",
            text="ruptures anticipées",
            clues=("réassort commandé avant l'inventaire", "seuil d'alerte dans l'entrepôt"),
        ),
    ),
)
WELCOME = Criterion(
    id="A2",
    text="Le client est accueilli avec courtoisie",
    requirements=(Requirement(id="A2.r1", text="client accueilli", clues=("bonjour madame", "je me lève")),),
)
ASKING = Criterion(
    id="B1", text="Les ruptures de stock sont évitées", requirements=(Requirement(id="B1.r1", text="ruptures évitées"),)
)
LENDERS = Lenders(lending_of([STOCK, WELCOME]))


def nobody() -> Lenders:
    raise AssertionError("nothing is borrowed")


def lent(question: Question) -> dict[str, float]:
    return dict(question.lent)


def test_the_nearest_requirements_lend_most_and_less_than_a_word_of_ones_own() -> None:
    (question,) = questions_of([ASKING], lambda: LENDERS)
    words = lent(question)
    assert words["entrepot"] > 10 * words.get("bonjour", 0.0)
    assert max(words.values()) == WEIGHT < min(searched(question, ASKING.text)[word] for word in ("ruptur", "stock"))
    assert not {"ruptur", "stock"} & set(words)


def test_what_is_lent_stands_beside_the_own_words_and_takes_none_away() -> None:
    (question,) = questions_of([ASKING], lambda: LENDERS)
    (alone,) = questions_of([ASKING], lambda: Lenders(()))
    assert alone.lent == ()
    own, all_ = searched(alone, alone.asked), searched(question, question.asked)
    assert {word: all_[word] for word in own} == own
    assert set(all_) == set(own) | set(lent(question))


def test_a_requirement_with_clues_enough_borrows_nothing() -> None:
    clues = tuple(f"indice {number}" for number in range(ENOUGH))
    whole = Criterion(
        id="C1", text="Le plan est daté", requirements=(Requirement(id="C1.r1", text="plan", clues=clues),)
    )
    assert [one.lent for one in questions_of([whole], nobody)] == [()]


def test_no_bundled_requirement_borrows() -> None:
    for name in available():
        assert all(not one.lent for one in questions_of(load(name).content.criteria(), nobody))
