"""A circuit breaker: an endpoint that answers nobody is not asked again by every call in turn (Nygard, *Release It!*,
2007)."""

import threading
import time
from collections.abc import Callable

from assistant.errors import ModelUnreachable

FAILURES = 4
"""Failures in a row, over all threads, after which nobody asks for a while."""
REST = 30.0
"""Seconds after which one call may try again."""


class Breaker:
    """Shared by the calls of one client. `clock` is a monotonic one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._since = 0.0
        self._message = ""

    def check(self) -> None:
        """Raises ModelUnreachable at once while the endpoint is left in peace; one call passes after the rest."""
        with self._lock:
            if self._failures < FAILURES:
                return
            if self._clock() - self._since >= REST:
                self._since = self._clock()
                return
            raise ModelUnreachable(self._message)

    def succeeded(self) -> None:
        """The endpoint answered, whatever it said."""
        with self._lock:
            self._failures = 0

    def failed(self, error: ModelUnreachable) -> None:
        """No connection, no answer in time, or a server at fault."""
        with self._lock:
            self._failures += 1
            self._since = self._clock()
            self._message = error.message
