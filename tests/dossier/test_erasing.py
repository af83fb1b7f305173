"""What reading keeps of a file goes with it, and nothing of another one."""

import hashlib
from pathlib import Path

from assistant.dossier.files.erasing import erase_readings
from assistant.dossier.files.kept import KeptReadings
from assistant.dossier.ocr.kept_pictures import note_picture
from assistant.dossier.read import read_dossier
from assistant.store.places import CONVERTED, OCR, READINGS
from tests.dossier.pages import lines, pdf


def files(folder: Path) -> list[str]:
    return sorted(place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_file())


def keep(data: Path, original: bytes, printed: bytes, name: str) -> str:
    """What a reading leaves in the data folder; the hash of the file handed in."""
    sha256 = hashlib.sha256(original).hexdigest()
    KeptReadings(data / READINGS).save(original, name, (), "tesseract", read_dossier(printed, name))
    for ending in (".pdf", ".json"):
        (data / CONVERTED).mkdir(exist_ok=True)
        (data / CONVERTED / f"{sha256}{ending}").write_bytes(printed)
    for picture in ("shared-tesseract.json", f"{name}-tesseract.json"):
        note_picture(data / OCR, data / CONVERTED / f"{sha256}.pdf", picture)
        (data / OCR / picture).write_text("{}", encoding="utf-8")
    return sha256


def test_readings_conversions_and_words_of_pictures_are_erased_with_their_file(tmp_path: Path) -> None:
    printed = pdf(lines(["Je note chaque demande d'un client."]))
    sha256 = keep(tmp_path, b"a document", printed, "one")
    assert erase_readings(tmp_path, sha256) == 5
    assert files(tmp_path) == []
    assert erase_readings(tmp_path, sha256) == 0


def test_what_another_file_shows_stays(tmp_path: Path) -> None:
    first = keep(tmp_path, b"a document", pdf(lines(["Je note chaque demande."])), "one")
    keep(tmp_path, b"another", pdf(lines(["Je relance chaque devis."])), "two")
    before = files(tmp_path)
    erase_readings(tmp_path, first)
    left = files(tmp_path)
    assert f"{OCR}/shared-tesseract.json" in left
    assert f"{OCR}/one-tesseract.json" not in left
    assert [name for name in before if name not in left and "two" in name] == []
    assert not any(first in name for name in left)
