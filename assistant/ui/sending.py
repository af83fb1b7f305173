"""« Ce qui partira au modèle » : every sentence as it leaves, what is hidden in it, and how to correct that."""

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.previewing import Corrections, SentSentence
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
    lines = sent(actor, files, referentiel, blocs, candidate, corrections())
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
