from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pytest

from assistant.dossier.model import Dossier
from assistant.dossier.read import read_dossier
from assistant.matching.signals import LONG_SECTION, evidence_candidates
from tests.dossier.pages import lines, pdf

TOLD = [f"Le client numéro {number} rappelle la boutique avant midi." for number in range(LONG_SECTION // 2)]
TITLES = ["Les étapes du parcours", "2. Mes données rangées"]


def dossier(texts: Sequence[str], read: Literal["text", "ocr"]) -> Dossier:
    """One page that was written, or the same one as a scan gives it: nothing tells its titles but their looks."""
    written = read_dossier(pdf(lines(texts, top=60, step=22)), "d.pdf")
    bare = tuple(replace(one, kind="prose", section="", source=read) for one in written.sentences)
    return replace(
        written, sentences=bare, ledger=tuple(one.model_copy(update={"read": read}) for one in written.ledger)
    )


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [TITLES[0], *TOLD, TITLES[1], *TOLD]


def test_a_scan_is_searched_under_the_titles_it_shows(texts: list[str]) -> None:
    field = evidence_candidates(dossier(texts, "ocr"))
    assert [title.removeprefix(" › ") for title in field.titles] == ["", TITLES[1]]
    assert field.section_of.tolist().count(1) == len(TOLD) + 1


def test_a_written_page_without_headings_stays_one_section(texts: list[str]) -> None:
    assert len(evidence_candidates(dossier(texts, "text")).sections) == 1


def test_a_short_scan_stays_one_section() -> None:
    assert len(evidence_candidates(dossier([*TOLD[:4], TITLES[1], *TOLD[4:8]], "ocr")).sections) == 1


def test_text_of_a_scanned_page_is_no_more_laid_out_than_a_written_one(texts: list[str]) -> None:
    scan = dossier(texts, "ocr")
    assert evidence_candidates(scan).scanned == {1}
    assert evidence_candidates(dossier(texts, "text")).scanned == frozenset()
