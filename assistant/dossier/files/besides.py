"""What a document holds besides its pages: speaker notes and comments are said to exist, and are not read."""

import re
import zipfile
from io import BytesIO

from assistant.dossier.files.kinds import Kind
from assistant.result import Notice

COMMENTS: dict[Kind, re.Pattern[str]] = {
    "docx": re.compile(r"word/comments\.xml"),
    "pptx": re.compile(r"ppt/comments/.+\.xml"),
    "xlsx": re.compile(r"xl/(comments\d*|comments/comment\d+|threadedComments/.+)\.xml"),
}
SPEAKER = re.compile(r"ppt/notesSlides/notesSlide\d+\.xml")
MOST = 20 * 2**20
WORDS = re.compile(rb"[^\d\s]")
"""A slide's number stands in its notes as well."""
SAID = re.compile(rb"<a:t>([^<]*)</a:t>")
COMMENT_ODF = b"<office:annotation "


def besides(data: bytes, kind: Kind) -> tuple[Notice, ...]:
    """Notices for a document; none when it cannot be looked into (whoever converts it will say so)."""
    if not data.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            speaker, comments = _counted(archive, kind)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return ()
    found = []
    if speaker:
        several = "s" if speaker > 1 else ""
        said = "La présentation contient des notes d’orateur\u00a0; elles ne sont pas comptées dans le dossier."
        found.append(Notice(kind="speaker_notes", text=said, detail=f"{speaker} diapositive{several}"))
    if comments:
        said = "Le document contient des commentaires\u00a0; ils ne sont pas comptés dans le dossier."
        found.append(Notice(kind="comments", text=said))
    return tuple(found)


def _counted(archive: zipfile.ZipFile, kind: Kind) -> tuple[int, bool]:
    """Slides with speaker notes, and whether there are comments."""
    names = archive.namelist()
    if kind in {"odt", "odp", "ods"}:
        with archive.open("content.xml") as part:
            content = part.read(MOST)
        notes = [note.partition(b"</presentation:notes>")[0] for note in content.split(b"<presentation:notes")[1:]]
        return (sum(map(_says_something, notes)) if kind == "odp" else 0), COMMENT_ODF in content
    speaker = 0
    if kind == "pptx":
        left = MOST
        for name in filter(SPEAKER.fullmatch, names):
            with archive.open(name) as part:
                content = part.read(left)
            left -= len(content)
            speaker += any(WORDS.search(said) for said in SAID.findall(content))
    pattern = COMMENTS.get(kind)
    return speaker, bool(pattern and any(pattern.fullmatch(name) for name in names))


def _says_something(note: bytes) -> bool:
    """Whether words stand between the tags of a piece of XML, after what is left of its first one."""
    return any(WORDS.search(part.partition(b">")[2]) for part in note.split(b"<"))
