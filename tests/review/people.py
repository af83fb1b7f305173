"""A jury for the tests: two jurors, a third reader, the candidate's trainer, an organiser and an administrator."""

from dataclasses import dataclass

from sqlalchemy import Engine

from assistant.access.actor import Actor
from assistant.access.matrix import Link
from assistant.referentiel.model import Criterion
from assistant.review.harmony import Harmony
from assistant.review.ledger import Ledger
from assistant.review.office import Office
from assistant.review.sessions import Session

POINTS = Criterion(id="C1", text="Le candidat relève des points de friction.", points=2.0)
FREE = Criterion(id="C2", text="Le candidat présente ses choix.")


@dataclass(frozen=True)
class House:
    """One installation with its people and one session."""

    office: Office
    harmony: Harmony
    ledger: Ledger
    anne: Actor
    bruno: Actor
    chloe: Actor
    trainer: Actor
    organiser: Actor
    administrator: Actor
    session: Session

    def candidate(self, number: str = "0417", run: str = "run", trained: bool = True) -> str:
        """A candidate of the session whom nobody reads yet."""
        trainer = self.trainer.person if trained else ""
        return self.office.add_candidate(self.organiser, self.session, number, run, "dossier.pdf", trainer).id

    def seat(self, space: str, *jurors: Actor, link: Link = "none", first: int = 1) -> str:
        """Gives the dossier to these jurors, who declare `link`."""
        for part, juror in enumerate(jurors, start=first):
            self.office.assign(self.organiser, space, juror.person, part)
            if link:
                self.office.declare(juror, space, link)
        return space

    def jury(self, number: str = "0417") -> str:
        """A candidate read by Anne and Bruno, who declared no link."""
        return self.seat(self.candidate(number), self.anne, self.bruno)

    def lock(self, space: str, *jurors: Actor) -> str:
        for juror in jurors:
            self.office.lock(juror, space)
        return space


def house(engine: Engine) -> House:
    office = Office(engine)
    organiser = office.join("Odile", "organiser")
    return House(
        office,
        Harmony(engine),
        Ledger(engine),
        office.join("Anne", "juror"),
        office.join("Bruno", "juror"),
        office.join("Chloé", "juror"),
        office.join("Théo", "juror"),
        organiser,
        office.join("Agathe", "administrator"),
        office.found(organiser, "Juin", None, "cycle-client-ia", ("B0",), blind_first=False),
    )
