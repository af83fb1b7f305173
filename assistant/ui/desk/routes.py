"""What the desk in the browser asks for over HTTP, below `/bureau/`: its data, its acts, pages, originals, files.

A request is known by a cookie that only this review's addresses receive; it says who, and every call below passes
that person's access again. Streamlit draws nothing here: no act waits for a page to be drawn, or is lost with it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from assistant.application.people import Actor
from assistant.errors import AccessDenied, PrelectureError

STATIC = Path(__file__).parent / "static"
COOKIE = "bureau"
MOST_EVENTS = 200
MOST_BYTES = 2_000_000
SCALES = (1.0, 1.5, 2.0, 3.0, 4.0)
"""Pixels per PDF point that pages are drawn at: few, so that the browser's cache meets them again."""
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
KEPT = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
NO_KEY = "Votre accès à ce dossier a expiré\u00a0: rechargez la page. Ce que vous avez écrit est gardé."


class Download(NamedTuple):
    """A file as it is sent: its bytes, its name and its media type."""

    data: bytes
    name: str
    media_type: str


class Door(Protocol):
    """What the routes need of the application. Every call raises PrelectureError with a sentence for the person."""

    def seconds_left(self, key: str, person: str, review: str) -> int: ...
    def actor(self, person: str) -> Actor | None: ...
    def view(self, actor: Actor, review: str) -> Mapping[str, Any]: ...
    def work(self, actor: Actor, review: str) -> Mapping[str, Any]: ...
    def act(self, actor: Actor, review: str, event: Mapping[str, Any]) -> Mapping[str, Any]: ...
    def history(
        self, actor: Actor, review: str, criterion: str, kind: str, item: str
    ) -> Sequence[Mapping[str, Any]]: ...
    def phrases(self, actor: Actor, review: str, asked: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]: ...
    def outside(self, actor: Actor, review: str) -> Mapping[str, Any]: ...
    def origin(self, actor: Actor, review: str, criterion: str) -> Mapping[str, Any]: ...
    def again(self, actor: Actor, review: str) -> Mapping[str, Any]: ...
    def harmony(self, actor: Actor, review: str) -> Mapping[str, Any]: ...
    def page(self, actor: Actor, review: str, page: int, scale: float) -> bytes: ...
    def original(self, actor: Actor, review: str, index: int) -> Download: ...
    def file(self, actor: Actor, review: str, what: str, ending: str) -> Download: ...


Answer = Callable[[Request, Actor, str], Response]


def routes(door: Door) -> list[BaseRoute]:
    """The desk's addresses, to stand before Streamlit's own."""

    def on(path: str, answer: Answer, method: str = "GET") -> Route:
        async def endpoint(request: Request) -> Response:
            if method == "POST" and not _is_json(request):
                return _said("Requête refusée.", 415)
            request.state.body = await request.body() if method == "POST" else b""
            return await run_in_threadpool(_let_in, door, request, answer)

        return Route(f"/bureau/{{person}}/{{review}}/{path}", endpoint, methods=[method])

    def view(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.view(actor, review))

    def work(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.work(actor, review))

    def acts(request: Request, actor: Actor, review: str) -> Response:
        return _acts(door, request, actor, review)

    def versions(request: Request, actor: Actor, review: str) -> Response:
        asked = request.query_params
        made = door.history(actor, review, asked.get("criterion", ""), asked.get("kind", ""), asked.get("item", ""))
        return _json(list(made))

    def phrases(request: Request, actor: Actor, review: str) -> Response:
        return _json(list(door.phrases(actor, review, json.loads(request.state.body))))

    def outside(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.outside(actor, review))

    def origin(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.origin(actor, review, request.query_params.get("criterion", "")))

    def again(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.again(actor, review))

    def harmony(request: Request, actor: Actor, review: str) -> Response:
        return _json(door.harmony(actor, review))

    def page(request: Request, actor: Actor, review: str) -> Response:
        drawn = door.page(actor, review, int(request.path_params["number"]), _scale(request))
        return Response(drawn, media_type="image/png", headers=KEPT)

    def original(request: Request, actor: Actor, review: str) -> Response:
        return _download(door.original(actor, review, int(request.path_params["index"])), inline=True)

    def file(request: Request, actor: Actor, review: str) -> Response:
        made = door.file(actor, review, request.path_params["what"], request.path_params["ending"])
        return _download(made, inline=False)

    async def enter(request: Request) -> Response:
        return await run_in_threadpool(_entered, door, request, await request.body())

    return [
        Route("/bureau/{person}/{review}/enter", enter, methods=["POST"]),
        on("desk.json", view),
        on("work.json", work),
        on("acts", acts, "POST"),
        on("versions", versions),
        on("phrases", phrases, "POST"),
        on("outside.json", outside),
        on("origin", origin),
        on("again", again, "POST"),
        on("harmony.json", harmony),
        on("page/{number:int}.png", page),
        on("original/{index:int}", original),
        on("files/{what}.{ending}", file),
        Mount("/bureau-fichiers", StaticFiles(directory=STATIC)),
    ]


def address_of(person: str, review: str) -> str:
    """Where a person's desk for a review stands, relative to the application's own address."""
    return f"bureau/{quote(person, safe='')}/{quote(review, safe='')}/"


def _let_in(door: Door, request: Request, answer: Answer) -> Response:
    """Who asks, then the answer; a refusal is a French sentence."""
    person, review = request.path_params["person"], request.path_params["review"]
    known = door.seconds_left(request.cookies.get(COOKIE, ""), person, review)
    actor = door.actor(person) if known else None
    if actor is None:
        return _said(NO_KEY, 401)
    try:
        return answer(request, actor, review)
    except AccessDenied as error:
        return _said(error.message, 403)
    except PrelectureError as error:
        return _said(error.message, 503 if error.retryable else 409)


def _entered(door: Door, request: Request, body: bytes) -> Response:
    """Turns a key into a cookie that only this review's addresses receive."""
    key = body.decode("ascii", "replace")
    age = door.seconds_left(key, request.path_params["person"], request.path_params["review"])
    if not age:
        return _said(NO_KEY, 401)
    answer = Response(status_code=204, headers=PRIVATE)
    path = request.url.path.removesuffix("enter")
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, key, max_age=age, path=quote(path), httponly=True, samesite="strict", secure=secure)
    return answer


def _acts(door: Door, request: Request, actor: Actor, review: str) -> Response:
    """Stores events in their order; each is acknowledged or refused for itself."""
    if len(request.state.body) > MOST_BYTES:
        return _said("Trop de texte d’un coup\u00a0: enregistrez par morceaux.", 413)
    try:
        events = json.loads(request.state.body)["events"]
    except (ValueError, KeyError, TypeError):
        return _said("Requête illisible.", 400)
    acks = []
    for event in events[:MOST_EVENTS]:
        try:
            acks.append(door.act(actor, review, event))
        except PrelectureError as error:
            if error.retryable:
                return _said(error.message, 503)  # Nothing is lost: the browser keeps what was not acknowledged.
            acks.append({"id": event.get("id"), "ok": False, "message": error.message, "current": None})
    return _json({"acks": acks})


def _scale(request: Request) -> float:
    try:
        wanted = float(request.query_params.get("scale", "2"))
    except ValueError:
        wanted = 2.0
    return min(SCALES, key=lambda scale: abs(scale - wanted))


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"


def _json(content: Any) -> Response:
    return JSONResponse(content, headers=PRIVATE)


def _said(message: str, status: int) -> Response:
    return JSONResponse({"message": message}, status_code=status, headers=PRIVATE)


def _download(file: Download, *, inline: bool) -> Response:
    shown = inline and file.media_type == "application/pdf"
    name = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {**PRIVATE, "Content-Disposition": name}
    return Response(file.data, media_type=file.media_type, headers=headers)
