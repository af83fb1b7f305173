"""« Ce qui partira au modèle » : every sentence as it leaves, what is hidden in it, and how to correct that."""

from collections.abc import Callable

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.previewing import Corrections, SentSentence
from assistant.errors import PrelectureError
from assistant.ui.acting import attempt
from assistant.ui.organiser.telling import tell
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

ALSO, NEVER = "mask-also", "mask-never"


def corrections() -> Corrections:
    """What the person corrected on this page."""
    return _said(ALSO, NEVER)


def preview_section(actor: Actor, files: tuple[UploadedFile, ...], referentiel: str, blocs: tuple[str, ...]) -> None:
    """Shown with the files that were chosen, before anything of them is handed in; it reads them first."""
    candidate = str(st.session_state.get("candidate", ""))
    _before_the_first_run(lambda said: sent(actor, files, referentiel, blocs, candidate, said))


def session_preview(actor: Actor, files: tuple[UploadedFile, ...], session: str) -> None:
    """The same of files that will join a session."""
    _before_the_first_run(lambda said: session_sent(actor, actor.person, session, files, said))


def _before_the_first_run(sent_with: Callable[[Corrections], tuple[SentSentence, ...]]) -> None:
    if not application().settings.model:
        return
    st.subheader("Ce qui partira au modèle")
    if not st.toggle("Montrer chaque phrase telle qu’elle partira, et corriger", value=True, key="preview"):
        return
    try:
        hidden = {written for line in sent_with(Corrections()) for written, _ in line.hidden}
        # What was let through of another dossier is not let through of this one.
        st.session_state[NEVER] = [one for one in st.session_state.get(NEVER, ()) if one in hidden]
        _correcting(ALSO, NEVER, hidden)
        _table(sent_with(corrections()))
    except PrelectureError as error:
        st.error(plain(error.message))


def _correcting(also: str, never: str, hidden: set[str]) -> None:
    """What was corrected, each with its way back, and what else may be."""
    st.text_input("À masquer aussi (séparez par des virgules)", key=also)
    st.multiselect(
        "Masqué à tort\u00a0: laisser partir ces mots", sorted(hidden | set(st.session_state.get(never, ()))), key=never,
        placeholder="Choisir",
    )  # fmt: skip
    said = _said(also, never)
    for key, words, label in ((also, said.also, "Ne plus masquer"), (never, said.never, "Masquer de nouveau")):
        for word in words:
            what, back = st.columns([5, 2], vertical_alignment="center")
            what.text(f"«\u00a0{word}\u00a0» {'est masqué' if key == also else 'partira'} à votre demande")
            back.button(
                plain(label), key=f"back-{key}-{word}", width="stretch", on_click=on_taken_back, args=(key, word)
            )


def forget_corrections() -> None:
    """They were of the files just handed in, and are not of the next ones."""
    st.session_state[ALSO], st.session_state[NEVER] = "", []


def on_taken_back(key: str, word: str) -> None:
    """Takes one correction back."""
    held = st.session_state.get(key, ())
    if isinstance(held, str):
        st.session_state[key] = ", ".join(one for one in _listed(held) if one != word)
    else:
        st.session_state[key] = [one for one in held if one != word]


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in typed.split(",") if one.strip()))


def _said(also: str, never: str) -> Corrections:
    return Corrections(_listed(str(st.session_state.get(also, ""))), tuple(st.session_state.get(never, ())))


def candidate_preview(actor: Actor, candidacy: str, dossier: str, complete: str) -> None:
    """The same of a dossier in a session, for its organiser: what is corrected is sent from the next reading on.

    `dossier` names the file as it is now, so that another is read anew."""
    if not application().settings.model:
        return
    if not st.toggle("Voir ce qui part au modèle, et le corriger", key=f"preview-{candidacy}"):
        return
    also, never = f"also-{candidacy}", f"never-{candidacy}"
    kept = application().previews.kept(actor, candidacy)
    if also not in st.session_state:
        st.session_state[also], st.session_state[never] = ", ".join(kept.also), list(kept.never)
    untouched = candidate_sent(actor, actor.person, candidacy, dossier, Corrections())
    _correcting(also, never, {written for line in untouched for written, _ in line.hidden})
    said = candidate_corrections(candidacy)
    _table(candidate_sent(actor, actor.person, candidacy, dossier, said))
    st.button(
        "Lire de nouveau avec ces corrections", key=f"mask-again-{candidacy}", disabled=said == kept,
        on_click=on_mask_again, args=(actor, candidacy, complete),
    )  # fmt: skip


def candidate_corrections(candidacy: str) -> Corrections:
    """What the organiser corrected of this candidate's dossier."""
    return _said(f"also-{candidacy}", f"never-{candidacy}")


def on_mask_again(actor: Actor, candidacy: str, complete: str) -> None:
    """Has it read again; an incomplete dossier goes on waiting."""

    def again() -> None:
        made, waited = application().sessions.mask_again(actor, candidacy, candidate_corrections(candidacy))
        if waited:
            application().jobs.stop(actor, waited)
        if complete != "incomplete":
            application().jobs.start(actor, made)
        tell(
            "Ces corrections valent pour la prochaine lecture"
            + ("." if complete == "incomplete" else ", qui commence.")
        )

    attempt(again)


def _table(lines: tuple[SentSentence, ...]) -> None:
    touched = sum(bool(line.hidden) for line in lines)
    st.caption(
        f"{len(lines):d} phrases partiront, dont {touched:d} où quelque chose est masqué (images non comprises)."
    )
    st.dataframe(
        in_cells(
            {
                "Page": [line.page for line in lines],
                "Tel que cela part": [line.text for line in lines],
                "Masqué": [", ".join(f"{written} → {label}" for written, label in line.hidden) for line in lines],
            }
        ),
        hide_index=True,
    )


@st.cache_data(show_spinner="Lecture et masquage…", max_entries=4)
def candidate_sent(
    _actor: Actor, person: str, candidacy: str, dossier: str, corrected: Corrections
) -> tuple[SentSentence, ...]:
    """What leaves of a candidate's dossier, kept for this person's next click; `dossier` tells one file from the next."""
    return application().previews.of_candidate(_actor, candidacy, corrected)


@st.cache_data(show_spinner="Lecture et masquage…", max_entries=4)
def session_sent(
    _actor: Actor, person: str, session: str, files: tuple[UploadedFile, ...], corrected: Corrections
) -> tuple[SentSentence, ...]:
    """What will leave of files that will join a session, kept for this person's next click."""
    return application().previews.for_session(_actor, session, files, corrected)


@st.cache_data(show_spinner="Lecture et masquage…", max_entries=4)
def sent(
    _actor: Actor,
    files: tuple[UploadedFile, ...],
    referentiel: str,
    blocs: tuple[str, ...],
    candidate: str,
    corrected: Corrections,
) -> tuple[SentSentence, ...]:
    """What will leave, kept for the next click."""
    return application().previews.sent(_actor, files, referentiel, blocs, candidate, corrected)
