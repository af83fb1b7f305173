"""A backup taken while people write: one moment of the installation, whole, and nobody is made to wait for it."""

from pathlib import Path
from threading import Event, Thread

from assistant.access.actor import OPERATOR
from assistant.application.backup import back_up, restore
from assistant.application.door import Application
from assistant.application.installation import Installation
from assistant.settings import Settings
from tests.application.house import House


def test_a_backup_under_load_is_one_moment_and_loses_no_edit(made: House, tmp_path: Path) -> None:
    reviews = [made.jury(number) for number in ("1", "2")]
    stop, enough = Event(), Event()
    written = [0, 0]

    def write(place: int) -> None:
        while not stop.wait(0.02):  # SQLite lets one who waits in only where somebody pauses
            written[place] += 1
            made.note(made.anne, reviews[place], f"note {written[place]}")
            if min(written) >= 3:
                enough.set()

    writers = [Thread(target=write, args=(place,)) for place in range(2)]
    for one in writers:
        one.start()
    assert enough.wait(20)
    before = list(written)
    back_up(Installation(made.app.settings), OPERATOR, tmp_path / "copie.zip")
    stop.set()
    for one in writers:
        one.join()
    elsewhere = Installation(Settings(data_dir=tmp_path / "ailleurs"))
    restore(elsewhere, OPERATOR, tmp_path / "copie.zip")
    again = Application(elsewhere.settings)
    assert not again.audit.verify(OPERATOR).faults
    for place, review in enumerate(reviews):
        there = int(again.reviews.context(made.anne, review).work.on("C1").note.text.removeprefix("note "))
        assert before[place] - 1 <= there <= written[place]
        assert made.work(made.anne, review).on("C1").note.text == f"note {written[place]}"
