"""Fingerprints of what makes a step: the source of modules, data files, and the versions of libraries.

A version number says nothing of a rule that was changed this morning; the bytes do.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LEFT_OUT = {"__pycache__"}


@cache
def fingerprint(sources: tuple[str, ...], distributions: tuple[str, ...] = ()) -> str:
    """Hash of every file under `sources` and of the versions of `distributions`, computed once per process.

    A source is a path from the package `assistant` ("dossier", "text.py"), or an absolute one. A file's place counts as its
    content does; compiled files do not. Raises FileNotFoundError for a source that is not there.
    """
    made = hashlib.sha256()
    for source in sorted(sources):
        for name, file in _files(source):
            made.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    for name in sorted(distributions):
        made.update(f"{name}=={_version(name)}\n".encode())
    return made.hexdigest()


def _files(source: str) -> list[tuple[str, Path]]:
    """The files of a source with names that do not depend on where the program stands."""
    root = PACKAGE / source
    if not root.exists():
        raise FileNotFoundError(root)
    if root.is_file():
        return [(root.name, root)]
    return [
        (f"{root.name}/{file.relative_to(root).as_posix()}", file)
        for file in sorted(root.rglob("*"))
        if file.is_file() and not LEFT_OUT & set(file.parts) and file.suffix != ".pyc"
    ]


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"
