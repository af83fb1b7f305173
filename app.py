"""Entry of the app: declares the pages of whoever is at the screen, and nothing else."""

import streamlit as st

from assistant.places import ICON
from assistant.ui.about import about_page
from assistant.ui.ahead import get_ready
from assistant.ui.candidate import candidate_page
from assistant.ui.dossiers import dossiers_page
from assistant.ui.identity import VISITOR, say_who, spaces
from assistant.ui.look import STYLE
from assistant.ui.organiser.page import organiser_page
from assistant.ui.referentiels.page import referentiels_page
from assistant.ui.sessions import sessions_page
from assistant.ui.trainer import trainer_page

st.set_page_config(page_title="Prélecture", page_icon=str(ICON), layout="wide")
st.html(STYLE)
get_ready()
PAGES = {
    "dossiers": (dossiers_page, "Dossiers", ":material/folder_open:"),
    "sessions": (sessions_page, "Mes sessions", ":material/groups:"),
    "organisation": (organiser_page, "Organisation", ":material/assignment_ind:"),
    "mon-dossier": (candidate_page, "Mon dossier", ":material/edit_document:"),
    "promotions": (trainer_page, "Mes promotions", ":material/school:"),
    "referentiels": (referentiels_page, "Référentiels", ":material/checklist:"),
    "a-propos": (about_page, "À propos", ":material/info:"),
}
shown = spaces()
# Every address is a page, so that none is answered by an English « Page not found »: who may open it is said by the page.
asking = PAGES["sessions"][0] if shown == VISITOR else None
page = st.navigation(
    [
        st.Page(PAGES[shown[0]][0], title="Prélecture", url_path="accueil", default=True, visibility="hidden"),
        *(
            st.Page(
                draw if name in shown or asking is None else asking,
                title=title,
                icon=icon,
                url_path=name,
                visibility="visible" if name in shown else "hidden",
            )
            for name, (draw, title, icon) in PAGES.items()
        ),
    ],
    position="top",
)
st.set_page_config(page_title=f"{PAGES[shown[0]][1] if page.url_path == '' else page.title} · Prélecture")
say_who()
page.run()
