"""The candidate's and the trainer's pages, without a browser: presence and advice, who sees them, and no merit."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.access.actor import OPERATOR, Actor
from assistant.settings import Settings
from assistant.store.audit import Audit
from assistant.store.cohorts import Cohorts as Records
from assistant.store.engine import reading, writing
from assistant.ui.identity import SPACES
from tests.application.house import House, essay, house
from tests.application.test_cohort_space import cover
from tests.ui.test_app import clear, text_of


@pytest.fixture
def made(settings: Settings) -> House:
    clear()
    return house(settings)


def page(space: str, actor: Actor, **address: str) -> AppTest:
    def candidate() -> None:
        from assistant.ui.candidate import candidate_page

        candidate_page()

    def trainer() -> None:
        from assistant.ui.trainer import trainer_page

        trainer_page()

    at = AppTest.from_function(candidate if space == "candidate" else trainer, default_timeout=60)
    at.query_params.update({"qui": actor.person, **address})
    assert not at.run().exception
    return at


def click(at: AppTest, name: str) -> AppTest:
    assert not next(one for one in at.button if name in {one.label, one.key}).click().run().exception
    return at


def said(at: AppTest) -> str:
    return f"{text_of(at)} {' '.join(str(one.value) for one in at.text)}"


def test_a_candidate_reads_where_the_draft_speaks_and_shares_it_with_a_trainer(made: House) -> None:
    lea, theo = made.app.people.join(OPERATOR, "Léa", "candidate"), made.app.people.join(OPERATOR, "Théo", "trainer")
    preread = made.own(lea).removeprefix("own-")
    at = page("candidate", lea, brouillon=preread)
    assert "Personne d’autre que vous ne voit cette page" in said(at)
    assert "Je relève deux frictions." in said(at)
    assert not [*at.metric, *at.get("progress"), *at.dataframe]
    at.selectbox(key="share-with").set_value(theo.person).run()
    assert "Théo à qui vous l’avez partagée" in said(click(at, "share"))
    assert "Je relève deux frictions." in said(page("candidate", lea, brouillon=preread))
    assert "Personne d’autre que vous" in said(click(at, "Ne plus partager"))


def test_a_draft_is_handed_in_from_a_list_that_says_who_sees_it(made: House) -> None:
    lea = made.app.people.join(OPERATOR, "Léa", "candidate")
    made.own(lea, "![x](http://127.0.0.1/x).pdf")
    at = page("candidate", lea)
    assert "Aucun jury ne voit vos brouillons" in said(at)
    assert not any("![x](" in str(one.value) for one in (*at.markdown, *at.caption))
    assert "Je relève deux frictions." in said(click(at, "Ouvrir"))


def test_a_candidate_erases_a_draft_for_good_and_has_no_juror_s_desk(made: House) -> None:
    lea = made.app.people.join(OPERATOR, "Léa", "candidate")
    preread = made.own(lea, "brouillon-de-mai.pdf").removeprefix("own-")
    at = page("candidate", lea)
    assert "brouillon-de-mai.pdf" in said(at)
    assert "brouillon-de-mai.pdf" not in said(click(at, f"erase-{preread}"))
    assert made.app.candidates.drafts(lea) == ()
    with reading(made.app.engine) as connection:
        assert Audit(connection).entries(preread)[0].act == "purge"
    assert SPACES["candidate"] == ("mon-dossier", "a-propos")


def test_another_role_is_refused_in_one_sentence(made: House) -> None:
    for space in ("candidate", "trainer"):
        assert "un autre rôle" in page(space, made.anne).error[0].value


def test_a_trainer_founds_a_cohort_and_sees_presence_by_dossier_and_the_passages(made: House) -> None:
    theo = made.app.people.join(OPERATOR, "Théo", "trainer")
    loaded = essay()
    with writing(made.app.engine) as connection:
        cohort = Records(connection).add(theo.person, "Automne", loaded.sha256, "cycle-client-ia", ("B0",)).id
    for state in ("found", "not_found"):
        preread = made.own(theo).removeprefix("own-")
        dossier = cover(made, preread, state)
        with writing(made.app.engine) as connection:
            Records(connection).join(cohort, dossier)
    at = click(page("trainer", theo), "Ouvrir")
    assert "Vous seul voyez cette page" in said(at)
    assert "Sans modèle" in said(at)
    table = at.dataframe[0].value
    assert list(table.columns) == ["Critère", "Sans passage", "1", "2"]
    assert list(table["Critère"]) == ["C1", "C2"]
    assert list(table["Sans passage"]) == ["1 sur 2", "0 sur 2"]
    assert "C1\u00a0: 1 dossier sans passage, sur 2" in said(at)
    assert "1 dossier sur 2 lus en parle." in said(at)
    assert "«\u00a0Je relève deux frictions.\u00a0»" in said(at)
    assert not at.metric


def test_a_cohort_needs_a_name_and_a_referentiel(made: House) -> None:
    theo = made.app.people.join(OPERATOR, "Théo", "trainer")
    at = page("trainer", theo)
    at.selectbox(key="cohort-referentiel").set_value("cycle-client-ia").run()
    assert "Donnez un nom" in click(at, "Créer la promotion").error[0].value
    at.text_input(key="cohort-title").set_value("Automne")
    assert "Automne" in said(click(at, "Créer la promotion"))
