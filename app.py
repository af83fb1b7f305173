"""Entry of the app: declares the pages of whoever is at the screen, and nothing else."""

import streamlit as st

from assistant.places import ICON
from assistant.ui.about import about_page
from assistant.ui.candidate import candidate_page
from assistant.ui.dossiers import dossiers_page
from assistant.ui.identity import say_who, spaces
from assistant.ui.look import STYLE
from assistant.ui.organiser.page import organiser_page
from assistant.ui.referentiels.page import referentiels_page
from assistant.ui.sessions import sessions_page
from assistant.ui.state import get_ready
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
page = st.navigation(
    [
        st.Page(PAGES[name][0], title=PAGES[name][1], icon=PAGES[name][2], url_path=name, default=name == shown[0])
        for name in shown
    ],
    position="top",
)
say_who()
page.run()
