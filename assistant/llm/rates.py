"""When a call may leave, where an endpoint takes so many calls and tokens a minute from everybody together. Pure rule,
and the seam to whoever keeps count for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Rates:
    """What an endpoint takes in any minute; None: as many as wanted."""

    calls: int | None
    tokens: int | None

    @property
    def limited(self) -> bool:
        return self.calls is not None or self.tokens is not None


@dataclass(frozen=True, slots=True)
class Leave:
    """A call that left, or is to leave, at that moment (seconds of one clock), with the tokens it takes or is held to."""

    at: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in the line: `seconds` until it is this call's turn, 0 once it is."""

    id: str
    seconds: float


class Turns(Protocol):
    """The line before one endpoint, the same for every process that asks it."""

    def ask(self, tokens: int) -> Turn:
        """A place at the end of the line, for a call of about that many tokens."""
        ...

    def ask_again(self, turn: Turn) -> Turn:
        """The same place: sooner, where those before it took less than they were held to."""
        ...

    def settle(self, turn: Turn, tokens: int) -> None:
        """What the call took in the end."""
        ...

    def withdraw(self, turn: Turn) -> None:
        """It does not leave."""
        ...


def earliest(before: Sequence[Leave], tokens: int, now: float, rates: Rates) -> float:
    """The first moment from `now` on when a call of so many tokens may leave, after all of `before`.

    In no minute more calls leave than `rates` allow, nor more tokens; a call of more tokens than a minute's leaves alone.
    """
    leaves = sorted(before, key=lambda one: one.at)
    start = max(now, leaves[-1].at) if leaves else now
    counted = [one for one in leaves if one.at > start - MINUTE]
    calls, taken = len(counted), sum(one.tokens for one in counted)
    most_calls = float("inf") if rates.calls is None else rates.calls
    most_tokens = float("inf") if rates.tokens is None else rates.tokens
    wanted = min(tokens, most_tokens)
    moment = start
    for one in counted:
        if calls < most_calls and taken + wanted <= most_tokens:
            break
        moment = one.at + MINUTE
        calls, taken = calls - 1, taken - one.tokens
    return moment
