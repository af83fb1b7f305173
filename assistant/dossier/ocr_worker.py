"""One picture in, its words out: run as a process of its own by `ocr.py` (PNG on stdin, JSON on stdout)."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict
from itertools import groupby
from typing import Any

from assistant.dossier.ocr import OcrResult, OcrWord

FRENCH = "fra"


def with_tesseract(data: bytes) -> OcrResult:
    """Words of tesseract's own layout analysis; lines are numbered in its reading order."""
    command = ["tesseract", "-", "-", "-l", FRENCH, "--psm", "3", "tsv"]
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": _path()}
    done = subprocess.run(command, input=data, capture_output=True, check=True, env=environment)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE))
    words: list[OcrWord] = []
    lines = groupby(
        (row for row in rows if row["level"] == "5" and row["text"].strip()),
        key=lambda row: (row["block_num"], row["par_num"], row["line_num"]),
    )
    for number, (_, line) in enumerate(lines):
        for row in line:
            x, y, w, h = (float(row[name]) for name in ("left", "top", "width", "height"))
            confidence = max(0.0, float(row["conf"])) / 100
            words.append(OcrWord(row["text"], (x, y, x + w, y + h), number, round(confidence, 3)))
    return OcrResult(tuple(words))


def _path() -> str:
    import os

    return os.environ.get("PATH", "/usr/bin:/bin")


def with_rapidocr(data: bytes) -> OcrResult:
    """Lines of rapidocr, cut into words in proportion to their letters."""
    import logging

    import numpy as np
    from PIL import Image
    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    found: Any = RapidOCR()(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    words: list[OcrWord] = []
    if found.boxes is None or found.txts is None:
        return OcrResult(())
    for number, (corners, text, score) in enumerate(zip(found.boxes, found.txts, found.scores, strict=True)):
        xs, ys = corners[:, 0], corners[:, 1]
        words += _cut(
            str(text), (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())), number, float(score)
        )
    return OcrResult(tuple(words))


def _cut(text: str, box: tuple[float, float, float, float], line: int, score: float) -> list[OcrWord]:
    x0, top, x1, bottom = box
    each = (x1 - x0) / max(1, len(text))
    words, place = [], 0
    for part in text.split(" "):
        if part:
            left = x0 + place * each
            words.append(OcrWord(part, (left, top, left + len(part) * each, bottom), line, round(score, 3)))
        place += len(part) + 1
    return words


def main() -> None:
    """Reads stdin, writes stdout."""
    data = sys.stdin.buffer.read()
    result = with_tesseract(data) if sys.argv[1] == "tesseract" else with_rapidocr(data)
    sys.stdout.write(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
