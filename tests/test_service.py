"""What the command line and the app ask for: stopping keeps what is done, any readable file is taken."""

import pytest

from assistant.dossier.model import InputFile
from assistant.errors import Cancelled, UnreadableDossier
from assistant.preread import PreReadRequest, run_key
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.service import Desk, components_of
from assistant.settings import Settings
from tests.conftest import DOSSIERS
from tests.dossier.test_conversion import word


def stopping_at(step: str):  # type: ignore[no-untyped-def]
    def tell(now: str, done: int, total: int) -> None:
        if now == step:
            raise Cancelled("Lecture arrêtée.")

    return tell


@pytest.mark.parametrize("step", ["lecture", "reconnaissance de caractères", "recherche"])
def test_a_run_stopped_anywhere_goes_on_to_the_same_bytes(step: str, settings: Settings, plumber: bytes) -> None:
    order = PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))
    desk = Desk(settings)
    with pytest.raises(Cancelled):
        desk.review(order, stopping_at(step))
    stopped = desk.runs.get(run_key(order, components_of(settings)))
    assert stopped is not None
    assert stopped.status == "stopped"
    resumed = desk.review(order)
    elsewhere = Desk(settings.model_copy(update={"data_dir": settings.data_dir / "elsewhere"})).review(order)
    assert resumed.preread.to_json() == elsewhere.preread.to_json()


def test_a_refused_file_leaves_nothing_behind(settings: Settings) -> None:
    desk = Desk(settings)
    with pytest.raises(UnreadableDossier):
        desk.review(PreReadRequest.of(b"Bonjour", "dossier.pdf", load("cycle-client-ia")))
    assert desk.runs.all() == ()


def test_a_word_document_is_pre_read_and_its_pages_can_be_shown(settings: Settings) -> None:
    opened = Desk(settings).review(PreReadRequest.of(word(), "dossier.docx", load("cycle-client-ia")))
    assert opened.preread.dossier.file == "dossier.docx"
    assert opened.pdf.read_bytes().startswith(b"%PDF")


FIGURES = {
    "cycle-client-plombier": (11, "Allowed hours"),
    "relation-client-jardinerie": (11, "framboisier"),
    "tpe-ia-osteopathe": (19, "Messages traités"),
    "manager-menuiserie-bloc1": (5, "PILE DEVIS"),
    "relation-client-bricolage": (10, "livraison oubliée deux fois"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_what_stands_in_the_figures_of_the_labelled_dossiers_can_be_cited(name: str, settings: Settings) -> None:
    page, words = FIGURES[name]
    data = (DOSSIERS / name / "dossier.pdf").read_bytes()
    dossier = components_of(settings).read((InputFile("dossier.pdf", data),), (), silent)
    assert any(words in s.text for s in dossier.sentences if s.page == page and s.source == "ocr")
    assert dossier.unread_pages == ()
