"""What a person wrote about a file outside any session, found again when the same file is read in one."""

from collections.abc import Mapping

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import allow, allowed
from assistant.application.desk import CriterionWorkView
from assistant.application.desk_view import work_view
from assistant.application.installation import Installation
from assistant.application.place import ReviewPlace, own_review, place_of
from assistant.application.reviews import quoted
from assistant.errors import NotFound
from assistant.store.dossiers import Dossiers
from assistant.store.prereads import PreReadRecord, PreReads


class Outside:
    """Offers it; taking it over is an act at the desk like any other."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def written(self, actor: Actor, review_id: str) -> Mapping[str, CriterionWorkView]:
        """By criterion, what the actor wrote outside about a file of this review; empty where there is nothing.

        Only for whoever may write here, and only their own. Raises NotFound and AccessDenied.
        """
        with self._installation.reading() as connection:
            place = place_of(connection, review_id)
            allow(actor, "read own work", place.access)
            if place.candidacy is None or place.preread is None or not allowed(actor, "write own work", place.access):
                return {}
            files = _files(connection, place.preread)
            for record in PreReads(connection).of_owner(actor.person):
                if record.referentiel_id != place.preread.referentiel_id or not files & _files(connection, record):
                    continue
                found = self._work(connection, actor, record)
                if found:
                    return found
        return {}

    def _work(self, connection: Connection, actor: Actor, record: PreReadRecord) -> dict[str, CriterionWorkView]:
        other = _own_place(connection, record)
        loaded = self._installation.loaded(connection, other.preread) if other and other.preread else None
        if other is None or loaded is None:
            return {}
        work = quoted(other.work(actor.person), loaded.dossier)
        return {
            part.id: work_view(work.on(part.id), part) for part in loaded.preread.criteria if part.id in work.criteria
        }


def _own_place(connection: Connection, record: PreReadRecord) -> ReviewPlace | None:
    try:
        return place_of(connection, own_review(record.id))
    except NotFound:
        return None  # Handed in for a session: read there.


def _files(connection: Connection, record: PreReadRecord) -> frozenset[str]:
    dossier = Dossiers(connection).get(record.dossier)
    return frozenset(file.sha256 for file in dossier.files) if dossier else frozenset()
