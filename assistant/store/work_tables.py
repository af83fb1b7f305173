"""The tables of what several machines share at work: the queue, its switches, the line before a model."""

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Integer, String, Table

from assistant.store.columns import METADATA, Moment

WORK = Table(
    "work",
    METADATA,
    Column("preread", String(64), ForeignKey("prereads.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(8), nullable=False, index=True),
    Column("priority", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claim", String(64), nullable=False),
    Column("beat", Moment, nullable=True),
    Column("stop", Boolean, nullable=False),
    Column("job", BigInteger, nullable=True, index=True),
    Column("asked", Moment, nullable=False),
)
"""The pre-reads that wait for a worker or are with one; one line each, so that nothing is asked for twice. `state`:
waiting, taken; `claim`: the try that holds it, "" while it waits; `beat`: that try's last sign of life, by the database's
clock; `job`: its number in the queue. The line goes when the pre-read ends, however it ends."""

SWITCHES = Table(
    "switches",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("since", Moment, nullable=False),
)
"""What somebody switched on for the whole installation ("paused") or a session, and which of its jurors are said to be
independent. Switched off, its line is gone."""

MODEL_TURNS = Table(
    "model_turns",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("endpoint", String(64), nullable=False, index=True),
    Column("at", Double, nullable=False),
    Column("asked", Double, nullable=False),
    Column("tokens", Integer, nullable=False),
)
"""Calls to a model that left in the last minute or wait for their turn. `endpoint`: hash of address and model; `at`: when it
leaves, `asked`: when its place was taken, in seconds since 1970 by the database's clock."""

WORKERS = Table(
    "workers",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("machine", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("concurrency", Integer, nullable=False),
    Column("began", Moment, nullable=False),
    Column("beat", Moment, nullable=False),
)
"""One line per worker, which takes it away when it ends; a line that stays silent is that of one which was killed."""
