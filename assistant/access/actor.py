"""Who acts: every service for people takes an Actor and passes `access.allow`."""

from dataclasses import dataclass, field
from typing import Literal, get_args

Role = Literal["juror", "candidate", "trainer", "organiser", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role; `person` is an identifier, `name` what the others of a jury read once both have locked.

    `sign_in`: the sign-in they came by, so that what it opened closes with it; "" where nobody signs in.
    `alone`: nobody signs in, this is the one person of their own machine, and the installation is theirs.
    """

    person: str
    role: Role
    name: str = ""
    sign_in: str = field(default="", compare=False)
    alone: bool = field(default=False, compare=False)


LOCAL = Actor("local", "juror", "Moi", alone=True)
"""The person who uses an installation before any profile was made: command line and old notes."""

OPERATOR = Actor("operator", "administrator", "Ligne de commande")
"""Whoever has a command line on the machine that holds the data: maintenance only, never anybody's work."""

PROGRAM = Actor("program", "administrator", "Programme")
"""What the program does by itself: a pre-read that ends. Nobody signs in as this."""
