"""Bytes kept in a bucket of any S3-compatible store, by fsspec and s3fs: loaded here, and only where it is set.

A store of this kind shows an object whole or not at all: nothing is written beside its place first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from assistant.errors import SettingsError, StoreAway
from assistant.store.blobs import AWAY, Blobs

CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 60, 3
PROTOCOL = "s3://"


class Reached:
    """A store that this process reaches, by one connection that all its threads share. `kind`: fsspec's name of it.

    Raises SettingsError, at its first use, where what reaches the store is not installed.
    """

    def __init__(self, options: Mapping[str, Any], kind: str = "s3") -> None:
        self._options, self._kind = dict(options), kind

    @cached_property
    def store(self) -> Any:
        try:
            import fsspec

            # What others write is seen at once: no list of what was there is kept.
            return fsspec.filesystem(self._kind, use_listings_cache=False, **self._options)
        except ImportError as error:
            raise SettingsError(
                "Un stockage S3 demande ses modules\u00a0: installez Prélecture avec l’option «\u00a0s3\u00a0»."
            ) from error


class Bucket:
    """Objects under `root`: a bucket, and maybe a folder in it. Raises SettingsError as `Reached` does."""

    def __init__(self, root: str, reached: "Reached") -> None:
        self._root, self._reached = root.strip("/"), reached

    def get(self, name: str) -> bytes | None:
        with self._told():
            try:
                return bytes(self._store.cat_file(self._place(name)))
            except FileNotFoundError:
                return None

    def put(self, name: str, data: bytes, *, lasting: bool = True) -> None:
        with self._told():
            self._store.pipe_file(self._place(name), data)

    def create(self, name: str, data: bytes) -> bool:
        with self._told():
            try:
                self._store.pipe_file(self._place(name), data, mode="create")
            except FileExistsError:
                return False
        return True

    def remove(self, name: str) -> bool:
        with self._told():
            place = self._place(name)
            if not self._store.exists(place):
                return False
            self._store.rm_file(place)
        return True

    def names(self, start: str = "") -> Iterator[str]:
        return (name for name in self._found() if name.startswith(start))

    def clear(self, before: datetime | None = None) -> int:
        with self._told():
            gone = [name for name, made in self._found().items() if before is None or made < before]
            if gone:
                self._store.rm([self._place(name) for name in gone])
        return len(gone)

    def there(self) -> bool:
        with self._told():
            return bool(self._store.exists(self._root.split("/")[0]))

    def under(self, part: str) -> "Bucket":
        return Bucket(f"{self._root}/{part}", self._reached)

    def same(self, other: Blobs) -> bool:
        return isinstance(other, Bucket) and (other._root, other._reached) == (self._root, self._reached)

    def _found(self) -> dict[str, datetime]:
        """Every name, in order, with the moment it was last written."""
        with self._told():
            found = self._store.find(f"{self._root}/", detail=True)
        length = len(self._store._strip_protocol(f"{self._root}/").rstrip("/")) + 1
        return {place[length:]: _written(about) for place, about in sorted(found.items())}

    def _place(self, name: str) -> str:
        return f"{self._root}/{name}"

    @property
    def _store(self) -> Any:
        return self._reached.store

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the store refuses, or that it does not answer, as an error that says what to do."""
        try:
            yield
        except _failures() as error:
            raise StoreAway(AWAY) from error


def s3_options(endpoint: str | None, region: str | None, key: str | None, secret: str | None) -> dict[str, Any]:
    """How an S3-compatible store is reached. What is None is taken where S3's own tools look for it."""
    own = {"endpoint_url": endpoint, "key": key, "secret": secret}
    return {
        **{name: value for name, value in own.items() if value},
        "client_kwargs": {"region_name": region} if region else {},
        "config_kwargs": {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": READ_SECONDS,
            "retries": {"max_attempts": TRIES},
            # Newer checksums than most stores that speak S3 know; what is read is checked by its hash.
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        },
    }


def _written(about: Mapping[str, Any]) -> datetime:
    moment = about.get("LastModified", about.get("created"))
    return moment if isinstance(moment, datetime) else datetime.fromtimestamp(float(moment or 0.0), UTC)


def _failures() -> tuple[type[Exception], ...]:
    """Everything by which a store says no, or says nothing."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError, ClientError)
