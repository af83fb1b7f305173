"""A passage chosen in a file that another replaced since is never a quotation of the dossier as it is now."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.application.context import ReviewContext
from assistant.dossier.model import Dossier
from assistant.exporting.grid import Grid
from assistant.exporting.verbatim import DossierWords
from assistant.settings import Settings
from tests.application.house import SENTENCES, House, dossier, house

TEXTS = [text for _, text in SENTENCES.values()]
PLACES = st.tuples(
    st.integers(2, 9), st.sampled_from([*TEXTS, "Une phrase nouvelle.", "Je relève deux frictions de plus."])
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, ReviewContext]:
    """A juror who chose two passages, one of two sentences that lie apart, and what their exports rest on."""
    made = house(Settings(data_dir=Path(tmp_path_factory.mktemp("replaced"))))
    review = made.jury("replaced")
    for item, page, sentences in (("e1", 4, ["p4s1"]), ("e2", 7, ["p7s1", "p2s3"])):
        made.write(made.anne, review, "own_evidence", "C1", {"page": page, "sentences": sentences}, item=item)
    return made, made.app.reviews.context(made.anne, review)


def grid_over(read: tuple[House, ReviewContext], now: Dossier) -> Grid:
    made, context = read
    exports = made.app.exports
    with pytest.MonkeyPatch.context() as patch:
        changed = replace(context, dossier=replace(context.dossier, dossier=now))
        patch.setattr(exports._reviews, "context", lambda *_: changed)
        return exports.grid(made.anne, context.review_id, "individual")


def rewritten(places: list[tuple[int, str]]) -> Dossier:
    """Another file: the same ids, other sentences on other pages."""
    known = dossier()
    taken = zip(known.sentences, places, strict=False)
    return replace(known, sentences=tuple(replace(one, page=page, text=text) for one, (page, text) in taken))


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, max_size=3))
def test_what_a_juror_chose_is_quoted_where_it_stands_now_or_not_at_all(
    read: tuple[House, ReviewContext], places: list[tuple[int, str]]
) -> None:
    now = rewritten(places)
    pages = {one.page for one in now.sentences}
    said = DossierWords((page, " ".join(one.text for one in now.sentences if one.page == page)) for page in pages)
    own = [one for one in grid_over(read, now).rows[0].quotes if one.own]
    assert own
    for quoted in own:
        assert quoted.earlier == (not quoted.quote)
        assert quoted.earlier or said.holds(quoted.quote, quoted.pages)


def test_in_the_file_it_was_chosen_in_each_passage_is_a_quotation(read: tuple[House, ReviewContext]) -> None:
    own = [one for one in grid_over(read, dossier()).rows[0].quotes if one.own]
    assert {(one.page, one.quote) for one in own} == {(page, text) for page, text in SENTENCES.values()}
