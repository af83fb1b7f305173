"""The words of pictures at hand for a reading: in the folder that keeps them, or fetched from a bucket and taken back there.

The processes that read pictures know a folder and nothing else: they have no network.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import logs
from assistant.errors import StoreError
from assistant.store.blobs import Blobs, Folder, blobs_at


class KeptPictures:
    """What was read in the pictures of each PDF. A cache: where its place does not answer, only time is lost."""

    def __init__(self, place: Path | Blobs) -> None:
        self._blobs = blobs_at(place)

    @contextmanager
    def at_hand(self, pdf: bytes) -> Iterator[Path]:
        """A folder with what is known of the pictures of this PDF; what is added to it is kept."""
        if isinstance(self._blobs, Folder):
            yield self._blobs.root
            return
        name = f"{hashlib.sha256(pdf).hexdigest()}.json"
        known = self._fetched(name)
        with tempfile.TemporaryDirectory(prefix="prelecture-") as made:
            folder = Path(made)
            for picture, words in known.items():
                (folder / picture).write_text(words, encoding="utf-8")
            yield folder
            now = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
        if now != known:
            self._keep(name, now)

    def _fetched(self, name: str) -> dict[str, str]:
        """The words of each picture, by the name of its file; nothing where they were altered on the way."""
        try:
            said, _, payload = (self._blobs.get(name) or b"").partition(b"\n")
        except StoreError as error:
            logs.event("pictures_not_found", kind=type(error).__name__)
            return {}
        whole = said.decode("ascii", "replace") == hashlib.sha256(payload).hexdigest()
        return dict(json.loads(payload)) if whole else {}

    def _keep(self, name: str, words: dict[str, str]) -> None:
        payload = json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
        try:
            framed = hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload
            self._blobs.put(name, framed, lasting=False)
        except StoreError as error:
            logs.event("pictures_not_kept", kind=type(error).__name__)
