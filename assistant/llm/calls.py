"""Finished calls, kept as files keyed by what was asked: an identical call is never made twice, and replays anywhere."""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import CallNotRecorded

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Request:
    """What decides an answer: model, prompt and schema. The way of asking for JSON does not."""

    model: str
    prompt: str
    system: str
    user: str
    schema: str

    @property
    def key(self) -> str:
        """Hash of the whole request."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The text of an answer and what it cost."""

    text: str
    input_tokens: int
    output_tokens: int


class CallStore:
    """Calls in a folder, one JSON file each. With `replay_only`, a call that is not there is an error."""

    def __init__(self, folder: Path, *, replay_only: bool = False) -> None:
        self._folder = folder
        self._replay_only = replay_only

    def find(self, request: Request) -> StoredAnswer | None:
        """The answer kept for this request; one that is damaged is none, and is asked again.

        Raises CallNotRecorded when replaying and there is none.
        """
        kept = _read(self._file(request))
        if kept is None and self._replay_only:
            raise CallNotRecorded(
                f"L’appel « {request.prompt} » n’est pas dans l’enregistrement\u00a0: enregistrez-le de nouveau."
            )
        return kept.answer if kept else None

    def request(self, key: str) -> Request | None:
        """What was asked by the call of this key, word for word; None when it is not kept here."""
        if not _KEY.fullmatch(key):
            return None
        file = next(self._folder.glob(f"*-{key}.json"), None)
        kept = _read(file) if file else None
        return kept.request if kept else None

    def keep(self, request: Request, kept: StoredAnswer) -> None:
        """Writes the whole call or nothing: a process killed here leaves no half of it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(request)
        fresh = file.with_suffix(f".{os.getpid()}.{id(kept)}")
        content = {"request": asdict(request), "answer": asdict(kept)}
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(file)

    def forget(self, texts: Sequence[str]) -> int:
        """Deletes every kept call that quotes one of these texts, or that is damaged; how many.

        A name in them was sent as a placeholder, so that a text is looked for as it is: a call shows many of a dossier's
        sentences, and most name nobody.
        """
        removed = 0
        for file in self._folder.glob("*.json") if texts else ():
            kept = _read(file)
            said = f"{kept.request.system}\n{kept.request.user}\n{kept.answer.text}" if kept else ""
            if kept is None or any(text in said for text in texts):
                file.unlink(missing_ok=True)
                removed += 1
        return removed

    def _file(self, request: Request) -> Path:
        return self._folder / f"{request.prompt}-{request.key}.json"


@dataclass(frozen=True, slots=True)
class _Call:
    """A call as its file holds it."""

    request: Request
    answer: StoredAnswer


def _read(file: Path) -> _Call | None:
    """A kept call; None when there is none, or when the file is damaged: cut, emptied, or not what `keep` writes."""
    try:
        return TypeAdapter(_Call).validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
