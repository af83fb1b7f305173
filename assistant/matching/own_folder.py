"""A folder of one's own under a shared one: Chroma takes one writing process per folder, and several may start at once.

A process takes the first numbered folder that no living process holds; alone, it finds its own again each time.
"""

import os
import shutil
from functools import cache
from itertools import count
from pathlib import Path


@cache
def own_folder(shared: Path) -> Path:
    """The folder that this process holds under `shared`, until it ends. What an earlier version left beside is erased.

    Raises OSError where nothing can be written.
    """
    shared.mkdir(mode=0o700, parents=True, exist_ok=True)
    for entry in shared.iterdir():
        if not entry.stem.isdigit():
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
    return next(shared / str(number) for number in count() if _held(shared / f"{number}.lock"))


def _held(lock: Path) -> bool:
    """Whether the lock is now this process's; the system lets go of it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: one process per installation, as before
        return True
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return False
    return True
