"""A référentiel goes out to a workbook and comes back the same; a fault is named by sheet, row and column."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.publishing import as_file
from assistant.referentiel.authoring.workbook.reading import read_workbook
from assistant.referentiel.authoring.workbook.writing import as_workbook
from assistant.referentiel.catalogue import load, loaded_from
from assistant.referentiel.model import Referentiel
from assistant.referentiel.words import MODALITIES

WHOLE = load("cycle-client-ia").content
SMALL = WHOLE.model_copy(
    update={"blocs": tuple(bloc.model_copy(update={"criteria": bloc.criteria[:2]}) for bloc in WHOLE.blocs)}
)


@pytest.mark.parametrize("name", ["efficacite-tpe-ia", "relation-client-adv"])
def test_a_bundled_referentiel_comes_back_the_same(name: str) -> None:
    content = load(name).content
    back = read_workbook(as_workbook(content))
    assert back.faults == ()
    assert back.referentiel == content


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
).filter(lambda t: t == t.strip() and bool(t))
ID = st.from_regex(r"\A[A-Z][0-9]{1,2}\Z")
SOME = st.lists(WORDS, max_size=2).map(tuple)


@st.composite
def referentiels(draw: st.DrawFn) -> Referentiel:
    """Small référentiels, with texts that look like formulas, numbers and dates."""
    competences = draw(st.lists(ID, min_size=1, max_size=3, unique=True))
    criteria = []
    for number, name in enumerate(draw(st.lists(ID, min_size=1, max_size=3, unique=True))):
        requirements = [
            {
                "id": f"{name}.r{place}",
                "text": draw(WORDS),
                "label": draw(st.just("") | WORDS),
                "clues": draw(SOME),
                "counter_clues": draw(SOME),
                "min_count": draw(st.none() | st.integers(1, 9)),
            }
            for place in range(draw(st.integers(0, 2)))
        ]
        criteria.append(
            {
                "id": name,
                "text": draw(WORDS),
                "indicators": draw(SOME),
                "requirements": requirements,
                "competences": draw(st.lists(st.sampled_from(competences), unique=True)),
                "points": draw(st.none() | st.sampled_from([0.5, 2.0, 10.0])),
                "source_text": draw(st.none() | st.sampled_from(["=SOMME(A1)", "1/2", "+33", "12", "'x"])),
                "assessed_by": ("oral",) if number else (),
            }
        )
    bloc = {
        "id": "B1",
        "title": draw(st.none() | WORDS),
        "criteria": criteria,
        "competences": [{"id": one, "text": draw(WORDS)} for one in competences],
    }
    raw = {
        "id": "essai",
        "version": "1",
        "title": draw(st.none() | WORDS),
        "scale": "points",
        "blocs": [bloc],
        "jury_rules": draw(SOME),
        "notes": draw(SOME),
    }
    return Referentiel.model_validate(raw)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(referentiels())
def test_whatever_it_holds_comes_back_from_workbook_and_file(content: Referentiel) -> None:
    back = read_workbook(as_workbook(content))
    assert [str(fault) for fault in back.faults] == []
    assert back.referentiel == content
    assert loaded_from(as_file(content.model_dump(mode="json")), "essai").content == content


def edited(change: Callable[[Any], None]) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(SMALL)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    found = read_workbook(out.getvalue())
    assert found.referentiel is None
    return [str(fault) for fault in found.faults]


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            put("Critères", "G2", "deux"),
            "Feuille « Critères », ligne 2, colonne « Points » : « deux » n’est pas un nombre",
        ),
        (
            put("Critères", "B3", "Cr1.1"),
            "Feuille « Critères », ligne 3, colonne « Critère » : « Cr1.1 » figure déjà à la ligne 2",
        ),
        (
            put("Critères", "D2", "C9"),
            "Feuille « Critères », ligne 2, colonne « Compétences » : « C9 » n’est pas sur la feuille « Compétences »",
        ),
        (
            put("Critères", "F2", "=1+1"),
            "Feuille « Critères », ligne 2, colonne « Texte » : une formule n’est pas acceptée : écrivez la valeur",
        ),
        (
            put("Épreuves", "C2", "oralement"),
            "Feuille « Épreuves », ligne 2, colonne « Nature » : « oralement » n’est pas de la liste",
        ),
        (
            put("Critères", "F2", None),
            "Feuille « Critères », ligne 2, colonne « Texte » : cette case doit être remplie",
        ),
        (put("Critères", "F1", "Autre"), "Feuille « Critères », ligne 1, colonne « Texte » : cette colonne manque"),
        (lambda book: book.remove(book["Indices"]), "Feuille « Indices » : cette feuille manque"),
        (
            lambda book: book["Critères"].merge_cells("C2:C3"),
            "Feuille « Critères », ligne 2, colonne « Code imprimé » : les cases C2:C3 sont fusionnées",
        ),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(change: Callable[[Any], None], said: str) -> None:
    assert any(fault.replace("\u00a0", " ").startswith(said) for fault in edited(change)), edited(change)


def test_faults_stand_in_the_order_of_sheets_and_rows() -> None:
    def change(book: Any) -> None:
        for sheet, cell, value in (("Critères", "G3", "deux"), ("Critères", "G2", "un"), ("Épreuves", "C2", "non")):
            book[sheet][cell].value = value

    assert [one.split("\u00a0: ")[0].replace("\u00a0", " ") for one in edited(change)] == [
        "Feuille « Épreuves », ligne 2, colonne « Nature »",
        "Feuille « Critères », ligne 2, colonne « Points »",
        "Feuille « Critères », ligne 3, colonne « Points »",
    ]


@pytest.mark.parametrize("said", ["production_sur_poste", "production sur poste", "Production sur poste "])
def test_a_closed_set_is_written_in_the_words_of_the_page_and_read_in_those_or_its_codes(said: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(SMALL)))
    page = book["Épreuves"]
    assert page["C2"].value in MODALITIES.values()
    page["C2"].value = said
    out = io.BytesIO()
    book.save(out)
    read = read_workbook(out.getvalue()).referentiel
    assert read is not None
    modalities = [*read.general_modalities, *(one for bloc in read.blocs for one in bloc.modalities)]
    assert modalities[0].kind == "production_sur_poste"


def test_a_sheet_that_is_gone_is_said_once_and_not_by_each_line_that_names_it() -> None:
    said = edited(lambda book: book.remove(book["Exigences"]))
    assert [one.replace("\u00a0", " ") for one in said] == ["Feuille « Exigences » : cette feuille manque"]


def test_the_workbook_explains_itself_and_offers_what_may_be_chosen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(SMALL)))
    assert book.sheetnames[0] == "Mode d’emploi"
    page = book["Épreuves"]
    assert all(page.cell(1, column).comment for column in range(1, 8))
    assert any("questionnement" in (rule.formula1 or "") for rule in page.data_validations.dataValidation)


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(ReferentielError, match="classeur"):
        read_workbook(b"%PDF-1.7")
