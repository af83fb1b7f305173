"""`compare` and its page: two pre-reads one may read, side by side."""

from assistant.access.actor import Actor
from assistant.application.coverages import coverages_of
from assistant.application.installation import Installation
from assistant.application.place import allow_preread
from assistant.application.versions import Compared, Version, side_by_side
from assistant.comparison_report import ComparisonReport
from assistant.errors import InvalidInput, NotFound


class Comparisons:
    """Versions of a dossier."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def compare(self, actor: Actor, before: str, after: str) -> ComparisonReport:
        """Two finished pre-reads of the same référentiel. Raises NotFound, AccessDenied and InvalidInput."""
        return self.side_by_side(actor, before, after).report

    def side_by_side(self, actor: Actor, before: str, after: str) -> Compared:
        """The same, with what a person reads first."""
        with self._installation.reading() as connection:
            records = [allow_preread(connection, actor, "read the dossier", name) for name in (before, after)]
            loaded = [self._installation.loaded(connection, record) for record in records]
        old, new = loaded
        if old is None or new is None:
            raise NotFound("Une des deux versions n’est pas encore lue\u00a0: réessayez dans un instant.")
        if old.preread.referentiel.id != new.preread.referentiel.id:
            raise InvalidInput(
                "Ces deux versions ne sont pas lues avec le même référentiel\u00a0: choisissez-en d’autres."
            )
        known = coverages_of(self._installation, records)
        return side_by_side(
            Version(old.preread, old.dossier, known.get(before)), Version(new.preread, new.dossier, known.get(after))
        )
