"""A proxy before several servers that keeps a browser with one of them, by a cookie, as long as that one answers."""

import asyncio
import re
import threading
from collections.abc import Sequence
from contextlib import suppress

COOKIE = b"prelecture_serveur"
HEAD_END = b"\r\n\r\n"
MOST = 2**20


class Sticky:
    """Listens on loopback. `went`: the ports that connections were given to, in order."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = tuple(ports)
        self._loop = asyncio.new_event_loop()
        self.went: list[int] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> "Sticky":
        listens = threading.Event()

        async def listen() -> None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MOST)
            self.port = int(self._server.sockets[0].getsockname()[1])
            listens.set()

        self._loop.create_task(listen())
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        assert listens.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        """One connection: its first request says whose it is; the rest of it, a websocket too, goes the same way."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await browser.readuntil(HEAD_END)
            known = re.search(rb"(?i)^cookie:.*\b" + COOKIE + rb"=(\d+)", head, re.M)
            asked = int(known[1]) if known else None
            port, server, to_server = await self._reached(asked)
            self.went.append(port)
            to_server.write(head)
            back = asyncio.create_task(_answered(server, to_browser, None if port == asked else port))
            try:
                await _all(browser, to_server)
                await back
            finally:
                to_server.close()
        to_browser.close()

    async def _reached(self, asked: int | None) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
        """The server asked for, or the first that answers. Raises OSError where none does."""
        for port in dict.fromkeys((*([asked] if asked in self._ports else []), *self._ports)):
            assert port is not None
            with suppress(OSError):
                return (port, *await asyncio.open_connection("127.0.0.1", port))
        raise ConnectionRefusedError


async def _answered(server: asyncio.StreamReader, to_browser: asyncio.StreamWriter, told: int | None) -> None:
    """What the server answers; with a cookie in the first answer where the browser is to know another server (`told`)."""
    with suppress(OSError, asyncio.IncompleteReadError):
        if told is not None:
            line = await server.readuntil(b"\r\n")
            to_browser.write(line + b"Set-Cookie: " + COOKIE + b"=%d; Path=/; HttpOnly; SameSite=Strict\r\n" % told)
        await _all(server, to_browser)
    to_browser.close()


async def _all(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
        if target.can_write_eof():
            target.write_eof()
