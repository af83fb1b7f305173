"""Watches a pre-read at work; it goes on when the page is closed, and is found again."""

import streamlit as st

from assistant.application.people import Actor
from assistant.ui.acting import attempt, still_here
from assistant.ui.state import application
from assistant.ui.words import plain

AGAIN = "Relancer la lecture"
AGAIN_HELP = "Reprend ce qui a échoué ou n’a pas pu être lu. Ce qui a été écrit est conservé."
WAITING = frozenset({"queued", "running"})


@st.fragment(run_every=0.5)
def watch(actor: Actor, preread: str) -> None:
    """Progress as it comes, and a button that stops and keeps what is done; how it ended, when it did not end well."""
    if not still_here():
        st.rerun(scope="app")
    job = application().jobs.progress(actor, preread)
    if job.state in {"complete", "partial"}:
        st.rerun()
        return
    if job.state not in WAITING:
        st.error(plain(job.message) or "La lecture a été interrompue\u00a0: reprenez-la.")
        if st.button("Revenir aux dossiers", type="primary"):
            st.query_params.pop("run", None)
            st.query_params.pop("dossier", None)
            st.rerun(scope="app")
        return
    share = job.done / job.total if job.total else 0.0
    step = job.step[:1].upper() + job.step[1:] or "Ouverture"
    st.progress(min(1.0, share), text=f"{plain(step)} : {job.done:d} sur {job.total:d}" if job.total else plain(step))
    if job.message:
        st.caption(plain(job.message))  # what it waits for: the model, the files
    st.caption("Vous pouvez fermer cette page : la lecture continue et se retrouve dans la liste.")
    st.button("Arrêter la lecture", on_click=on_stop, args=(actor, preread))


def take_up(actor: Actor, preread: str) -> None:
    """Offers to start again a run that did not end well, from where it stopped."""
    job = application().jobs.progress(actor, preread)
    if job.message:
        st.caption(plain(job.message))
    st.button("Reprendre la lecture", type="primary", on_click=on_start, args=(actor, preread))


def on_stop(actor: Actor, preread: str) -> None:
    """Stops at the next sign of progress."""
    attempt(lambda: application().jobs.stop(actor, preread))


def on_start(actor: Actor, preread: str) -> None:
    """Starts, or goes on."""
    attempt(lambda: application().jobs.start(actor, preread))


def on_retry(actor: Actor, preread: str) -> None:
    """Asks again for what failed; the page watches until the new reading takes the place of this one."""

    def again() -> None:
        st.session_state[f"run-again-{preread}"] = application().jobs.retry(actor, preread)

    attempt(again)


def retried(actor: Actor, preread: str) -> str | None:
    """The run asked for again from this window that is not over, to be watched; None when there is none."""
    again: str | None = st.session_state.get(f"run-again-{preread}")
    if again is None or application().jobs.progress(actor, again).state in {"complete", "partial"}:
        return None
    return again
