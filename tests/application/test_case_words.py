"""A case file speaks French: no key of a table, no word of the program, whatever was done."""

import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.application.audit import SAID, CaseFile
from assistant.application.auditing import AUDIT_ACTS
from assistant.application.case_files import as_html, index_of
from assistant.application.case_words import KINDS as SAID_KINDS
from assistant.application.case_words import detail_in_words, value_in_words, who_in_words
from assistant.application.context import Decision
from assistant.review.values import KINDS
from assistant.settings import Settings
from tests.application.house import House, house, items

KEYS = re.compile(r"\b(True|False|None|taken_back|verdict|adopted|rejected|kind|criterion|item|person|program|level)\b")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """Of a candidate with whom all that can be done was done."""
    made: House = house(Settings(data_dir=tmp_path_factory.mktemp("case")))
    review = made.jury("0417")
    first, second, _ = items()
    made.note(made.anne, review, "Une note.")
    made.choose(made.anne, review, first, "adopted")
    made.choose(made.anne, review, second, "edited", "Mieux dit.")
    made.decide(made.anne, review, Decision(points=1.5))
    made.write(made.anne, review, "own_text", "C1", {"kind": "question", "text": "Pourquoi ?", "pages": [1]}, item="t1")
    made.write(made.anne, review, "own_evidence", "C1", {"page": 1}, item="e1")
    made.write(made.anne, review, "read", "C1", {"value": True})
    made.write(made.anne, review, "drafts_ignored", "", {"value": False})
    made.app.exports.file(made.anne, review, "individual", "grid", "json")
    made.lock(review, made.anne, made.bruno)
    made.app.reviews.unlock(made.organiser, review, made.bruno.person, "Oubli d’un critère")
    made.lock(review, made.bruno)
    proposed = made.propose(made.anne, review, Decision(points=1), "Texte du jury")
    made.consent(made.bruno, review, proposed.version)
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")
    made.app.organising.say_presence(made.organiser, review, "excused", "")
    return made.app.audit.case_file(made.organiser, review)


@pytest.fixture(scope="module")
def page(case: CaseFile) -> str:
    return unescape(as_html(case))


def test_it_holds_no_word_of_the_program(page: str) -> None:
    body = re.sub(r"<[^>]*>", " ", page.partition("</style>")[2])
    assert KEYS.findall(body) == []


def test_it_says_who_did_what_and_why(page: str) -> None:
    for said in (
        "premier juré", "aucun lien", "repris tel quel", "texte du juré : Mieux dit.", "1,5 point",
        "question : Pourquoi ? (p. 1)", "lecture de Bruno, raison : Oubli d’un critère",
        "décision révoquée, raison : Pièce fausse", "d’accord avec la version", "excusé", "grille individuelle (JSON)",
    ):  # fmt: skip
        assert said in page.replace("\u00a0", " "), said


def test_its_head_names_the_referentiel_and_every_date_is_written_alike(page: str) -> None:
    assert "Certification d’essai, version 1 (empreinte " in page
    dates = re.findall(r"\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}.{0,12}", page.replace("\u00a0", " "))
    assert dates
    assert all(re.match(r"\d{2}/\d{2}/\d{4} à \d{2}:\d{2}:\d{2}", one) for one in dates)


def test_a_prompt_is_said_by_what_it_is_for() -> None:
    said = detail_in_words({"prompts": {"drafting": "7:ab", "gone": "1:cd"}}, {})
    assert "rédaction, critère par critère" in said
    assert "(drafting, version 7:ab)" in said
    assert said.endswith("gone 1:cd")


def test_an_index_names_each_candidate_as_text(case: CaseFile) -> None:
    made = index_of({"a1": case, "b2": replace(case, number="<b>", candidate="Ève & fils")})
    assert 'href="a1.html"' in made
    assert "&lt;b&gt;" in made
    assert "Ève &amp; fils" in made


def test_every_act_and_every_kind_has_its_words() -> None:
    assert set(SAID) == set(AUDIT_ACTS)
    assert set(SAID_KINDS) == set(KINDS)
    assert who_in_words("program") == "le programme"


def test_what_is_not_known_is_said_as_it_stands() -> None:
    assert detail_in_words({"role": "juror", "later": 3, "none": None}, {}) == "later\u00a0: 3"
    assert value_in_words("note", "", None, {}) == "repris ou effacé"
