"""The files a juror or a jury takes away; each one is made when it is asked for."""

from functools import partial

import streamlit as st

from assistant.application.context import ReviewContext
from assistant.application.exports import ENDINGS, KINDS, MEDIA, NAMES, Document, Ending, GridKind, file_name
from assistant.ui.state import application

SAID: dict[Document, str] = {
    "grid": "**La grille {kind}**",
    "oral": "**La fiche d’oral** – vos questions, par thème, sur une page",
    "feedback": "**Le retour au candidat** – seulement ce que vous avez repris ou écrit, sans décision",
}


def downloads(context: ReviewContext, kind: GridKind) -> None:
    """The grid, the oral sheet and the feedback sheet for the candidate, in their formats."""
    if context.newer:
        st.caption(
            f"Ces documents gardent la version {context.referentiel.content.version} du référentiel, avec laquelle cette "
            f"lecture a commencé\u00a0; la version {context.newer} existe depuis."
        )
    number = context.candidacy.number if context.candidacy else "dossier"
    for document, said in SAID.items():
        st.markdown(said.format(kind=KINDS[kind]))
        with st.container(horizontal=True):
            for ending in ENDINGS[document]:
                st.download_button(
                    ending.upper(),
                    data=partial(_made, context, kind, document, ending),
                    file_name=file_name(number, kind, document, ending),
                    mime=MEDIA[ending],
                    key=f"{NAMES[document]}-{KINDS[kind]}-{ending}",
                    on_click="ignore",
                    width="content",
                )


def _made(context: ReviewContext, kind: GridKind, document: Document, ending: Ending) -> bytes:
    return application().exports.file(context.actor, context.review_id, kind, document, ending).data
