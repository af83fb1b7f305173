"""What `prelecture doctor` found, one thing at a time."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and what to do where it is not as it should be ("" where it is)."""

    name: str
    state: State
    found: str
    to_do: str = ""
