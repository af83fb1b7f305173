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
        ("Un tiers des membres du jury est extérieur.", 1),
        ("Le jury reçoit un dossier, dont un chapitre sur l’environnement externe.", 0),
        ("Le jury peut entendre un tiers extérieur.", 0),
        ("L'évaluation se fait avec un logiciel externe.", 0),
        ("Les évaluateurs vérifient que le candidat travaille avec un fournisseur externe.", 0),
        ("Le jury vérifie que le candidat emploie 50 % de professionnels externes.", 0),
        ("Le jury comprend au moins un membre externe", 1),
        ("Jury composé d'au moins une personne du jury extérieure.", 1),
        ("Jury de deux personnes dont une extérieure au centre.", 1),
        ("Le jury est composé de deux professionnels du métier, extérieurs au centre de formation.", 2),
        ("Le jury peut comprendre un membre externe.", 0),
        ("Le jury peut être composé de deux jurés, dont un indépendant.", 0),
        ("Le jury, qui peut siéger à distance, comprend au moins un membre extérieur.", 1),
        ("Le jury ne peut siéger que s’il comprend au moins un membre extérieur.", 1),
        ("Au moins un membre du jury est extérieur à l’organisme.", 1),
        ("Deux membres du jury, dont l’un est extérieur.", 1),
        ("Les membres du jury examinent deux documents, dont un externe.", 0),
        ("Le jury comprend un membre qui travaille avec un fournisseur externe.", 0),
        ("Le jury comprend deux membres et analyse l’environnement externe.", 0),
        ("Le jury comprend, le cas échéant, un membre externe.", 0),
        ("Le jury comprend 2 jurés externes.", 2),
        ("Les candidats sont évalués par un jury composé de trois jurés, dont deux indépendants.", 2),
        ("Le jury comporte au moins deux tiers de membres extérieurs.", 2),
        ("Le jury est constitué de deux jurés dont au moins un est indépendant de l’organisme.", 1),
        ("Un tiers extérieur assiste le jury.", 0),
        ("Les membres du jury peuvent consulter un expert externe.", 0),
        ("Le jury est composé de deux membres, dont au minimum un professionnel extérieur.", 1),
        ("Le jury rend compte à un membre externe.", 0),
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


def test_a_pair_of_two_wanted_is_replaced_whole_or_not_at_all(made: House) -> None:
    rule = "Le jury est composé de deux jurés indépendants."
    made.session = made.founded(
        made.organiser,
        referentiel=loaded_from(f"{SOURCE.format(version=8, more='')}jury_rules:\n  - {rule}\n", "essai.yaml"),
    )
    review, sessions = made.candidate("deux", trained=False), made.app.sessions
    first, second = (made.anne, made.bruno), (made.chloe, made.trainer)
    sessions.say_independent(made.organiser, made.session, [one.person for one in (*first, made.chloe)])
    for part, juror in enumerate(first, start=1):
        sessions.assign(made.organiser, review, juror.person, part)
    change = tuple(Pairing(review, part, juror.person) for part, juror in enumerate(second, start=1))
    refused = sessions.assign_all(made.organiser, change)
    assert [(one.part, "il en manquerait" in one.refused) for one in refused] == [(1, True), (2, True)]
    assert [seat.person for seat in made.view(review).seats] == [one.person for one in first]
    sessions.say_independent(made.organiser, made.session, [one.person for one in second])
    assert sessions.assign_all(made.organiser, change) == ()
    assert [seat.person for seat in made.view(review).seats] == [one.person for one in second]


def test_a_rule_that_was_misread_holds_no_seat_once_the_organiser_says_so(made: House) -> None:
    rule = "Le candidat présente au jury son équipe, qui comprend au moins un membre externe."
    made.session = made.founded(
        made.organiser,
        referentiel=loaded_from(f"{SOURCE.format(version=9, more='')}jury_rules:\n  - {rule}\n", "essai.yaml"),
    )
    review, sessions = made.candidate("mal lue"), made.app.sessions
    sessions.assign(made.organiser, review, made.anne.person, 1)
    with pytest.raises(AccessDenied, match="Si la règle est mal lue"):
        sessions.assign(made.organiser, review, made.bruno.person, 2)
    with pytest.raises(AccessDenied):
        sessions.say_misread(made.anne, made.session, [rule])
    sessions.say_misread(made.organiser, made.session, [rule])
    assert sessions.rules_of_independence(made.organiser, made.session) == {rule: True}
    assert sessions.independent(made.organiser, made.session) == (0, frozenset())
    (told,) = made.app.organising.state(made.organiser, made.session).jury_rules
    assert (told.checked, told.left) == ((), rule)
    sessions.assign(made.organiser, review, made.bruno.person, 2)
    sessions.say_misread(made.organiser, made.session, [])
    assert sessions.independent(made.organiser, made.session)[0] == 1


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
