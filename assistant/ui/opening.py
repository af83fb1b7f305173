"""Opens a candidate's dossier: who may read it, whether they declared a link, and whether the pre-read is there."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.session_lists import CandidacyView
from assistant.errors import NotFound
from assistant.ui.acting import attempt
from assistant.ui.desk import show_desk
from assistant.ui.state import application
from assistant.ui.watching import WAITING, retried, take_up, watch
from assistant.ui.words import plain

LINKS = {
    "none": "Je n’ai aucun lien avec ce candidat",
    "trainer": "J’ai formé ce candidat",
    "relation": "J’ai un autre lien avec ce candidat",
}


def open_candidacy(actor: Actor, name: str) -> bool:
    """Shows the dossier of a candidacy; False when there is none of that name."""
    try:
        candidacy = application().sessions.candidacy(actor, name)
    except NotFound:
        st.query_params.pop("dossier", None)
        return False
    if candidacy.seat is not None and candidacy.seat.link == "" and not candidacy.trained:
        _declare(actor, candidacy)
        return True
    if candidacy.complete == "incomplete" and candidacy.seat and not candidacy.seat.locked:
        st.title(f"Candidat n° {plain(candidacy.number)}")
        _incomplete(candidacy)
        return True
    again = retried(actor, candidacy.preread) if candidacy.preread else None
    if again is not None:
        st.title(f"Candidat n° {plain(candidacy.number)}")
        watch(actor, again)
        return True
    if candidacy.preread is None or candidacy.status not in {"complete", "partial"}:
        _pending(actor, candidacy)
        return True
    # Refused here, in a sentence with a way back, before the desk is drawn.
    application().reviews.context(actor, name)
    show_desk(actor, name, f"n° {candidacy.number}")
    return True


def _declare(actor: Actor, candidacy: CandidacyView) -> None:
    st.title(f"Candidat n° {plain(candidacy.number)}")
    st.write("Avant de lire ce dossier, dites si vous avez un lien avec ce candidat.")
    about = (("Nom", candidacy.name), ("Entreprise", candidacy.company), ("Formateur", candidacy.trainer_name))
    st.text("\n".join(f"{title}\u00a0: {said or 'non indiqué'}" for title, said in about))
    st.caption(
        "Les membres du jury ne peuvent pas être les formateurs du candidat, ni avoir avec lui un lien qui les gênerait "
        "pour décider. Votre déclaration est enregistrée\u00a0; l’organisateur peut rouvrir une déclaration faite par erreur."
    )
    for link in LINKS:
        st.button(LINKS[link], key=f"link-{link}", on_click=on_declare, args=(actor, candidacy.id, link))


def _incomplete(candidacy: CandidacyView) -> None:
    st.warning("Ce dossier est incomplet\u00a0: sa lecture attend que l’organisateur le dise complet.")
    st.text(f"Ce qui manque\u00a0: {candidacy.complete_note}")


def on_declare(actor: Actor, candidacy: str, link: str) -> None:
    """Keeps the declaration."""
    attempt(lambda: application().sessions.declare(actor, candidacy, link))  # type: ignore[arg-type]  # the keys above


def _pending(actor: Actor, candidacy: CandidacyView) -> None:
    st.title(f"Candidat n° {plain(candidacy.number)}")
    if candidacy.complete == "incomplete":
        _incomplete(candidacy)
        return
    if candidacy.preread is None:
        st.info("Aucun fichier n’est à lire pour ce candidat.")
        return
    job = application().jobs.progress(actor, candidacy.preread)
    if job.state in WAITING:
        watch(actor, candidacy.preread)
        return
    st.info("La prélecture de ce dossier n’est pas terminée.")
    take_up(actor, candidacy.preread)
