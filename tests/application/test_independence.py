"""A référentiel that wants independent jurors: its rule is read, each seat is held to it, and a refusal says why."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.application.independence import broken, wanted_in
from assistant.application.seating import Pairing, proposal
from assistant.errors import AccessDenied
from assistant.referentiel.catalogue import loaded_from
from tests.application.house import SOURCE, House

RULE = "Un jury composé de deux juré(e)s évaluateurs, dont un(e) indépendant(e) de l'autorité de certification."


@pytest.mark.parametrize(
    ("rule", "many"),
    [
        (RULE, 1),
        ("Un binôme de jurés professionnels dont un/une extérieur(e) au centre.", 1),
        ("Le jury est composé à 50 % de professionnels extérieurs à l’organisme.", 1),
        ("Au moins la moitié des membres du jury sont indépendants du certificateur.", 1),
        ("Les deux tiers des membres du jury sont extérieurs au centre de formation.", 2),
        ("Le dossier écrit est soutenu oralement devant un jury indépendant d'experts du métier visé.", 0),
        ("Un jury de deux membres.", 0),
        ("Le candidat remet un dossier, dont un chapitre sur l’environnement externe.", 0),
    ],
)
def test_the_share_is_read_from_the_rule_s_own_words(rule: str, many: int) -> None:
    assert wanted_in(rule) == many


def test_two_jurors_of_whom_none_is_said_independent_are_refused_and_the_reason_is_told(made: House) -> None:
    rules = loaded_from(f"{SOURCE.format(version=7, more='')}jury_rules:\n  - {RULE}\n", "essai.yaml")
    made.session = made.founded(made.organiser, referentiel=rules)
    review, sessions = made.candidate("indep"), made.app.sessions
    assert sessions.independent(made.organiser, made.session) == (1, frozenset())
    sessions.assign(made.organiser, review, made.anne.person, 1)
    with pytest.raises(AccessDenied, match="un juré indépendant ou extérieur parmi les deux"):
        sessions.assign(made.organiser, review, made.bruno.person, 2)
    sessions.say_independent(made.organiser, made.session, [made.bruno.person])
    sessions.assign(made.organiser, review, made.bruno.person, 2)
    (refused,) = sessions.assign_all(made.organiser, (Pairing(review, 2, made.chloe.person),))
    assert "il en manquerait" in refused.refused
    # Both seats change, and the pair is whole in the end: the order in which they are given does not matter.
    sessions.say_independent(made.organiser, made.session, [made.bruno.person, made.anne.person])
    sessions.say_independent(made.organiser, made.session, [made.bruno.person])
    changed = (Pairing(review, 2, made.chloe.person), Pairing(review, 1, made.bruno.person))
    assert sessions.assign_all(made.organiser, changed) == ()
    sessions.assign(made.organiser, review, made.anne.person, 3)


PEOPLE = ("a", "b", "c", "d")


@given(
    st.dictionaries(st.sampled_from("123456"), st.just({}), min_size=1),
    st.frozensets(st.sampled_from(PEOPLE)),
    st.integers(0, 2),
)
def test_no_pair_is_proposed_that_would_be_refused(
    seated: Mapping[str, Mapping[int, str]], independent: frozenset[str], many: int
) -> None:
    made = proposal(seated, {name: frozenset(PEOPLE) for name in seated}, independent, many)
    for name in seated:
        seats = {one.part: one.person for one in made if one.candidacy == name and one.person}
        assert broken(seats, independent, many) == ""
    if len(independent) >= many:
        assert all(one.person for one in made)
