"""What one process keeps open: the database, the folder of files, and what was loaded for the next click."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import NOTHING, Act, CandidacyAccess, allow
from assistant.application.model_turns import turns_of
from assistant.components import components_of, converter
from assistant.dossier.model import Dossier, DossierFile
from assistant.errors import AccessDenied, ReferentielError, StoreError
from assistant.matching.coverage import Coverage
from assistant.preread import Components
from assistant.privacy.known import NOTHING_KNOWN, About
from assistant.referentiel.catalogue import LoadedReferentiel, load, loaded_from, newer_than
from assistant.result import PreRead
from assistant.review.items import items_of
from assistant.settings import Settings
from assistant.store.audit import Audit
from assistant.store.drafts import Published
from assistant.store.engine import open_database, reading, writing
from assistant.store.files import FileStore
from assistant.store.places import FILES, kept_by
from assistant.store.prereads import PreReadRecord, Results
from assistant.store.referentiels import Referentiels

if TYPE_CHECKING:
    from assistant.llm.calls import CallStore

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `most` things asked for; what never changes once made may be kept here."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def forget(self, key: K) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def of(self, key: K, make: Callable[[], V | None]) -> V | None:
        """What is kept, or what `make` gives; nothing is kept of nothing."""
        known = self.get(key)
        if known is not None:
            return known
        made = make()
        return None if made is None else self.put(key, made)


@dataclass(frozen=True, slots=True)
class LoadedPreRead:
    """A finished pre-read with the dossier as it was read and the référentiel it began with."""

    id: str
    preread: PreRead
    dossier: Dossier
    referentiel: LoadedReferentiel
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a finished pre-read: the file's name, and the ids of the items of each criterion."""

    file: str
    items: dict[str, tuple[str, ...]]


class Installation:
    """One per process. Raises StoreError when the database cannot be opened."""

    def __init__(self, settings: Settings, readers: Path | None = None, calls: "CallStore | None" = None) -> None:
        """`calls` replaces the folder of finished calls to the model, for a recording."""
        self._readers = readers
        self.settings = settings
        self._calls = calls
        self.engine = open_database(settings.database)
        self._turns = turns_of(settings, self.engine)
        self.kept = kept_by(settings)
        self.files = FileStore(self.kept.under(FILES))
        self._prereads: Recent[str, LoadedPreRead] = Recent(8)
        self._referentiels: Recent[str, LoadedReferentiel] = Recent(32)
        self._summaries: Recent[str, Summary] = Recent(2_000)
        self.coverages: Recent[str, Coverage] = Recent(2_000)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, no write lock. What access refuses in it is written down."""
        try:
            with reading(self.engine) as connection:
                yield connection
        except AccessDenied as error:
            self.note_refusal(error)
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it, or nothing. What access refuses in it is written down, after it was undone."""
        try:
            with writing(self.engine) as connection:
                yield connection
        except AccessDenied as error:
            self.note_refusal(error)
            raise

    def let(self, actor: Actor, act: Act, access: CandidacyAccess = NOTHING) -> None:
        """`allow` outside any transaction: what it refuses is written down as well. Raises AccessDenied."""
        try:
            allow(actor, act, access)
        except AccessDenied as error:
            self.note_refusal(error)
            raise

    def note_refusal(self, error: AccessDenied) -> None:
        """Writes a refusal into the audit; it has a transaction of its own, for the one it ended is undone."""
        if error.person:
            with writing(self.engine) as connection:
                Audit(connection).append(error.person, "refusal", error.subject, {"refused": error.act})
            error.person = ""  # once

    def components(self, about: About = NOTHING_KNOWN) -> Components:
        """The production parts of the pipeline, as the settings of this moment say."""
        return components_of(self.settings, about, self._turns, self._readers, self._calls)

    def referentiel(self, connection: Connection, sha256: str) -> LoadedReferentiel:
        """The version of that hash, as it was when it was first used. Raises StoreError when it is not kept."""

        def load() -> LoadedReferentiel | None:
            kept = Referentiels(connection).get(sha256)
            return loaded_from(kept.content, kept.id) if kept else None

        found = self._referentiels.of(sha256, load)
        if found is None:
            raise StoreError("Le référentiel de ce dossier n’est pas dans cette installation\u00a0: importez-le.")
        return found

    def present(self, connection: Connection, referentiel_id: str) -> LoadedReferentiel:
        """The référentiel of that id that may be chosen now: bundled, or published here. Raises ReferentielError."""
        own = Published(connection).current().get(referentiel_id)
        return self.referentiel(connection, own.sha256) if own else load(referentiel_id)

    def newer(self, connection: Connection, loaded: LoadedReferentiel) -> LoadedReferentiel | None:
        """The present référentiel of the same id when its text is another than this one's; None when there is none."""
        own = Published(connection).current().get(loaded.content.id)
        if own is None:
            return newer_than(loaded)
        return self.referentiel(connection, own.sha256) if own.sha256 != loaded.sha256 else None

    def title(self, connection: Connection, sha256: str, referentiel_id: str) -> str:
        """What a list calls a version; its id where it prints no title, or is not kept."""
        try:
            return self.referentiel(connection, sha256).content.shown_title
        except (StoreError, ReferentielError):
            return referentiel_id

    def loaded(self, connection: Connection, record: PreReadRecord) -> LoadedPreRead | None:
        """A finished pre-read, kept for the next click; None while it is not finished."""

        def load() -> LoadedPreRead | None:
            from pydantic import TypeAdapter

            found = Results(connection).load(record.id)
            if found is None:
                return None
            return LoadedPreRead(
                record.id,
                PreRead.model_validate_json(found.payload),
                TypeAdapter(Dossier).validate_json(found.dossier),
                self.referentiel(connection, record.referentiel_sha256),
                record.supersedes,
            )

        return self._prereads.of(record.id, load)

    def summaries(self, connection: Connection, prereads: list[str]) -> dict[str, Summary]:
        """Of those that are finished: one statement for all that are not known yet."""
        unknown = [one for one in prereads if self._summaries.get(one) is None]
        if unknown:
            for name, payload in Results(connection).payloads(unknown).items():
                made = PreRead.model_validate_json(payload)
                items = {part.id: tuple(item.id for item in items_of(part)) for part in made.criteria}
                self._summaries.put(name, Summary(made.dossier.file, items))
        return {one: known for one in prereads if (known := self._summaries.get(one)) is not None}

    def forget(self, preread: str) -> None:
        """Drops what is kept in memory of a pre-read."""
        self._prereads.forget(preread)
        self._summaries.forget(preread)
        self.coverages.forget(preread)

    def pdf(self, loaded: LoadedPreRead, file: int = 0) -> bytes:
        """The PDF of one of the files that were read, converted if it had to be. Raises StoreError when it is gone."""
        read = files_of(loaded.dossier)[file]
        return converter(self.settings).convert(self.files.get(read.sha256), read.name).pdf


def files_of(dossier: Dossier) -> tuple[DossierFile, ...]:
    """The files a dossier was read from, in order; one, where it was read before there could be several."""
    return dossier.files or (DossierFile(dossier.file, dossier.sha256, "main", len(dossier.pages)),)
