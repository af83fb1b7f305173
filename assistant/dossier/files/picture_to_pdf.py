"""A picture file as a PDF, one page a frame: `python -m assistant.dossier.files.picture_to_pdf PICTURE PDF`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier.isolation.worker import hold_memory

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY_MB = 1_300
MOST_FRAMES = 400
LONGEST_SIDE = 842.0
"""Points: a picture becomes a page as long as an A4 sheet."""


def main() -> None:
    """Writes the PDF; an error ends the process with a code that is not 0."""
    from PIL import Image, ImageOps, ImageSequence

    hold_memory(MEMORY_MB)
    source, made = Path(sys.argv[1]), Path(sys.argv[2])
    with Image.open(source) as picture:
        frames = []
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= MOST_FRAMES or (number and picture.format != "TIFF"):
                break
            frames.append(_flat(ImageOps.exif_transpose(frame)))
    dpi = max(max(frame.size) for frame in frames) / LONGEST_SIDE * 72
    frames[0].save(made, "PDF", save_all=True, append_images=frames[1:], resolution=dpi, quality=90)


def _flat(frame: "Image") -> "Image":
    """Without transparency, on white."""
    from PIL import Image

    if frame.mode in {"RGB", "L"}:
        return frame.copy()
    solid = frame.convert("RGBA")
    white = Image.new("RGBA", solid.size, "white")
    return Image.alpha_composite(white, solid).convert("RGB")


if __name__ == "__main__":
    main()
