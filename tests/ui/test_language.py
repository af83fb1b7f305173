"""What Streamlit sends of its own is in French when it reaches the browser."""

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.ui.desk.routes import STATIC
from assistant.ui.language import WORDS, InFrench, framed, in_french

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_the_frame_says_that_it_is_in_french_and_nothing_else_changes() -> None:
    def page(_request: Request) -> Response:
        return HTMLResponse('<!doctype html><html lang="en"><body>é</body></html>')

    def data(_request: Request) -> Response:
        return JSONResponse({"text": '<html lang="en">'})

    app = TestClient(InFrench(Starlette(routes=[Route("/", page), Route("/data", data)])))
    html = {"accept": "text/html,application/xhtml+xml"}
    assert app.get("/", headers=html).text == '<!doctype html><html lang="fr"><body>é</body></html>'
    assert app.get("/data", headers=html).json() == {"text": '<html lang="en">'}
    assert 'lang="en"' in app.get("/", headers={"accept": "*/*"}).text


def test_the_frame_brings_the_desk_before_a_dossier_is_opened() -> None:
    frame = framed((SCRIPTS.parents[1] / "index.html").read_bytes()).decode()
    assert "<title>Prélecture</title>" in frame
    script = re.search(r'<head><script type="module" src="./bureau-fichiers/(frame.js)\?besides=([^"]+)"', frame)
    assert script
    assert (STATIC / script[1]).is_file()
    assert (SCRIPTS / script[2]).is_file()
    # Ours stands first: the language is set before anything of Streamlit's asks for it.
    assert frame.index("frame.js") < frame.index("static/js/")


@pytest.mark.parametrize(("stem", "english"), [(stem, one) for stem, words in WORDS.items() for one in words])
def test_every_word_put_into_french_stands_in_the_installed_streamlit(stem: str, english: str) -> None:
    """A newer Streamlit that words it otherwise is told here, before a juror reads English."""
    assert any(english in script.read_text(encoding="utf-8") for script in SCRIPTS.glob(f"{stem}.*.js"))


def test_a_widget_s_script_is_sent_in_french_with_its_length() -> None:
    def script(_request: Request) -> Response:
        return Response("label:l?`Upload directories`:`Upload`", media_type="text/javascript")

    app = TestClient(InFrench(Starlette(routes=[Route("/static/js/FileUploader.Ab1.js", script)])))
    answer = app.get("/static/js/FileUploader.Ab1.js")
    assert answer.text == "label:l?`Upload directories`:`Choisir un fichier`"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert in_french("Other.js", "label:`Upload`") == "label:`Upload`"
