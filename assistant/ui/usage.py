"""« Ce que les jurys font des propositions » : shares with their intervals, for organisers; nothing of one candidate."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.usage import Share
from assistant.errors import AccessDenied
from assistant.ui.state import application
from assistant.ui.words import plain

TOO_FEW = "pas assez de données"
EXTRACTIVE = "extractive"


def usage_section(actor: Actor) -> None:
    """One block per référentiel and drafter; nothing for whoever organises no session."""
    try:
        lines = application().usage.lines(actor)
    except AccessDenied:
        return
    with st.expander("Ce que les jurys font des propositions"):
        st.caption(
            "Sur l’ensemble des lectures verrouillées de vos sessions, jamais par candidat ni juré. Entre crochets\u00a0: "
            "l’intervalle de confiance à 95\u00a0%."
        )
        for line in lines:
            drafter = "sans modèle" if line.drafter == EXTRACTIVE else line.drafter
            st.markdown(plain(f"{line.referentiel} – {drafter}"))
            usage = line.usage
            st.table(
                {
                    "Énoncés et questions": [str(usage.statements)],
                    "repris tels quels": [in_words(usage.taken)],
                    "modifiés": [in_words(usage.edited)],
                    "écartés": [in_words(usage.set_aside)],
                    "Manques": [str(usage.gaps)],
                    "confirmés": [in_words(usage.confirmed)],
                    "«\u00a0C’est là\u00a0»": [in_words(usage.answered)],
                }
            )


def in_words(share: Share | None) -> str:
    """A share with its interval: "62 % [51 à 72]"."""
    if share is None:
        return TOO_FEW
    return f"{100 * share.count / share.total:.0f}\u00a0% [{100 * share.low:.0f} à {100 * share.high:.0f}]"
