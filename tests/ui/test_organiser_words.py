"""What the organiser’s pages say of rules, and take out of what is dropped: no page is drawn."""

import io
import zipfile

import pytest

from assistant.application.handing_in import UploadedFile
from assistant.application.jury_rules import jury_rule
from assistant.ui.organiser.assigning import rule_in_words
from assistant.ui.organiser.batch import dossiers_in
from tests.application.house import PDF


def test_a_rule_on_the_jury_says_which_half_is_verified() -> None:
    whole = rule_in_words(jury_rule("Les membres du jury ne peuvent pas être les formateurs du candidat."))
    half = rule_in_words(jury_rule("Un jury de deux juré(e)s, dont un(e) indépendant(e) du certificateur."))
    assert "vérifie qu’aucun juré n’est le formateur" in whole
    assert "À vérifier par vous" not in whole
    assert "qu’il y a un juré indépendant ou extérieur parmi les deux (vous dites qui l’est)" in half
    rest = rule_in_words(jury_rule("Un jury de deux juré(e)s, choisis par la branche."))
    assert "À vérifier par vous\u00a0: «\u00a0choisis par la branche\u00a0»." in rest
    assert rule_in_words(jury_rule("Une grille est remise.")).endswith("À vérifier par vous.")


@pytest.mark.parametrize(
    "rule",
    [
        "Aucun membre du jury n’a participé à la formation du candidat.",
        "Les jurés ne sont pas intervenus dans la formation des candidats.",
        "Le jury ne comprend aucune personne ayant assuré l’accompagnement du candidat.",
    ],
)
def test_a_rule_on_whoever_trained_says_that_the_trainer_is_verified_and_the_others_are_not(rule: str) -> None:
    said = rule_in_words(jury_rule(rule))
    assert "Prélecture vérifie qu’aucun juré n’est le formateur inscrit du candidat" in said
    assert "À vérifier par vous\u00a0: qu’aucun juré n’a pris part à sa formation sans être ce formateur." in said


def test_a_zip_dropped_among_files_holds_several_dossiers_unless_it_is_a_candidate_s() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("lot/1.pdf", "lot/2/main.pdf", "lot/2/annexe.pdf"):
            archive.writestr(name, PDF)
    dropped = [
        UploadedFile(name, packed.getvalue()) for name in ("lot.zip", "0417.zip", "0418.pdf", "abîmé.zip", "a.exe")
    ]
    dropped[3] = UploadedFile("abîmé.zip", b"PK")
    dropped.append(UploadedFile("faux.pdf", b"ceci n'est pas un PDF"))
    dossiers, refused = dossiers_in(dropped, ["0417"])
    assert [one.name for one in dossiers] == ["1", "2", "0417", "0418"]
    assert [len(one.files()) for one in dossiers] == [1, 2, 1, 1]
    assert [one.label for one in dossiers] == ["1.pdf", "2", "0417.zip", "0418.pdf"]
    assert [one.number for one in refused] == ["abîmé.zip", "a.exe", "faux.pdf"]
