"""`/health`: the process answers. `/ready`: it can serve people, or 503. For proxies and supervisors; nothing of anybody."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.application.readiness import Ready
from assistant.errors import PrelectureError

HEADERS = {"Cache-Control": "no-store"}


def health_routes(check: Callable[[], Ready]) -> list[BaseRoute]:
    """`check` is asked at each request to `/ready`; one that raises is not ready."""

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=HEADERS)

    async def ready(_: Request) -> Response:
        found = await run_in_threadpool(_checked, check)
        status = "ok" if found.whole else "unavailable"
        body = {"status": status, "database": found.database, "files": found.files}
        return JSONResponse(body, 200 if found.whole else 503, headers=HEADERS)

    return [Route("/health", health), Route("/ready", ready)]


def _checked(check: Callable[[], Ready]) -> Ready:
    try:
        return check()
    except PrelectureError:  # the application cannot even be opened: the database is away
        return Ready(database=False, files=False)
