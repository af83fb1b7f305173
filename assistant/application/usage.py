"""What juries did with the drafts, per référentiel and drafter, for whoever organises: over locked readings only."""

from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.access.matrix import CandidacyAccess, allowed
from assistant.application.installation import Installation
from assistant.application.place import locked_in, typed
from assistant.errors import AccessDenied
from assistant.review.usage import Share as Share
from assistant.review.usage import TreatedItem, Usage, usage_of
from assistant.review.values import ChoiceValue
from assistant.store.journal import Journal, Revision
from assistant.store.prereads import PreReads
from assistant.store.sessions import CandidacyRecord, SessionRecord, Sessions


@dataclass(frozen=True, slots=True)
class UsageLine:
    """One référentiel (its title) and one drafter."""

    referentiel: str
    drafter: str
    usage: Usage


class UsageOfDrafts:
    """Never per candidate, never per juror, never before a reading is locked."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def lines(self, actor: Actor) -> tuple[UsageLine, ...]:
        """Over the sessions that the actor organises. Raises AccessDenied for whoever organises none."""
        with self._installation.reading() as connection:
            sessions = [one for one in Sessions(connection).all() if _organises(actor, one)]
            if not sessions:
                raise AccessDenied("Seul l’organisateur d’une session peut voir cela.")
            read: dict[str, tuple[SessionRecord, CandidacyRecord]] = {
                candidacy.id: (session, candidacy)
                for session in sessions
                for candidacy in Sessions(connection).candidacies(session.id)
                if candidacy.preread
            }
            rows = Journal(connection).current_of(list(read), ["choice", "lock"])
            records = PreReads(connection).many([one.preread for _, one in read.values() if one.preread])
            titles = {
                one.referentiel_sha256: self._installation.title(connection, one.referentiel_sha256, one.referentiel_id)
                for one in sessions
            }
        items: dict[tuple[str, str], list[TreatedItem]] = {}
        for review, (session, candidacy) in read.items():
            drafter = str(records[candidacy.preread or ""].settings.get("drafter") or "")
            treated = _treated(review, [one for one in rows if one.key.review == review])
            items.setdefault((titles[session.referentiel_sha256], drafter), []).extend(treated)
        return tuple(UsageLine(*key, usage_of(treated)) for key, treated in sorted(items.items()))


def _organises(actor: Actor, session: SessionRecord) -> bool:
    return allowed(actor, "organise", CandidacyAccess(organiser=session.created_by, in_session=True))


def _treated(dossier: str, rows: list[Revision]) -> list[TreatedItem]:
    locked = locked_in(rows)
    return [
        TreatedItem(dossier, one.value.of, one.value.verdict)
        for one in typed(rows)
        if one.person in locked and isinstance(one.value, ChoiceValue) and one.value.of is not None
    ]
