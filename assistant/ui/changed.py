"""What each criterion gained and lost between two versions: folded, counted, the likeliest passages first. Never how well."""

from collections.abc import Sequence

import streamlit as st

from assistant.application.versions import ChangedPassages
from assistant.comparison_report import PlacedSentence
from assistant.ui.words import plain

NONE = "Aucun critère n’a gagné ni perdu de passage depuis la version d’avant."


def changed_passages(criteria: Sequence[ChangedPassages]) -> None:
    """One fold a criterion whose passages changed; the others, whose neighbouring sentences changed, in one line."""
    told = [one for one in criteria if one.gained or one.lost]
    near = [one for one in criteria if not (one.gained or one.lost)]
    if not told:
        st.caption(NONE)
    for one in told:
        with st.expander(plain(f"{one.id}\u00a0: {_counts(len(one.gained), len(one.lost))}")):
            _listed("en moins, dans la version d’avant", one.lost)
            _listed("en plus, dans cette version", one.gained)
            if one.near_gained or one.near_lost:
                count = _counts(one.near_gained, one.near_lost)
                st.caption(plain(f"Et, parmi les phrases qui en parlent peut-être\u00a0: {count}."))
    if near:
        others = "un critère" if len(near) == 1 else f"{len(near):d} critères"
        st.caption(plain(f"Pour {others}, seules des phrases qui en parlent peut-être ont changé."))


def _listed(title: str, sentences: Sequence[PlacedSentence]) -> None:
    for one in sentences:
        st.caption(plain(f"{title}, p.\u00a0{one.page:d}"))
        st.text(f"«\u00a0{one.text}\u00a0»")


def _counts(gained: int, lost: int) -> str:
    """« 2 en plus, 1 en moins »."""
    return ", ".join(f"{count:d} {words}" for count, words in ((gained, "en plus"), (lost, "en moins")) if count)
