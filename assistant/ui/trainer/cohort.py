"""A cohort: requirement by dossier, what to take up with the group, the passages of one criterion, and the examples."""

from functools import partial

import streamlit as st

from assistant.application.cohorts import CohortView
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED
from assistant.comparison_report import CriterionChange
from assistant.ui.acting import attempt
from assistant.ui.page_picture import page_button, show_asked
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

SIGNS = {"found": "●", "partial": "◐", "not_found": "·", "oral_only": "oral", "unread": "non lu"}
LEGEND = (
    "Chaque case dit si des passages ont été repérés\u00a0: ● pour tout ce que le critère demande, ◐ pour une partie, · pour "
    "rien. Dossiers par numéro\u00a0; ni total, ni classement par personne."
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
</style>"""
AT_ONCE = 12
"""Passages shown of a criterion; the others are reached dossier by dossier."""


def show_cohort(actor: Actor, cohort_id: str, who_sees: str) -> None:
    """Draws a cohort. Raises NotFound and AccessDenied."""
    view = application().cohorts.view(actor, cohort_id)
    _head(actor, view)
    st.html(COMPACT)
    left, right = st.columns([5, 3], gap="large")
    with left, st.container(key="cohort", gap="small"):
        st.title("Ce que la promotion couvre")
        st.caption(plain(who_sees))
        st.caption(LEGEND)
        st.caption(HOW[view.mode])
        if view.rows:
            st.dataframe(
                in_cells(_table(view)),
                height="auto",
                hide_index=True,
                alt="Présence de passages, par dossier et par critère",
            )
            st.header("Dossiers où aucun passage n’a été repéré, par critère")
            st.bar_chart(
                _missing(view), x="Critère", y="Dossiers", color="#5b7a99", sort=False, height=220,
                alt="Nombre de dossiers sans passage, par critère",
            )  # fmt: skip
        else:
            st.info("Ajoutez des dossiers, ou demandez à vos candidats de vous partager leur brouillon.")
    with right, st.container(key="cohort-beside", gap="small"):
        _criterion(actor, view)
        _take_up(view)
        _evolution(actor, view)
        _examples(actor, view)
        _dossiers(actor, view)
    show_asked(actor)


def _head(actor: Actor, view: CohortView) -> None:
    title, export, add = st.columns([6, 2, 2], vertical_alignment="center")
    title.text(view.title)
    title.caption(plain(f"{view.referentiel} · {_dossiers_in_words(len(view.rows))}"))
    if view.rows:
        with export.popover("Exporter (XLSX)", width="stretch"):
            st.button("Préparer le classeur", key="make-workbook", on_click=on_workbook, args=(actor, view.id))
            _download("workbook")
    with add.popover("Ajouter des dossiers", width="stretch"):
        st.file_uploader("Un fichier par dossier", type=list(ACCEPTED), accept_multiple_files=True, key="cohort-files")
        st.button("Ajouter ces fichiers", type="primary", on_click=on_add, args=(actor, view.id))
        for one in application().cohorts.shared(actor, view.id):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(one.title)
                st.button("Ajouter", key=f"join-{one.dossier}", on_click=on_join, args=(actor, view.id, one.dossier))


def _table(view: CohortView) -> list[dict[str, str]]:
    return [
        {"Dossier": str(row.number)}
        | {one.id: SIGNS[row.states[one.id]] for one in view.criteria}
        | {"version": f"v{row.version}"}
        for row in view.rows
    ]


def _missing(view: CohortView) -> list[dict[str, str | int]]:
    """Criteria that dossiers are asked for: one of the oral has none without passages."""
    asked = [one for one in view.criteria if one.with_all + one.with_part + one.without]
    return [{"Critère": one.id, "Dossiers": one.without} for one in asked]


def _criterion(actor: Actor, view: CohortView) -> None:
    with st.container(border=True):
        names = [one.id for one in view.criteria]
        chosen = st.selectbox("Critère", names, key="criterion")
        line = next((one for one in view.criteria if one.id == chosen), None)
        if line is None:
            return
        st.text(line.text)
        spoken = line.with_all + line.with_part
        st.text(f"{_dossiers_in_words(spoken)} sur {len(view.rows)} {'en parle' if spoken < 2 else 'en parlent'}.")
        for name, count in line.missing:
            st.text(f"Manque souvent\u00a0: «\u00a0{name}\u00a0» ({_dossiers_in_words(count)})")
        number = st.selectbox(
            "Dossier", [row.number for row in view.rows], index=None, key="number", placeholder="Tous"
        )
        passages = application().cohorts.passages(actor, view.id, line.id, number)
        st.header("Passages")
        if not passages:
            st.caption("Aucun passage repéré.")
        for place, one in enumerate(passages[:AT_ONCE], start=1):
            key = f"{one.preread}-{one.sentence}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"Passage {place:d}")
                page_button(one.preread, one.page, f"see-{key}", one.number)
                st.button(
                    f"Garder le passage {place:d} comme exemple", key=f"keep-{key}", type="tertiary", on_click=on_keep,
                    args=(actor, view.id, one.preread, line.id, one.sentence),
                )  # fmt: skip
            st.text(f"«\u00a0{one.text}\u00a0»")
        if len(passages) > AT_ONCE:
            st.caption(f"Et {len(passages) - AT_ONCE:d} autres\u00a0: choisissez un dossier.")


def _take_up(view: CohortView) -> None:
    if not view.to_take_up:
        return
    with st.container(border=True):
        st.header("À reprendre avec le groupe")
        for one in view.to_take_up:
            st.text(f"{one.id}\u00a0: {_dossiers_in_words(one.without)} sans passage")


def _evolution(actor: Actor, view: CohortView) -> None:
    """The group since the first versions, then one dossier since its version before: what is there, never how well."""
    versions = [row.number for row in view.rows if row.version > 1]
    if not versions:
        return
    grown = [one for one in view.criteria if one.at_first not in {None, one.with_all + one.with_part}]
    with st.container(border=True):
        st.header("D’une version à l’autre")
        for one in grown:
            st.text(
                f"{one.id}\u00a0: {one.at_first} → {_dossiers_in_words(one.with_all + one.with_part)} avec des passages"
            )
        number = st.selectbox("Dossier qui a changé", versions, index=None, key="grown", placeholder="Choisir")
        changed = application().cohorts.evolution(actor, view.id, number) if number is not None else None
        if changed is not None:
            _gains(changed.criteria)


def _gains(criteria: tuple[CriterionChange, ...]) -> None:
    told = [one for one in criteria if one.gained or one.lost]
    if not told:
        st.caption("Aucun critère n’a gagné ni perdu de passage depuis la version d’avant.")
    for one in told:
        with st.expander(plain(f"{one.id}\u00a0: {_passages(one)}")):
            for sign, texts in (("en plus", one.gained), ("en moins", one.lost)):
                for text in texts:
                    st.text(f"{sign}\u00a0: «\u00a0{text}\u00a0»")


def _passages(one: CriterionChange) -> str:
    """« 2 en plus, 1 en moins »."""
    said = [f"{len(texts):d} {words}" for words, texts in (("en plus", one.gained), ("en moins", one.lost)) if texts]
    return ", ".join(said)


def _examples(actor: Actor, view: CohortView) -> None:
    chosen = application().examples.chosen(actor, view.id)
    with st.container(border=True):
        st.header("Exemples choisis")
        st.caption("Dans la fiche, noms, entreprises et coordonnées sont masqués. Relisez-la avant de la distribuer.")
        for one in chosen:
            st.text(f"{one.criterion}\u00a0: «\u00a0{one.text}\u00a0»")
            st.button("Retirer", key=f"drop-{one.id}", type="tertiary", on_click=on_drop, args=(actor, view.id, one.id))
        if chosen:
            st.button("Préparer la fiche (DOCX)", key="make-sheet", on_click=on_sheet, args=(actor, view.id))
            _download("sheet")


def _dossiers(actor: Actor, view: CohortView) -> None:
    with st.expander("Les dossiers"):
        for row in view.rows:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{row.number} – {row.title}{' (partagé)' if row.shared else ''}")
                st.button("Retirer", key=f"leave-{row.dossier}", on_click=on_leave, args=(actor, view.id, row.dossier))
            if not row.shared:
                with st.popover(f"Nouvelle version du dossier {row.number:d}"):
                    key = f"version-{row.dossier}"
                    file = st.file_uploader("Le nouveau fichier", type=list(ACCEPTED), key=key)
                    st.button(
                        "Lire cette version", type="primary", disabled=file is None, key=f"{key}-do",
                        on_click=on_version, args=(actor, view.id, row.dossier),
                    )  # fmt: skip


def _dossiers_in_words(count: int) -> str:
    return f"{count} dossier" if count < 2 else f"{count} dossiers"


def _download(what: str) -> None:
    made = st.session_state.pop(f"made-{what}", None)
    if made is not None:
        st.download_button("Télécharger", made.data, file_name=made.name, mime=made.media_type, on_click="ignore")


def on_workbook(actor: Actor, cohort: str) -> None:
    """Makes the workbook, to be downloaded."""

    def make() -> None:
        st.session_state["made-workbook"] = application().examples.workbook(actor, cohort)

    attempt(make)


def on_sheet(actor: Actor, cohort: str) -> None:
    """Makes the sheet of examples, to be downloaded."""

    def make() -> None:
        st.session_state["made-sheet"] = application().examples.sheet(actor, cohort)

    attempt(make)


def on_add(actor: Actor, cohort: str) -> None:
    """Adds each file as a dossier and starts its reading."""
    for file in st.session_state.get("cohort-files") or ():
        attempt(partial(_on_add, actor, cohort, UploadedFile(file.name, file.getvalue())))


def _on_add(actor: Actor, cohort: str, file: UploadedFile) -> None:
    application().jobs.start(actor, application().cohorts.add(actor, cohort, file))


def on_version(actor: Actor, cohort: str, dossier: str) -> None:
    """Puts the new file in the place of the one before and starts its reading; the version before stays to compare."""
    file = st.session_state.get(f"version-{dossier}")
    if file is None:
        return
    given = UploadedFile(file.name, file.getvalue())
    attempt(lambda: application().jobs.start(actor, application().cohorts.new_version(actor, cohort, dossier, given)))


def on_join(actor: Actor, cohort: str, dossier: str) -> None:
    """Puts a shared draft in."""
    attempt(lambda: application().cohorts.join(actor, cohort, dossier))


def on_leave(actor: Actor, cohort: str, dossier: str) -> None:
    """Takes a dossier out."""
    attempt(lambda: application().cohorts.leave(actor, cohort, dossier))


def on_keep(actor: Actor, cohort: str, preread: str, criterion: str, sentence: str) -> None:
    """Keeps a sentence as an example."""
    attempt(lambda: application().examples.choose(actor, cohort, preread, criterion, sentence))


def on_drop(actor: Actor, cohort: str, example: str) -> None:
    """Keeps it no more."""
    attempt(lambda: application().examples.drop(actor, cohort, example))
