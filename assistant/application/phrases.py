"""A juror's own phrases, kept for the next dossiers of the same référentiel."""

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.application.acts import fresh_item
from assistant.application.auditing import audited
from assistant.application.desk import PhraseView
from assistant.application.installation import Installation
from assistant.errors import InvalidInput
from assistant.review.values import LONGEST
from assistant.store.journal import Journal, Key


def bank(referentiel_id: str) -> str:
    """Where the phrases of a référentiel are kept."""
    return f"phrases-{referentiel_id}"


def phrases_of(connection: Connection, person: str, referentiel_id: str) -> tuple[PhraseView, ...]:
    """One person's phrases for all criteria of a référentiel, oldest first."""
    rows = Journal(connection).current(bank(referentiel_id), person)
    kept = [(one.key, one.value) for one in rows if one.key.kind == "phrase" and one.value]
    return tuple(
        PhraseView(id=key.item, criterion=key.criterion, text=str(value["text"]))
        for key, value in sorted(kept, key=lambda pair: pair[0].item)
    )


class Phrases:
    """Each person's own bank."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def list(self, actor: Actor, referentiel_id: str, criterion: str) -> tuple[PhraseView, ...]:
        """The actor's phrases for a criterion, oldest first."""
        self._installation.let(actor, "keep phrases")
        with self._installation.reading() as connection:
            every = phrases_of(connection, actor.person, referentiel_id)
        return tuple(one for one in every if one.criterion == criterion)

    def keep(self, actor: Actor, referentiel_id: str, criterion: str, phrase: str) -> None:
        """Adds a phrase; one that is there already is not added again. Raises InvalidInput for one without measure."""
        self._installation.let(actor, "keep phrases")
        text = phrase.strip()
        if len(text) > LONGEST:
            raise InvalidInput("Cette phrase est trop longue pour être gardée.")
        if not text:
            return
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(bank(referentiel_id))
            every = phrases_of(connection, actor.person, referentiel_id)
            if any(one.criterion == criterion and one.text == text for one in every):
                return
            made = journal.record(_key(actor, referentiel_id, criterion, fresh_item()), {"text": text}, 0)
            audited(connection, actor, "phrase", bank(referentiel_id), revision=made)

    def forget(self, actor: Actor, referentiel_id: str, criterion: str, phrase_id: str) -> None:
        """Takes a phrase out of the bank."""
        self._installation.let(actor, "keep phrases")
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(bank(referentiel_id))
            key = _key(actor, referentiel_id, criterion, phrase_id)
            known = journal.latest(key)
            if known is not None and known.value is not None:
                made = journal.record(key, None, known.version)
                audited(connection, actor, "phrase", bank(referentiel_id), revision=made)


def _key(actor: Actor, referentiel_id: str, criterion: str, item: str) -> Key:
    return Key(bank(referentiel_id), actor.person, criterion, "phrase", item)
