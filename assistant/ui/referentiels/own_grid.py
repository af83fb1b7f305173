"""The certifier's own grid: which of its cells hold what, proposed by its words, corrected by a person, kept."""

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

KEPT = "kept-grid"
"""The name of the grid that was kept last."""
NARROW = 92
"""Pixels of a column of cell names: all stand beside the source at 1366 pixels."""


def own_grid(actor: Actor, draft: DraftView) -> None:
    """Draws it."""
    st.divider()
    st.header("La grille du certificateur")
    st.caption(
        "Pour un référentiel publié\u00a0: Prélecture la remplit sans rien y changer d’autre. Une fois sa correspondance "
        "gardée, elle est proposée à chaque juré parmi les fichiers à emporter."
    )
    file = st.file_uploader(
        "Grille à remplir (.xlsx ou .docx)", type=["xlsx", "docx"], key="own-grid", on_change=on_other, args=(draft.id,)
    )
    for one in application().own_grids.of(actor, draft.content["id"]):
        st.write(f"• {plain(one.name)}")
    if file is not None:
        _mapped(actor, draft, UploadedFile(file.name, file.getvalue()))
    kept = st.session_state.get(f"{KEPT}-{draft.id}")
    if kept:
        st.success(f"Correspondance gardée\u00a0: {plain(kept)} sera remplie parmi les fichiers à emporter.")


def _mapped(actor: Actor, draft: DraftView, given: UploadedFile) -> None:
    own = application().own_grids
    name = draft.content["id"]
    proposal = own.propose(actor, name, given)
    st.write(f"{len(proposal.map.criteria)} critères retrouvés.")
    if proposal.missing:
        st.warning(f"Non retrouvés\u00a0: {plain(', '.join(proposal.missing))}")
    _looked_at(own.sheets(actor, proposal))
    st.caption(
        "À corriger si besoin\u00a0: la case de chaque colonne s’écrit comme dans un tableur (D12), vide si la grille n’en a "
        "pas. Une case à cocher s’écrit «\u00a0Acquis = E12\u00a0; Non acquis = F12\u00a0»."
    )
    found = own.rows(actor, name, proposal.map)
    empty = [title for title in (found[0] if found else ()) if not any(row[title] for row in found)]
    shown = not empty or st.toggle(f"Montrer aussi les colonnes vides ({len(empty):d})", key="own-map-empty")
    titles = list(found[0]) if found else []
    rows = st.data_editor(
        in_cells(found),
        key="own-map",
        disabled=["Critère"],
        hide_index=True,
        width="stretch",
        column_order=[title for title in titles if shown or title not in empty],
        column_config={title: st.column_config.TextColumn(width=NARROW) for title in titles},
    )
    st.button("Garder cette correspondance", on_click=on_keep, args=(actor, draft, given, rows))


def _looked_at(sheets: dict[str, list[dict[str, str]]]) -> None:
    """The grid's cells by their names, so that « D12 » can be found."""
    with st.expander("Voir les cases de la grille"):
        titles = distinct({name: name for name in sheets})
        chosen = st.selectbox("Feuille ou tableau", list(sheets), key="own-grid-part", format_func=titles.__getitem__)
        if chosen in sheets:
            st.dataframe(in_cells(sheets[chosen]), hide_index=True, height=280)


def on_other(draft: str) -> None:
    """What was said of the grid before is gone with it."""
    st.session_state.pop(f"{KEPT}-{draft}", None)


def on_keep(actor: Actor, draft: DraftView, file: UploadedFile, rows: list[dict[str, str]]) -> None:
    """Keeps the template with the map as its rows were corrected."""
    st.session_state.pop(f"{KEPT}-{draft.id}", None)
    if attempt(lambda: application().own_grids.keep_rows(actor, draft.content["id"], file, rows)):
        st.session_state[f"{KEPT}-{draft.id}"] = file.name
