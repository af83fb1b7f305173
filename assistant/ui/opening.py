"""Opens a candidate's dossier: who may read it, whether they declared a link, and whether the pre-read is there."""

import streamlit as st

from assistant.access.actor import Actor
from assistant.access.matrix import allow, allowed
from assistant.review.sessions import Candidacy
from assistant.ui.place import Place
from assistant.ui.state import office, opened, runner
from assistant.ui.watching import take_up, watch
from assistant.ui.words import plain


def open_candidacy(actor: Actor, name: str) -> bool:
    """Shows the dossier of a candidacy; False when there is none of that name."""
    candidacy = office().candidacy(actor, name)
    if candidacy is None:
        st.query_params.pop("dossier", None)
        return False
    standing = office().standing(name)
    seat = standing.seat(actor.person)
    if seat is not None and seat.link == "" and standing.trainer != actor.person:
        _declare(actor, candidacy)
        return True
    allow(actor, "read the dossier", standing)
    dossier = opened(candidacy.run_key)
    if dossier is None:
        opened.clear(candidacy.run_key)
        _pending(candidacy)
        return True
    from assistant.ui.reading import reading_page

    session = office().session_of(candidacy)
    if allowed(actor, "read own work", standing):
        work = office().work(actor, name)
    else:
        from assistant.review.work import Work

        work = Work(actor.person, {})
    reading_page(Place(actor, name, dossier, work, standing, session, candidacy))
    return True


def _declare(actor: Actor, candidacy: Candidacy) -> None:
    st.title(f"Candidat n° {plain(candidacy.number)}")
    st.write("Avant de lire ce dossier, dites si vous avez un lien avec ce candidat.")
    st.caption(
        "Les membres du jury ne peuvent pas être les formateurs du candidat, ni avoir avec lui un lien qui les gênerait "
        "pour décider. Votre déclaration est enregistrée."
    )
    choices = {
        "Je n’ai aucun lien avec ce candidat": "none",
        "J’ai formé ce candidat": "trainer",
        "J’ai un autre lien avec ce candidat": "relation",
    }
    for label, link in choices.items():
        if st.button(label, key=f"link-{link}"):
            office().declare(actor, candidacy.id, link)  # type: ignore[arg-type]  # the values above
            st.rerun()


def _pending(candidacy: Candidacy) -> None:
    st.title(f"Candidat n° {plain(candidacy.number)}")
    job = runner().job(candidacy.run_key)
    if job is not None and not (job.finished and job.error is None):
        watch(candidacy.run_key)
        return
    st.info("La prélecture de ce dossier n’est pas terminée.")
    take_up(candidacy.run_key)
