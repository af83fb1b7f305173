"""How far the dossiers of a session are, and how long it will still take, as honestly as it can be told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.text import NBSP

WINDOW = timedelta(minutes=10)
FEWEST = 3
"""Ends within WINDOW below which no estimate is given."""


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A dossier that a person should look at: the candidate's number, or the file's name, and why in French."""

    number: str
    reason: str
    unreadable: bool = False
    """Whether nobody can read it, whoever's it is."""


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Counts of dossiers. `read`: with a whole result; `at_work`: a living worker is at it; `left`: None where unknown.

    A dossier that a dead worker had counts as waiting.
    """

    read: int
    to_look_at: tuple[ToLookAt, ...]
    at_work: int
    waiting: int
    left: timedelta | None = None
    workers: int | None = None
    """None where there is no shared queue."""
    paused: bool = False
    stands: bool = False
    """Some wait, and this process knows of nobody who will come to them: they go on when they are asked for again."""

    @property
    def ended(self) -> int:
        return self.read + len(self.to_look_at)

    @property
    def total(self) -> int:
        return self.read + len(self.to_look_at) + self.at_work + self.waiting

    @property
    def over(self) -> bool:
        return self.at_work == 0 and self.waiting == 0


def remaining(ended: Sequence[datetime], now: datetime, left: int, began: datetime | None) -> timedelta | None:
    """What the dossiers left will take at the pace of the last ten minutes; None where that says nothing yet.

    The pace is counted up to `now`, so that a night that stands still does not promise its end for ever.
    """
    since = max(now - WINDOW, began) if began else now - WINDOW
    recent = [one for one in ended if since <= one <= now]
    if left == 0 or len(recent) < FEWEST:
        return None
    return (now - since) / len(recent) * left


def began_lately(started: Sequence[datetime], now: datetime) -> datetime | None:
    """Since when a pace can be counted where nobody said it: the first that was begun within WINDOW."""
    return min((one for one in started if now - WINDOW <= one <= now), default=None)


def headline(progress: BatchProgress) -> str:
    """How far it is, in the words of whoever waits: « 12 sur 300, environ 40 min »."""
    if progress.over:
        return in_words(progress)
    so_far = f"{progress.ended} sur {progress.total}"
    if progress.paused:
        return f"{so_far}, en pause" + (f"{NBSP}: ce qui est commencé se termine" if progress.at_work else "")
    if progress.workers == 0:
        return f"{so_far}, en attente{NBSP}: aucun processus de lecture ne tourne"
    if progress.stands:
        return f"{so_far}, interrompu{NBSP}: reprenez la lecture"
    return f"{so_far}, {_about(progress.left)}"


def _about(left: timedelta | None) -> str:
    if left is None:
        return "durée restante pas encore connue"
    minutes, hours, rest = _rounded(left)
    if minutes < 1.5:
        return "environ une minute"
    return f"environ {minutes:.0f}{NBSP}min" if minutes < 90 else f"environ {hours}{NBSP}h{NBSP}{rest:02d}"


def _rounded(left: timedelta) -> tuple[float, int, int]:
    """Minutes, and hours and minutes to the nearest five."""
    minutes = left.total_seconds() / 60
    return (minutes, *divmod(round(minutes / 5) * 5, 60))


def in_words(progress: BatchProgress) -> str:
    """One French line. It never says that a batch failed: what could not be read is to be looked at."""
    looked = len(progress.to_look_at)
    if progress.over:
        return f"Terminé{NBSP}: {progress.read} lu{_s(progress.read)}, {looked} à regarder."
    parts = [f"{progress.read} lu{_s(progress.read)}", f"{progress.at_work} en cours", f"{progress.waiting} en attente"]
    if looked:
        parts.append(f"{looked} à regarder")
    return f"{', '.join(parts)}. {_time(progress)}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""


def _time(progress: BatchProgress) -> str:
    if progress.paused:
        return "La file est en pause."
    if progress.workers == 0:
        return f"Aucun processus de lecture ne tourne{NBSP}: lancez «{NBSP}prelecture worker{NBSP}»."
    if progress.left is None:
        return "Durée restante pas encore connue."
    minutes, hours, rest = _rounded(progress.left)
    if minutes < 1.5:
        return "Encore une minute environ."
    return (
        f"Encore {minutes:.0f} minutes environ." if minutes < 90 else f"Encore {hours}{NBSP}h{NBSP}{rest:02d} environ."
    )
