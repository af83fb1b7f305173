"""`prelecture compare` and `prelecture cohort`: contracts for other programs."""

import json
from pathlib import Path

from tests.dossier.pages import lines, pdf
from tests.forking import forker
from tests.test_cli import environment, run

FIRST = [
    "Du premier appel à l’entretien annuel, un client passe chez nous par onze étapes.",
    "Sur 87 devis partis l’an dernier, 41 sont restés sans réponse.",
    "Le gérant relit chaque message avant son envoi.",
]
SECOND = [*FIRST[:1], FIRST[1].replace("41", "47"), FIRST[2], "Les relances partent seules au bout de sept jours."]


def test_two_versions_are_compared_in_french_and_as_json(tmp_path: Path) -> None:
    before, after, output = tmp_path / "v1.pdf", tmp_path / "v2.pdf", tmp_path / "out.json"
    before.write_bytes(pdf(lines(FIRST)))
    after.write_bytes(pdf(lines(SECOND)))
    done = run(tmp_path, "compare", str(before), str(after), "--referentiel", "cycle-client-ia", "--json", str(output))
    assert done.returncode == 0, done.stderr
    assert "dont un chiffre a changé" in done.stdout
    assert "elle ne dit pas si c’est mieux" in done.stdout
    report = json.loads(output.read_text(encoding="utf-8"))
    assert list(report) == ["format", "sentences", "unchanged", "criteria"]
    assert report["format"] == "prelecture-comparison/1"
    assert [one["change"] for one in report["sentences"]] == ["figure_changed", "added"]
    assert report["unchanged"] == 2
    assert {"id", "gained", "lost"} == set(report["criteria"][0])


def test_a_folder_is_counted_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder, output = tmp_path / "promotion", tmp_path / "out.json"
    (folder / "camille").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(pdf(lines(FIRST)))
    (folder / "camille" / "dossier.pdf").write_bytes(pdf(lines(SECOND)))
    (folder / "vide.pdf").write_bytes(b"")
    (folder / "README.md").write_text("Ce dossier…", encoding="utf-8")
    done = run(tmp_path, "cohort", str(folder), "--referentiel", "cycle-client-ia", "--json", str(output))
    assert done.returncode == 0, done.stderr
    assert "Estimé sans modèle" in done.stdout
    assert "Non lu\u00a0: vide.pdf" in done.stdout
    report = json.loads(output.read_text(encoding="utf-8"))
    assert list(report) == ["format", "dossiers", "criteria"]
    assert report["format"] == "prelecture-cohort/1"
    assert [one["file"] for one in report["dossiers"]] == ["a.pdf", "camille", "vide.pdf"]
    assert {one["state"] for one in report["dossiers"][2]["criteria"]} <= {"unread", "oral_only"}
    for place, one in enumerate(report["criteria"]):
        assert list(one) == ["id", "with", "partly", "without", "most_missing"]
        states = [row["criteria"][place]["state"] for row in report["dossiers"]]
        assert [one["with"], one["partly"], one["without"]] == [
            states.count(state) for state in ("found", "partial", "not_found")
        ]


def test_an_empty_folder_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "rien").mkdir()
    done = run(tmp_path, "cohort", str(tmp_path / "rien"), "--referentiel", "cycle-client-ia")
    assert (done.returncode, "aucun fichier à lire" in done.stderr) == (1, True)


def test_a_cohort_counted_with_a_model_is_replayed_without_one(tmp_path: Path) -> None:
    folder, kept = tmp_path / "promotion", tmp_path / "appels"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf(lines(FIRST)))
    asked = ("cohort", str(folder), "--referentiel", "cycle-client-ia")
    recorded = (*asked, "--record", str(kept), "--json", str(tmp_path / "1.json"))
    made = forker().run(recorded, {**environment(tmp_path), "PRELECTURE_MODEL": "fake"})
    assert made.returncode == 0, made.stderr
    again = run(tmp_path, *asked, "--replay", str(kept), "--json", str(tmp_path / "2.json"))
    assert again.returncode == 0, again.stderr
    assert "avec le modèle" in made.stdout
    assert "avec le modèle" in again.stdout
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_a_model_that_is_not_set_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(lines(FIRST)))
    for asked in (["--drafter", "llm"], ["--record", str(tmp_path / "appels")]):
        done = run(tmp_path, "cohort", str(tmp_path), "--referentiel", "cycle-client-ia", *asked)
        assert (done.returncode, "PRELECTURE_MODEL" in done.stderr) == (1, True)
