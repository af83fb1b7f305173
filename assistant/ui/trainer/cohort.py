"""A cohort: requirement by dossier, what to take up with the group, the passages of one criterion, and the examples."""

from collections.abc import Hashable
from functools import partial

import streamlit as st

from assistant.application.cohort_views import CohortRow, CohortView
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED
from assistant.ui.acting import REFUSED, attempt, refuse
from assistant.ui.page_picture import show_asked
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.trainer.criterion import CRITERION, NUMBER, criterion_panel, in_words
from assistant.ui.trainer.dossiers import dossiers_box
from assistant.ui.trainer.download import download, prepare
from assistant.ui.trainer.evolution import evolution_box
from assistant.ui.trainer.examples import examples_box
from assistant.ui.trainer.progress import follow, headline
from assistant.ui.words import plain

SIGNS = {"found": "●", "partial": "◐", "not_found": "·", "oral_only": "oral", "unread": "non lu"}
LEGEND = (
    "Chaque case dit si des passages ont été repérés\u00a0: ● pour tout ce que le critère demande, ◐ pour une partie, · pour "
    "rien\u00a0; … pour un dossier dont la lecture est en cours, «\u00a0non lu\u00a0» où elle a échoué. Dossiers par "
    "numéro\u00a0; ni total, ni classement par personne. Choisissez une case pour lire ses passages."
)
HOW = {
    "model": "Passages trouvés par une lecture de chaque dossier avec le modèle.",
    "without": "Sans modèle\u00a0: présence estimée sur tous les dossiers ensemble. Les nombres sont des ordres de grandeur, "
    "une case peut se tromper.",
}
COMPACT = """<style>
.st-key-cohort h2, .st-key-cohort-beside h2 { font-size: 1.02rem; padding: .1rem 0 .4rem; }
.st-key-cohort-beside [data-testid="stText"] { font-size: .92rem; }
.st-key-cohort-beside button[kind="tertiary"] { min-height: 1.6rem; padding: 0 .1rem; text-decoration: underline; }
[data-testid="stDataFrameColumnMenu"] { display: none; }
</style>"""
"""A column's menu offers to sort by it, and no setting of a table takes that away: on this page nothing is sorted."""
TABLE = "cohort-table"
HEAD, LINE, MOST = 36, 30, 40
"""Heights of the table's head and of a line, in pixels, and the lines that are seen without scrolling in it."""
TURN = "cohort-turn"


def show_cohort(actor: Actor, cohort_id: str, who_sees: str) -> None:
    """Draws a cohort. Raises NotFound and AccessDenied."""
    view = application().cohorts.view(actor, cohort_id)
    show_asked(actor)
    _head(actor, view)
    st.html(COMPACT)
    left, right = st.columns([5, 3], gap="large")
    with left, st.container(key="cohort", gap="small"):
        st.title("Ce que la promotion couvre")
        st.caption(plain(who_sees))
        _readings(actor, view)
        if view.rows:
            st.caption(LEGEND)
            _presence(view)
            if view.progress.read:
                _missing_chart(view)
        else:
            st.info("Ajoutez des dossiers, ou demandez à vos candidats de vous partager leur brouillon.")
    with right, st.container(key="cohort-beside", gap="small"):
        if view.rows:
            criterion_panel(actor, view)
        _take_up(view)
        evolution_box(actor, view)
        examples = st.container()
        dossiers_box(actor, view)
    with examples:
        examples_box(actor, view)


def _readings(actor: Actor, view: CohortView) -> None:
    """What is read, and how it was: nothing is said of a way of reading before anything was read."""
    if view.progress.waiting:
        follow(actor, view.id, view.progress)
    elif view.progress.failed:
        st.text(headline(view.progress))
    if view.progress.read:
        st.caption(HOW[view.mode])


def _head(actor: Actor, view: CohortView) -> None:
    title, export, add = st.columns([6, 2, 2], vertical_alignment="center")
    title.text(view.title)
    title.caption(plain(f"{view.referentiel} · {in_words(len(view.rows))}"))
    if view.rows:
        of = (view.id, *((row.number, row.preread) for row in view.rows))
        with export.popover("Exporter (XLSX)", width="stretch"):
            st.button("Préparer le classeur", key="make-workbook", on_click=on_workbook, args=(actor, view.id, of))
            download("workbook", of)
    turn = st.session_state.get(TURN, 0)
    with add.popover("Ajouter des dossiers", width="stretch", key=f"cohort-add-{turn:d}"):
        files = st.file_uploader(
            "Un fichier par dossier", type=list(ACCEPTED), accept_multiple_files=True, key=f"cohort-files-{turn:d}"
        )
        st.button("Ajouter ces fichiers", type="primary", disabled=not files, on_click=on_add, args=(actor, view.id))
        for one in application().cohorts.shared(actor, view.id):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(one.title)
                st.button("Ajouter", key=f"join-{one.dossier}", on_click=on_join, args=(actor, view.id, one.dossier))


def _presence(view: CohortView) -> None:
    """A line for each criterion, a column for each dossier. A table that is sorted ranks: the head of a column that may
    be chosen does not sort by it, and its menu is not shown (COMPACT)."""
    lines = min(len(view.criteria), MOST)
    st.dataframe(
        in_cells(_table(view)),
        key=TABLE,
        height=HEAD + LINE * lines + 2,
        row_height=LINE,
        hide_index=True,
        alt="Présence de passages, par critère et par dossier",
        selection_mode=("single-cell", "single-column"),
        on_select=partial(on_pick, view),
        column_config={
            "Critère": st.column_config.TextColumn(width="small", pinned=True),
            "Sans passage": st.column_config.TextColumn(width="small"),
            **{str(row.number): st.column_config.TextColumn(width=56, alignment="center") for row in view.rows},
        },
    )


def _table(view: CohortView) -> dict[str, list[str]]:
    return {
        "Critère": [one.id for one in view.criteria],
        "Sans passage": [f"{one.without} sur {one.read}" if one.read else "" for one in view.criteria],
        **{str(row.number): [_sign(row, one.id) for one in view.criteria] for row in view.rows},
    }


def _missing_chart(view: CohortView) -> None:
    """Criteria that dossiers are asked for, where something was read: one of the oral has none without passages.

    Said as Vega-Lite to Streamlit: its own bar chart loads a library for it, a third of what the first page takes.
    """
    lines = [{"Critère": one.id, "Dossiers": one.without} for one in view.criteria if one.read]
    if not lines:
        return
    st.header("Dossiers où aucun passage n’a été repéré, par critère")
    st.vega_lite_chart(
        lines,
        {
            "mark": {"type": "bar", "color": "#5b7a99", "tooltip": True},
            "encoding": {
                "x": {"field": "Critère", "type": "nominal", "sort": None, "title": None},
                "y": {"field": "Dossiers", "type": "quantitative", "title": "Dossiers", "axis": {"tickMinStep": 1}},
            },
        },
        height=220,
        alt="Nombre de dossiers sans passage, par critère",
    )


def _sign(row: CohortRow, criterion: str) -> str:
    """« … » while it is read for the first time; of one that is read again, what was found the time before."""
    state = row.states[criterion]
    return "…" if state == "unread" and row.reading == "waiting" else SIGNS[state]


def _take_up(view: CohortView) -> None:
    if not view.to_take_up:
        return
    with st.container(border=True):
        st.header("À reprendre avec le groupe")
        for one in view.to_take_up:
            st.text(f"{one.id}\u00a0: {in_words(one.without)} sans passage, sur {one.read}")


def on_pick(view: CohortView) -> None:
    """Turns to the criterion and the dossier of the cell that was chosen, or to the dossier whose column was."""
    chosen = st.session_state[TABLE]["selection"]
    for line, column in chosen.get("cells", ()):
        st.session_state[CRITERION] = view.criteria[line].id
        st.session_state[NUMBER] = _number(column, view)
    for column in chosen.get("columns", ()):
        st.session_state[NUMBER] = _number(column, view)


def _number(column: str, view: CohortView) -> int | None:
    return next((row.number for row in view.rows if str(row.number) == column), None)


def on_workbook(actor: Actor, cohort: str, of: Hashable) -> None:
    """Makes the workbook, to be downloaded."""
    prepare("workbook", of, lambda: application().examples.workbook(actor, cohort))


def on_add(actor: Actor, cohort: str) -> None:
    """Adds each file as a dossier and starts its reading; the box closes, and says which files it did not take."""
    turn = st.session_state.get(TURN, 0)
    refused = []
    for file in st.session_state.get(f"cohort-files-{turn}") or ():
        given = UploadedFile(file.name, file.getvalue())
        if not attempt(partial(_on_add, actor, cohort, given)):
            refused.append(f"{file.name}\u00a0: {st.session_state.pop(REFUSED)}")
    if refused:
        refuse(" ".join(refused))
    st.session_state[TURN] = turn + 1


def _on_add(actor: Actor, cohort: str, file: UploadedFile) -> None:
    application().jobs.start(actor, application().cohorts.add(actor, cohort, file))


def on_join(actor: Actor, cohort: str, dossier: str) -> None:
    """Puts a shared draft in."""
    attempt(lambda: application().cohorts.join(actor, cohort, dossier))
