"""The first page: hand in a dossier, watch it being read, open it; or go on with one read before."""

import streamlit as st

from assistant.application.catalogue import Choosable
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED, PreReadLine
from assistant.errors import NotFound, PrelectureError
from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL
from assistant.ui.acting import attempt, show_refusal, uploaded
from assistant.ui.ahead import load_ahead
from assistant.ui.desk import show_desk
from assistant.ui.identity import ask_who, present_or_local
from assistant.ui.labels import distinct
from assistant.ui.sending import corrections, preview_section
from assistant.ui.state import application
from assistant.ui.watching import AGAIN, AGAIN_HELP, WAITING, on_retry, retried, watch
from assistant.ui.words import plain

STATUS = {
    "queued": "en attente", "running": "en cours", "complete": "lu par le programme",
    "partial": "lu en partie par le programme", "failed": "non lu", "stopped": "lecture arrêtée",
}  # fmt: skip


def dossiers_page() -> None:
    """The list, or the dossier that the address names (`?run=…`)."""
    try:
        actor = present_or_local()
        if actor is None:
            ask_who()
            return
        show_refusal()
        preread = st.query_params.get("run")
        if preread and _opens(actor, preread):
            return
        _hand_in(actor)
        _known(actor)
    except PrelectureError as error:
        st.error(plain(error.message))


def _opens(actor: Actor, preread: str) -> bool:
    try:
        job = application().jobs.progress(actor, preread)
    except NotFound:
        st.query_params.clear()
        st.info("Ce dossier n’est pas dans cette installation : déposez-le de nouveau.")
        return False
    again = retried(actor, preread)
    if again is not None:
        watch(actor, again)
        return True
    if job.state not in {"complete", "partial"}:
        watch(actor, preread)
        return True
    review = application().prereads.review_id(actor, preread)
    show_desk(actor, review, application().reviews.context(actor, review).dossier.preread.dossier.file)
    return True


def _hand_in(actor: Actor) -> None:
    st.title("Prélire un dossier")
    st.caption(
        "Hors session\u00a0: pour préparer un jury, essayer, ou vérifier son propre dossier. Ce que vous y écrivez reste à "
        "vous\u00a0; vous pouvez l’emporter, et le reprendre si ce fichier rejoint une session où vous siégez."
    )
    choices = {one.id: one for one in application().referentiels.choosable(actor)}
    left, right = st.columns([3, 2])
    with left:
        files = st.file_uploader(
            "Dossier du candidat (PDF de préférence), puis ses annexes",
            type=list(ACCEPTED),
            accept_multiple_files=True,
            key="file",
        )
        st.text_input("Candidat ou titre, pour le retrouver", key="candidate", max_chars=120, placeholder="facultatif")
    with right:
        names = distinct({one.id: one.title for one in choices.values()})
        name = st.selectbox(
            "Référentiel", list(choices), index=None, format_func=names.__getitem__, key="referentiel",
            placeholder="Choisir le référentiel de la certification",
        )  # fmt: skip
        blocs = _blocs(choices[name]) if name else ()
    cost = st.empty()
    start, example, _ = st.columns([1, 1, 2])
    start.button(
        "Prélire ce dossier",
        type="primary",
        disabled=not (files and name),
        width="stretch",
        on_click=on_hand_in,
        args=(actor,),
    )
    if EXAMPLE.exists():
        example.button("Ouvrir l’exemple", width="stretch", on_click=on_example, args=(actor,))
    # Last: it reads the files, and nobody has to wait for it.
    if files and name and (likely := estimate(actor, uploaded(files), name, blocs)):
        cost.caption(plain(likely))
    if files and name:
        preview_section(actor, uploaded(files), name, blocs)


@st.cache_data(show_spinner="Estimation…", max_entries=20)
def estimate(_actor: Actor, files: tuple[UploadedFile, ...], referentiel: str, blocs: tuple[str, ...]) -> str:
    """What a run with the model will take, in French; "" without a model."""
    return application().prereads.estimate(_actor, files, referentiel, blocs)


def _blocs(chosen: Choosable) -> tuple[str, ...]:
    if len(chosen.blocs) < 2:
        return ()
    titles = distinct({name: f"{name} – {title}" if title else name for name, title in chosen.blocs})
    return tuple(
        st.multiselect(
            "Blocs (tous si rien n’est choisi)",
            list(titles),
            format_func=titles.__getitem__,
            key="blocs",
            placeholder="Choisir",
        )
    )


def on_hand_in(actor: Actor) -> None:
    """Hands in the file chosen and starts its pre-read, which goes on when the page is closed."""
    files = uploaded(st.session_state.get("file"))
    if files and st.session_state.get("referentiel"):
        state = st.session_state
        _on_add(actor, files, state["referentiel"], tuple(state.get("blocs", ())), state.get("candidate", ""))


def on_example(actor: Actor) -> None:
    """Opens the dossier that comes with the program."""
    _on_add(actor, (UploadedFile("exemple.pdf", EXAMPLE.read_bytes()),), EXAMPLE_REFERENTIEL, (), "Exemple")


def _on_add(
    actor: Actor, files: tuple[UploadedFile, ...], referentiel: str, blocs: tuple[str, ...], candidate: str = ""
) -> None:
    def add() -> None:
        preread = application().prereads.add(actor, files, referentiel, blocs, candidate, corrections(), "reading")
        application().jobs.start(actor, preread)
        st.query_params["run"] = preread

    attempt(add)


def _known(actor: Actor) -> None:
    lines = [one for one in application().prereads.list(actor) if one.purpose != "draft"]
    if not lines:
        return
    st.header("Dossiers déjà lus")
    for line in lines:
        _line(actor, line)
    load_ahead(actor, [line.review for line in lines if line.readable])


def _line(actor: Actor, line: PreReadLine) -> None:
    name, what, state, action = st.columns([4, 5, 2, 2], vertical_alignment="center")
    name.text(line.candidate or line.file)
    day = f"déposé le {line.started.astimezone():%d/%m/%Y à %H\u00a0h\u00a0%M}"
    name.caption(plain(f"{line.file}, {day}") if line.candidate else day)
    what.caption(plain(f"{line.referentiel} · {', '.join(line.blocs)}"))
    at_work = line.status in WAITING and not line.interrupted
    state.caption("interrompu" if line.interrupted else STATUS[line.status])
    if line.readable:
        action.button("Ouvrir", key=f"open-{line.id}", width="stretch", on_click=on_open, args=(line.id,))
        if line.status == "partial":
            state.button(
                AGAIN,
                key=f"retry-{line.id}",
                help=AGAIN_HELP,
                type="tertiary",
                on_click=on_again,
                args=(actor, line.id),
            )
        return
    if line.message:
        what.caption(plain(line.message))
    label = "Suivre" if at_work else "Reprendre"
    action.button(label, key=f"again-{line.id}", width="stretch", on_click=on_take_up, args=(actor, line.id))


def on_again(actor: Actor, preread: str) -> None:
    """Asks again for what failed, and watches it."""
    on_retry(actor, preread)
    st.query_params["run"] = preread


def on_open(preread: str) -> None:
    """Turns to a dossier."""
    st.query_params["run"] = preread


def on_take_up(actor: Actor, preread: str) -> None:
    """Starts again what was interrupted, and watches it."""
    if attempt(lambda: application().jobs.start(actor, preread)):
        st.query_params["run"] = preread
