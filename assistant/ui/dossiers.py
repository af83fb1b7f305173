"""The first page: hand in a dossier, watch it being read, open it; or go on with one read before."""

import streamlit as st

from assistant.access.actor import LOCAL, Actor
from assistant.access.matrix import OUTSIDE
from assistant.dossier.files.kinds import EXTENSIONS
from assistant.errors import AccessDenied, PrelectureError
from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import LoadedReferentiel, available, load
from assistant.store.runs import Run
from assistant.ui.identity import present_or_local
from assistant.ui.place import Place
from assistant.ui.reading import reading_page
from assistant.ui.state import desk, estimate, office, opened, runner
from assistant.ui.watching import watch

STATUS = {"running": "en cours", "complete": "lu", "partial": "lu en partie", "failed": "non lu", "stopped": "arrêté"}


def dossiers_page() -> None:
    """The list, or the dossier that the address names (`?run=…`)."""
    try:
        key = st.query_params.get("run")
        if key and _opens(key):
            return
        _hand_in()
        _known()
    except PrelectureError as error:
        st.error(error.message)


def _opens(key: str) -> bool:
    job = runner().job(key)
    if job is not None and not job.finished:
        watch(key)
        return True
    actor = present_or_local()
    office().may_open_run(actor, key)
    dossier = opened(key)
    if dossier is not None:
        reading_page(Place(actor, key, dossier, office().work(actor, key), OUTSIDE))
        return True
    opened.clear(key)
    if runner().job(key) is not None:
        watch(key)
        return True
    st.query_params.clear()
    st.info("Ce dossier n’est pas dans cette installation : déposez-le de nouveau.")
    return False


def _hand_in() -> None:
    st.title("Prélire un dossier")
    left, right = st.columns([3, 2])
    with left:
        file = st.file_uploader("Dossier du candidat (PDF de préférence)", type=list(EXTENSIONS), key="file")
    with right:
        name = st.selectbox("Référentiel", available(), format_func=_title, key="referentiel")
        loaded = load(name)
        blocs = _blocs(loaded)
    if file is not None and (likely := estimate(file.getvalue(), file.name, name, blocs)):
        st.caption(likely)
    start, example, _ = st.columns([1, 1, 2])
    if start.button("Prélire ce dossier", type="primary", disabled=file is None, width="stretch") and file is not None:
        _start(PreReadRequest.of(file.getvalue(), file.name, loaded, blocs))
    if EXAMPLE.exists() and example.button("Ouvrir l’exemple", width="stretch"):
        _start(PreReadRequest.of(EXAMPLE.read_bytes(), "exemple.pdf", load(EXAMPLE_REFERENTIEL)))


def _blocs(loaded: LoadedReferentiel) -> tuple[str, ...]:
    blocs = loaded.content.blocs
    if len(blocs) < 2:
        return ()
    titles = {bloc.id: f"{bloc.id} – {bloc.title}" if bloc.title else bloc.id for bloc in blocs}
    return tuple(
        st.multiselect(
            "Blocs (tous si rien n’est choisi)",
            list(titles),
            format_func=titles.__getitem__,
            key="blocs",
            placeholder="Choisir",
        )
    )


def _title(name: str) -> str:
    return load(name).content.title or name


def _start(order: PreReadRequest) -> None:
    key = runner().submit(order)
    office().began(present_or_local(), key)
    st.query_params["run"] = key
    st.rerun()


def _known() -> None:
    actor = present_or_local()
    runs = [run for run in desk().runs.all() if _is_mine(actor, run.key)]
    if not runs:
        return
    st.subheader("Dossiers déjà lus")
    for run in runs:
        _line(run)


def _is_mine(actor: Actor, key: str) -> bool:
    """What this person handed in. Without a profile: also what the command line read, unless it is a session's."""
    if office().has_begun(actor, key):
        return True
    if actor != LOCAL:
        return False
    try:
        office().may_open_run(actor, key)
    except AccessDenied:
        return False
    return not office().begun_by_someone(key)


def _line(run: Run) -> None:
    name, what, state, action = st.columns([4, 5, 2, 2], vertical_alignment="center")
    name.write(run.file)
    what.caption(
        f"{_title(run.referentiel) if run.referentiel in available() else run.referentiel} · {', '.join(run.blocs)}"
    )
    state.caption("interrompu" if run.interrupted else STATUS[run.status])
    if run.status in {"complete", "partial"}:
        if action.button("Ouvrir", key=f"open-{run.key}", width="stretch"):
            st.query_params["run"] = run.key
            st.rerun()
        return
    if run.message:
        what.caption(run.message)
    label = "Suivre" if run.status == "running" and not run.interrupted else "Reprendre"
    if action.button(label, key=f"again-{run.key}", width="stretch"):
        _start(PreReadRequest.of(desk().files.get(run.dossier_sha256), run.file, load(run.referentiel), run.blocs))
