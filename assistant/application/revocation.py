"""An organiser takes back what a jury decided: the row that says so, and which decisions are still to be made anew."""

from collections.abc import Mapping

from assistant.application.place import REVOCATION, ReviewPlace
from assistant.review.harmony import Agreed
from assistant.store.journal import Revision


def latest_revocation(place: ReviewPlace) -> Revision | None:
    """The last time that an organiser took back what the jury had decided."""
    found = [one for one in place.revisions if one.key.kind == "unlock" and one.key.item == REVOCATION and one.value]
    return max(found, key=lambda one: one.position, default=None)


def still_to_decide(took_back: Revision | None, agreed: Mapping[str, Agreed]) -> frozenset[str]:
    """The criteria whose decision was taken back and is still empty, whatever was written of their text since.

    A row written before it named its criteria is taken to be about all of which the jury had a text.
    """
    if took_back is None or took_back.value is None:
        return frozenset()
    revoked = took_back.value.get("revoked") or agreed
    return frozenset(name for name in revoked if name not in agreed or agreed[name].decision.empty)
