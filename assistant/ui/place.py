"""Where a person is reading: the dossier, who reads it, for which session, and what they have done so far."""

from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.access.matrix import Standing, allowed
from assistant.referentiel.catalogue import LoadedReferentiel, load
from assistant.review.sessions import Candidacy, Session
from assistant.review.work import Work
from assistant.service import LoadedPreRead


@dataclass(frozen=True, slots=True)
class Place:
    """One person at one dossier. `session` and `candidacy` are None for a pre-read outside any session."""

    actor: Actor
    space: str
    dossier: LoadedPreRead
    work: Work
    standing: Standing
    session: Session | None = None
    candidacy: Candidacy | None = None

    @property
    def referentiel(self) -> LoadedReferentiel:
        return load(self.dossier.preread.referentiel.id)

    @property
    def may_write(self) -> bool:
        return allowed(self.actor, "write own work", self.standing)

    def shows_drafts(self, criterion: str) -> bool:
        """Whether what was drafted is shown: not when ignored, nor before an own note where one reads first."""
        if self.work.ignores_ai:
            return False
        if self.session is None or not self.session.blind_first:
            return True
        own = self.work.on(criterion)
        return own.asked_ai is not None or bool(own.note_text.strip())
