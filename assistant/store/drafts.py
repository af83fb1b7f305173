"""Référentiels of the installation: drafts with every version, what was published of them, the certifiers' own grids."""

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.errors import EditConflict, StoreError
from assistant.store.ids import new_id
from assistant.store.tables import DRAFT_VERSIONS, DRAFTS, GRID_MAPS, PUBLISHED


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft; `source_sha256` is "" where it was begun without a file."""

    id: str
    owner: str
    title: str
    source_name: str
    source_sha256: str
    created: datetime
    withdrawn: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a draft, without its content."""

    version: int
    drawn_from: int
    person: str
    written: datetime
    operation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """One published version: its text is kept under `sha256`."""

    id: str
    version: str
    sha256: str
    draft: str
    draft_version: int
    person: str
    published: datetime
    withdrawn: datetime | None


@dataclass(frozen=True, slots=True)
class GridMapRecord:
    """The map of one template, as JSON."""

    id: str
    referentiel_id: str
    name: str
    template_sha256: str
    map: str
    person: str
    written: datetime


class Drafts:
    """Drafts and their versions, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self,
        owner: str,
        title: str,
        content: Mapping[str, Any],
        doubts: Mapping[str, Any],
        source_name: str,
        sha256: str,
    ) -> DraftRecord:
        """A new draft with its first version; `doubts`: as the import lists them, with its count of words."""
        made = DraftRecord(new_id(), owner, title[:300], source_name[:255], sha256, datetime.now(UTC), None)
        self._connection.execute(
            insert(DRAFTS).values(
                id=made.id,
                owner=owner,
                title=made.title,
                source_name=made.source_name,
                source_sha256=sha256,
                doubts=_packed(doubts),
                created=made.created,
                withdrawn=None,
            )
        )
        self._insert(made.id, 1, 0, owner, {"do": "begin"}, content)
        return made

    def get(self, draft: str) -> DraftRecord | None:
        row = self._connection.execute(select(DRAFTS).where(DRAFTS.c.id == draft)).first()
        return _draft(row) if row else None

    def all(self) -> tuple[DraftRecord, ...]:
        """Those that were not withdrawn, the latest first."""
        query = select(DRAFTS).where(DRAFTS.c.withdrawn.is_(None)).order_by(DRAFTS.c.created.desc(), DRAFTS.c.id)
        return tuple(_draft(row) for row in self._connection.execute(query))

    def doubts(self, draft: str) -> list[Any]:
        found: list[Any] = self._listed(draft).get("doubts", [])
        return found

    def words(self, draft: str) -> tuple[int, int, int] | None:
        """Words of the source placed, listed and unaccounted for; None where nobody counted."""
        listed = self._listed(draft)
        if "placed_words" not in listed:
            return None
        return listed["placed_words"], listed["listed_words"], listed["unaccounted_words"]

    def settle(self, draft: str, places: Collection[int], settled: bool) -> None:
        """Marks doubts, by their places in the list, as looked at or not."""
        found = self._listed(draft)
        for place in places:
            found["doubts"][place]["settled"] = settled
        self._connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft).values(doubts=_packed(found)))

    def _listed(self, draft: str) -> dict[str, Any]:
        data = self._connection.execute(select(DRAFTS.c.doubts).where(DRAFTS.c.id == draft)).scalar_one()
        found = _unpacked(data)
        # Drafts begun before words were counted keep the bare list.
        return found if isinstance(found, dict) else {"doubts": found}

    def latest(self, draft: str) -> int:
        query = select(func.max(DRAFT_VERSIONS.c.version)).where(DRAFT_VERSIONS.c.draft == draft)
        return int(self._connection.execute(query).scalar_one() or 0)

    def content(self, draft: str, version: int) -> dict[str, Any]:
        """Raises StoreError when there is no such version."""
        key = (DRAFT_VERSIONS.c.draft == draft) & (DRAFT_VERSIONS.c.version == version)
        data = self._connection.execute(select(DRAFT_VERSIONS.c.content).where(key)).scalar_one_or_none()
        if data is None:
            raise StoreError("Cette version du brouillon n’existe pas\u00a0: rechargez la page.")
        found: dict[str, Any] = _unpacked(data)
        return found

    def versions(self, draft: str) -> tuple[VersionRecord, ...]:
        """All of them, the latest first."""
        columns = [column for column in DRAFT_VERSIONS.c if column.name != "content"]
        query = select(*columns).where(DRAFT_VERSIONS.c.draft == draft).order_by(DRAFT_VERSIONS.c.version.desc())
        return tuple(
            VersionRecord(row.version, row.drawn_from, row.person, row.written, json.loads(row.operation))
            for row in self._connection.execute(query)
        )

    def write(
        self, draft: str, base: int, drawn_from: int, person: str, operation: Mapping[str, Any], content: Mapping[str, Any]
    ) -> int:  # fmt: skip
        """The version after `base`; raises EditConflict when another one stands there already."""
        if self.latest(draft) != base:
            raise EditConflict("Ce brouillon a changé entre-temps\u00a0: rechargez la page, puis recommencez.")
        try:
            self._insert(draft, base + 1, drawn_from, person, operation, content)
        except IntegrityError as error:
            raise EditConflict(
                "Ce brouillon a changé entre-temps\u00a0: rechargez la page, puis recommencez."
            ) from error
        title = str(content.get("title") or content.get("our_title") or content["id"])[:300]
        self._connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft).values(title=title))
        return base + 1

    def withdraw(self, draft: str) -> None:
        self._connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft).values(withdrawn=datetime.now(UTC)))

    def _insert(
        self, draft: str, version: int, drawn_from: int, person: str, operation: Mapping[str, Any], content: Mapping[str, Any]
    ) -> None:  # fmt: skip
        values = {
            "draft": draft,
            "version": version,
            "drawn_from": drawn_from,
            "person": person,
            "written": datetime.now(UTC),
            "operation": json.dumps(dict(operation), ensure_ascii=False),
            "content": _packed(content),
        }
        self._connection.execute(insert(DRAFT_VERSIONS).values(**values))


class Published:
    """What was published, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, id: str, version: str, sha256: str, draft: str, draft_version: int, person: str) -> None:
        """Raises StoreError when this version was published already."""
        values = {
            "id": id,
            "version": version,
            "sha256": sha256,
            "draft": draft,
            "draft_version": draft_version,
            "person": person,
            "published": datetime.now(UTC),
            "withdrawn": None,
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(PUBLISHED).values(**values))
        except IntegrityError as error:
            raise StoreError(
                f"La version {version} de ce référentiel est déjà publiée\u00a0: donnez-en une nouvelle."
            ) from error

    def versions(self, id: str = "") -> tuple[PublishedRecord, ...]:
        """Every published version (of one référentiel), the latest first."""
        query = select(PUBLISHED).order_by(PUBLISHED.c.published.desc(), PUBLISHED.c.version.desc())
        query = query.where(PUBLISHED.c.id == id) if id else query
        return tuple(PublishedRecord(*row) for row in self._connection.execute(query))

    def current(self) -> dict[str, PublishedRecord]:
        """The latest version of each référentiel that may be chosen."""
        found: dict[str, PublishedRecord] = {}
        for one in self.versions():
            if one.withdrawn is None:
                found.setdefault(one.id, one)
        return found

    def withdraw(self, id: str, version: str) -> None:
        """It is not chosen any more; whoever began with it keeps it."""
        key = (PUBLISHED.c.id == id) & (PUBLISHED.c.version == version)
        self._connection.execute(update(PUBLISHED).where(key).values(withdrawn=datetime.now(UTC)))


class GridMaps:
    """The certifiers' own grids, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, referentiel_id: str, name: str, template_sha256: str, map_: str, person: str) -> str:
        """Keeps a map, in the place of the one of the same template; its id."""
        key = (GRID_MAPS.c.referentiel_id == referentiel_id) & (GRID_MAPS.c.template_sha256 == template_sha256)
        known = self._connection.execute(select(GRID_MAPS.c.id).where(key)).scalar_one_or_none()
        values = {"name": name[:255], "map": map_, "person": person, "written": datetime.now(UTC)}
        if known:
            self._connection.execute(update(GRID_MAPS).where(GRID_MAPS.c.id == known).values(**values))
            return str(known)
        made = new_id()
        self._connection.execute(
            insert(GRID_MAPS).values(id=made, referentiel_id=referentiel_id, template_sha256=template_sha256, **values)
        )
        return made

    def of(self, referentiel_id: str) -> tuple[GridMapRecord, ...]:
        """Those of one référentiel, the latest first."""
        query = select(GRID_MAPS).where(GRID_MAPS.c.referentiel_id == referentiel_id)
        rows = self._connection.execute(query.order_by(GRID_MAPS.c.written.desc(), GRID_MAPS.c.id))
        return tuple(GridMapRecord(*row) for row in rows)

    def get(self, id: str) -> GridMapRecord | None:
        row = self._connection.execute(select(GRID_MAPS).where(GRID_MAPS.c.id == id)).first()
        return GridMapRecord(*row) if row else None


def _draft(row: Any) -> DraftRecord:
    return DraftRecord(row.id, row.owner, row.title, row.source_name, row.source_sha256, row.created, row.withdrawn)


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 1)


def _unpacked(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))
