"""Entry of the app: declares the pages, and nothing else."""

import streamlit as st

from assistant.places import ICON
from assistant.ui.about import about_page
from assistant.ui.candidate import candidate_page
from assistant.ui.dossiers import dossiers_page
from assistant.ui.look import STYLE
from assistant.ui.referentiels.page import referentiels_page
from assistant.ui.sessions import sessions_page
from assistant.ui.state import get_ready
from assistant.ui.trainer import trainer_page

st.set_page_config(page_title="Prélecture", page_icon=str(ICON), layout="wide")
st.html(STYLE)
get_ready()
st.navigation(
    [
        st.Page(dossiers_page, title="Dossiers", icon=":material/folder_open:", url_path="dossiers", default=True),
        st.Page(sessions_page, title="Mes sessions", icon=":material/groups:", url_path="sessions"),
        st.Page(candidate_page, title="Mon dossier", icon=":material/edit_document:", url_path="mon-dossier"),
        st.Page(trainer_page, title="Mes promotions", icon=":material/school:", url_path="promotions"),
        st.Page(referentiels_page, title="Référentiels", icon=":material/checklist:", url_path="referentiels"),
        st.Page(about_page, title="À propos", icon=":material/info:", url_path="a-propos"),
    ],
    position="top",
).run()
