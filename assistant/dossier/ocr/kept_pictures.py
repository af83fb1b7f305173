"""Which PDF holds which of the pictures whose words are kept, so that they can be erased with it."""

import hashlib
import shutil
from pathlib import Path

PICTURES_OF = "of"
"""Under the folder of results, for each PDF by its hash, empty files named like the results of its pictures."""


def note_picture(kept: Path, pdf: Path, name: str) -> None:
    """Remembers that a PDF shows the picture whose result stands in the folder `kept` under `name`."""
    place = kept / PICTURES_OF / hash_of(pdf) / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)


def erase_pictures(kept: Path, pdf: str) -> int:
    """Deletes the results of the pictures of the PDF with this hash that no other one shows, and counts them."""
    folder = kept / PICTURES_OF / pdf
    if not folder.is_dir():
        return 0
    names = sorted(place.name for place in folder.iterdir())
    shutil.rmtree(folder)
    alone = [name for name in names if not any((kept / PICTURES_OF).glob(f"*/{name}"))]
    for name in alone:
        (kept / name).unlink(missing_ok=True)
    return len(alone)


def hash_of(file: Path) -> str:
    """Its SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
