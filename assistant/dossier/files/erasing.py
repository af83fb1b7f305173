"""Everything that reading made of a file and keeps in the data folder, erased with it.

Readings, conversions and the words of pictures only save time, but they hold a candidate's text: whoever erases a
dossier calls `erase_readings` for each of its files that no other dossier holds.
"""

from pathlib import Path

from assistant.dossier.files.kept import KeptReadings
from assistant.dossier.ocr.kept_pictures import erase_pictures, hash_of
from assistant.store.places import CONVERTED, OCR, READINGS


def erase_readings(data: Path, sha256: str) -> int:
    """Deletes what was made of the file with this hash in the data folder, and says how many files that were.

    The words of a picture that another file shows too stay with that one.
    """
    converted = sorted((data / CONVERTED).glob(f"{sha256}.*"))
    pdfs = {sha256, *(hash_of(place) for place in converted if place.suffix == ".pdf")}
    deleted = KeptReadings(data / READINGS).forget(sha256)
    for place in converted:
        place.unlink(missing_ok=True)
    return deleted + len(converted) + sum(erase_pictures(data / OCR, pdf) for pdf in pdfs)
