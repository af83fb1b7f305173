"""The juror's desk: one component that draws everything of a review, and speaks to the server by addresses of its own."""

from typing import Any

import streamlit as st

from assistant.application.people import Actor
from assistant.ui.desk.routes import address_of
from assistant.ui.state import application

HTML = '<div class="pl-place"></div>'
JS = """
export default function (component) {
  let stop = null;
  let gone = false;
  const main = new URL("./bureau-fichiers/main.js", document.baseURI).href;
  import(main).then((desk) => { if (!gone) stop = desk.mount(component); });
  return () => { gone = true; if (stop) stop(); };
}
"""
"""The modules are files of the package, served as they are (`routes`): this only asks for the first of them."""


def show_desk(actor: Actor, review: str, title: str) -> None:
    """Draws the desk of a review. What it shows and what is written there is asked for and checked by the routes."""
    st.set_page_config(page_title=f"{title} · Prélecture")
    name = f"desk-{actor.person}-{review}"
    # One key per window: another one would make Streamlit hand everything over again.
    key = st.session_state.setdefault(f"{name}-key", application().keys.grant(actor, review))
    _component()(key=name, data={"address": address_of(actor.person, review), "key": key})


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("prelecture_desk", html=HTML, js=JS, isolate_styles=False)
