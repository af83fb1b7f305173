"""What stands outside tables: fiches, lists that announce, folded pages, two columns, codes in their own column."""

from pathlib import Path
from typing import Any

import pytest

from assistant.referentiel.authoring.importing import import_file, import_source
from assistant.referentiel.authoring.sources.gutters import in_columns
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.pieces import Paragraph, Source
from benchmarks.importing.__main__ import measured
from benchmarks.importing.fresh import render_fresh

BOLD, LARGE = {"bold": True, "size": 11.0}, {"bold": True, "size": 12.0}


def fiches(*lines: str) -> dict[str, Any]:
    """`=`: a title in large bold letters; `-`: a heading in bold; anything else plain text."""
    made = []
    for line in lines:
        how: dict[str, Any] = LARGE if line[0] == "=" else BOLD if line[0] == "-" else {"size": 10.0}
        made.append(Paragraph(line.lstrip("=- "), 1, **how))
    return import_source(Source(list(made), [(1, p.text) for p in made]), "x").content


def tree(content: dict[str, Any]) -> list[tuple[str | None, list[tuple[str, list[str]]]]]:
    return [
        (
            bloc["title"],
            [
                (one["text"], [c["text"] for c in bloc["criteria"] if one["id"] in c["competences"]])
                for one in bloc["competences"]
            ],
        )
        for bloc in content["blocs"]
    ]


def test_a_competence_described_later_stands_in_the_bloc_whose_list_announced_it() -> None:
    content = fiches(
        "- FICHE ACTIVITÉ TYPE N° 1", "= Tenir la caisse",
        "- Liste des compétences professionnelles de l’activité type", "Compter le fond",
        "- Compétences transversales de l’activité type", "Communiquer",
        "- FICHE ACTIVITÉ TYPE N° 2", "= Ranger le rayon",
        "- Liste des compétences professionnelles de l’activité type", "Trier les produits",
        "- FICHE COMPÉTENCE PROFESSIONNELLE N° 1", "= Compter le fond", "- Critères de performance", "Le fond est juste",
        "- FICHE COMPÉTENCE PROFESSIONNELLE N° 2", "= Trier les produits", "- Critères de performance", "Le tri est fait",
    )  # fmt: skip
    assert tree(content) == [
        ("Tenir la caisse", [("Compter le fond", ["Le fond est juste"])]),
        ("Ranger le rayon", [("Trier les produits", ["Le tri est fait"])]),
    ]


def test_a_heading_set_like_the_sections_own_ends_its_criteria() -> None:
    content = fiches(
        "- FICHE ACTIVITÉ TYPE N° 1", "= Tenir la caisse",
        "- FICHE COMPÉTENCE PROFESSIONNELLE N° 1", "= Compter le fond", "- Critères de performance",
        "Le fond est juste", "L’écart est noté", "- Ce qu’il faut avoir appris", "Le calcul mental",
    )  # fmt: skip
    assert tree(content) == [("Tenir la caisse", [("Compter le fond", ["Le fond est juste", "L’écart est noté"])])]


def test_transversal_competences_have_a_bloc_of_their_own_and_each_its_criteria() -> None:
    content = fiches(
        "- FICHE ACTIVITÉ TYPE N° 1", "= Tenir la caisse",
        "- FICHE COMPÉTENCE PROFESSIONNELLE N° 1", "= Compter le fond", "- Critères de performance", "Le fond est juste",
        "- FICHE DES COMPÉTENCES TRANSVERSALES DE L’EMPLOI TYPE",
        "= Communiquer", "- Description de la compétence – processus de mise en œuvre", "Parler à tous.",
        "- Critères de performance", "Le propos est clair",
        "= Apprendre en continu", "- Description de la compétence – processus de mise en œuvre", "Lire.",
        "- Critères de performance", "La veille est tenue",
    )  # fmt: skip
    assert tree(content)[1] == (
        "Compétences transversales",
        [("Communiquer", ["Le propos est clair"]), ("Apprendre en continu", ["La veille est tenue"])],
    )


@pytest.mark.parametrize("name", ["grille", "accordeon", "panneaux", "colonnes.pdf", "colonnes-numeros"])
def test_forms_that_no_other_test_draws_give_everything_back(name: str, tmp_path: Path) -> None:
    for path, gold in render_fresh(tmp_path, only=name):
        found = measured(path, gold)
        assert (found.words, found.places, found.wrong, found.unaccounted) == (21, 21, 0, 0)
        assert (found.codes, found.points) == (found.codes_printed, found.points_printed)
        assert found.deliverables_right == found.deliverables


def test_codes_in_a_column_of_their_own_and_a_table_of_what_is_handed_in(tmp_path: Path) -> None:
    path = tmp_path / "source.html"
    path.write_text(
        "<html><body><table><tr><th>Code bloc</th><th>Bloc</th><th>Code comp.</th><th>Compétence</th>"
        "<th>Code critère</th><th>Critère</th></tr><tr><td>BC01</td><td>Vendre</td><td>C1</td><td>Conseiller le client</td>"
        "<td>Cr1.1</td><td>Le besoin est reformulé</td></tr></table>"
        "<table><tr><th>Bloc</th><th>Productions à remettre</th></tr><tr><td>BC01</td><td>Un devis signé</td></tr></table>"
        "</body></html>",
        encoding="utf-8",
    )
    (bloc,) = import_file(path).content["blocs"]
    assert (bloc["source_code"], bloc["title"]) == ("BC01", "Vendre")
    assert [(c["source_code"], c["text"]) for c in bloc["competences"]] == [("C1", "Conseiller le client")]
    assert [(c["source_code"], c["text"]) for c in bloc["criteria"]] == [("Cr1.1", "Le besoin est reformulé")]
    assert [d["text"] for m in bloc["modalities"] for d in m["deliverables"]] == ["Un devis signé"]


def _page(head: tuple[str, str]) -> list[Word]:
    words = [Word(head[0], 50, 40, 120, 50), Word(head[1], 310, 40, 380, 50)]
    for row in range(12):
        for left in (50, 310):
            words += [
                Word("mot", left + 40 * place, 60 + 12 * row, left + 40 * place + 36, 70 + 12 * row)
                for place in range(5)
            ]
    return words


def test_columns_of_text_are_read_one_after_the_other_and_those_of_an_unruled_table_are_not() -> None:
    assert [len(part) for part in in_columns(_page(("Bonjour", "Ensuite")), 595.0)] == [61, 61]
    assert len(in_columns(_page(("Compétences", "Critères")), 595.0)) == 1
