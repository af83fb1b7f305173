"""The record as people read it: whether it is whole, and everything about one candidate in one file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.auditing import AuditAct, audited
from assistant.application.installation import Installation
from assistant.application.place import ReviewPlace, place_of
from assistant.errors import NotFound
from assistant.store.audit import Audit as Records
from assistant.store.audit import AuditEntry
from assistant.store.journal import Journal, Revision
from assistant.store.people import People
from assistant.store.prereads import PreReads
from assistant.store.sessions import Sessions
from assistant.store.verification import verify_everything

FORMAT = "prelecture-case/1"
SAID: dict[AuditAct, str] = {
    "sign in": "s’est connecté", "sign out": "s’est déconnecté", "sign-in ended": "session expirée",
    "person added": "a ajouté une personne", "role": "a donné un rôle", "session": "a créé la session",
    "session opened": "a ouvert la session (réglages figés)", "session changed": "a modifié la session",
    "session archived": "a archivé la session", "session deleted": "a supprimé la session",
    "organiser": "a ajouté un organisateur", "candidate": "a inscrit le candidat",
    "candidate changed": "a modifié la fiche du candidat", "upload": "a déposé des fichiers",
    "file replaced": "a remplacé un fichier", "withdrawn": "a retiré le dossier",
    "completeness": "a dit si le dossier est complet", "presence": "a noté une absence ou une excuse",
    "preread asked": "a demandé une prélecture", "preread": "prélecture terminée",
    "preread failed": "prélecture non aboutie", "view": "a ouvert le dossier", "seat": "a attribué le dossier à un juré",
    "unseat": "a libéré une place de juré", "link": "a déclaré un lien, ou son absence",
    "link corrected": "a rouvert une déclaration de lien", "accommodations": "a noté des aménagements",
    "write": "a écrit", "item": "a traité un élément de la prélecture", "decision": "a saisi sa décision",
    "lock": "a verrouillé sa lecture", "unlock": "a rouvert une lecture verrouillée",
    "agreement": "a proposé le texte du jury", "consent": "a consenti au texte du jury",
    "revocation": "a révoqué la décision du jury", "export": "a exporté un document", "share": "a partagé un dossier",
    "share ended": "ne partage plus un dossier", "cohort": "a créé une promotion", "cohort closed": "a fermé une promotion",
    "cohort dossier": "a mis un dossier dans une promotion, ou l’en a retiré",
    "example": "a choisi un exemple, ou l’a retiré", "phrase": "a gardé ou oublié une phrase à soi",
    "begin a référentiel": "a commencé un référentiel", "edit a référentiel": "a modifié un référentiel",
    "publish a référentiel": "a publié un référentiel", "withdraw a référentiel": "a retiré une version publiée",
    "discard a référentiel": "a supprimé le brouillon d’un référentiel",
    "map a grid": "a rattaché la grille du certificateur",
    "refusal": "s’est vu refuser un acte", "purge": "a effacé les données", "backup": "a sauvegardé",
    "restore": "a restauré", "case file": "a exporté le dossier de preuve",
    "database copied": "a copié la base de données", "files copied": "a copié les fichiers ailleurs",
    "queue": "a mis la file de lecture en pause, l’a reprise ou l’a arrêtée",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """The French sentences of what is broken, and the head of the audit, to keep elsewhere."""

    faults: tuple[str, ...]
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Line:
    """One act: when, who (their name while it is known), what in French, with its detail."""

    seq: int
    at: datetime
    who: str
    act: str
    said: str
    detail: dict[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Written:
    """One version of something a juror wrote; `value` None where it was taken back, or erased."""

    at: datetime
    who: str
    criterion: str
    kind: str
    item: str
    version: int
    value: dict[str, object] | None
    hash: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one candidate. `withheld`: readings are not shown before every juror has locked theirs."""

    number: str
    candidate: str
    company: str
    session: str
    held: str
    referentiel: str
    jury: tuple[str, ...]
    lines: tuple[Line, ...]
    written: tuple[Written, ...]
    withheld: bool
    whole: bool
    made: datetime
    referentiel_title: str = ""
    referentiel_version: str = ""
    people: dict[str, str] = field(default_factory=dict)
    """The names of those whom its lines mention by their id."""


class Audit:
    """The audit of one installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def verify(self, actor: Actor) -> Checked:
        """Reads every chain whole."""
        self._installation.let(actor, "maintain")
        with self._installation.reading() as connection:
            faults = verify_everything(connection)
            head = Records(connection).head()
        said = tuple(f"{one.scope or 'audit'}, ligne {one.position}\u00a0: {one.message}" for one in faults)
        return Checked(said, head.length, head.hash)

    def case_file(self, actor: Actor, candidacy_id: str) -> CaseFile:
        """Everything about a candidate, for whoever organises or maintains. Raises NotFound and AccessDenied."""
        with self._installation.writing() as connection:
            place = place_of(connection, candidacy_id)
            if actor.role != "administrator":
                allow(actor, "organise", place.access)
            made = self._made(connection, place)
            audited(connection, actor, "case file", candidacy_id)
        return made

    def candidacies(self, actor: Actor, session_id: str) -> tuple[str, ...]:
        """The candidates of a session. Raises NotFound."""
        self._installation.let(actor, "maintain")
        with self._installation.reading() as connection:
            if Sessions(connection).get(session_id) is None:
                raise NotFound("Cette session n’est pas dans cette installation.")
            return tuple(one.id for one in Sessions(connection).candidacies(session_id))

    def _made(self, connection: Connection, place: ReviewPlace) -> CaseFile:
        candidacy, session = place.candidacy, place.session
        if candidacy is None or session is None:
            raise NotFound("Ce dossier n’appartient à aucune session.")
        prereads = [one.id for one in PreReads(connection).of_dossier(candidacy.dossier)]
        entries = Records(connection).about([place.review_id, candidacy.dossier, session.id, *prereads])
        names = {one.id: one.name for one in People(connection).all()}
        open_now = not place.access.all_locked
        rows = () if open_now else tuple(_history(connection, place))
        referentiel = self._installation.referentiel(connection, session.referentiel_sha256).content
        jury = tuple(
            f"{names.get(seat.person, seat.person)} (place {seat.part}, "
            f"{'verrouillé' if seat.locked else 'lecture ouverte'})"
            for seat in place.access.seats
        )
        return CaseFile(
            candidacy.number, candidacy.name, candidacy.company, session.title,
            session.held.isoformat() if session.held else "", session.referentiel_sha256, jury,
            tuple(_line(one, names) for one in entries),
            tuple(_written(one, names) for one in rows),
            open_now,
            not verify_everything(connection),
            datetime.now(UTC),
            referentiel.shown_title,
            referentiel.version,
            _mentioned(entries, rows, names),
        )  # fmt: skip


def _history(connection: Connection, place: ReviewPlace) -> Iterator[Revision]:
    for one in place.revisions:
        yield from reversed(Journal(connection).history(one.key))


def _mentioned(entries: Sequence[AuditEntry], rows: Sequence[Revision], names: Mapping[str, str]) -> dict[str, str]:
    ids = {str(one.detail.get("person", "")) for one in entries}
    ids |= {one.key.item.removeprefix("link-") for one in rows if one.key.kind == "unlock"}
    ids |= {str(one.value.get("by", "")) for one in rows if one.key.kind == "agreed" and one.value}
    return {one: names[one] for one in sorted(ids) if one in names}


def _line(entry: AuditEntry, names: dict[str, str]) -> Line:
    said = SAID.get(entry.act, entry.act)  # type: ignore[call-overload]  # an act of an older version is its own word
    who = names.get(entry.actor, entry.actor)
    return Line(entry.seq, entry.at, who, entry.act, said, dict(entry.detail), entry.hash)


def _written(row: Revision, names: dict[str, str]) -> Written:
    key = row.key
    who = names.get(key.person, key.person)
    return Written(row.written, who, key.criterion, key.kind, key.item, row.version, row.value, row.hash)
