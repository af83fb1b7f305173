"""A process stays for the next picture; one that crashes or stalls costs its picture only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.dossier.isolation.process import Ceilings, TooLong
from assistant.dossier.ocr.engines import FAILED, OcrReader, Picture
from assistant.dossier.ocr.lane import Lane
from tests.dossier.brittle_pictures import CRASHES, SAYS, STALLS

ROOM = Ceilings(cpu=60.0)
BOX = (0.0, 0.0, 10.0, 10.0)


@pytest.fixture
def lane(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Lane]:
    monkeypatch.setattr("assistant.dossier.ocr.lane.WORKER", "tests.dossier.brittle_pictures")
    lane = Lane("tesseract", tmp_path / "dossier.pdf", None)
    yield lane
    lane.close()


def process_of(lane: Lane, ceilings: Ceilings = ROOM, what: int = SAYS) -> int:
    process: int = lane.ask([(what, 0, BOX)], ceilings, lambda: True)["process"]
    return process


def test_one_process_reads_the_next_picture_too(lane: Lane) -> None:
    assert process_of(lane) == process_of(lane)


def test_after_a_crash_another_process_reads_on(lane: Lane) -> None:
    before = process_of(lane)
    with pytest.raises(OSError, match="ended"):
        process_of(lane, what=CRASHES)
    assert process_of(lane) != before


def test_after_a_stall_another_process_reads_on(lane: Lane) -> None:
    before = process_of(lane)
    with pytest.raises(TooLong):
        process_of(lane, Ceilings(cpu=60.0, idle=0.3), STALLS)
    assert process_of(lane) != before


def test_pictures_begun_ahead_are_read_once_and_each_is_announced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assistant.dossier.ocr.lane.WORKER", "tests.dossier.brittle_pictures")
    pictures = [Picture(what, BOX, False, turned) for turned in range(2) for what in (SAYS, CRASHES)]
    reader, told = OcrReader("tesseract", 2, None, tmp_path / "dossier.pdf"), list[tuple[int, int]]()
    reader.begin(pictures[:2])
    results = reader.read(pictures, lambda done, total: told.append((done, total)))
    assert [result.failure for result in results] == [None, FAILED] * 2
    assert told[-1] == (4, 4)
    assert sorted(told) == told
