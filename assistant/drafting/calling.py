"""Many calls to one model at once, in order, within a dossier's budget."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

from assistant.errors import ModelError
from assistant.llm.answers import Answer
from assistant.llm.client import Answered, Meter, ModelClient
from assistant.llm.prompts import Filled
from assistant.privacy.mask import Masked
from assistant.progress import Progress
from assistant.result import Tokens

T = TypeVar("T")
A = TypeVar("A", bound=Answer)
IN_LINE = " (attend son tour auprès du modèle)"
LOOK = 1.0
"""Seconds between two signs of progress while no call ends: a stop is heard as late as that."""


class Calls:
    """The calls of one dossier; `budget` tokens and `seconds` for all of them together, from the first one on."""

    def __init__(self, client: ModelClient, concurrency: int, budget: int, seconds: float) -> None:
        self.client = client
        self._concurrency = concurrency
        self._meter = Meter(budget, seconds)

    def ask(self, prompt: Filled, kind: type[A], seal: Callable[[str], Masked]) -> Answered[A]:
        """What is asked passes `seal` as a whole. Raises the ModelErrors, and Cancelled when the run was stopped."""
        sealed = Filled(prompt.id, prompt.system, seal(prompt.user))
        return self.client.ask(sealed, kind, self._meter)

    def all(self, work: Sequence[Callable[[], T]], step: str, progress: Progress) -> list[tuple[int, T | ModelError]]:
        """Everything at once up to the concurrency; results in order. What `progress` raises stops what has not begun."""
        results: dict[int, T | ModelError] = {}
        pool = ThreadPoolExecutor(self._concurrency, thread_name_prefix="model")
        try:
            futures = {pool.submit(copy_context().run, one): place for place, one in enumerate(work)}
            progress(step, 0, len(work))
            pending = set(futures)
            while pending:
                ended, pending = wait(pending, timeout=LOOK, return_when=FIRST_COMPLETED)
                for future in ended:
                    try:
                        results[futures[future]] = future.result()
                    except ModelError as error:
                        results[futures[future]] = error
                progress(f"{step}{self._said()}", len(results), len(work))
        except BaseException:
            self.client.stopped.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return sorted(results.items())

    def _said(self) -> str:
        return IN_LINE if self._meter.waits else self._meter.so_far()


def added(*all_tokens: Tokens) -> Tokens:
    """Tokens of several calls together."""
    return Tokens(input=sum(one.input for one in all_tokens), output=sum(one.output for one in all_tokens))
