"""The list of doubts gets shorter by itself: what was put right is not asked again."""

from typing import Any

from assistant.referentiel.authoring.editor.applying import apply
from assistant.referentiel.authoring.editor.operations import operation_of
from assistant.referentiel.authoring.standing import Standing


def test_a_doubt_whose_cause_is_gone_leaves_the_list() -> None:
    bloc = {
        "id": "B1",
        "competences": [{"id": "C1", "text": "Servir"}, {"id": "C2", "text": "Total"}],
        "modalities": [{"id": "M1", "kind": "dossier", "title": "Mise en situation"}],
        "criteria": [
            {"id": "K1", "text": "Le client est salué", "competences": ["C1"]},
            {"id": "K2", "text": "Le café est servi et"},
        ],
    }
    first: dict[str, Any] = {"id": "essai", "version": "1", "scale": "points", "blocs": [bloc]}
    doubts = {
        "no_criteria": "C2 n’a pas de critère : Total",
        "no_competence": "K2 : Le café est servi et",
        "cut": "K2 : Le café est servi et",
        "points": "K1 n’a pas de points : Le client est salué",
        "modality": "Nature de l’épreuve à préciser : Mise en situation",
        "unplaced": "Le thé est chaud",
        "unread_page": "illisible",
    }

    def stand(*operations: dict[str, object]) -> set[str]:
        now = first
        for one in operations:
            now = apply(now, operation_of(one))
        return {
            kind for kind, text in doubts.items() if Standing(lambda: first, now).stands({"kind": kind, "text": text})
        }

    def correct(kind: str, name: str, field: str, value: object) -> dict[str, object]:
        return {"do": "correct", "kind": kind, "id": name, "field": field, "value": value}

    assert stand() == set(doubts)
    assert "no_criteria" not in stand({"do": "remove", "kind": "competence", "id": "C2"})
    assert "no_competence" not in stand(correct("criterion", "K2", "competences", ["C1"]))
    assert "cut" not in stand(correct("criterion", "K2", "text", "Le café est servi"))
    assert "points" not in stand(correct("criterion", "K1", "points", 2))
    assert "modality" not in stand(correct("modality", "M1", "kind", "oral"))
    assert "unplaced" not in stand({"do": "rules", "kind": "notes", "texts": ["Le thé est chaud."]})


def test_a_printed_sum_is_a_doubt_until_the_criteria_make_it() -> None:
    criteria = [{"id": f"K{n}", "text": "Salue", "points": 2} for n in (1, 2)]
    first: dict[str, Any] = {
        "id": "essai",
        "version": "1",
        "scale": "points",
        "blocs": [{"id": "B1", "criteria": criteria}],
    }
    doubt = {
        "kind": "points",
        "text": "B1\u00a0: la source imprime «\u00a0Total 4,5\u00a0», les critères font 4 points",
    }
    right = operation_of({"do": "correct", "kind": "criterion", "id": "K1", "field": "points", "value": 2.5})
    assert Standing(lambda: first, first).stands(doubt)
    assert not Standing(lambda: first, apply(first, right)).stands(doubt)
