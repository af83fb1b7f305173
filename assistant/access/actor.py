"""Who acts: every service for people takes an Actor and passes `access.allow`."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["juror", "candidate", "trainer", "organiser", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role; `person` is an identifier, `name` what the others of a jury read once both have locked."""

    person: str
    role: Role
    name: str = ""


LOCAL = Actor("local", "juror", "Moi")
"""The person who uses an installation before any profile was made: command line and old notes."""

OPERATOR = Actor("operator", "administrator", "Ligne de commande")
"""Whoever has a command line on the machine that holds the data: maintenance only, never anybody's work."""
