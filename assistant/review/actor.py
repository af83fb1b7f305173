"""Who acts: every service of `review` takes an Actor."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["juror", "candidate", "trainer", "organiser", "administrator"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role; `person` is an identifier, never shown to another juror."""

    person: str
    role: Role


LOCAL_JUROR = Actor("local", "juror")
"""The one person who uses an installation without sign-in."""
