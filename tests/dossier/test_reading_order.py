"""A page is read in the order a person reads it, however its program wrote it."""

import pytest

from assistant.dossier.read import read_dossier
from tests.dossier.ordered_pages import in_order, ordered_pages
from tests.dossier.pages import pdf

PAGES = ordered_pages()
ENOUGH = 0.9


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_neighbours_are_read_one_after_the_other(page) -> None:  # type: ignore[no-untyped-def]
    assert in_order(page.sentences, read_dossier(pdf(page.draw), "d.pdf").pages[0].text) >= ENOUGH
