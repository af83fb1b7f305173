"""`worker.py` with the pictures read as well: `python -m assistant.dossier.ocr.reading ENGINE WORKERS CACHE FOLDER`."""

import sys
from pathlib import Path
from typing import get_args

from assistant.dossier.isolation.order import FILE
from assistant.dossier.isolation.worker import main as read
from assistant.dossier.ocr.engines import OFF, Engine, OcrReader
from assistant.dossier.ocr.pictures import OcrSource, TextOnlySource


def main() -> None:
    """Reads one file, pictures included."""
    name, workers, cache, folder = sys.argv[1:5]
    if name == OFF:
        read(TextOnlySource())
        return
    engine: Engine = next(known for known in get_args(Engine) if known == name)
    reader = OcrReader(engine, int(workers), Path(cache) if cache else None, Path(folder) / FILE)
    read(OcrSource(reader, reader.begin))


if __name__ == "__main__":
    main()
