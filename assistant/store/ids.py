"""Identifiers made here: random, so that nothing is learnt from one."""

import time
import uuid


def new_id() -> str:
    """A new identifier: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def new_sorting_id() -> str:
    """One that sorts by the time it was made: for own texts and passages, which are shown in the order they came."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:6]}"
