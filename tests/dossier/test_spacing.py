"""Spaces lost or put in by an export: mended where there is one way to do so."""

import pytest

from assistant.dossier.read import read_dossier
from assistant.dossier.text.repair import repair
from assistant.dossier.text.spacing import space_out
from tests.dossier.pages import HEIGHT, lines, pdf, together

KNOWN = frozenset(
    ["nous", "avons", "relancé", "tous", "les", "clients", "client", "du", "comptoir", "mars", "sont", "ont"]
)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("le devis,puis la relance", "le devis, puis la relance"),
        ("sans réponse.Nous avons rappelé", "sans réponse. Nous avons rappelé"),
        ("nousavonsrelancétous les", "nous avons relancé tous les"),
        ("12,5 % et 3,7 %", "12,5 % et 3,7 %"),
        ("voir www.Exemple.fr et note.Finale_v2.docx", "voir www.Exemple.fr et note.Finale_v2.docx"),
        ("l’anticonstitutionnellement", "l’anticonstitutionnellement"),
    ],
)
def test_a_lost_space_is_put_back_where_it_is_certain(broken: str, mended: str) -> None:
    spaced = space_out(repair(broken), KNOWN.__contains__)
    assert spaced.text == mended
    assert len(spaced.origins) == len(spaced.text)
    assert (spaced.certain > 0) == (broken != mended)


def test_glued_words_with_two_readings_are_counted_and_left() -> None:
    glued = "touslesclientsontrelancélesclients"
    spaced = space_out(repair(glued), KNOWN.__contains__)
    assert (spaced.text, spaced.doubtful) == (glued, 1)


def test_a_spaced_out_title_is_read_as_words() -> None:
    def title(canvas) -> None:  # type: ignore[no-untyped-def]
        text = canvas.beginText(72, HEIGHT - 80)
        text.setFont("Helvetica", 18)
        text.setCharSpace(9)
        text.textOut("MON PROJET DE VENTE")
        canvas.drawText(text)

    dossier = read_dossier(
        pdf(together(title, lines(["Le comptoir ouvre à huit heures chaque jour."], top=200))), "d.pdf"
    )
    assert dossier.pages[0].text.splitlines()[0] == "MON PROJET DE VENTE"
