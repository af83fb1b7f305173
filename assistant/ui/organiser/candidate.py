"""One candidate as the organiser sees them: completeness, presence, links to correct, a decision to take back."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.roster import Line
from assistant.application.session_lists import CandidacyView, SessionView
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.organiser.erasing import erase_candidate
from assistant.ui.sending import candidate_preview
from assistant.ui.state import application
from assistant.ui.telling import tell
from assistant.ui.words import plain

COMPLETE = {"": "non vérifié", "complete": "complet", "incomplete": "incomplet"}
PRESENCE = {"": "présent ou à venir", "absent": "absent", "excused": "excusé"}


def candidate_sheet(actor: Actor, session: SessionView) -> None:
    """The sheet of the candidate that is chosen."""
    shown = {one.id: one for one in session.candidacies}
    if not shown:
        st.info("Aucun candidat pour l’instant.")
        return
    labels = distinct({one.id: f"n° {one.number} {one.name}" for one in session.candidacies})
    chosen = st.selectbox("Candidat", list(shown), format_func=labels.__getitem__, key="sheet")
    one = shown[chosen]
    if not one.organises:
        st.info("Vous lisez ce dossier pour le jury\u00a0: un autre organisateur s’en occupe.")
        return
    with st.expander("Nom, entreprise, formateur, courriel"):
        _named(actor, one)
    left, right = st.columns(2)
    with left:
        _complete(actor, one)
    with right:
        _presence(actor, one)
    _links(actor, one)
    candidate_preview(actor, one.id, f"{one.file} {one.preread}", one.complete)
    if one.decided:
        why = st.text_input(
            "Révoquer la décision du jury\u00a0: pour quelle raison\u00a0? Le jury la lira.", key=f"revoke-why-{one.id}"
        )
        st.button(
            "Révoquer la décision", key=f"revoke-{one.id}", disabled=not why.strip(), on_click=on_revoke,
            args=(actor, one), help="Écrivez d’abord la raison, puis Entrée." if not why.strip() else None,
        )  # fmt: skip
    erase_candidate(actor, one)
    st.caption(f"Pour les commandes du serveur, ce candidat est\u00a0: {plain(one.id)}")


def _named(actor: Actor, one: CandidacyView) -> None:
    trainers = [person.name for person in application().people.profiles(actor) if person.role in {"trainer", "juror"}]
    with st.form(f"named-{one.id}"):
        st.text_input("Nom", one.name, key=f"name-{one.id}", max_chars=200)
        st.text_input("Entreprise", one.company, key=f"company-{one.id}", max_chars=200)
        st.selectbox(
            "Formateur", sorted(set(trainers)), key=f"trained-by-{one.id}", placeholder="Inconnu ou absent de la liste",
            index=sorted(set(trainers)).index(one.trainer_name) if one.trainer_name in trainers else None,
        )  # fmt: skip
        st.text_input("Courriel", one.email, key=f"email-{one.id}", max_chars=200)
        st.form_submit_button("Enregistrer la fiche", on_click=on_named, args=(actor, one))


def on_named(actor: Actor, one: CandidacyView) -> None:
    """Corrects who the candidate is; what is left empty stays as it was."""
    given = st.session_state
    line = Line(
        one.number, given[f"name-{one.id}"], given[f"company-{one.id}"], given[f"trained-by-{one.id}"] or "",
        email=given[f"email-{one.id}"],
    )  # fmt: skip

    def correct() -> None:
        made = application().organising.enrol(actor, one.session, [line])
        tell(f"Candidat n° {one.number}\u00a0: fiche enregistrée.", *made.refused)

    attempt(correct)


def _complete(actor: Actor, one: CandidacyView) -> None:
    choices = list(COMPLETE)
    st.radio(
        "Dossier", choices, choices.index(one.complete), format_func=COMPLETE.__getitem__, key=f"complete-{one.id}"
    )
    # What was missing is gone when the file is complete: the field begins anew.
    note = f"complete-note-{one.id}-{one.complete}"
    st.text_input("Ce qui manque", one.complete_note, key=note)
    st.caption(
        "Tant qu’un dossier est incomplet, le programme ne le lit pas et le jury ne peut pas l’ouvrir. Une prélecture déjà "
        "faite est gardée pour quand vous le direz complet."
    )
    st.button(
        "Enregistrer l’état du dossier", key=f"save-complete-{one.id}", on_click=on_complete, args=(actor, one, note)
    )


def _presence(actor: Actor, one: CandidacyView) -> None:
    choices = list(PRESENCE)
    st.radio(
        "Le jour du jury",
        choices,
        choices.index(one.presence),
        format_func=PRESENCE.__getitem__,
        key=f"presence-{one.id}",
    )
    st.text_input("Remarque", one.presence_note, key=f"presence-note-{one.id}")
    st.caption("Ni une absence ni une excuse n’est un échec\u00a0: le jury ne décide rien.")
    st.button("Enregistrer la présence", key=f"save-presence-{one.id}", on_click=on_presence, args=(actor, one))


def _links(actor: Actor, one: CandidacyView) -> None:
    for seat in one.seats:
        if seat.link and not seat.locked:
            st.text_input(
                f"Rouvrir la déclaration de {plain(seat.name)}\u00a0: raison", key=f"link-why-{one.id}-{seat.person}"
            )
            st.button(
                "Rouvrir la déclaration", key=f"link-{one.id}-{seat.person}", on_click=on_link,
                args=(actor, one.id, seat.person),
            )  # fmt: skip


def on_complete(actor: Actor, one: CandidacyView, note: str) -> None:
    """Keeps whether the file is complete, and has it read where only that was waited for."""
    complete = st.session_state[f"complete-{one.id}"]

    def say() -> None:
        waiting = application().organising.say_complete(actor, one.id, complete, st.session_state[note])
        if waiting:
            application().jobs.start(actor, waiting)
        begins = " Sa lecture commence." if waiting else ""
        tell(f"Candidat n° {one.number}\u00a0: dossier {COMPLETE[complete]}.{begins}")

    attempt(say)


def on_presence(actor: Actor, one: CandidacyView) -> None:
    """Keeps an absence or an excuse."""
    presence, note = st.session_state[f"presence-{one.id}"], st.session_state[f"presence-note-{one.id}"]

    def say() -> None:
        application().organising.say_presence(actor, one.id, presence, note)
        tell(f"Candidat n° {one.number}\u00a0: {PRESENCE[presence]}, enregistré.")

    attempt(say)


def on_link(actor: Actor, candidacy: str, person: str) -> None:
    """Lets a juror declare again."""
    reason = str(st.session_state[f"link-why-{candidacy}-{person}"])

    def reopen() -> None:
        application().sessions.correct_link(actor, candidacy, person, reason)
        tell("La déclaration de lien est rouverte\u00a0: le juré la fait de nouveau.")

    attempt(reopen)


def on_revoke(actor: Actor, one: CandidacyView) -> None:
    """Takes the jury's decision back."""
    reason = str(st.session_state[f"revoke-why-{one.id}"])

    def revoke() -> None:
        application().organising.revoke(actor, one.id, reason)
        st.session_state[f"revoke-why-{one.id}"] = ""
        tell(
            f"Candidat n° {one.number}\u00a0: la décision du jury est révoquée, ses textes restent. Le jury lit pourquoi."
        )

    attempt(revoke)
