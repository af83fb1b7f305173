"""« Ce qui partira au modèle », without a browser: of one dossier, and of many at once."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.application.previewing import Corrections, SentSentence
from assistant.errors import UnreadableDossier
from assistant.ui.sending import in_numbers
from tests.ui.test_app import text_of

LINE = SentSentence(1, "M. [PERSONNE_1] relit le devis.", (("Kerjean", "[PERSONNE_1]"),))
QUIET = SentSentence(2, "Le stock est compté.", ())


def _one() -> None:
    from assistant.application.previewing import SentSentence
    from assistant.ui.sending import _before_the_first_run

    lines = (
        SentSentence(1, "M. [PERSONNE_1] relit le devis.", (("Kerjean", "[PERSONNE_1]"),)),
        SentSentence(2, "Le stock est compté.", ()),
    )
    _before_the_first_run(lambda said: lines)


def _many() -> None:
    from assistant.access.actor import LOCAL
    from assistant.application.batches import GivenDossier
    from assistant.application.handing_in import UploadedFile
    from assistant.ui.organiser.batch_sending import batch_preview

    def given(name: str) -> GivenDossier:
        return GivenDossier(name, lambda: (UploadedFile(f"{name}.pdf", name.encode()),))

    batch_preview(LOCAL, "s", [given("0417"), given("0418"), given("0419")], new=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Corrections]]:
    """An application that tells what leaves by the candidate's number, and what it was asked."""
    heard: list[tuple[str, Corrections]] = []

    def for_session(_: Any, __: str, ___: Any, said: Corrections, number: str) -> tuple[SentSentence, ...]:
        heard.append((number, said))
        if number == "0419":
            raise UnreadableDossier("Ce fichier est abîmé.")
        return (QUIET,) if number == "0418" else (LINE, QUIET)

    def sorted_out(_: Any, __: str, dossiers: Any, **___: Any) -> Any:
        return {one.name: [one] for one in dossiers}, []

    made = SimpleNamespace(
        settings=SimpleNamespace(model="m"),
        previews=SimpleNamespace(for_session=for_session),
        batches=SimpleNamespace(sorted_out=sorted_out),
    )
    monkeypatch.setattr("assistant.ui.sending.application", lambda: made)
    monkeypatch.setattr("assistant.ui.organiser.batch_sending.application", lambda: made)
    return heard


def test_how_much_leaves_is_a_french_sentence() -> None:
    assert in_numbers((LINE, QUIET)) == (
        "2 phrases partiront\u00a0; 1 mot ou groupe de mots masqué, dans une phrase (images non comprises)."
    )
    assert in_numbers((QUIET,)) == "1 phrase partira, où rien n’est masqué (images non comprises)."


def test_sentences_stand_before_their_corrections_and_those_untouched_can_be_left_out(asked: list[Any]) -> None:
    at = AppTest.from_function(_one, default_timeout=20).run()
    assert not at.exception
    assert list(at.dataframe[0].value["Tel que cela part"]) == [LINE.text, QUIET.text]
    at.checkbox[0].check().run()
    assert list(at.dataframe[0].value["Tel que cela part"]) == [LINE.text]
    at.multiselect[0].select("Kerjean").run()
    assert "« Kerjean » partira à votre demande" in text_of(at)
    at.button[-1].click().run()
    assert at.multiselect[0].value == []


def test_many_dossiers_are_looked_at_by_one_click_and_corrected_once(asked: list[tuple[str, Corrections]]) -> None:
    at = AppTest.from_function(_many, default_timeout=20).run()
    assert asked == []
    at.toggle[0].set_value(True).run()
    assert not at.exception
    table = at.dataframe[0].value
    assert list(table["Candidat"]) == ["0417", "0418", "0419"]
    assert list(table["Mots ou noms masqués"])[:2] == [1, 0]
    assert list(table["Remarque"]) == ["", "rien n’est masqué\u00a0: regardez-le", "Ce fichier est abîmé."]
    at.text_input[0].input("Hermine").run()
    also = Corrections(also=("Hermine",))
    assert {number for number, said in asked if said == also} == {"0417", "0418", "0419"}
