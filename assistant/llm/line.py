"""One client's waits for its turn before an endpoint that many ask."""

from collections.abc import Callable

from assistant import logs
from assistant.errors import Cancelled
from assistant.llm.rates import Turn, Turns

LOOK = 2.0
"""Seconds between two looks at how long it still takes."""


class Line:
    """`output`: tokens that an answer may hold; a call counts with as many until its real ones are known."""

    def __init__(self, turns: Turns, output: int) -> None:
        self._turns, self._output = turns, output

    def wait(self, tokens: int, stopped: Callable[[], bool], sleep: Callable[[float], None]) -> Turn:
        """Comes back at its turn. Raises Cancelled when the run was stopped meanwhile, StoreError."""
        turn = self._turns.ask(tokens + self._output)
        waited = 0.0
        while turn.seconds > 0:
            if stopped():
                self._turns.withdraw(turn)
                raise Cancelled("Lecture arrêtée.")
            pause = min(turn.seconds, LOOK)
            sleep(pause)
            waited += pause
            turn = self._turns.ask_again(turn)
        if waited:
            logs.event("call_waited", seconds=round(waited, 3))
        return turn

    def settle(self, turn: Turn, tokens: int) -> None:
        self._turns.settle(turn, tokens)
