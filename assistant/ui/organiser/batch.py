"""All the dossiers of a session at once: handed in, followed to their end, paused and stopped. The same use cases as
`prelecture batch`."""

import io
import zipfile
from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.application.batch_progress import BatchProgress, ToLookAt, headline
from assistant.application.batches import GivenDossier, HandedIn
from assistant.application.given import is_read, of_archive
from assistant.application.handing_in import UploadedFile, check
from assistant.application.left_out import LeftOut
from assistant.application.people import Actor
from assistant.application.session_lists import SessionView
from assistant.errors import InvalidInput, PrelectureError
from assistant.ui.acting import attempt, still_here, uploaded
from assistant.ui.organiser.batch_sending import batch_corrections, batch_preview, forget_batch
from assistant.ui.organiser.left_out import chosen_numbers, held_of, left_out_box
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.telling import tell
from assistant.ui.words import plain


def hand_in_box(actor: Actor, session: SessionView) -> None:
    """Where the files are dropped."""
    files = st.file_uploader(
        "Dossiers, tous à la fois : fichiers ou ZIP", accept_multiple_files=True, key=_dropped(session.id)
    )
    st.caption("Le numéro ou le nom du candidat doit être dans le nom du fichier, ou du dossier dans le ZIP.")
    st.checkbox(
        "Inscrire un candidat pour chaque nom inconnu",
        not session.candidacies,
        key=_new(session.id, bool(session.candidacies)),
        help="Sinon, un fichier dont le nom ne désigne personne est laissé de côté, et dit.",
    )
    st.button(
        "Remettre ces dossiers",
        key=f"hand-in-{session.id}",
        type="primary",
        disabled=not files,
        on_click=on_hand_in,
        args=(actor, session.id, tuple(one.number for one in session.candidacies)),
    )
    left_out_box(actor, session, on_give)


def preview_box(actor: Actor, session: SessionView) -> None:
    """What will leave of the files that were dropped, below them and as wide as the page."""
    files = uploaded(st.session_state.get(_dropped(session.id)))
    if files:
        numbers = tuple(one.number for one in session.candidacies)
        new = bool(st.session_state.get(_new(session.id, bool(numbers))))
        batch_preview(actor, session.id, dossiers_in(files, numbers)[0], new=new)


@st.fragment(run_every=2.0)
def follow(actor: Actor, session: str) -> None:
    """How far the readings of a session are, drawn anew by itself; nothing where there is nothing to read."""
    if not still_here():
        st.rerun(scope="app")
    progress = application().batches.progress(actor, session)
    if not progress.total:
        return
    with st.container(border=True):
        st.markdown(f"**Lecture des dossiers**\u00a0: {plain(headline(progress))}")
        st.progress(min(1.0, progress.ended / progress.total))
        if not progress.over:
            st.caption(plain(_now(progress)))
        with st.container(horizontal=True):
            _buttons(actor, session, progress)
        if progress.to_look_at:
            with st.expander(f"À regarder ({len(progress.to_look_at)})", expanded=progress.over):
                st.dataframe(
                    in_cells([{"N°": one.number, "Pourquoi": one.reason} for one in progress.to_look_at]),
                    hide_index=True,
                    width="stretch",
                    column_config={"N°": st.column_config.TextColumn(width="small")},
                )


def _now(progress: BatchProgress) -> str:
    said = [f"{progress.at_work} en cours", f"{progress.waiting} en attente"]
    if progress.workers is not None:
        said.append(f"{progress.workers} processus de lecture en service")
    goes_on = not (progress.paused or progress.stands or progress.workers == 0)
    return ", ".join(said) + "." + (" Vous pouvez fermer cette page\u00a0: la lecture continue." if goes_on else "")


def _buttons(actor: Actor, session: str, progress: BatchProgress) -> None:
    if not progress.over:
        if progress.paused or progress.stands:
            st.button("Reprendre la lecture", key=f"go-on-{session}", on_click=on_go_on, args=(actor, session))
        else:
            st.button("Mettre en pause", key=f"pause-{session}", on_click=on_pause, args=(actor, session))
        st.button("Tout arrêter", key=f"stop-all-{session}", on_click=on_stop, args=(actor, session))
    elif progress.to_look_at:
        st.button("Relancer ce qui est à regarder", key=f"again-{session}", on_click=on_again, args=(actor, session))


def dossiers_in(files: Sequence[UploadedFile], numbers: Sequence[str]) -> tuple[list[GivenDossier], list[ToLookAt]]:
    """Each file is a dossier; a ZIP whose name is no candidate's holds several. And what cannot be opened, with why."""
    dossiers: list[GivenDossier] = []
    refused: list[ToLookAt] = []
    for file in files:
        stem = file.name.rsplit(".", 1)[0]
        if file.name.lower().endswith(".zip") and stem.strip() not in numbers:
            try:
                dossiers += of_archive(io.BytesIO(file.data), file.name)
            except PrelectureError as error:
                refused.append(ToLookAt(file.name, error.message))
            except zipfile.BadZipFile:
                refused.append(ToLookAt(file.name, "Ce ZIP est abîmé\u00a0: faites-le de nouveau."))
        elif is_read(file.name) or file.name.lower().endswith(".zip"):
            try:
                check([file])
            except PrelectureError as error:
                refused.append(ToLookAt(file.name, error.message))
            else:
                dossiers.append(GivenDossier(stem, partial(_one, file), file.name))
        else:
            refused.append(ToLookAt(file.name, "Ce genre de fichier n’est pas lu."))
    return dossiers, refused


def _one(file: UploadedFile) -> tuple[UploadedFile, ...]:
    return (file,)


def on_hand_in(actor: Actor, session: str, numbers: tuple[str, ...]) -> None:
    """Gives the files to their candidates; their readings wait for their turn."""
    files = uploaded(st.session_state.get(_dropped(session)))
    if not files:
        return
    new = bool(st.session_state.get(_new(session, bool(numbers))))

    def hand_in() -> None:
        dossiers, refused = dossiers_in(files, numbers)
        made = application().batches.hand_in(
            actor, session, dossiers, several=True, new=new, corrections=batch_corrections(session)
        )
        forget_batch(session)
        unread = [one for one in made.not_taken if one.unreadable]
        unclaimed = [one for one in made.not_taken if not one.unreadable]
        # Those of an earlier drop stay until they are given, or dropped again.
        before = application().batches.left_out(actor, session)
        left = before.without([*(one.label for one in dossiers), *(one.number for one in refused)])
        left = left.and_also(unclaimed, [*refused, *unread])
        application().batches.keep_left_out(actor, session, left)
        # What was handed in leaves the box; what waits for its candidate is kept with its list.
        _hold(session, (*st.session_state.get(held_of(session), ()), *files), left)
        st.session_state[_turn(session)] = st.session_state.get(_turn(session), 0) + 1
        _tell_given(made, len(made.not_taken) + len(refused))

    attempt(hand_in)


def on_give(actor: Actor, session: str, numbers: tuple[str, ...]) -> None:
    """Gives the files that were left out to the candidates chosen for them."""
    held: Sequence[UploadedFile] = st.session_state.get(held_of(session), ())
    # Dropped again, a file is the same one, not a second part of the dossier.
    files = _by_name((*held, *uploaded(st.session_state.get(_dropped(session)))))

    def give() -> None:
        before = application().batches.left_out(actor, session)
        chosen = chosen_numbers(session, before)
        dossiers, _ = dossiers_in(files, numbers)
        mine = [GivenDossier(chosen[one.label], one.files, one.shown) for one in dossiers if one.label in chosen]
        if not mine:
            raise InvalidInput(
                "Choisissez le candidat d’au moins un fichier. Si la page a été rechargée, déposez les fichiers de nouveau."
            )
        made = application().batches.hand_in(
            actor, session, mine, several=True, new=False, corrections=batch_corrections(session)
        )
        given = {one.label for one in dossiers if one.label in chosen}
        left = before.without(given).and_also((), made.not_taken)
        application().batches.keep_left_out(actor, session, left)
        _hold(session, held, left)
        _tell_given(made, len(left.unclaimed) + len(left.unread))

    attempt(give)


def _by_name(files: Sequence[UploadedFile]) -> tuple[UploadedFile, ...]:
    """One of each name, the last."""
    return tuple({file.name: file for file in files}.values())


def _hold(session: str, files: Sequence[UploadedFile], left: LeftOut) -> None:
    """Keeps those that wait for their candidate, and a ZIP as long as anything waits; the others leave the memory."""
    names = {one.number for one in left.unclaimed}
    waiting = [one for one in _by_name(files) if one.name in names or (names and one.name.lower().endswith(".zip"))]
    if waiting:
        st.session_state[held_of(session)] = tuple(waiting)
    else:
        st.session_state.pop(held_of(session), None)


def _tell_given(made: HandedIn, missed: int) -> None:
    there = f", {made.known} déjà là" if made.known else ""
    aside = f", {_many(missed, 'laissé', 'laissés')} de côté" if missed else ""
    tell(f"{_many(made.new, 'dossier remis', 'dossiers remis')}{there}{aside}.")


def on_pause(actor: Actor, session: str) -> None:
    """Nothing more is begun."""
    attempt(lambda: application().batches.pause(actor, session, on=True))


def on_go_on(actor: Actor, session: str) -> None:
    """Goes on with what waits."""
    attempt(lambda: application().batches.pause(actor, session, on=False))


def on_stop(actor: Actor, session: str) -> None:
    """Stops what waits and what is read."""

    def stop() -> None:
        stopped = application().batches.stop(actor, session)
        tell(f"{_many(stopped, 'lecture arrêtée', 'lectures arrêtées')}. Ce qui était lu est gardé.")

    attempt(stop)


def on_again(actor: Actor, session: str) -> None:
    """Asks again for all that was not read whole."""

    def again() -> None:
        asked = application().batches.again(actor, session)
        tell(f"{_many(asked, 'lecture relancée', 'lectures relancées')}.")

    attempt(again)


def _dropped(session: str) -> str:
    """The box of this turn: a new one, empty, once what was in it is handed in."""
    return f"many-{session}-{st.session_state.get(_turn(session), 0)}"


def _turn(session: str) -> str:
    return f"many-turn-{session}"


def _new(session: str, listed: bool) -> str:
    """A box of its own once there are candidates: what is usual is then another."""
    return f"new-{session}-{listed}"


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count < 2 else several}"
