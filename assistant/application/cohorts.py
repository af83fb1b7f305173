"""A trainer's cohorts: what a group of dossiers covers, requirement by dossier. Presence of passages only.

Dossiers are the trainer's own uploads or drafts that candidates share; one that is shared no more is gone at once. They
stand by the number in which they came, and nothing adds up or orders a person's row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import allow, allowed, own
from assistant.application.auditing import audited, viewed_lately
from assistant.application.cohort_counts import Counted, Member, counted
from assistant.application.cohort_views import (
    CohortLine,
    CohortProgress,
    CohortRow,
    CohortView,
    FoundPassage,
    Reading,
    SharedDraft,
    lines_of,
    progress_of,
)
from assistant.application.comparing import Comparisons
from assistant.application.coverages import coverages_of
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation, Recent
from assistant.application.place import FINISHED
from assistant.application.prereads import PreReads
from assistant.application.versions import Compared
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.store.cohorts import LONGEST_TITLE, CohortRecord, MemberRecord
from assistant.store.cohorts import Cohorts as Records
from assistant.store.dossiers import DossierRecord, Dossiers
from assistant.store.listing import dossiers_in_sessions
from assistant.store.names import kept_name
from assistant.store.prereads import PreReadRecord
from assistant.store.prereads import PreReads as PreReadRecords
from assistant.store.referentiels import Referentiels
from assistant.store.shares import Shares


@dataclass(frozen=True, slots=True)
class _Seen:
    """A member that may be seen now, with its versions, the first first, and its latest reading, read or not."""

    member: MemberRecord
    dossier: DossierRecord
    shared: bool
    versions: tuple[PreReadRecord, ...]
    latest: PreReadRecord | None

    @property
    def title(self) -> str:
        """The name of the present file; a draft that is shared keeps the name its candidate knows it by."""
        return self.dossier.title if self.shared or not self.dossier.files else self.dossier.files[0].name

    @property
    def reading(self) -> Reading:
        """Where the latest reading stands; one that was cut off long ago has failed, until somebody asks for it again."""
        if self.latest is None or self.latest.interrupted:
            return "failed"
        if self.latest.status in {"queued", "running"}:
            return "waiting"
        return "read" if self.latest.status in FINISHED else "failed"

    @property
    def reason(self) -> str:
        """Why the latest reading failed, in a sentence, where it says so."""
        return " ".join(self.latest.reasons) if self.latest and self.reading == "failed" else ""


class Cohorts:
    """The cohorts of an installation, each its trainer's alone."""

    def __init__(self, installation: Installation, prereads: PreReads, comparisons: Comparisons) -> None:
        self._installation = installation
        self._prereads = prereads
        self._comparisons = comparisons
        self._grown: Recent[tuple[str, str], Compared] = Recent(64)
        self._counts: Recent[tuple[str | None, ...], Counted] = Recent(64)

    def list(self, actor: Actor) -> tuple[CohortLine, ...]:
        """The actor's cohorts, the latest first."""
        self._installation.let(actor, "keep cohorts", own(actor.person))
        with self._installation.reading() as connection:
            return tuple(
                CohortLine(
                    one.id, one.title, self._installation.title(connection, one.referentiel_sha256, one.referentiel_id),
                    len(Records(connection).members(one.id)),
                )
                for one in Records(connection).of_owner(actor.person)
            )  # fmt: skip

    def found(self, actor: Actor, title: str, referentiel_id: str, blocs: Sequence[str] = ()) -> str:
        """A new cohort; its id. Raises InvalidInput and ReferentielError."""
        self._installation.let(actor, "keep cohorts", own(actor.person))
        if not kept_name(title, LONGEST_TITLE):
            raise InvalidInput("Donnez un nom à cette promotion.")
        with self._installation.writing() as connection:
            loaded = self._installation.present(connection, referentiel_id)
            content = loaded.content
            chosen = loaded.choose(tuple(blocs))
            Referentiels(connection).keep(
                loaded.sha256, content.id, content.version, content.shown_title, loaded.source
            )
            made = Records(connection).add(actor.person, title.strip(), loaded.sha256, content.id, chosen).id
            audited(connection, actor, "cohort", made, referentiel=loaded.sha256)
        return made

    def close(self, actor: Actor, cohort_id: str) -> None:
        """Takes a cohort out of the list."""
        with self._installation.writing() as connection:
            Records(connection).close(self._own(connection, actor, cohort_id).id)
            audited(connection, actor, "cohort closed", cohort_id)

    def add(self, actor: Actor, cohort_id: str, file: UploadedFile) -> str:
        """A dossier of one file, uploaded by the trainer; the id of its pre-read, to be started."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
        preread = self._prereads.add(actor, [file], cohort.referentiel_id, cohort.blocs)
        with self._installation.writing() as connection:
            record = PreReadRecords(connection).get(preread)
            assert record is not None
            Records(connection).join(cohort.id, record.dossier)
            audited(connection, actor, "cohort dossier", cohort.id, dossier=record.dossier, there=True)
        return preread

    def new_version(self, actor: Actor, cohort_id: str, dossier: str, file: UploadedFile) -> str:
        """Another file in the place of one that the trainer uploaded; the id of its pre-read, to be started.

        Raises AccessDenied for a draft that a candidate shares: its owner alone hands in another version.
        """
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            if dossier not in {one.dossier for one in Records(connection).members(cohort.id)}:
                raise NotFound("Ce dossier n’est pas dans cette promotion.")
            line = [one for one in PreReadRecords(connection).of_dossier(dossier) if one.owner == actor.person]
        if not line:
            raise AccessDenied("Ce brouillon est celui d’un candidat\u00a0: lui seul en dépose une nouvelle version.")
        return self._prereads.replace_file(actor, line[0].id, file)

    def evolution(self, actor: Actor, cohort_id: str, number: int) -> Compared | None:
        """What changed from the version before to the latest of one dossier; None where it has one version."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            seen = next((one for one in self._seen(connection, actor, cohort) if one.member.number == number), None)
        if seen is None or len(seen.versions) < 2:
            return None
        before, after = (one.id for one in seen.versions[-2:])
        # Two finished pre-reads never change; who may see them was asked above.
        return self._grown.of((before, after), lambda: self._comparisons.side_by_side(actor, before, after))

    def shared(self, actor: Actor, cohort_id: str) -> tuple[SharedDraft, ...]:
        """Drafts of this référentiel that candidates show the actor and that are not in the cohort."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            known = {one.dossier for one in Records(connection).members(cohort.id)}
            shown = [one.dossier for one in Shares(connection).with_person(actor.person) if one.dossier not in known]
            dossiers = Dossiers(connection).many(shown)
            return tuple(
                SharedDraft(name, dossiers[name].title)
                for name in shown
                if name in dossiers
                and dossiers[name].withdrawn is None
                and any(
                    one.referentiel_id == cohort.referentiel_id for one in PreReadRecords(connection).of_dossier(name)
                )
            )

    def join(self, actor: Actor, cohort_id: str, dossier: str) -> None:
        """Puts a shared draft in. Raises AccessDenied when it is not shared with the actor."""
        with self._installation.writing() as connection:
            cohort = self._own(connection, actor, cohort_id)
            if not any(one.dossier == dossier for one in Shares(connection).with_person(actor.person)):
                raise AccessDenied("Ce brouillon n’est pas partagé avec vous.")
            Records(connection).join(cohort.id, dossier)
            audited(connection, actor, "cohort dossier", cohort.id, dossier=dossier, there=True)

    def leave(self, actor: Actor, cohort_id: str, dossier: str) -> None:
        """Takes a dossier out of the cohort."""
        with self._installation.writing() as connection:
            Records(connection).leave(self._own(connection, actor, cohort_id).id, dossier)
            audited(connection, actor, "cohort dossier", cohort_id, dossier=dossier, there=False)

    def view(self, actor: Actor, cohort_id: str) -> CohortView:
        """The whole cohort; that it was opened is written down once an hour. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            loaded = self._installation.referentiel(connection, cohort.referentiel_sha256)
            seen = self._seen(connection, actor, cohort)
            known = viewed_lately(connection, actor, cohort_id)
        if not known:
            with self._installation.writing() as connection:
                audited(connection, actor, "view", cohort_id, dossiers=[one.member.dossier for one in seen])
        latest = self._counted(loaded, cohort, seen, last=True)
        grown = any(len(one.versions) > 1 for one in seen)
        first = self._counted(loaded, cohort, seen, last=False) if grown else None
        rows = tuple(
            CohortRow(
                one.member.number, one.member.dossier, one.title, max(1, len(one.versions)),
                one.versions[-1].id if one.versions else None, one.shared,
                {state.id: state.state for state in row.criteria},
                one.reading, one.latest.id if one.latest else None, one.reason,
            )
            for one, row in zip(seen, latest.report.dossiers, strict=True)
        )  # fmt: skip
        return CohortView(
            cohort.id,
            cohort.title,
            loaded.content.shown_title,
            latest.mode,
            rows,
            lines_of(loaded, cohort, latest, first),
        )

    def progress(self, actor: Actor, cohort_id: str) -> CohortProgress:
        """How far the readings are: few statements, nothing counted anew. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            seen = self._seen(connection, actor, self._own(connection, actor, cohort_id))
        return progress_of([one.reading for one in seen])

    def passages(
        self, actor: Actor, cohort_id: str, criterion: str, number: int | None = None
    ) -> tuple[FoundPassage, ...]:
        """The passages for a criterion of the dossiers that have some; those of one dossier where its number is given."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            loaded = self._installation.referentiel(connection, cohort.referentiel_sha256)
            everyone = self._seen(connection, actor, cohort)
        rows = self._counted(loaded, cohort, everyone, last=True).report.dossiers
        seen = [
            one
            for one, row in zip(everyone, rows, strict=True)
            if one.versions
            and number in {None, one.member.number}
            and any(cell.id == criterion and cell.state in {"found", "partial"} for cell in row.criteria)
        ]
        coverages = coverages_of(self._installation, [one.versions[-1] for one in seen])
        return tuple(
            FoundPassage(
                one.member.number, one.member.dossier, one.versions[-1].id, passage.id, passage.page, passage.text
            )
            for one in seen
            for part in (coverages[one.versions[-1].id].criteria if one.versions[-1].id in coverages else ())
            if part.id == criterion
            for passage in part.passages
        )

    def visible(self, actor: Actor, cohort_id: str) -> tuple[CohortRecord, LoadedReferentiel, Mapping[str, int]]:
        """The cohort, its référentiel, and the dossiers that may be seen now, with their numbers."""
        with self._installation.reading() as connection:
            cohort = self._own(connection, actor, cohort_id)
            loaded = self._installation.referentiel(connection, cohort.referentiel_sha256)
            seen = self._seen(connection, actor, cohort)
        return cohort, loaded, {one.member.dossier: one.member.number for one in seen}

    def _own(self, connection: Connection, actor: Actor, cohort_id: str) -> CohortRecord:
        cohort = Records(connection).get(cohort_id)
        if cohort is None:
            raise NotFound("Cette promotion n’est pas dans cette installation\u00a0: vérifiez son adresse.")
        allow(actor, "keep cohorts", own(cohort.owner))
        return cohort

    def _seen(self, connection: Connection, actor: Actor, cohort: CohortRecord) -> Sequence[_Seen]:
        """The members that the actor may see now, by number. Few statements, however many there are."""
        members = Records(connection).members(cohort.id)
        names = [one.dossier for one in members]
        dossiers = Dossiers(connection).many(names)
        handed_in = dossiers_in_sessions(connection, names)
        shares = Shares(connection).of_dossiers(names)
        prereads = PreReadRecords(connection).of_dossiers(names)
        found = []
        for member in members:
            dossier = dossiers.get(member.dossier)
            if dossier is None or dossier.withdrawn is not None or member.dossier in handed_in:
                continue
            shown = frozenset(one.person for one in shares.get(member.dossier, ()))
            if not allowed(actor, "read the dossier", own(dossier.owner, shown)):
                continue
            line = [
                one
                for one in prereads.get(member.dossier, ())
                if one.owner == dossier.owner and one.referentiel_id == cohort.referentiel_id
            ]
            read = [one for one in line if one.status in FINISHED]
            latest = line[0] if line else None
            found.append(_Seen(member, dossier, dossier.owner != actor.person, _versions(read), latest))
        return found

    def _counted(
        self, loaded: LoadedReferentiel, cohort: CohortRecord, seen: Sequence[_Seen], *, last: bool
    ) -> Counted:
        read = [one.versions[-1 if last else 0] if one.versions else None for one in seen]

        def count() -> Counted:
            coverages = coverages_of(self._installation, [one for one in read if one is not None])
            members = [
                Member(str(one.member.number), coverages.get(record.id) if record else None)
                for one, record in zip(seen, read, strict=True)
            ]
            return counted(members, tuple(loaded.content.criteria(cohort.blocs)))

        # A finished pre-read never changes: the same ones in the same order are the same counts.
        same = (cohort.id, *(one.id if one else None for one in read))
        made = self._counts.of(same, count)
        assert made is not None
        return made


def _versions(line: Sequence[PreReadRecord]) -> tuple[PreReadRecord, ...]:
    """The readings of one dossier, the first first. A partial one that was asked again is the same version, read again."""
    found: list[PreReadRecord] = []
    for record in reversed(line):
        again = found and record.supersedes == found[-1].id and found[-1].status == "partial"
        if again:
            found.pop()
        found.append(record)
    return tuple(found)
