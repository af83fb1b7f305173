"""A window that stays open acts for nobody once its sign-in is over, or its person's role was taken away."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from assistant.access.actor import OPERATOR
from assistant.settings import Settings
from assistant.ui.acting import DRAWN_FOR
from tests.application.house import House, house
from tests.ui.test_app import clear


@pytest.fixture
def made(settings: Settings) -> Iterator[House]:
    clear()
    yield house(settings)
    clear()


def test_a_click_after_the_role_was_taken_away_does_nothing_and_says_so(made: House) -> None:
    claims = {"iss": "https://x.fr", "sub": "olga", "iat": 1, "email": "olga@x.fr", "email_verified": True}
    made.app.people.invite(OPERATOR, "olga@x.fr", "organiser")
    olga = made.app.signing_in.arrive(claims).actor
    assert olga is not None

    def page() -> None:
        import streamlit as st

        from assistant.ui.acting import attempt, show_refusal

        def on_click() -> None:
            attempt(lambda: st.session_state.update(done=st.session_state.get("done", 0) + 1))

        show_refusal()
        st.button("Agir", on_click=on_click)

    at = AppTest.from_function(page)
    at.session_state[DRAWN_FOR] = olga
    at.run().button[0].click().run()
    assert at.session_state["done"] == 1
    made.app.people.grant(OPERATOR, olga.person, None)
    at.button[0].click().run()
    assert at.session_state["done"] == 1
    assert "Votre connexion a pris fin" in at.error[0].value
