"""« Ce qui partira au modèle » of many dossiers at once: how much is hidden in each, each to be looked at, and corrections
that are made once for all of them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.application.batches import GivenDossier, together
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.previewing import Corrections, SentSentence
from assistant.errors import PrelectureError
from assistant.ui.labels import distinct
from assistant.ui.sending import correcting, forget_corrections, said_under, sentences_table, strings_in
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

Sent = tuple[SentSentence, ...]


def batch_corrections(session: str) -> Corrections | None:
    """What was corrected of the files dropped for this session; None where nobody looked."""
    return said_under(*_keys(session)) if st.session_state.get(_shown(session)) else None


def forget_batch(session: str) -> None:
    """The next files are others."""
    forget_corrections(*_keys(session))
    st.session_state[_shown(session)] = False


def batch_preview(actor: Actor, session: str, dossiers: Sequence[GivenDossier], *, new: bool) -> None:
    """One click reads them all and says how much is hidden in each."""
    if not application().settings.model or not dossiers:
        return
    if not st.toggle("Voir ce qui partira au modèle de chaque dossier, et corriger pour tous", key=_shown(session)):
        return
    also, never = _keys(session)
    try:
        parts, _ = application().batches.sorted_out(actor, session, dossiers, several=True, new=new)
        untouched, refused = _all(actor, session, parts, Corrections())
        hidden = {word for lines in untouched.values() for word in strings_in(lines)}
        st.session_state[never] = [one for one in st.session_state.get(never, ()) if one in hidden]
        said = said_under(also, never)
        leaving = _all(actor, session, parts, said)[0] if said != Corrections() else untouched
    except PrelectureError as error:
        st.error(plain(error.message))
        return
    _overview(leaving, refused)
    if not leaving:
        return
    labels = distinct({number: f"n°\u00a0{number}" for number in leaving})
    chosen = st.selectbox("Dossier à regarder", list(leaving), format_func=labels.__getitem__, key=f"{also}-chosen")
    sentences_table(leaving[chosen], f"{also}-only")
    st.caption(
        "Ces corrections valent pour tous les dossiers de ce dépôt\u00a0; elles partent avec «\u00a0Remettre\u00a0»."
    )
    correcting(also, never, hidden)


def _all(
    actor: Actor, session: str, parts: Mapping[str, Sequence[GivenDossier]], corrected: Corrections
) -> tuple[dict[str, Sent], dict[str, str]]:
    """What leaves of each that can be read, and why the others cannot, by the candidates' numbers."""
    leaving: dict[str, Sent] = {}
    refused: dict[str, str] = {}
    bar = st.progress(0.0, "Lecture et masquage…")
    for done, (number, given) in enumerate(parts.items(), start=1):
        try:
            leaving[number] = _sent(actor, actor.person, session, number, together(given), corrected)
        except PrelectureError as error:
            refused[number] = error.message
        bar.progress(min(1.0, done / len(parts)), f"Lecture et masquage\u00a0: {done:d} sur {len(parts):d}")
    bar.empty()
    return leaving, refused


def _overview(leaving: dict[str, Sent], refused: dict[str, str]) -> None:
    """A line a dossier, in the order in which they were dropped; nothing in it says how good one is."""
    nothing = "rien n’est masqué\u00a0: regardez-le"
    told = {number: "" if strings_in(lines) else nothing for number, lines in leaving.items()} | refused
    rows: list[dict[str, object]] = [
        {
            "Candidat": number,
            "Phrases qui partent": len(leaving[number]) if number in leaving else None,
            "Mots ou noms masqués": len(strings_in(leaving[number])) if number in leaving else None,
            **({"Remarque": said} if any(told.values()) else {}),
        }
        for number, said in told.items()
    ]
    st.dataframe(in_cells(rows), hide_index=True, width="stretch")


@st.cache_data(show_spinner=False, max_entries=120)
def _sent(
    _actor: Actor, person: str, session: str, number: str, files: tuple[UploadedFile, ...], corrected: Corrections
) -> Sent:
    """What will leave of one of them, kept for this person's next click."""
    return application().previews.for_session(_actor, session, files, corrected, number)


def _keys(session: str) -> tuple[str, str]:
    return f"many-also-{session}", f"many-never-{session}"


def _shown(session: str) -> str:
    return f"many-preview-{session}"
