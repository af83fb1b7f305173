"""« Organisation » : one session at a time, its candidates, who reads whom, its dates and settings."""

from dataclasses import replace

import streamlit as st

from assistant.application.organising import SessionState
from assistant.application.people import Actor
from assistant.application.roster import read_roster
from assistant.application.session_lists import CandidacyView, SessionView
from assistant.errors import InvalidInput, PrelectureError
from assistant.ui.acting import attempt, show_refusal, still_here
from assistant.ui.identity import ask_who, present
from assistant.ui.labels import distinct
from assistant.ui.organiser.assigning import assignment
from assistant.ui.organiser.batch import follow, hand_in_box, preview_box
from assistant.ui.organiser.candidate import candidate_sheet
from assistant.ui.organiser.erasing import erase_session
from assistant.ui.organiser.people import people_section
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.telling import show_told, tell
from assistant.ui.words import plain

PREREAD = {
    "queued": "en attente", "running": "en cours", "complete": "faite", "partial": "faite en partie",
    "failed": "impossible", "stopped": "arrêtée", None: "pas de fichier",
}  # fmt: skip
SET_ASIDE = {
    "complete": "faite, fermée au jury", "partial": "faite en partie, fermée au jury", None: PREREAD[None],
}  # fmt: skip
"""The same words while a dossier is said to be incomplete."""
COMPLETE = {"": "", "complete": "complet"}
REFRESH = 3.0
"""Seconds between two drawings of the candidates' table while their dossiers are read."""
ARCHIVED = (
    "La session est archivée\u00a0: rien n’est effacé, elle n’est plus dans «\u00a0Mes sessions\u00a0» sauf à demander les "
    "sessions archivées."
)


def organiser_page() -> None:
    """The page, for whoever organises a session; others are told so."""
    try:
        actor = present()
        if actor is None:
            ask_who()
            return
        st.title("Organisation")
        show_refusal()
        show_told()
        mine = [one for one in application().sessions.list(actor) if one.organises]
        _choose(actor, mine)
        if actor.role in {"organiser", "administrator"}:
            with st.expander("Personnes et rôles", key="people-and-roles"):
                people_section(actor)
    except PrelectureError as error:
        st.error(plain(error.message))


def _choose(actor: Actor, mine: list[SessionView]) -> None:
    if not mine:
        st.info(
            "Vous n’organisez aucune session. Elles se créent dans «\u00a0Mes sessions\u00a0», et s’organisent ici."
        )
        return
    shown = {one.id: one for one in mine}
    wanted = st.query_params.get("session")
    names = list(shown)
    titles = distinct({one.id: f"{one.title}{' (archivée)' if one.archived else ''}" for one in mine})
    chosen = st.selectbox(
        "Session", names, index=names.index(wanted) if wanted in names else 0, key="organised",
        format_func=titles.__getitem__,
    )  # fmt: skip
    session = shown[chosen]
    state = application().organising.state(actor, chosen)
    _deadlines(state)
    candidates, seats, sheet, settings = st.tabs(
        ["Candidats", "Attribution", "Un candidat", "Réglages de la session"], key=f"parts-{chosen}"
    )
    with candidates:
        _candidates(actor, session)
    with seats:
        assignment(actor, session, state)
    with sheet:
        candidate_sheet(actor, session)
    with settings:
        _settings(actor, state)
        erase_session(actor, session)


def _deadlines(state: SessionState) -> None:
    said = []
    if not any(one.title == "Jury" for one in state.deadlines):
        said.append("Aucune date de jury\u00a0: le délai du jury court du premier dossier remis")
    for one in state.deadlines:
        left = f"dans {one.left:d} jours" if one.left > 1 else "demain" if one.left == 1 else "aujourd’hui"
        days = f"{-one.left:d} jour{'s' if one.left < -1 else ''}"
        late = f"dépassée de {days}" if one.limit else f"il y a {days}"
        when = "au plus tard le" if one.limit else "le"
        said.append(f"{one.title} {when} {one.day:%d/%m/%Y} ({left if one.left >= 0 else late})")
    st.caption(plain(" · ".join(said)))


def _candidates(actor: Actor, session: SessionView) -> None:
    left, right = st.columns(2)
    roster = left.file_uploader("Liste des candidats (CSV ou XLSX)", type=["csv", "xlsx"], key=f"roster-{session.id}")
    left.caption("Une ligne par candidat : numéro, nom, prénom, entreprise, formateur, aménagements, bloc, courriel.")
    left.button(
        "Inscrire la liste",
        key=f"enrol-{session.id}",
        type="primary",
        disabled=roster is None,
        on_click=on_enrol,
        args=(actor, session.id),
    )
    with left:
        _not_enrolled(session.id)
    with right:
        hand_in_box(actor, session)
    preview_box(actor, session)
    follow(actor, session.id)
    if not session.candidacies:
        st.info("Aucun candidat pour l’instant.")
        return
    moving = not application().batches.progress(actor, session.id).over
    st.fragment(_table, run_every=REFRESH if moving else None)(actor, session)


def _table(actor: Actor, session: SessionView) -> None:
    """Drawn anew by itself while dossiers are read, as the progress above it."""
    if not still_here():
        st.rerun(scope="app")
    st.dataframe(in_cells(rows_now(actor, session)), hide_index=True, width="stretch")


def rows_now(actor: Actor, session: SessionView) -> list[dict[str, str]]:
    """A row a candidate, with the reading where it is now, however long ago the page was drawn."""
    now = application().batches.statuses(actor, session.id)
    return [_row(replace(one, status=now.get(one.id, one.status))) for one in session.candidacies]


def _read_in_words(read: int, parts: int | None) -> str:
    return f"{read} {'critère marqué lu' if read < 2 else 'critères marqués lus'}{f' sur {parts}' if parts else ''}"


def _row(one: CandidacyView) -> dict[str, str]:
    """What the organiser follows: files, pre-reads, how far each juror has read; never what anybody thinks."""
    parts = one.progress.criteria if one.progress else None
    readers = [
        f"{seat.name}\u00a0: " + ("verrouillé" if seat.locked else _read_in_words(seat.read or 0, parts))
        for seat in one.seats
    ]
    incomplete = one.complete == "incomplete"
    return {
        "N°": one.number,
        "Nom": one.name,
        "Entreprise": one.company,
        "Fichier": one.file,
        "Dossier": f"incomplet\u00a0: {one.complete_note}" if incomplete else COMPLETE[one.complete],
        "Prélecture": SET_ASIDE.get(one.status, "attend le dossier complet")
        if incomplete
        else PREREAD.get(one.status, ""),
        "Lecteurs": " · ".join(readers),
        "Présence": {"": "", "absent": "absent", "excused": "excusé"}[one.presence],
    }


def _settings(actor: Actor, state: SessionState) -> None:
    with st.form(f"change-{state.id}"):
        st.text_input("Intitulé", state.title, key=f"title-{state.id}", max_chars=200)
        held, jury, notify = st.columns(3)
        held.date_input("Date du jury", state.held, key=f"held-{state.id}", format="DD/MM/YYYY")
        jury.date_input("Jury au plus tard", state.jury_by, key=f"jury-{state.id}", format="DD/MM/YYYY")
        notify.date_input("Notification au plus tard", state.notify_by, key=f"notify-{state.id}", format="DD/MM/YYYY")
        st.form_submit_button("Enregistrer", on_click=on_change, args=(actor, state.id))
    if state.opened:
        st.write(
            f"Session ouverte le {state.opened:%d/%m/%Y}. Ses réglages sont figés\u00a0: toutes ses prélectures sont faites "
            f"{plain(_made_with(state.frozen.get('drafter', '')))} (réglages {plain(state.frozen.get('sha256', ''))[:12]})."
        )
    else:
        st.write(
            "À l’ouverture, le modèle, les prompts, les réglages et le référentiel sont figés pour tous les candidats."
        )
        st.button("Ouvrir la session", key=f"open-{state.id}", on_click=on_open, args=(actor, state.id))
    people = distinct({one.person: one.name for one in application().people.profiles(actor)})
    st.caption(f"Organisent cette session\u00a0: {plain(', '.join(state.organisers))}")
    st.selectbox(
        "Ajouter un organisateur", list(people), index=None, format_func=people.__getitem__, key=f"other-{state.id}",
        placeholder="Choisir",
    )  # fmt: skip
    st.caption(f"Pour les commandes du serveur, cette session est\u00a0: {plain(state.id)}")
    with st.container(horizontal=True):
        st.button("Ajouter", key=f"add-organiser-{state.id}", on_click=on_add_organiser, args=(actor, state.id))
        words = "Sortir des archives" if state.archived else "Archiver"
        st.button(words, key=f"archive-{state.id}", on_click=on_archive, args=(actor, state.id, not state.archived))
        st.button("Supprimer (session vide)", key=f"delete-{state.id}", on_click=on_delete, args=(actor, state.id))


def _made_with(drafter: str) -> str:
    return "sans modèle de langage" if drafter == "extractive" else f"avec le modèle «\u00a0{drafter}\u00a0»"


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count < 2 else several}"


def on_enrol(actor: Actor, session: str) -> None:
    """Adds the candidates of the list."""
    file = st.session_state.get(f"roster-{session}")
    if file is None:
        return

    def enrol() -> None:
        roster = read_roster(file.name, file.getvalue())
        made = application().organising.enrol(actor, session, roster.lines)
        said = f"{_many(made.added, 'candidat inscrit', 'candidats inscrits')}, {made.changed} mis à jour."
        tell(said)
        st.session_state[_refused_lines(session)] = (*roster.problems, *made.refused)

    attempt(enrol)


def _not_enrolled(session: str) -> None:
    """What of the list was not taken as it stands, until it is put away or another list is enrolled."""
    lines: tuple[str, ...] = st.session_state.get(_refused_lines(session), ())
    if not lines:
        return
    with st.container(border=True):
        st.warning(plain(f"À corriger dans la liste\u00a0: {_many(len(lines), 'point', 'points')}"))
        for line in lines:
            st.text(line)
        st.button("C’est vu\u00a0: ôter ces points", key=f"seen-{session}", on_click=on_seen, args=(session,))


def on_seen(session: str) -> None:
    """Puts the points away."""
    st.session_state.pop(_refused_lines(session), None)


def _refused_lines(session: str) -> str:
    return f"enrol-refused-{session}"


def on_change(actor: Actor, session: str) -> None:
    """Keeps the title and the dates."""
    given = st.session_state

    def change() -> None:
        application().organising.change(
            actor, session, title=given[f"title-{session}"], held=given[f"held-{session}"],
            jury_by=given[f"jury-{session}"], notify_by=given[f"notify-{session}"],
        )  # fmt: skip
        tell("L’intitulé et les dates de la session sont enregistrés.")

    attempt(change)


def on_open(actor: Actor, session: str) -> None:
    """Freezes its settings."""

    def freeze() -> None:
        application().organising.open(actor, session)
        tell("La session est ouverte\u00a0: ses réglages sont figés.")

    attempt(freeze)


def on_add_organiser(actor: Actor, session: str) -> None:
    """One more person organises it."""
    person = st.session_state.get(f"other-{session}")

    def add() -> None:
        if not person:
            raise InvalidInput("Choisissez d’abord la personne à ajouter.")
        application().organising.add_organiser(actor, session, person)
        tell("Cette personne organise désormais la session avec vous.")

    attempt(add)


def on_archive(actor: Actor, session: str, archived: bool) -> None:
    """Puts it away, or back."""

    def archive() -> None:
        application().organising.archive(actor, session, archived=archived)
        tell(
            ARCHIVED
            if archived
            else "La session est sortie des archives\u00a0: elle est de nouveau dans «\u00a0Mes sessions\u00a0»."
        )

    attempt(archive)


def on_delete(actor: Actor, session: str) -> None:
    """Deletes an empty session."""

    def delete() -> None:
        application().organising.delete(actor, session)
        tell("La session est supprimée.")

    attempt(delete)
