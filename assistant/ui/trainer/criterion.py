"""One criterion of a cohort: how many dossiers speak of it, and the passages, drawn anew alone when another is chosen."""

import streamlit as st

from assistant.application.cohort_views import CohortView, CriterionLine
from assistant.application.people import Actor
from assistant.ui.acting import attempt, still_here
from assistant.ui.page_picture import ASKED, page_button
from assistant.ui.state import application
from assistant.ui.words import plain

CRITERION, NUMBER = "criterion", "number"
KEPT = "example-kept"
AT_ONCE = 12
"""Passages shown of a criterion; the others are reached dossier by dossier."""


@st.fragment
def criterion_panel(actor: Actor, view: CohortView) -> None:
    """The criterion and the dossier that are chosen; what is kept or asked for here concerns the whole page."""
    if not still_here() or st.session_state.pop(KEPT, False) or ASKED in st.session_state:
        st.rerun(scope="app")
    with st.container(border=True):
        chosen = st.selectbox("Critère", [one.id for one in view.criteria], key=CRITERION)
        line = next((one for one in view.criteria if one.id == chosen), None)
        if line is None:
            return
        number = st.selectbox("Dossier", [row.number for row in view.rows], index=None, key=NUMBER, placeholder="Tous")
        # What stood here is of another criterion: it goes before anything is looked up.
        place = st.empty()
        place.caption("Recherche des passages…")
        passages = application().cohorts.passages(actor, view.id, line.id, number)
        with place.container():
            _line(line, view)
            st.header(plain(f"Passages pour {line.id}"))
            if not passages:
                st.caption("Aucun passage repéré." if line.read else "Rien n’est encore lu pour ce critère.")
            for rank, one in enumerate(passages[:AT_ONCE], start=1):
                key = f"{line.id}-{one.preread}-{one.sentence}"
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.text(f"Passage {rank:d}")
                    page_button(one.preread, one.page, f"see-{key}", one.number, one.sentence)
                    st.button(
                        f"Garder le passage {rank:d} comme exemple", key=f"keep-{key}", type="tertiary",
                        on_click=on_keep, args=(actor, view.id, one.preread, line.id, one.sentence),
                    )  # fmt: skip
                st.text(f"«\u00a0{one.text}\u00a0»")
            if len(passages) > AT_ONCE:
                st.caption(f"Et {len(passages) - AT_ONCE:d} autres\u00a0: choisissez un dossier.")


def _line(line: CriterionLine, view: CohortView) -> None:
    st.text(line.text)
    st.text(spoken_of(line, asked=bool(view.progress.read)))
    for name, count in line.missing:
        st.text(f"Manque souvent\u00a0: «\u00a0{name}\u00a0» ({in_words(count)})")


def spoken_of(line: CriterionLine, *, asked: bool) -> str:
    """« 1 dossier sur 3 lus en parle. » Only what was read is counted; `asked`: whether anything was."""
    if not line.read:
        return "Ce critère s’évalue à l’oral." if asked else "Aucun dossier n’est encore lu."
    spoken = line.with_all + line.with_part
    lus = "lu" if line.read < 2 else "lus"
    return f"{in_words(spoken)} sur {line.read} {lus} {'en parle' if spoken < 2 else 'en parlent'}."


def in_words(count: int) -> str:
    """« 1 dossier », « 3 dossiers »."""
    return f"{count} dossier" if count < 2 else f"{count} dossiers"


def on_keep(actor: Actor, cohort: str, preread: str, criterion: str, sentence: str) -> None:
    """Keeps a sentence as an example."""
    attempt(lambda: application().examples.choose(actor, cohort, preread, criterion, sentence))
    st.session_state[KEPT] = True
