"""« Ce qui partira au modèle » : every sentence as it leaves, what is hidden in it, and how to correct that."""

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.previewing import Corrections, SentSentence
from assistant.ui.acting import attempt
from assistant.ui.organiser.telling import tell
from assistant.ui.state import application

ALSO, NEVER = "mask-also", "mask-never"


def corrections() -> Corrections:
    """What the person corrected on this page."""
    also = [one.strip() for one in str(st.session_state.get(ALSO, "")).split(",")]
    return Corrections(tuple(one for one in also if one), tuple(st.session_state.get(NEVER, ())))


def preview_section(actor: Actor, files: tuple[UploadedFile, ...], referentiel: str, blocs: tuple[str, ...]) -> None:
    """Opened by whoever wants to see it: it reads the files first."""
    if not application().settings.model:
        return
    if not st.toggle("Voir ce qui partira au modèle, et le corriger", key="preview"):
        return
    st.text_input("À masquer aussi (séparez par des virgules)", key=ALSO)
    candidate = str(st.session_state.get("candidate", ""))
    plain = sent(actor, files, referentiel, blocs, candidate, Corrections())
    st.multiselect(
        "Masqué à tort\u00a0: laisser partir ces mots",
        sorted({written for line in plain for written, _ in line.hidden}),
        key=NEVER,
        placeholder="Choisir",
    )
    _table(sent(actor, files, referentiel, blocs, candidate, corrections()))


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
    st.text_input("À masquer aussi (séparez par des virgules)", key=also)
    plain = candidate_sent(actor, actor.person, candidacy, dossier, Corrections())
    hidden = {written for line in plain for written, _ in line.hidden}
    st.multiselect(
        "Masqué à tort\u00a0: laisser partir ces mots", sorted(hidden | set(st.session_state[never])), key=never,
        placeholder="Choisir",
    )  # fmt: skip
    said = candidate_corrections(candidacy)
    _table(candidate_sent(actor, actor.person, candidacy, dossier, said))
    st.button(
        "Lire de nouveau avec ces corrections", key=f"mask-again-{candidacy}", disabled=said == kept,
        on_click=on_mask_again, args=(actor, candidacy, complete),
    )  # fmt: skip


def candidate_corrections(candidacy: str) -> Corrections:
    """What the organiser corrected of this candidate's dossier."""
    also = [one.strip() for one in str(st.session_state.get(f"also-{candidacy}", "")).split(",")]
    return Corrections(tuple(one for one in also if one), tuple(st.session_state.get(f"never-{candidacy}", ())))


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
        {
            "Page": [line.page for line in lines],
            "Tel que cela part": [line.text for line in lines],
            "Masqué": [", ".join(f"{written} → {label}" for written, label in line.hidden) for line in lines],
        },
        hide_index=True,
    )


@st.cache_data(show_spinner="Lecture et masquage…", max_entries=4)
def candidate_sent(
    _actor: Actor, person: str, candidacy: str, dossier: str, corrected: Corrections
) -> tuple[SentSentence, ...]:
    """What leaves of a candidate's dossier, kept for this person's next click; `dossier` tells one file from the next."""
    return application().previews.of_candidate(_actor, candidacy, corrected)


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
