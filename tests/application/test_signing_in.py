"""Who a provider's word makes of somebody: never another person, never a role that nobody here gave."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update

from assistant.access.actor import OPERATOR, Actor, Role
from assistant.access.addresses import canonical
from assistant.application.roster import Line
from assistant.application.signing_in import Arrival
from assistant.errors import AccessDenied, InvalidInput, NotFound, SettingsError
from assistant.settings import Settings
from assistant.store.engine import writing
from assistant.store.tables import SIGN_INS
from tests.application.house import House, house

ISSUER, ELSEWHERE = "https://identite.exemple.fr", "https://ailleurs.exemple.org"
ONCE = count()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    """No administrator is in it but those that a test makes."""
    folder = tmp_path_factory.mktemp("signing")
    made = house(Settings(data_dir=folder, roles_claim="roles", roles_issuer=ISSUER))
    made.app.people.grant(OPERATOR, made.administrator.person, None)
    return made


def arrive(made: House, subject: str, *, issuer: str = ISSUER, **claims: Any) -> Arrival:
    """A sign-in of its own each time."""
    return made.app.signing_in.arrive({"iss": issuer, "sub": subject, "iat": next(ONCE), **claims})


def role(arrival: Arrival) -> Role | None:
    return arrival.actor.role if arrival.actor else None


LOOK_ALIKES = (
    unicodedata.normalize("NFC", "hélène@exemple.fr"), unicodedata.normalize("NFD", "hélène@exemple.fr"),
    "helene@exemple.fr.", "helene@exemple.fr\n", "helene@exemple.fr\x00", "hеlene@exemple.fr", "ｈelene@exemple.fr",
    "helene\u200b@exemple.fr", "helene@exemple.fr\u202e", "helene@exempIe.fr", "helene@exemple.fr@autre.fr",
    '"helene@exemple.fr"', "Hélène <helene@exemple.fr>", "helene+x@exemple.fr", ["helene@exemple.fr"],
)  # fmt: skip


@pytest.mark.parametrize("address", LOOK_ALIKES, ids=repr)
def test_an_address_that_looks_like_another_does_not_take_its_invitation(made: House, address: object) -> None:
    made.app.people.invite(OPERATOR, "helene@exemple.fr", "juror")
    assert role(arrive(made, f"look-{address!r}", email=address, email_verified=True)) is None
    assert any(one.email == "helene@exemple.fr" and one.role == "juror" for one in made.app.people.members(OPERATOR))


@pytest.mark.parametrize(("invited", "other"), [("kim", "\u212aim"), ("sasha", "\u017fasha"), ("strasse", "straße")])
def test_letters_that_fold_to_others_do_not_take_their_invitation(made: House, invited: str, other: str) -> None:
    assert f"{other}@exemple.fr".casefold() == f"{invited}@exemple.fr", "a plain folding would take one for the other"
    made.app.people.invite(OPERATOR, f"{invited}@exemple.fr", "juror")
    assert role(arrive(made, other, email=f"{other}@exemple.fr", email_verified=True)) is None
    with pytest.raises(InvalidInput):
        made.app.people.invite(OPERATOR, f"{other}@exemple.fr", "juror")


def test_capitals_are_the_same_address(made: House) -> None:
    made.app.people.invite(OPERATOR, " Camille.DUPONT@Exemple.FR ", "trainer")
    assert role(arrive(made, "camille", email="camille.dupont@EXEMPLE.fr", email_verified=True)) == "trainer"


@pytest.mark.parametrize("said", [False, None, "true", 1, "yes"])
def test_an_address_that_is_not_verified_takes_nothing_and_is_shown_to_nobody(made: House, said: object) -> None:
    address = f"verified-{str(said).lower()}@exemple.fr"
    made.app.people.invite(OPERATOR, address, "organiser")
    arrived = arrive(made, address, email=address, email_verified=said, name="Ève")
    assert role(arrived) is None
    shown = [one for one in made.app.people.members(OPERATOR) if one.email == address]
    assert [one.person for one in shown] == [""], "who gives roles would take Ève for the owner of that address"


def test_the_same_subject_at_another_provider_is_another_person(made: House) -> None:
    made.app.people.invite(OPERATOR, "same@exemple.fr", "juror")
    first = arrive(made, "same", email="same@exemple.fr", email_verified=True)
    other = arrive(made, "same", issuer=ELSEWHERE, email="same@exemple.fr", email_verified=True)
    assert (role(first), role(other)) == ("juror", None)


@pytest.mark.parametrize("claims", [{"sub": "x"}, {"iss": ISSUER}, {"iss": "", "sub": "x"}, {}])
def test_a_provider_that_does_not_say_who_lets_nobody_in(made: House, claims: dict[str, object]) -> None:
    with pytest.raises(AccessDenied):
        made.app.signing_in.arrive(claims)


def test_roles_come_from_the_provider_that_gives_them_and_from_no_other(made: House) -> None:
    given: dict[str, Any] = {"roles": ["prelecture-organiser"]}
    assert role(arrive(made, "claimed", **given)) == "organiser"
    assert role(arrive(made, "forged", issuer=ELSEWHERE, **given)) is None
    assert role(arrive(made, "forged slash", issuer=f"{ISSUER}/", **given)) is None
    for shape in ("organiser", ["organiser"], {"prelecture-organiser": True}, ["Prelecture-organiser"], 1, None):
        assert role(arrive(made, f"shape {shape}", roles=shape)) is None


def test_a_claim_that_gives_roles_needs_the_provider_that_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = house(Settings(data_dir=tmp_path_factory.mktemp("unnamed"), roles_claim="roles"))
    with pytest.raises(SettingsError, match="PRELECTURE_ROLES_ISSUER"):
        arrive(made, "x", roles=["prelecture-administrator"])


def test_the_first_administrator_is_made_on_the_server_alone(made: House) -> None:
    claims: dict[str, Any] = {"roles": ["prelecture-administrator", "prelecture-juror"]}
    assert role(arrive(made, "early", **claims)) == "juror"
    with pytest.raises(AccessDenied):
        made.app.people.invite(made.organiser, "ami@exemple.fr", "administrator")
    made.app.people.invite(OPERATOR, "agathe@exemple.fr", "administrator")
    first = arrive(made, "agathe", email="agathe@exemple.fr", email_verified=True)
    assert role(first) == "administrator"
    assert role(arrive(made, "late", **claims)) == "administrator"


def test_an_invitation_takes_no_role_away_that_its_giver_could_not_take(made: House) -> None:
    made.app.people.invite(OPERATOR, "chef@exemple.fr", "administrator")
    address: dict[str, Any] = {"email": "chef@exemple.fr", "email_verified": True}
    chief = arrive(made, "chef", **address).actor
    assert chief is not None
    for giver, given in ((made.organiser, "candidate"), (chief, "organiser")):
        with pytest.raises(InvalidInput, match="sous son nom"):
            made.app.people.invite(giver, "chef@exemple.fr", given)  # type: ignore[arg-type]  # roles
        assert role(arrive(made, "chef", **address)) == "administrator"
    made.app.people.invite(OPERATOR, "chef@exemple.fr", "organiser")
    assert role(arrive(made, "chef", **address)) == "organiser"


def test_who_signed_in_before_has_the_role_at_once_and_in_the_windows_that_wait(made: House) -> None:
    claims = {"iss": ISSUER, "sub": "tot", "iat": 1, "email": "tot@exemple.fr", "email_verified": True, "name": "Julie"}
    assert role(made.app.signing_in.arrive(claims)) is None
    given = made.app.people.invite(made.organiser, "Tot@exemple.fr", "juror")
    assert given is not None
    assert given.name == "Julie"
    assert role(made.app.signing_in.arrive(claims)) == "juror"
    rows = [one for one in made.app.people.members(OPERATOR) if one.email == "tot@exemple.fr"]
    assert [(one.name, one.role) for one in rows] == [("Julie", "juror")]


def test_an_address_that_nobody_vouches_for_gives_its_owner_nothing(made: House) -> None:
    eve = arrive(made, "eve", email="owner@exemple.fr", email_verified=False)
    assert made.app.people.invite(OPERATOR, "owner@exemple.fr", "juror") is None
    assert eve.actor is None


def test_a_mistyped_invitation_is_withdrawn_by_whoever_may_give_it(made: House) -> None:
    made.app.people.invite(OPERATOR, "faute@exemple.fr", "organiser")
    with pytest.raises(AccessDenied):
        made.app.people.withdraw_invitation(made.organiser, "faute@exemple.fr")
    made.app.people.withdraw_invitation(OPERATOR, "faute@exemple.fr")
    with pytest.raises(NotFound):
        made.app.people.withdraw_invitation(OPERATOR, "faute@exemple.fr")
    assert role(arrive(made, "faute", email="faute@exemple.fr", email_verified=True)) is None


def test_a_sign_in_that_was_left_opens_nothing_again_in_any_window(made: House) -> None:
    made.app.people.invite(OPERATOR, "deux@exemple.fr", "juror")
    claims = {"iss": ISSUER, "sub": "deux", "iat": 1, "email": "deux@exemple.fr", "email_verified": True}
    first, second = made.app.signing_in.arrive(claims).actor, made.app.signing_in.arrive(claims).actor
    assert first is not None
    assert second is not None
    key = made.app.keys.grant(second, "review")
    made.app.signing_in.leave(first)
    assert made.app.signing_in.arrive(claims).ended
    assert not made.app.keys.seconds_left(key, second.person, "review")
    assert role(made.app.signing_in.arrive({**claims, "iat": 2})) == "juror"


def test_what_a_window_was_drawn_for_holds_no_longer_than_its_sign_in(made: House) -> None:
    made.app.people.invite(OPERATOR, "vitre@exemple.fr", "juror")
    actor = arrive(made, "vitre", email="vitre@exemple.fr", email_verified=True).actor
    assert actor is not None
    assert made.app.signing_in.still(actor)
    assert not made.app.signing_in.still(replace(actor, role="organiser")), "a window of another role"
    assert not made.app.signing_in.still(replace(actor, sign_in="forged"))
    made.app.people.grant(OPERATOR, actor.person, "trainer")
    assert not made.app.signing_in.still(actor)
    again = arrive(made, "vitre").actor
    assert again is not None
    with writing(made.app.engine) as connection:
        long_ago = datetime.now(UTC) - timedelta(hours=2)
        connection.execute(update(SIGN_INS).where(SIGN_INS.c.id == again.sign_in).values(seen=long_ago))
    assert not made.app.signing_in.still(again), "idle"


def test_a_purge_takes_nothing_of_somebody_whose_address_a_list_borrowed(made: House) -> None:
    """Whoever writes the list may write any address into it."""
    made.app.people.invite(OPERATOR, "tom@exemple.fr", "trainer")
    tom = arrive(made, "tom", email="tom@exemple.fr", email_verified=True).actor
    assert tom is not None
    kept = made.own(tom).removeprefix("own-")
    session = made.founded(made.organiser)
    made.app.organising.enrol(made.organiser, session, [Line("1", "Nom", email="TOM@exemple.fr")])
    made.app.lifecycle.purge_session(made.organiser, session)
    assert made.app.prereads.open(tom, kept).id == kept
    assert made.app.people.enter(OPERATOR, tom.person) == Actor(tom.person, "trainer", tom.name)


def test_a_list_says_which_addresses_are_none(made: House) -> None:
    session = made.founded(made.organiser)
    told = made.app.organising.enrol(made.organiser, session, [Line("1", "Nom", email="hélène@exemple.fr")]).refused
    assert any("n’est pas une adresse" in one for one in told)


def test_an_address_has_one_writing() -> None:
    assert canonical("A.B+c@Exemple.fr") == canonical("a.b+C@exemple.FR") == "a.b+c@exemple.fr"
    assert not any(canonical(one) for one in ("", None, "a", "@b.fr", "a@", "a@b..fr", "a@.fr", f"{'a' * 200}@b.fr"))
