"""What stays of a purged candidate: what their jury agreed on, criterion by criterion, in words that name nobody."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from assistant.application.place import ReviewPlace
from assistant.review.harmony import agreed_of
from assistant.store.tables import KEPT_GRIDS

SHORTEST_NAME, SHORTEST_SENTENCE = 3, 15
WRITTEN = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+|(?:\+33|0)[1-9](?:[\s.-]?\d{2}){4}")
"""Addresses and telephone numbers."""


def without_people(text: str, names: Sequence[str], sentences: Sequence[str]) -> str:
    """A text without these names (whole words, any case), the sentences of the dossier, addresses and numbers."""
    for sentence in sorted(sentences, key=len, reverse=True):
        if len(sentence) >= SHORTEST_SENTENCE:
            text = text.replace(sentence, "[passage effacé]")
    for name in sorted({part for one in names for part in (one, *one.split())}, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[nom effacé]", text, flags=re.IGNORECASE)
    return WRITTEN.sub("[coordonnée effacée]", text)


def keep(connection: Connection, place: ReviewPlace, names: Sequence[str], sentences: Sequence[str]) -> None:
    """Keeps what was agreed. Nothing where nothing was: a candidate whom no jury decided on leaves the audit alone."""
    agreed = agreed_of(place.proposals, place.consents)
    if place.candidacy is None or place.session is None or not agreed:
        return
    criteria = {
        name: {
            "points": one.decision.points,
            "level": one.decision.level,
            "decision": without_people(one.decision.text, names, sentences),
            "text": without_people(one.text, names, sentences),
            "consents": list(one.consents),
        }
        for name, one in agreed.items()
    }
    made = {
        "number": place.candidacy.number,
        "session": without_people(place.session.title, names, sentences),
        "held": place.session.held.isoformat() if place.session.held else None,
        "referentiel": place.session.referentiel_sha256,
        "jury": [{"person": seat.person, "part": seat.part} for seat in place.access.seats],
        "criteria": criteria,
    }
    connection.execute(delete(KEPT_GRIDS).where(KEPT_GRIDS.c.candidacy == place.review_id))
    connection.execute(
        insert(KEPT_GRIDS).values(
            candidacy=place.review_id,
            session=place.session.id,
            payload=json.dumps(made, ensure_ascii=False, sort_keys=True),
            kept=datetime.now(UTC),
        )
    )


def kept(connection: Connection, session: str) -> tuple[dict[str, object], ...]:
    """The kept grids of a session."""
    query = select(KEPT_GRIDS.c.payload).where(KEPT_GRIDS.c.session == session).order_by(KEPT_GRIDS.c.candidacy)
    return tuple(json.loads(payload) for payload in connection.execute(query).scalars())
