"""The installation's own référentiels: imported, put right as drafts, published, chosen beside the bundled ones.

They are another body's texts: they stay in this installation, and nothing of them is sent anywhere.
"""

import json
import re
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import Act, allowed
from assistant.application.auditing import AuditAct, audited
from assistant.application.catalogue import Choosable, choosable_of
from assistant.application.draft_views import DraftDoubt, DraftLine, DraftView, HistoryLine, PublishedLine, WordCount
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.errors import InvalidInput, NotFound, ReferentielError, WorkbookFaults
from assistant.referentiel.authoring.editor.applying import Content, apply
from assistant.referentiel.authoring.editor.comparing import Difference as Difference
from assistant.referentiel.authoring.editor.comparing import compared
from assistant.referentiel.authoring.editor.operations import AnyOperation as AnyOperation
from assistant.referentiel.authoring.editor.operations import operation_of
from assistant.referentiel.authoring.editor.remaking import remade
from assistant.referentiel.authoring.editor.telling import told
from assistant.referentiel.authoring.publishing import Hindrance as Hindrance
from assistant.referentiel.authoring.publishing import frozen, hindrances, remarks
from assistant.referentiel.authoring.standing import Standing
from assistant.referentiel.catalogue import available, load
from assistant.referentiel.model import Criterion, Referentiel
from assistant.store.drafts import DraftRecord, Drafts, Published
from assistant.store.people import People
from assistant.store.referentiels import Referentiels as Snapshots

SCANNED = "source-pages"
"""The folder of what was recognised on scanned sources."""
MOST_BYTES = 60_000_000
AUTHOR: Act = "author a référentiel"
EDITED: AuditAct = "edit a référentiel"
MISLAID = "Ce brouillon n’est pas dans cette installation\u00a0: revenez à la liste."


class Referentiels:
    """Drafts, their versions, and what is published of them."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def choosable(self, actor: Actor) -> tuple[Choosable, ...]:
        """The bundled référentiels and the installation's own, by id."""
        self._installation.let(actor, "read the catalogue")
        with self._installation.reading() as connection:
            own = [
                self._installation.referentiel(connection, one.sha256)
                for one in Published(connection).current().values()
            ]
        every = [*(load(name) for name in available()), *own]
        return tuple(sorted((choosable_of(one) for one in every), key=lambda one: one.id))

    def may_author(self, actor: Actor) -> bool:
        """Whether this person imports, edits and publishes référentiels here: for what the page shows."""
        return allowed(actor, AUTHOR)

    def drafts(self, actor: Actor) -> tuple[DraftLine, ...]:
        """Every draft of the installation, the latest first."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            drafts = Drafts(connection)
            records = drafts.all()
            names = People(connection).many([one.owner for one in records])
            made = []
            for one in records:
                version = drafts.latest(one.id)
                content = drafts.content(one.id, version)
                criteria = sum(len(bloc.get("criteria", ())) for bloc in content.get("blocs", ()))
                owner = names[one.owner].name if one.owner in names else one.owner
                made.append(DraftLine(one.id, one.title, one.source_name, version, criteria, owner, one.created))
        return tuple(made)

    def published(self, actor: Actor) -> tuple[PublishedLine, ...]:
        """Every version that was ever published, the latest first."""
        self._installation.let(actor, "read the catalogue")
        with self._installation.reading() as connection:
            return tuple(
                PublishedLine(
                    one.id,
                    one.version,
                    self._installation.title(connection, one.sha256, one.id),
                    one.published,
                    one.withdrawn is not None,
                    one.draft,
                )
                for one in Published(connection).versions()
            )

    def import_file(self, actor: Actor, file: UploadedFile) -> str:
        """A draft of what a file asks, word for word, with its doubts; its id. Raises ReferentielError, InvalidInput."""
        from assistant.referentiel.authoring.importing import import_file
        from assistant.referentiel.authoring.requirements import with_requirements

        self._installation.let(actor, AUTHOR)
        if not file.data or len(file.data) > MOST_BYTES:
            raise InvalidInput("Ce fichier est vide ou dépasse 60\u00a0Mo\u00a0: déposez-en un autre.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.data)
            found = import_file(path, self._installation.settings.data_dir / SCANNED)
        whole = with_requirements(Referentiel.model_validate(found.content))
        return self._begin(actor, _plain(whole), found.as_doubts(), file)

    def begin_from(self, actor: Actor, referentiel_id: str) -> str:
        """A draft that begins as a référentiel one may choose; its id. Raises ReferentielError."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            content = self._installation.present(connection, referentiel_id).content
        return self._begin(actor, _plain(content), {}, None)

    def draft(self, actor: Actor, draft_id: str, version: int | None = None) -> DraftView:
        """A draft as it stands, or as it stood. Raises NotFound."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            return self._view(connection, self._record(connection, draft_id), version)

    def act(self, actor: Actor, draft_id: str, base: int, operation: Mapping[str, Any] | AnyOperation) -> DraftView:
        """One operation on the version it was drawn from. Raises InvalidInput and EditConflict."""
        done = operation_of(operation.model_dump() if not isinstance(operation, Mapping) else operation)
        return self._write(actor, draft_id, base, done.model_dump(), lambda content: apply(content, done), done)

    def settle(self, actor: Actor, draft_id: str, places: Collection[int], *, settled: bool = True) -> None:
        """Doubts of a draft (by place) that a person has looked at, or wants to look at again. Raises NotFound."""
        self._installation.let(actor, AUTHOR)
        with self._installation.writing() as connection:
            record = self._record(connection, draft_id)
            there = len(Drafts(connection).doubts(record.id))
            if not places or not all(0 <= place < there for place in places):
                raise NotFound(MISLAID)
            Drafts(connection).settle(record.id, places, settled)
            audited(connection, actor, EDITED, draft_id, did="settle" if settled else "unsettle", doubts=len(places))

    def undo(self, actor: Actor, draft_id: str, base: int) -> DraftView:
        """What stood before the last change that stands. Raises InvalidInput at the beginning."""
        self._installation.let(actor, AUTHOR)
        with self._installation.writing() as connection:
            record = self._record(connection, draft_id)
            drafts = Drafts(connection)
            history = {one.version: one for one in drafts.versions(draft_id)}
            back = history[base].drawn_from if base in history else 0
            if not back:
                raise InvalidInput("Il n’y a rien à annuler.")
            content = drafts.content(draft_id, back)
            made = drafts.write(
                draft_id, base, history[back].drawn_from, actor.person, {"do": "undo", "to": back}, content
            )
            audited(connection, actor, EDITED, draft_id, did="undo", version=made)
            return self._view(connection, record)

    def restore(self, actor: Actor, draft_id: str, base: int, version: int) -> DraftView:
        """An earlier version again, as a new one."""
        with self._installation.reading() as connection:
            content = Drafts(connection).content(draft_id, version)
        return self._write(actor, draft_id, base, {"do": "restore", "version": version}, lambda _: content)

    def replace(self, actor: Actor, draft_id: str, base: int, referentiel: Referentiel, how: str) -> DraftView:
        """A whole content at once: a workbook that was read back, requirements and clues that were proposed."""
        return self._write(actor, draft_id, base, {"do": how}, lambda _: _plain(referentiel))

    def hindrances(self, actor: Actor, draft_id: str) -> tuple[Hindrance, ...]:
        """What stops the publication of a draft as it stands, in French."""
        return hindrances(self.draft(actor, draft_id).content)

    def remarks(self, actor: Actor, draft_id: str) -> tuple[Hindrance, ...]:
        """What stops nothing and is likely to be forgotten, in French."""
        return remarks(self.draft(actor, draft_id).content)

    def name(self, actor: Actor, draft_id: str, base: int, new: str) -> DraftView:
        """Another id for the référentiel itself: small letters, digits and hyphens. Raises InvalidInput."""
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", new):
            raise InvalidInput("L’identifiant s’écrit en minuscules sans accents, chiffres et tirets.")
        return self._write(actor, draft_id, base, {"do": "rename", "id": new}, lambda content: {**content, "id": new})

    def workbook(self, actor: Actor, draft_id: str) -> bytes:
        """The draft as a commented workbook."""
        from assistant.referentiel.authoring.workbook.writing import as_workbook

        return as_workbook(Referentiel.model_validate(self.draft(actor, draft_id).content))

    def read_workbook(self, actor: Actor, draft_id: str, base: int, data: bytes) -> DraftView:
        """A workbook that a person edited, as the next version. Raises ReferentielError naming every fault's place."""
        from assistant.referentiel.authoring.workbook.reading import read_workbook

        found = read_workbook(data)
        if found.referentiel is None:
            raise WorkbookFaults(tuple(str(fault) for fault in found.faults))
        content = _plain(found.referentiel)
        # A workbook may be older than the draft: its requirements may be those that the import made.
        imported = self.draft(actor, draft_id, 1).content

        def followed(before: Content) -> Content:
            remade(before, content)
            remade(imported, content)
            return content

        return self._write(actor, draft_id, base, {"do": "workbook"}, followed)

    def history(self, actor: Actor, draft_id: str) -> tuple[HistoryLine, ...]:
        """Every version, the latest first."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            self._record(connection, draft_id)
            found = Drafts(connection).versions(draft_id)
            names = People(connection).many([one.person for one in found])
            frozen_as: dict[int, list[str]] = {}
            for each in Published(connection).versions():
                if each.draft == draft_id:
                    frozen_as.setdefault(each.draft_version, []).append(each.version)
            return tuple(
                HistoryLine(
                    one.version,
                    one.drawn_from,
                    names[one.person].name if one.person in names else one.person,
                    one.written,
                    one.operation,
                    tuple(frozen_as.get(one.version, ())),
                )
                for one in found
            )

    def compare(self, actor: Actor, draft_id: str, old: int, new: int) -> tuple[Difference, ...]:
        """What two versions of a draft say differently."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            drafts = Drafts(connection)
            return compared(drafts.content(draft_id, old), drafts.content(draft_id, new))

    def propose_clues(self, actor: Actor, draft_id: str, base: int) -> DraftView:
        """Requirements by rules where there are none, and clues lent by the référentiels of the catalogue."""
        from assistant.referentiel.authoring.lending import with_lent_clues
        from assistant.referentiel.authoring.requirements import with_requirements

        view = self.draft(actor, draft_id)
        tools = self._installation.components()
        with self._installation.reading() as connection:
            own = [
                self._installation.referentiel(connection, one.sha256).content
                for one in Published(connection).current().values()
            ]
        others = [*(load(name).content for name in available()), *own]
        whole = with_requirements(Referentiel.model_validate(view.content))
        made = with_lent_clues(whole, others, tools.embedder, tools.vectors()).referentiel
        return self.replace(actor, draft_id, base, made, "clues")

    def proposed_clues(self, actor: Actor, criterion: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """By requirement of a criterion of a draft, clues that the catalogue and the thesaurus propose for it."""
        from assistant.matching.lending import catalogue_lenders
        from assistant.referentiel.authoring.lending import proposed_clues

        self._installation.let(actor, AUTHOR)
        asking = Criterion.model_validate(criterion)
        return {one.id: proposed_clues(asking, one, catalogue_lenders()) for one in asking.requirements}

    def publish(self, actor: Actor, draft_id: str, base: int, version: str) -> PublishedLine:
        """Freezes the draft's latest version under a version number. Raises ReferentielError with what stops it."""
        self._installation.let(actor, AUTHOR)
        version = version.strip()
        if not version:
            raise InvalidInput("Donnez un numéro de version.")
        with self._installation.writing() as connection:
            record = self._record(connection, draft_id)
            drafts = Drafts(connection)
            if drafts.latest(draft_id) != base:
                raise InvalidInput("Ce brouillon a changé entre-temps\u00a0: rechargez la page.")
            loaded = frozen(drafts.content(draft_id, base), version)
            if loaded.content.id in available():
                raise ReferentielError(
                    f"«\u00a0{loaded.content.id}\u00a0» est un référentiel fourni avec "
                    "Prélecture\u00a0: donnez au vôtre un autre identifiant."
                )
            title = loaded.content.shown_title
            Snapshots(connection).keep(loaded.sha256, loaded.content.id, version, title, loaded.source)
            Published(connection).add(loaded.content.id, version, loaded.sha256, record.id, base, actor.person)
            line = Published(connection).versions(loaded.content.id)[0]
            audited(
                connection, actor, "publish a référentiel", loaded.content.id, version=version, sha256=loaded.sha256,
                draft=record.id,
            )  # fmt: skip
        return PublishedLine(line.id, line.version, title, line.published, False, record.id)

    def withdraw(self, actor: Actor, referentiel_id: str, version: str) -> None:
        """A published version is not offered any more; sessions that began with it keep it."""
        self._installation.let(actor, AUTHOR)
        with self._installation.writing() as connection:
            Published(connection).withdraw(referentiel_id, version)
            audited(connection, actor, "withdraw a référentiel", referentiel_id, version=version)

    def discard(self, actor: Actor, draft_id: str) -> None:
        """Takes a draft out of the list; its history stays."""
        self._installation.let(actor, AUTHOR)
        with self._installation.writing() as connection:
            Drafts(connection).withdraw(self._record(connection, draft_id).id)
            audited(connection, actor, "discard a référentiel", draft_id)

    def source(self, actor: Actor, draft_id: str) -> tuple[str, bytes]:
        """The file that the draft was imported from: its name and bytes. Raises NotFound where there was none."""
        self._installation.let(actor, AUTHOR)
        with self._installation.reading() as connection:
            record = self._record(connection, draft_id)
        if not record.source_sha256:
            raise NotFound("Ce brouillon ne vient d’aucun fichier.")
        return record.source_name, self._installation.files.get(record.source_sha256)

    def _begin(self, actor: Actor, content: Content, doubts: Mapping[str, Any], file: UploadedFile | None) -> str:
        sha256 = self._installation.files.put(file.data) if file else ""
        title = str(content.get("title") or content.get("our_title") or content["id"])
        with self._installation.writing() as connection:
            made = Drafts(connection).begin(actor.person, title, content, doubts, file.name if file else "", sha256)
            audited(connection, actor, "begin a référentiel", made.id, source=sha256)
        return made.id

    def _write(
        self,
        actor: Actor,
        draft_id: str,
        base: int,
        operation: Mapping[str, Any],
        made: Callable[[Content], Content],
        done: AnyOperation | None = None,
    ) -> DraftView:
        self._installation.let(actor, AUTHOR)
        with self._installation.writing() as connection:
            record = self._record(connection, draft_id)
            drafts = Drafts(connection)
            before = drafts.content(draft_id, base)
            content = made(before)
            version = drafts.write(draft_id, base, base, actor.person, operation, content)
            audited(connection, actor, EDITED, draft_id, did=str(operation["do"]), version=version)
            said = told(before, content, done) if done or operation["do"] == "workbook" else ""
            return replace(self._view(connection, record), said=said)

    def _record(self, connection: Connection, draft_id: str) -> DraftRecord:
        record = Drafts(connection).get(draft_id)
        if record is None or record.withdrawn is not None:
            raise NotFound(MISLAID)
        return record

    def _view(self, connection: Connection, record: DraftRecord, version: int | None = None) -> DraftView:
        drafts = Drafts(connection)
        shown = version or drafts.latest(record.id)
        content = drafts.content(record.id, shown)
        listed = drafts.doubts(record.id)
        standing = Standing(lambda: drafts.content(record.id, 1), content) if listed and shown > 1 else None
        doubts = tuple(
            DraftDoubt(
                one["kind"],
                one["text"],
                one["page"],
                place,
                bool(one.get("settled")),
                standing is not None and not standing.stands(one),
            )
            for place, one in enumerate(listed)
        )
        words = drafts.words(record.id)
        undone = next((one.drawn_from for one in drafts.versions(record.id) if one.version == shown), 0)
        return DraftView(
            record.id,
            str(content.get("title") or content.get("our_title") or content["id"]),
            record.source_name,
            shown,
            content,
            doubts,
            bool(undone),
            WordCount(*words) if words else None,
        )


def _plain(referentiel: Referentiel) -> Content:
    """The plain values of a référentiel's file."""
    content: Content = json.loads(referentiel.model_dump_json(exclude_defaults=True))
    for bloc in content.get("blocs", ()):
        bloc.setdefault("competences", [])
        bloc.setdefault("criteria", [])
    return content
