"""A draft is put right by operations: each leaves a valid content behind and the one before untouched."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InvalidInput, PrelectureError
from assistant.referentiel.authoring.editor.applying import apply, entries
from assistant.referentiel.authoring.editor.comparing import compared
from assistant.referentiel.authoring.editor.operations import operation_of
from assistant.referentiel.authoring.editor.telling import told
from assistant.referentiel.authoring.publishing import frozen, hindrances
from assistant.referentiel.catalogue import load, problems
from assistant.referentiel.model import Referentiel

CONTENT: dict[str, Any] = json.loads(load("cycle-client-ia").content.model_dump_json(exclude_defaults=True))


LAST = CONTENT["blocs"][-1]["criteria"][-1]["id"]


def done(*operations: dict[str, Any]) -> dict[str, Any]:
    content = CONTENT
    for one in operations:
        content = apply(content, operation_of(one))
    return content


def criterion(content: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for _, _, one in entries(content, "criterion") if one["id"] == name)


def test_a_criterion_is_cut_in_two_and_made_one_again() -> None:
    text = criterion(CONTENT, "Cr1.2")["text"]
    cut = done({"do": "split", "kind": "criterion", "id": "Cr1.2", "at": text.index(", en les")})
    names = [one["id"] for _, _, one in entries(cut, "criterion")]
    new = names[names.index("Cr1.2") + 1]
    assert criterion(cut, new)["competences"] == ["C1"]
    whole = apply(cut, operation_of({"do": "merge", "kind": "criterion", "id": "Cr1.2"}))
    assert criterion(whole, "Cr1.2")["text"].replace(" ,", ",") == text


def test_a_competence_that_is_renamed_is_followed_by_what_names_it() -> None:
    made = done({"do": "rename", "kind": "competence", "id": "C1", "new": "C10"})
    assert {name for _, _, one in entries(made, "criterion") for name in one["competences"]} == {"C10", "C2", "C3"}
    assert problems(Referentiel.model_validate(made)) == []


def test_a_criterion_moves_below_another_competence() -> None:
    made = done({"do": "move", "kind": "criterion", "id": "Cr1.1", "parent": "C3"})
    assert criterion(made, "Cr1.1")["competences"] == ["C3"]


def test_an_indicator_becomes_a_criterion_and_an_indicator_again() -> None:
    inner = done({"do": "indent", "id": "Cr1.2"})
    assert criterion(inner, "Cr1.1")["indicators"][0] == criterion(CONTENT, "Cr1.2")["text"]
    outer = apply(inner, operation_of({"do": "outdent", "id": "Cr1.1", "indicator": 0}))
    assert criterion(outer, "Cr1.1").get("indicators", []) == []


@pytest.mark.parametrize(
    "operation",
    [
        {"do": "correct", "kind": "criterion", "id": "Cr9", "field": "text", "value": "x"},
        {"do": "correct", "kind": "criterion", "id": "Cr1.1", "field": "points", "value": "deux"},
        {"do": "correct", "kind": "criterion", "id": "Cr1.1", "field": "competences", "value": ["C9"]},
        {"do": "correct", "kind": "criterion", "id": "Cr1.1", "field": "note", "value": "16/20"},
        {"do": "split", "kind": "criterion", "id": "Cr1.1", "at": 0},
        {"do": "remove", "kind": "bloc", "id": "B0"},
        {"do": "merge", "kind": "criterion", "id": LAST},
        {"do": "explode"},
    ],
)
def test_what_cannot_be_done_says_so_and_changes_nothing(operation: dict[str, Any]) -> None:
    before = copy.deepcopy(CONTENT)
    with pytest.raises(InvalidInput):
        done(operation)
    assert before == CONTENT


NAMES = [one["id"] for _, _, one in entries(CONTENT, "criterion")]
OPERATIONS = st.one_of(
    st.builds(
        lambda n, t: {"do": "correct", "kind": "criterion", "id": n, "field": "text", "value": t},
        st.sampled_from(NAMES),
        st.text(max_size=20),
    ),
    st.builds(
        lambda n, a: {"do": "split", "kind": "criterion", "id": n, "at": a}, st.sampled_from(NAMES), st.integers(0, 60)
    ),
    st.builds(lambda n: {"do": "merge", "kind": "criterion", "id": n}, st.sampled_from(NAMES)),
    st.builds(lambda n: {"do": "indent", "id": n}, st.sampled_from(NAMES)),
    st.builds(lambda n: {"do": "outdent", "id": n, "indicator": 0}, st.sampled_from(NAMES)),
    st.builds(
        lambda n, p: {"do": "move", "kind": "criterion", "id": n, "parent": p},
        st.sampled_from(NAMES),
        st.sampled_from(["C1", "C2", "C3"]),
    ),
    st.builds(lambda n: {"do": "remove", "kind": "criterion", "id": n}, st.sampled_from(NAMES)),
    st.builds(lambda n: {"do": "remove", "kind": "competence", "id": n}, st.sampled_from(["C1", "C2", "C3"])),
    st.builds(
        lambda p: {"do": "add", "kind": "criterion", "parent": p, "text": "Nouveau"}, st.sampled_from(["C1", "C2"])
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OPERATIONS, max_size=6))
def test_after_any_operations_ids_are_unique_and_what_is_named_exists(operations: list[dict[str, Any]]) -> None:
    content = CONTENT
    for raw in operations:
        before = json.dumps(content)
        try:
            made = apply(content, operation_of(raw))
        except PrelectureError:
            made = content
        assert json.dumps(content) == before
        content = made
    assert problems(Referentiel.model_validate(content)) == []
    assert compared(content, content) == ()


def test_two_versions_are_compared_field_by_field() -> None:
    made = done({"do": "correct", "kind": "criterion", "id": "Cr1.1", "field": "points", "value": 3.0})
    (one,) = compared(CONTENT, made)
    assert (one.what, one.kind, one.id, one.field, one.before, one.after) == (
        "changed",
        "criterion",
        "Cr1.1",
        "points",
        "2",
        "3",
    )


def test_a_draft_is_frozen_under_a_version_and_the_same_content_gives_the_same_bytes() -> None:
    assert hindrances(CONTENT) == ()
    assert frozen(CONTENT, "2").sha256 == frozen(copy.deepcopy(CONTENT), "2").sha256
    assert frozen(CONTENT, "2").content.version == "2"


def test_an_empty_text_stops_the_publication() -> None:
    made = done({"do": "correct", "kind": "criterion", "id": "Cr1.1", "field": "text", "value": ""})
    assert "Le critère Cr1.1 n’a pas de texte." in [str(one) for one in hindrances(made)]


POINTED: dict[str, Any] = {
    "id": "essai",
    "version": "1",
    "scale": "points",
    "blocs": [
        {
            "id": "B1",
            "title": "Servir",
            "competences": [{"id": "C1", "text": "Servir le client"}],
            "criteria": [
                {
                    "id": "K1.1",
                    "competences": ["C1"],
                    "text": "Le client est salué. La commande est répétée.",
                    "points": 2,
                    "requirements": [
                        {"id": "K1.1.r1", "text": "Le client est salué.", "clues": ["bonjour madame"]},
                        {"id": "K1.1.r2", "text": "La commande est répétée."},
                    ],
                },
                {"id": "K1.2", "competences": ["C1"], "text": "Le café est chaud", "points": 1.5},
            ],
        }
    ],
}


def after(operation: dict[str, Any]) -> tuple[dict[str, Any], str]:
    done = operation_of(operation)
    made = apply(POINTED, done)
    return made, told(POINTED, made, done).replace("\u00a0", " ")


@pytest.mark.parametrize("what", [{"do": "merge", "kind": "criterion", "id": "K1.1"}, {"do": "indent", "id": "K1.2"}])
def test_two_criteria_in_one_are_worth_both_and_this_is_said(what: dict[str, Any]) -> None:
    made, said = after(what)
    assert criterion(made, "K1.1")["points"] == 3.5
    assert "3,5 points (2 + 1,5)" in said


def test_a_criterion_that_is_cut_says_where_its_points_are_and_each_part_keeps_its_requirements() -> None:
    made, said = after({"do": "split", "kind": "criterion", "id": "K1.1", "at": len("Le client est salué. ")})
    first, second = (one for _, _, one in list(entries(made, "criterion"))[:2])
    assert (first["points"], second.get("points")) == (2, None)
    assert "K1.1 garde tous les points (2)" in said
    assert [one["text"] for one in first["requirements"]] == ["Le client est salué."]
    assert [(one["id"], one["text"]) for one in second["requirements"]] == [
        (f"{second['id']}.r1", "La commande est répétée.")
    ]
    assert hindrances(made) == ()


def test_requirements_that_the_rules_made_follow_their_criterion_and_keep_their_clues() -> None:
    text = "Le client est accueilli. La commande est répétée."
    made, said = after({"do": "correct", "kind": "criterion", "id": "K1.1", "field": "text", "value": text})
    asked = criterion(made, "K1.1")["requirements"]
    assert [one["text"] for one in asked] == ["Le client est accueilli.", "La commande est répétée."]
    assert asked[0]["clues"] == ["bonjour madame"]
    assert "refaites" in said
    assert hindrances(made) == ()


def test_a_requirement_that_a_person_wrote_is_left_and_told_with_its_criterion() -> None:
    own = {"do": "correct", "kind": "requirement", "id": "K1.1.r1", "field": "text", "value": "client est salué"}
    written = apply(POINTED, operation_of(own))
    change = operation_of(
        {"do": "correct", "kind": "criterion", "id": "K1.1", "field": "text", "value": "La commande est répétée."}
    )
    made = apply(written, change)
    assert criterion(made, "K1.1")["requirements"][0]["text"] == "client est salué"
    assert "K1.1" in told(written, made, change)
    (found,) = hindrances(made)
    assert found.criterion == "K1.1"
    assert "exigence 1" in str(found)
