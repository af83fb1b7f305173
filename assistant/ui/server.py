"""What `prelecture app` serves: the app's script, and what becomes of an error that nobody foresaw."""

import atexit
import os
from contextlib import ExitStack

import streamlit as st
from starlette.middleware import Middleware

from assistant import logs, telemetry
from assistant.logs import Destination
from assistant.places import APP
from assistant.settings import load_settings
from assistant.ui.desk.door import ApplicationDoor
from assistant.ui.desk.routes import routes
from assistant.ui.guard import Guarded
from assistant.ui.health import health_routes
from assistant.ui.language import InFrench
from assistant.ui.state import application
from assistant.ui.wanted import Wanted


def destination() -> Destination:
    """Lines of the app go to its file and to stderr, unless set otherwise."""
    settings = load_settings()
    return Destination(settings.data_dir, stderr=settings.log_stderr != "off")


def tell(error: Exception) -> bool:
    """Logs an error of a page and tells the person its reference, instead of Streamlit's own words in English."""
    st.error(logs.apology(logs.failure("page", error)))
    return True


def only_here() -> bool:
    """Whether this is one person's machine, where nobody else may ask."""
    return load_settings().sign_in == "local"


os.umask(0o077)
logs.set_up("app", destination)
_measured = ExitStack()
_measured.enter_context(telemetry.exporting("app", load_settings().telemetry_endpoint))
atexit.register(_measured.close)
app = st.App(
    APP,
    on_script_error=tell,
    routes=[*health_routes(lambda: application().readiness.check()), *routes(ApplicationDoor(application))],
    middleware=[Middleware(Guarded, only_here=only_here), Middleware(Wanted), Middleware(InFrench)],
)
