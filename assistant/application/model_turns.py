"""The calls and tokens a minute that one model endpoint takes from all the workers and servers of an installation."""

from hashlib import sha256

from sqlalchemy import Engine

from assistant.llm.rates import MINUTE, Leave, Rates, Turn, earliest
from assistant.settings import Settings
from assistant.store.engine import writing
from assistant.store.ids import new_id
from assistant.store.model_turns import ModelTurns, TurnRecord

MOMENT = 1e-5
"""Seconds by which two who ask at once are told apart: the line has an order."""


class SharedTurns:
    """The line before one endpoint, in the database of the installation. Every call may raise StoreError."""

    def __init__(self, engine: Engine, endpoint: str, rates: Rates) -> None:
        self._engine, self._endpoint, self._rates = engine, endpoint, rates

    def ask(self, tokens: int) -> Turn:
        with writing(self._engine) as connection:
            line = ModelTurns(connection, self._endpoint)
            now = line.now()
            line.forget(now - MINUTE)
            everybody = line.all()
            at = earliest([Leave(one.at, one.tokens) for one in everybody], tokens, now, self._rates)
            last = everybody[-1].asked if everybody else 0.0
            turn = TurnRecord(new_id(), at, max(now, last + MOMENT), tokens)
            line.put(turn)
        return Turn(turn.id, at - now)

    def ask_again(self, turn: Turn) -> Turn:
        with writing(self._engine) as connection:
            line = ModelTurns(connection, self._endpoint)
            now, everybody = line.now(), line.all()
            place = next((number for number, one in enumerate(everybody) if one.id == turn.id), None)
            if place is None or everybody[place].at <= now:
                return Turn(turn.id, 0.0)
            before = [Leave(one.at, one.tokens) for one in everybody[:place]]
            at = earliest(before, everybody[place].tokens, now, self._rates)
            line.move(turn.id, at)
        return Turn(turn.id, at - now)

    def settle(self, turn: Turn, tokens: int) -> None:
        with writing(self._engine) as connection:
            ModelTurns(connection, self._endpoint).settle(turn.id, tokens)

    def withdraw(self, turn: Turn) -> None:
        with writing(self._engine) as connection:
            ModelTurns(connection, self._endpoint).remove(turn.id)


def turns_of(settings: Settings, engine: Engine) -> SharedTurns | None:
    """The line that the settings ask for; None where they limit nothing."""
    rates = Rates(settings.model_calls_per_minute, settings.model_tokens_per_minute)
    if settings.model is None or not rates.limited:
        return None
    # An address may hold a name: the table holds its hash.
    endpoint = sha256(f"{settings.model_base_url or ''}\0{settings.model}".encode()).hexdigest()
    return SharedTurns(engine, endpoint, rates)
