"""What a person hands in, as an ordered list of files: a ZIP becomes what it holds, without ever writing a name of it.

A ZIP may hold a ZIP, and no more; what is damaged, protected or far too large is left out and named.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath, PurePosixPath

from assistant.dossier.files.kinds import is_archive
from assistant.dossier.model import InputFile
from assistant.errors import UnreadableDossier

MOST_FILES = 20
MOST_UNPACKED = 400 * 2**20
RATIO, SMALL = 200, 20 * 2**20
"""A part that unpacks to more than RATIO times its size and to more than SMALL is a bomb."""
DEEPEST = 2
NOT_THEIRS = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
OUTSIDE = "son chemin sort de l’archive"
DAMAGED = "il est abîmé dans l’archive"
PROTECTED = "il est protégé par un mot de passe dans l’archive"
BOMB = "il est démesuré une fois décompressé"
NESTED = "une archive dans une archive dans une archive n’est pas ouverte"


def unpacked(files: Sequence[InputFile]) -> tuple[InputFile, ...]:
    """The files with each ZIP replaced by what it holds, in the order of its names; no two of them have one name.

    Of a ZIP that is the main file, the first file is the main one and the others are annexes. A file that cannot be
    taken out has a `failure` and no data. Raises UnreadableDossier for no file at all and for more than MOST_FILES.
    """
    room = _Room()
    found = [part for file in files for part in (_parts(file, 1, room) if is_archive(file.data) else [file])]
    if not found:
        raise UnreadableDossier("Aucun fichier n’a été trouvé\u00a0: vérifiez ce que vous avez déposé.")
    if len(found) > MOST_FILES:
        raise _too_many(len(found))
    return tuple(_distinct(found))


def _too_many(count: int) -> UnreadableDossier:
    return UnreadableDossier(
        f"Ce dossier compte {count}\u00a0fichiers\u00a0: Prélecture en lit {MOST_FILES} au plus, "
        "réunissez-en quelques-uns puis réessayez."
    )


@dataclass(slots=True)
class _Room:
    """Bytes that may still be unpacked."""

    left: int = MOST_UNPACKED


def _parts(file: InputFile, depth: int, room: _Room) -> list[InputFile]:
    if depth > DEEPEST:
        return [_left_out(file, file.name, NESTED)]
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not NOT_THEIRS.search(m.filename)]
            if len(members) > MOST_FILES:
                raise _too_many(len(members))
            parts = list(_taken(file, archive, sorted(members, key=lambda m: _natural(m.filename)), depth, room))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [_left_out(file, file.name, "cette archive est abîmée")]
    if not parts:
        return [_left_out(file, file.name, "cette archive est vide")]
    first = next((place for place, part in enumerate(parts) if part.failure is None), 0)
    if file.kind == "main":
        parts = [part if n == first else replace(part, kind="annex") for n, part in enumerate(parts)]
    return parts


def _taken(
    file: InputFile, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], depth: int, room: _Room
) -> Iterator[InputFile]:
    """Each member as a file of its own."""
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or re.match(r"[A-Za-z]:", member.filename):
            yield _left_out(file, name.name, OUTSIDE)
            continue
        if member.flag_bits & 1:
            yield _left_out(file, name.name, PROTECTED)
            continue
        most = min(room.left, max(SMALL, RATIO * member.compress_size))
        try:
            with archive.open(member) as packed:
                data = packed.read(most + 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
            yield _left_out(file, name.name, DAMAGED)
            continue
        if len(data) > most:
            yield _left_out(file, name.name, BOMB)
            continue
        room.left -= len(data)
        inner = InputFile(name.name, data, file.kind)
        yield from _parts(inner, depth + 1, room) if is_archive(data) else [inner]


def _left_out(file: InputFile, name: str, reason: str) -> InputFile:
    said = f"Le fichier «\u00a0{name}\u00a0» n’a pas pu être lu, car {reason}\u00a0: déposez-le seul, puis réessayez."
    return InputFile(name, b"", file.kind, said)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """« annexe 2 » stands before « annexe 10 »; files stand before those in folders."""
    folder = name.count("/")
    return [
        (folder, 0, ""),
        *((0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|\D+", name.lower())),
    ]


def _distinct(files: Sequence[InputFile]) -> Iterator[InputFile]:
    """The files, those that share a name told apart by a number."""
    taken: set[str] = set()
    for file in files:
        name, number = file.name, 1
        while name in taken:
            number += 1
            path = PurePath(file.name)
            name = f"{path.stem} ({number}){path.suffix}"
        taken.add(name)
        yield replace(file, name=name)
