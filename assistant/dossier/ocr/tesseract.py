"""tesseract: its library in this process where that comes as a package, else its program, with the same French data.

Starting the program and reading its data takes a tenth of the time of a page, and the packaged library is built to be
faster than the one of most systems: a page takes two thirds of the time. It is for processes apart alone, one picture
after the other: a picture may crash it.
"""

import csv
import io
import os
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any, Literal

from assistant.dossier.isolation.process import Ceilings, run
from assistant.places import ROOT

Word = dict[str, Any]
"""`text`, `box` in pixels, number of its `line`, `confidence` in 0..1."""
Mode = Literal["3", "11"]
"""Its own analysis of the layout; words scattered over the picture."""
FRENCH = "fra"
PICTURE_ENGINE = Ceilings(cpu=600.0, idle=600.0, wall=1_200.0)
"""Far: whoever started this process holds it, with its children, to nearer ones."""
ASKING = Ceilings(cpu=20.0)
COLUMNS = ("level", "page", "block", "par", "line", "word", "left", "top", "width", "height", "conf", "text")
_FOLDER = re.compile(r'"(.+)"')


def words_of(shown: bytes, mode: Mode, dpi: int | None = None) -> list[Word]:
    """Words of a portable greymap, lines numbered in tesseract's reading order; without `dpi` it guesses.

    Raises OSError when it fails.
    """
    library = _library()
    said = _by_program(shown, mode, dpi) if library is None else _by_library(library, shown, mode, dpi)
    return _words(csv.DictReader(io.StringIO(said), COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _library() -> Any:
    """The library with its French data loaded; None where it is not installed or the data cannot be found."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # read when the library is loaded
    try:
        import tesserocr
    except ImportError:
        return None
    listed = run(["tesseract", "--list-langs"], ROOT, ASKING, own_session=False)
    folder = _FOLDER.search(listed.output.decode(errors="replace"))
    if folder is None:
        return None
    try:
        return tesserocr.PyTessBaseAPI(path=folder.group(1), lang=FRENCH)
    except RuntimeError:  # data of another age
        return None


def _by_library(library: Any, shown: bytes, mode: Mode, dpi: int | None) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(shown)) as image:
        library.SetPageSegMode(int(mode))
        library.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
    if dpi is not None:
        library.SetSourceResolution(dpi)
    try:
        if not library.Recognize():
            raise OSError("tesseract failed")
        said: str = library.GetTSVText(0)
    finally:
        # What it learnt of one picture would change the reading of the next.
        library.ClearAdaptiveClassifier()
        library.Clear()
    return said


def _by_program(shown: bytes, mode: Mode, dpi: int | None) -> str:
    told = ["--dpi", str(dpi)] if dpi is not None else []
    command = ["tesseract", "-", "-", "-l", FRENCH, "--psm", mode, *told, "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = run(command, ROOT, PICTURE_ENGINE, environment, given=shown, own_session=False, family=False)
    if done.code != 0:
        raise OSError(done.errors.decode(errors="replace"))
    return done.output.decode("utf-8").partition("\n")[2]  # its first line names the columns


def _words(rows: Iterable[dict[str, str]]) -> list[Word]:
    lines = groupby(
        (row for row in rows if row["level"] == "5" and row["text"].strip()),
        key=lambda row: (row["block"], row["par"], row["line"]),
    )
    words = []
    for number, (_, line) in enumerate(lines):
        for row in line:
            x, y, w, h = (float(row[name]) for name in ("left", "top", "width", "height"))
            confidence = max(0.0, float(row["conf"])) / 100
            words.append({"text": row["text"], "box": (x, y, x + w, y + h), "line": number, "confidence": confidence})
    return words
