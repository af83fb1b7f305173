"""The component on a plain page, without Streamlit: `python -m tests.desk.harness VIEW.json FILE.pdf PORT [WORK.json]`."""

import json
import sys
from pathlib import Path

import streamlit
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.ui.desk.routes import address_of, routes
from tests.desk.fake_door import FakeDoor

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Prélecture</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>@font-face{{font-family:"Source Sans";src:url("/font.woff2");font-weight:200 900}}
body{{margin:0;font-family:"Source Sans",sans-serif;--st-font:"Source Sans",sans-serif;}}</style></head>
<body><main><div id="place"></div></main><script type="module">
const data = {data};
const {{ mount }} = await import(new URL("./bureau-fichiers/main.js", document.baseURI).href);
mount({{ parentElement: document.getElementById("place"), data }});
</script></body></html>"""


def harness(door: FakeDoor) -> Starlette:
    """The routes, and one page that mounts the desk."""

    def page(_request: Request) -> Response:
        data = json.dumps({"address": address_of(door.person, door.review), "key": door.key(), "title": "n° 0417"})
        return HTMLResponse(PAGE.format(data=data))

    def font(_request: Request) -> Response:
        media = Path(streamlit.__file__).parent / "static/static/media"
        return Response(next(media.glob("SourceSansVF-Upright*")).read_bytes(), media_type="font/woff2")

    return Starlette(
        routes=[*routes(door), Route("/", page), Route("/font.woff2", font)],
        middleware=[Middleware(GZipMiddleware)],
    )


def main() -> None:
    view, pdf, port, *work = sys.argv[1:]
    door = FakeDoor(json.loads(Path(view).read_text("utf-8")), Path(pdf), Path(work[0]) if work else None)
    uvicorn.run(harness(door), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main()
