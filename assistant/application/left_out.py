"""Files of a batch that found no candidate: kept for whoever handed them in until it is settled, in this process's memory.

Their names often name a candidate: they are written nowhere. A server that starts again has forgotten them, as it has the
files.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.application.batch_progress import ToLookAt

MOST = 200
"""Lists kept at once, one for each person and session; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Those that a person may give to a candidate (`unclaimed`), and those that nobody can read, each with why."""

    unclaimed: tuple[ToLookAt, ...] = ()
    unread: tuple[ToLookAt, ...] = ()

    def without(self, names: Collection[str]) -> "LeftOut":
        """What is left when these files were handed in again."""
        return LeftOut(
            tuple(one for one in self.unclaimed if one.number not in names),
            tuple(one for one in self.unread if one.number not in names),
        )

    def and_also(self, unclaimed: Sequence[ToLookAt], unread: Sequence[ToLookAt] = ()) -> "LeftOut":
        """These besides."""
        return LeftOut((*self.unclaimed, *unclaimed), (*self.unread, *unread))
