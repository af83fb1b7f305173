"""« Ce qui partira au modèle » : every sentence as it leaves, what is hidden in it, and how to correct that."""

from collections.abc import Callable

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.previewing import Corrections, SentSentence
from assistant.errors import PrelectureError
from assistant.ui.acting import attempt
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.telling import tell
from assistant.ui.words import plain

ALSO, NEVER = "mask-also", "mask-never"
HIGH, HEAD, ROWS = 68, 40, 6
"""Heights of a row, which Streamlit wraps from 4 rem on, and of the table's head, in pixels, and the rows seen at once."""


def corrections() -> Corrections:
    """What the person corrected on this page."""
    return said_under(ALSO, NEVER)


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
        hidden = strings_in(sent_with(Corrections()))
        # What was let through of another dossier is not let through of this one.
        st.session_state[NEVER] = [one for one in st.session_state.get(NEVER, ()) if one in hidden]
        sentences_table(sent_with(corrections()), "preview-only")
        correcting(ALSO, NEVER, hidden)
    except PrelectureError as error:
        st.error(plain(error.message))


def correcting(also: str, never: str, hidden: set[str]) -> None:
    """What else may be corrected, and what was, each with its way back; `also` and `never` are keys of the page."""
    left, right = st.columns(2)
    left.text_input(
        "À masquer aussi (séparez par des virgules)", key=also, placeholder="un nom, un lieu, une entreprise oubliés"
    )
    right.multiselect(
        "Masqué à tort\u00a0: laisser partir ces mots", sorted(hidden | set(st.session_state.get(never, ()))), key=never,
        placeholder="Choisir",
    )  # fmt: skip
    said = said_under(also, never)
    for key, words, label in ((also, said.also, "Ne plus masquer"), (never, said.never, "Masquer de nouveau")):
        for word in words:
            what, back = st.columns([5, 2], vertical_alignment="center")
            what.text(f"«\u00a0{word}\u00a0» {'est masqué' if key == also else 'partira'} à votre demande")
            back.button(
                plain(label), key=f"back-{key}-{word}", width="stretch", on_click=on_taken_back, args=(key, word)
            )


def forget_corrections(also: str = ALSO, never: str = NEVER) -> None:
    """They were of the files just handed in, and are not of the next ones."""
    st.session_state[also], st.session_state[never] = "", []


def on_taken_back(key: str, word: str) -> None:
    """Takes one correction back."""
    held = st.session_state.get(key, ())
    if isinstance(held, str):
        st.session_state[key] = ", ".join(one for one in _listed(held) if one != word)
    else:
        st.session_state[key] = [one for one in held if one != word]


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in typed.split(",") if one.strip()))


def said_under(also: str, never: str) -> Corrections:
    """What was corrected under these keys of the page."""
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
    said = candidate_corrections(candidacy)
    sentences_table(candidate_sent(actor, actor.person, candidacy, dossier, said), f"preview-only-{candidacy}")
    correcting(also, never, strings_in(untouched))
    st.button(
        "Lire de nouveau avec ces corrections", key=f"mask-again-{candidacy}", disabled=said == kept,
        on_click=on_mask_again, args=(actor, candidacy, complete),
    )  # fmt: skip


def candidate_corrections(candidacy: str) -> Corrections:
    """What the organiser corrected of this candidate's dossier."""
    return said_under(f"also-{candidacy}", f"never-{candidacy}")


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


def strings_in(lines: tuple[SentSentence, ...]) -> set[str]:
    """What is hidden in these sentences, as written, each once."""
    return {written for line in lines for written, _ in line.hidden}


def sentences_table(lines: tuple[SentSentence, ...], key: str) -> None:
    """The sentences as they leave, all or only those where something is hidden; `key`: of that choice."""
    touched = [line for line in lines if line.hidden]
    st.caption(plain(in_numbers(lines)))
    only = st.checkbox("Seulement les phrases où quelque chose est masqué", key=key) if touched else False
    shown = touched if only else lines
    st.dataframe(
        in_cells(
            {
                "Page": [line.page for line in shown],
                "Tel que cela part": [line.text for line in shown],
                "Masqué, dans cet ordre": [" · ".join(written for written, _ in line.hidden) for line in shown],
            }
        ),
        hide_index=True,
        width="stretch",
        row_height=HIGH,
        height=min(len(shown), ROWS) * HIGH + HEAD,
        column_config={
            "Page": st.column_config.NumberColumn(width=60),
            "Tel que cela part": st.column_config.TextColumn(width=720),
            "Masqué, dans cet ordre": st.column_config.TextColumn(width=400),
        },
    )


def in_numbers(lines: tuple[SentSentence, ...]) -> str:
    """How much leaves, and how much of it is hidden, in a sentence."""
    touched, strings = sum(bool(line.hidden) for line in lines), len(strings_in(lines))
    leave = "phrase partira" if len(lines) < 2 else "phrases partiront"
    if not touched:
        return f"{len(lines)} {leave}, où rien n’est masqué (images non comprises)."
    what = "mot ou groupe de mots masqué" if strings < 2 else "mots ou groupes de mots masqués"
    where = "une phrase" if touched < 2 else f"{touched} phrases"
    return f"{len(lines)} {leave}\u00a0; {strings} {what}, dans {where} (images non comprises)."


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
