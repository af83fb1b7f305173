"""The référentiels that old pre-reads were made with: their whole text, as far as it is still at hand.

The old database kept only a name and a hash. The texts that the version before this one came with are kept beside this
module, compressed; else the present file has the text when its hash is the one.
"""

import hashlib
import json
import lzma
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, insert

from assistant.places import REFERENTIELS
from assistant.store.migrations.house import tables

BUNDLE = Path(__file__).with_name("referentiels.json.xz")


class Snapshots:
    """Keeps each text that a pre-read or session needs, once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: set[str] = set()

    def of_run(self, run: Mapping[str, Any], result: bytes | None) -> str:
        """The hash a run was made with, else the one it would have been made with; "" when its référentiel is unknown."""
        if result is not None:
            sha256: str = json.loads(result)["referentiel"]["sha256"]
            self._keep(run["referentiel"], sha256)
            return sha256
        return self.present(run["referentiel"])

    def present(self, name: str) -> str:
        """The hash of the text that the version before this one had under this name, else of the present file, else ""."""
        text = bundle().get(name) or _file(name)
        if text is None:
            return ""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self._keep(name, sha256)
        return sha256

    def _keep(self, name: str, sha256: str) -> None:
        texts = [text for text in (bundle().get(name), _file(name)) if text is not None]
        text = next((one for one in texts if hashlib.sha256(one.encode()).hexdigest() == sha256), None)
        if text is None or sha256 in self._kept:
            return
        self._kept.add(sha256)
        raw = yaml.safe_load(text)
        self._connection.execute(
            insert(tables.REFERENTIELS).values(
                sha256=sha256,
                id=name,
                version=str(raw.get("version", ""))[:60],
                title=str(raw.get("title") or name)[:300],
                content=text,
                kept=datetime.now(UTC),
            )
        )


@cache
def bundle() -> Mapping[str, str]:
    """The référentiels of the version before, by id."""
    texts: dict[str, str] = json.loads(lzma.decompress(BUNDLE.read_bytes()))
    return texts


def _file(name: str) -> str | None:
    file = REFERENTIELS / f"{name}.yaml"
    return file.read_text(encoding="utf-8") if file.is_file() else None
