"""One worker: takes runs from the queue, has each read by a process of its own, and watches it.

What somebody asks while a dossier is read (stop), what becomes of it elsewhere (another has it) and what the process
itself does (it ends, it is killed) all arrive here. The database away, it waits: the process that reads goes on.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from assistant import logs
from assistant.access.actor import PROGRAM
from assistant.application.working import LATER as WAIT
from assistant.application.working import Claimed, Working
from assistant.errors import Cancelled, PrelectureError, StoreError, Superseded
from assistant.settings import Settings
from assistant.worker.child import ENDED, LATER, UNAVAILABLE, Child, Target, read_one

T = TypeVar("T")
LOOK = 1.0
"""Seconds between two signs of life; a stop is seen as late as that."""
SWEEP = 15.0
AGAIN = 0.2
AWAY = 2.0
"""Seconds before a database that is away is asked again."""


class Supervisor:
    """`target`: what the process of a dossier does; `readers`: the socket of the server that forks those who read files."""

    def __init__(
        self, settings: Settings, working: Working, target: Target = read_one, readers: Path | None = None
    ) -> None:
        self._name = uuid4().hex
        self._settings, self._working, self._target, self._readers = settings, working, target, readers
        self._owed: list[Claimed] = []
        """What it holds and is not at any more, for the database was away when it gave it back."""

    async def work(self, concurrency: int, *, wait: bool = True) -> None:
        """Works until it is cancelled; without `wait`, until nothing is left.

        The queue ends its work when it loses the database: it is begun again until the database is back.
        """
        sweeping = asyncio.create_task(self._sweep(concurrency))
        try:
            while wait or await self._asked(lambda: self._working.left(PROGRAM)) > 0:
                await asyncio.to_thread(self._give_back_owed)
                try:
                    await self._working.work(PROGRAM, self.handle, concurrency, wait=wait)
                except StoreError as error:
                    logs.event("database_away", kind=type(error).__name__)
                await asyncio.sleep(AWAY if wait else AGAIN)
        finally:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping
            await asyncio.to_thread(self._give_back_owed)
            with suppress(PrelectureError):
                await asyncio.to_thread(self._working.gone, PROGRAM, self._name)

    async def handle(self, preread: str) -> None:
        """One run, from the queue to its end. Cancelled (the worker ends), it gives the run back."""
        while await self._asked(lambda: self._working.paused(PROGRAM)):
            await asyncio.sleep(LOOK)
        held = await self._asked(lambda: self._working.take(PROGRAM, preread))
        if held is None:
            return
        with logs.bound(preread=preread):
            coming = asyncio.ensure_future(asyncio.to_thread(Child, self._target, self._settings, held, self._readers))
            try:
                await self._watch(await self._begun(coming, held), held)
            except asyncio.CancelledError:
                await asyncio.to_thread((await coming).end)
                self._owed.append(held)
                await asyncio.to_thread(self._give_back_owed)
                raise

    async def _begun(self, coming: "asyncio.Future[Child]", held: Claimed) -> Child:
        """Its process. The first takes many seconds on a busy machine: meanwhile it gives signs of life."""
        while not coming.done():
            await asyncio.wait([coming], timeout=LOOK)
            if not coming.done():
                with suppress(PrelectureError):  # what ends it is seen once it is there
                    await asyncio.to_thread(self._working.go_on, PROGRAM, held)
        return coming.result()

    def _give_back_owed(self) -> None:
        """As far as the database takes it; what stays is given back with the next, or found by its silence."""
        while self._owed:
            held = self._owed.pop()
            try:
                self._working.give_back(PROGRAM, held, blame=False)
            except PrelectureError as error:
                self._owed.append(held)
                logs.event("database_away", kind=type(error).__name__)
                return

    async def _watch(self, child: Child, held: Claimed) -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(child.sentinel, ended.set)
        try:
            while not ended.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), LOOK)
                if not ended.is_set() and not await self._goes_on(child, held):
                    return
        finally:
            loop.remove_reader(child.sentinel)
        await self._close(await asyncio.to_thread(lambda: child.code), held)

    async def _goes_on(self, child: Child, held: Claimed) -> bool:
        """Says it is alive, and ends the process where it is not to go on."""
        try:
            await asyncio.to_thread(self._working.go_on, PROGRAM, held)
        except Cancelled:
            await asyncio.to_thread(child.end)
            await self._asked(lambda: self._working.stopped(PROGRAM, held))
            return False
        except Superseded:
            logs.event("superseded")
            await asyncio.to_thread(child.end)
            return False
        except PrelectureError as error:
            logs.event("database_away", kind=type(error).__name__)
        return True

    async def _close(self, code: int, held: Claimed) -> None:
        if code == ENDED:
            return
        if code < 0:
            logs.event("try_ended", state="killed", count=held.tries)
            await self._asked(lambda: self._working.give_back(PROGRAM, held))
            return
        # It was written down as failed by the last try where that could be; else the database is away, another has it,
        # or the program itself cannot start: nothing that the dossier is to blame for.
        begun = code == LATER
        logs.event("try_ended", state={LATER: "later", UNAVAILABLE: "away"}.get(code, "not_begun"), count=held.tries)
        await self._asked(lambda: self._working.give_back(PROGRAM, held, blame=begun and not held.last, wait=WAIT))

    async def _asked(self, ask: Callable[[], T]) -> T:
        """What the database answers, as soon as it does."""
        while True:
            try:
                return await asyncio.to_thread(ask)
            except Superseded:
                raise
            except PrelectureError as error:
                if not error.retryable:
                    raise
                logs.event("database_away", kind=type(error).__name__)
                await asyncio.sleep(AWAY)

    async def _sweep(self, concurrency: int) -> None:
        while True:
            try:
                await asyncio.to_thread(self._working.alive, PROGRAM, self._name, concurrency)
                await asyncio.to_thread(self._working.sweep, PROGRAM)
            except PrelectureError as error:
                logs.event("database_away", kind=type(error).__name__)
            await asyncio.sleep(SWEEP)
