"""Finished calls, kept as files keyed by what was asked: an identical call is never made twice, and replays anywhere."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant import logs
from assistant.errors import CallNotRecorded, StoreError
from assistant.store.blobs import Blobs, blobs_at

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
    """Calls, one JSON file each. With `replay_only`, a call that is not there is an error."""

    def __init__(self, place: Path | Blobs, *, replay_only: bool = False) -> None:
        self._blobs = blobs_at(place)
        self._replay_only = replay_only

    def find(self, request: Request) -> StoredAnswer | None:
        """The answer kept for this request; one that is damaged is none, and is asked again.

        Raises CallNotRecorded when replaying and there is none.
        """
        kept = self._read(_name(request))
        if kept is None and self._replay_only:
            raise CallNotRecorded(
                f"L’appel « {request.prompt} » n’est pas dans l’enregistrement\u00a0: enregistrez-le de nouveau."
            )
        return kept.answer if kept else None

    def request(self, key: str) -> Request | None:
        """What was asked by the call of this key, word for word; None when it is not kept here."""
        if not _KEY.fullmatch(key):
            return None
        name = next((one for one in self._blobs.names() if one.endswith(f"-{key}.json")), None)
        kept = self._read(name) if name else None
        return kept.request if kept else None

    def keep(self, request: Request, kept: StoredAnswer) -> None:
        """Writes the whole call or nothing: a process killed here leaves no half of it.

        Where nothing can be written, the answer is used all the same, and asked for again another time.
        """
        content = {"request": asdict(request), "answer": asdict(kept)}
        try:
            self._blobs.put(_name(request), json.dumps(content, ensure_ascii=False, indent=1).encode(), lasting=False)
        except StoreError as error:
            logs.event("call_not_kept", kind=type(error).__name__)

    def forget(self, texts: Sequence[str]) -> int:
        """Deletes every kept call that quotes one of these texts, or that is damaged; how many.

        A name in them was sent as a placeholder, so that a text is looked for as it is: a call shows many of a dossier's
        sentences, and most name nobody.
        """
        removed = 0
        for name in list(self._blobs.names()) if texts else ():
            kept = self._read(name)
            said = f"{kept.request.system}\n{kept.request.user}\n{kept.answer.text}" if kept else ""
            if kept is None or any(text in said for text in texts):
                removed += self._blobs.remove(name)
        return removed

    def _read(self, name: str) -> "_Call | None":
        """A kept call; None when there is none, or when it is damaged: cut, emptied, or not what `keep` writes."""
        try:
            return TypeAdapter(_Call).validate_json(self._blobs.get(name) or b"")
        except (StoreError, ValidationError):
            return None


@dataclass(frozen=True, slots=True)
class _Call:
    """A call as its file holds it."""

    request: Request
    answer: StoredAnswer


def _name(request: Request) -> str:
    return f"{request.prompt}-{request.key}.json"
