"""What Prélecture does and does not do, in a juror's words."""

import streamlit as st

from assistant import __version__
from assistant.ui.state import application

TEXT = """
# À propos de Prélecture

Prélecture lit un dossier de certification, page par page, et repère pour chaque critère du référentiel les phrases
qui s’y rapportent. Elle cite toujours le dossier mot pour mot, avec la page.

**Ce qu’elle ne fait jamais.** Elle ne note pas, ne classe pas, ne suggère aucune décision. Un passage « repéré » n’est
pas un critère atteint ; un passage « non repéré » n’est pas une absence prouvée. C’est vous qui lisez et décidez.

**Ce qu’elle peut manquer.** Une phrase très éloignée des mots attendus, une idée portée par une image ou un schéma,
une page qui n’a pas pu être lue : ces pages sont toujours listées en tête du dossier.
"""
HERE = """
**Vos notes** sont enregistrées à mesure que vous écrivez, sur cette machine. Sans réglage particulier, rien n’en sort.
"""
SERVER = """
**Vos notes** sont enregistrées à mesure que vous écrivez, sur le serveur de votre organisation. Sans réglage particulier,
rien n’en sort.
"""


def about_page() -> None:
    """The page « À propos »."""
    st.markdown(TEXT)
    if application().settings.sign_in == "local":
        st.markdown(HERE)
    else:
        st.markdown(SERVER)
    st.caption(f"Prélecture {__version__}")
