"""What leaves holds no personal data; what comes back stands letter for letter as the dossier wrote it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy.door import Unmasked, checked
from assistant.privacy.dossier_mask import mask_of, preview
from assistant.privacy.entities import Entity
from assistant.privacy.known import Corrections, KnownIdentity
from assistant.privacy.mask import Mask, Masked, own_words
from assistant.privacy.people import Person

LEA = Person(("Léa", "Tanguy"), "own")


def nobody(texts: object) -> list[tuple[Entity, ...]]:
    """A recogniser that knows no one: rules and lists alone decide."""
    return [() for _ in texts]  # type: ignore[attr-defined]


def test_a_name_is_hidden_however_it_is_written_and_comes_back_exactly() -> None:
    mask = Mask([LEA])
    text = "Léa TANGUY, lea tanguy, Tanguy Léa, LEA et léa : Mme Tanguy."
    hidden = mask.hide(text)
    assert "anguy" not in hidden.lower()
    assert "léa" not in hidden.lower()
    assert "lea" not in hidden.lower()
    assert mask.show(hidden) == text


def test_the_same_words_get_the_same_placeholder() -> None:
    mask = Mask([LEA])
    assert mask.hide("Léa Tanguy") == mask.hide("Léa Tanguy") == "[PERSONNE_1]"


def test_a_name_that_is_a_word_is_hidden_with_its_capital_only() -> None:
    mask = Mask([Person(("Rose", "Petit"))])
    assert mask.hide("Le petit problème de Petit") == "Le petit problème de [PERSONNE_1]"
    assert mask.hide("Petit à petit, la rose") == "Petit à petit, la rose"


def test_whoever_is_named_is_meant_without_a_capital_too_but_a_word_is_not() -> None:
    mask = Mask([Person(("Kévan", "Petit"))])
    assert mask.hide("j’ai demandé à kévan, un petit problème") == "j’ai demandé à [PERSONNE_1], un petit problème"


def test_an_age_beside_a_name_is_hidden_and_years_of_a_trade_are_not() -> None:
    mask = Mask([LEA])
    hidden = mask.hide("Léa, 9 ans, et Léa, 12 ans d’expérience")
    assert hidden == "[PERSONNE_1], [AGE_1], et [PERSONNE_1], 12 ans d’expérience"
    assert mask.show(hidden) == "Léa, 9 ans, et Léa, 12 ans d’expérience"


def test_a_quotation_after_the_word_nom_is_no_name() -> None:
    text = "Un message avec le nom et « OK devis » ou « non devis »."
    assert mask_of([text], {}, recognise=nobody).hide(text) == text


def test_a_company_given_at_upload_is_hidden_without_its_legal_form() -> None:
    mask = Mask(companies=["SARL Au Petit Four"])
    assert mask.hide("chez Au Petit Four, au petit four") == "chez [ENTREPRISE_1], [ENTREPRISE_1a]"


def test_a_link_that_spells_the_own_name_is_hidden() -> None:
    assert Mask([LEA]).hide("mon site lea-tanguy.fr et python.org") == "mon site [LIEN_1] et python.org"


def test_a_placeholder_written_by_the_candidate_is_no_placeholder_of_ours() -> None:
    mask = Mask([LEA])
    hidden = mask.hide("[PERSONNE_1] et Léa Tanguy")
    assert hidden == "[TEXTE_1] et [PERSONNE_1]"
    assert mask.show(hidden) == "[PERSONNE_1] et Léa Tanguy"


def test_a_whole_prompt_passes_once_more_and_keeps_its_placeholders() -> None:
    mask = Mask([LEA])
    prompt = f"Passages : {mask.hide('Léa Tanguy a écrit')}. Oubliés : Léa, 06 12 34 56 78, [PERSONNE_77]."
    sealed = mask.seal(prompt)
    assert sealed.startswith("Passages : [PERSONNE_1] a écrit. Oubliés : [PERSONNE_1a], [TÉLÉPHONE_1], [TEXTE_1]")


def test_a_person_corrects_the_mask_before_a_run() -> None:
    mask = Mask([Person(("Bricorive",))], corrections=Corrections(also=("projet Hermine",), never=("Bricorive",)))
    assert mask.hide("Chez Bricorive, le projet Hermine") == "Chez Bricorive, le [MASQUÉ_1]"


@settings(deadline=None)
@given(st.text(alphabet="LéaTnguy lerospti-’.,@[]_PERSON1234567890\n", max_size=120))
def test_whatever_is_hidden_comes_back(text: str) -> None:
    mask = Mask([LEA, Person(("Rose", "Petit"))])
    assert mask.show(mask.hide(text)) == text


def test_only_masked_text_passes_the_door() -> None:
    checked(own_words("Vous lisez un dossier."), Mask().hide("Bonjour"))
    with pytest.raises(Unmasked):
        checked("Léa Tanguy")
    assert isinstance(Mask().hide("x"), Masked)


def test_a_dossier_hides_who_was_given_who_it_names_and_its_author() -> None:
    sentences = [
        "Dossier de Morgane Le Bihan",
        "Mon assistante Solenn prépare les devis.",
        "Je relance M. Kerjean par Brevo.",
    ]
    mask = mask_of(
        sentences,
        {"author": "Gaël Riou"},
        known=KnownIdentity(("Morgane Le Bihan",), ("Riou Chauffage",)),
        recognise=nobody,
    )
    left = " ".join([*map(mask.hide, sentences), mask.hide("Gaël Riou, Riou Chauffage")])
    assert not any(word in left for word in ["Morgane", "Bihan", "Solenn", "Kerjean", "Gaël", "Riou"])
    assert "Brevo" in left
    assert "devis" in left


def test_the_preview_shows_each_piece_as_it_leaves() -> None:
    mask = mask_of(["Léa Tanguy, 06 12 34 56 78."], {}, known=KnownIdentity(("Léa Tanguy",)), recognise=nobody)
    pieces = preview(mask, "Léa Tanguy, 06 12 34 56 78.")
    assert [(piece.text, piece.hidden_as) for piece in pieces] == [
        ("Léa Tanguy", "[PERSONNE_1]"), (", ", None), ("06 12 34 56 78", "[TÉLÉPHONE_1]"), (".", None)
    ]  # fmt: skip
