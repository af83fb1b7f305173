import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ReferentielError
from assistant.places import REFERENTIELS
from assistant.referentiel.authoring.wording_check import odd_labels, strays
from assistant.referentiel.catalogue import available, load, load_file, loaded_from, newer_than
from assistant.text import fold

FIVE = ("assistant-adv-tpe-pme", "cycle-client-ia", "efficacite-tpe-ia", "manager-affaires", "relation-client-adv")


def test_the_five_referentiels_are_bundled_with_their_213_criteria() -> None:
    assert available() == FIVE
    assert sum(len(list(load(name).content.criteria())) for name in FIVE) == 213


def test_cycle_client_prints_twenty_points_and_the_others_none() -> None:
    points = {name: sum(c.points or 0 for c in load(name).content.criteria()) for name in FIVE}
    assert points == {name: 20 if name == "cycle-client-ia" else 0 for name in FIVE}


def test_every_criterion_has_requirements_made_of_its_own_words() -> None:
    for name in FIVE:
        content = load(name).content
        assert [c.id for c in content.criteria() if not c.requirements] == []
        assert list(strays(content)) == []


NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3}


def test_a_number_the_words_state_is_a_minimum_of_some_requirement() -> None:
    for name in FIVE:
        for criterion in load(name).content.criteria():
            for stated in re.findall(r"au (?:moins|minimum) (une?|deux|trois|\d+)\b", fold(criterion.text)):
                number = NUMBERS.get(stated) or int(stated)
                assert number in {r.min_count for r in criterion.requirements}, criterion.id


def test_every_requirement_has_a_label_that_reads_by_itself_in_the_words_of_its_criterion() -> None:
    for name in FIVE:
        content = load(name).content
        assert [r.id for c in content.criteria() for r in c.requirements if not r.label] == []
        assert list(odd_labels(content)) == []


@pytest.mark.parametrize(
    "label", ["du RGPD", "et la RSE", "macro-environnement", "les étapes de la Lune", "les étapes …"]
)
def test_a_label_that_hangs_in_the_air_or_adds_a_word_is_told(label: str, tmp_path: Path) -> None:
    def relabel(data: Any) -> None:
        data["blocs"][0]["criteria"][0]["requirements"][0]["label"] = label

    assert len(list(odd_labels(load_file(_changed(tmp_path, relabel)).content))) == 1


def test_every_requirement_has_six_to_twenty_five_clues_and_none_is_shared_between_criteria() -> None:
    homes: dict[str, str] = {}
    for name in FIVE:
        for criterion in load(name).content.criteria():
            for requirement in criterion.requirements:
                assert 6 <= len(requirement.clues) <= 25, requirement.id
                for clue in requirement.clues:
                    assert homes.setdefault(f"{name} {fold(clue)}", criterion.id) == criterion.id, clue


def test_the_hash_changes_with_a_single_letter(tmp_path: Path) -> None:
    text = (REFERENTIELS / "cycle-client-ia.yaml").read_text(encoding="utf-8")
    copy = tmp_path / "copy.yaml"
    copy.write_text(text.replace("version: '2'", "version: '3'"), encoding="utf-8")
    assert load_file(copy).sha256 != load("cycle-client-ia").sha256
    assert load_file(copy).content.version == "3"


def _changed(tmp_path: Path, change: Any) -> Path:
    raw = yaml.safe_load((REFERENTIELS / "cycle-client-ia.yaml").read_text(encoding="utf-8"))
    change(raw)
    path = tmp_path / "essai.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return path


def _unknown_key(raw: Any) -> None:
    raw["blocs"][0]["criteria"][1]["verdict"] = "acquis"


def _twice(raw: Any) -> None:
    raw["blocs"][0]["criteria"][1]["id"] = "Cr1.1"


def _no_such_competence(raw: Any) -> None:
    raw["blocs"][0]["criteria"][0]["competences"] = ["C9"]


def _wrong_scale(raw: Any) -> None:
    raw["scale"] = "étoiles"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_unknown_key, "blocs[B0].criteria[Cr1.2].verdict"),
        (_twice, "« Cr1.1 » figure deux fois"),
        (_no_such_competence, "« C9 », qui n’existe pas"),
        (_wrong_scale, "« scale »"),
    ],
)
def test_a_fault_names_the_file_and_the_field(tmp_path: Path, change: Any, says: str) -> None:
    with pytest.raises(ReferentielError) as error:
        load_file(_changed(tmp_path, change))
    assert "essai.yaml" in error.value.message
    assert says in error.value.message


def test_an_unknown_referentiel_or_bloc_is_refused_with_the_choices() -> None:
    with pytest.raises(ReferentielError, match="cycle-client-ia"):
        load("inconnu")
    with pytest.raises(ReferentielError, match="B1, B2, B3, B4"):
        load("manager-affaires").choose(("B7",))


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_referentiel_or_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(data)
    with pytest.raises(ReferentielError, match=r"any\.yaml"):
        load_file(path)


def test_a_snapshot_is_read_again_as_the_file_it_was(tmp_path: Path) -> None:
    """What began with one version goes on with it, and is told when the catalogue has another."""
    folder = tmp_path / "referentiels"
    folder.mkdir()
    file = folder / "cycle-client-ia.yaml"
    file.write_bytes((REFERENTIELS / file.name).read_bytes())
    old = load("cycle-client-ia", folder)
    assert loaded_from(old.source, "cycle-client-ia") == old
    assert newer_than(old, folder) is None
    file.write_text(old.source.replace("version: '2'", "version: '3'", 1), encoding="utf-8")
    newer = newer_than(loaded_from(old.source, "cycle-client-ia"), folder)
    assert newer is not None
    assert (old.content.version, newer.content.version) == ("2", "3")
    assert newer_than(newer, folder) is None
    file.unlink()
    assert newer_than(old, folder) is None
