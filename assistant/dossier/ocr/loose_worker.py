"""Pictures in files of their own, read one after the other: run as a process apart by `lane.py`.

Argument: engine. Each line of its input names a portable greymap and its dots an inch, as JSON; it answers with the words
and the quarter turns they were read at. tesseract looks for scattered words and does not turn: on the page of a table it
reads more of them than its analysis of the layout does.
"""

import json
import sys
from pathlib import Path
from typing import Any

from assistant.dossier.ocr.picture_worker import ENGINES, upright
from assistant.dossier.ocr.tesseract import words_of


def main() -> None:
    """Reads what its input says; boxes are given in pixels from the turned picture's upper left corner."""
    (engine,) = sys.argv[1:]
    for told in sys.stdin:
        file, dpi = json.loads(told)
        sys.stdout.write(json.dumps(_answer(engine, Path(file), dpi)) + "\n")
        sys.stdout.flush()


def _answer(engine: str, file: Path, dpi: int) -> dict[str, Any]:
    if engine == "tesseract":
        return {"turn": 0, "words": words_of(file.read_bytes(), "11", dpi)}
    from PIL import Image

    with Image.open(file) as image:
        turn, words = upright(image, ENGINES[engine])
    return {"turn": turn, "words": words}


if __name__ == "__main__":
    main()
