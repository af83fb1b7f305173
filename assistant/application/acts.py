"""What one act at a desk must hold before it is kept; what the program knows is looked up here, never taken on trust."""

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.access.matrix import Act
from assistant.application.desk import Event
from assistant.application.installation import LoadedPreRead
from assistant.application.place import ReviewPlace
from assistant.dossier.model import Sentence
from assistant.errors import AccessDenied, EditConflict, InvalidInput
from assistant.referentiel.model import Criterion
from assistant.review.decision import checked, decision_of
from assistant.review.decision import kept as as_kept
from assistant.review.harmony import decides
from assistant.review.items import Item, items_of
from assistant.review.values import (
    JURY,
    OWN_DRAFT,
    AgreedValue,
    ChoiceValue,
    ConsentValue,
    DecisionValue,
    Kind,
    OwnEvidenceValue,
    OwnTextValue,
    Value,
    value_of,
)

ACTS: Mapping[Kind, Act] = {
    "note": "write own work",
    "motivation": "write own work",
    "decision": "write own work",
    "choice": "write own work",
    "draft": "write own work",
    "own_text": "write own work",
    "own_evidence": "write own work",
    "read": "write own work",
    "drafts_asked": "write own work",
    "drafts_ignored": "write own work",
    "lock": "lock",
    "agreed": "agree",
    "consent": "agree",
}
"""What may be sent as an event, and the act it is. Declarations, unlocking and phrases have use cases of their own."""
OF_THE_WHOLE: frozenset[Kind] = frozenset({"lock", "drafts_ignored"})
OWN_ITEM = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Here:
    """An act with what it is about: the review as it stands, and the finished pre-read with its dossier."""

    place: ReviewPlace
    loaded: LoadedPreRead
    person: str
    event: Event

    @property
    def criterion(self) -> Criterion:
        """Raises InvalidInput for a criterion that this pre-read does not hold."""
        known = {part.id for part in self.loaded.preread.criteria}
        found = next(
            (one for one in self.loaded.referentiel.content.criteria() if one.id == self.event.criterion), None
        )
        if found is None or found.id not in known:
            raise InvalidInput("Ce critère n’est pas dans cette lecture\u00a0: rechargez la page.")
        return found

    def items(self) -> dict[str, Item]:
        """The drafted items of the criterion."""
        part = next(one for one in self.loaded.preread.criteria if one.id == self.event.criterion)
        return {item.id: item for item in items_of(part)}

    def sentences(self, ids: tuple[str, ...]) -> list[Sentence]:
        """Raises InvalidInput for a sentence that the dossier does not hold or that is not its author's."""
        known = {one.id: one for one in self.loaded.dossier.sentences if one.role == "body"}
        if any(name not in known for name in ids):
            raise InvalidInput("Cette phrase n’est pas dans le dossier\u00a0: rechargez la page.")
        return [known[name] for name in dict.fromkeys(ids)]

    def check_pages(self, pages: tuple[int, ...]) -> None:
        """Raises InvalidInput for a page beyond the dossier."""
        last = self.loaded.preread.dossier.pages
        if not all(1 <= page <= last for page in pages):
            raise InvalidInput(f"Donnez des numéros de page de ce dossier, de 1 à {last}.")


def fresh_item() -> str:
    """An id that sorts by the time it was made."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:6]}"


def act_of(kind: Kind) -> Act:
    """Raises AccessDenied for what is not written from a desk."""
    if kind not in ACTS:
        raise AccessDenied("Ceci ne s’écrit pas ainsi.")
    return ACTS[kind]


def checked_value(here: Here) -> Value | None:
    """The value to keep. Raises InvalidInput, DecisionRefused, or EditConflict for a consent to older words."""
    event = here.event
    if event.kind in OF_THE_WHOLE:
        if event.criterion or event.item:
            raise InvalidInput("Ceci concerne le dossier entier.")
    else:
        _ = here.criterion
    value = value_of(event.kind, event.value)
    check = CHECKS.get(event.kind)
    return check(here, value) if check and value is not None else value


def _decision(here: Here, value: Value) -> Value | None:
    assert isinstance(value, DecisionValue)
    if here.place.candidacy is None:
        raise InvalidInput("Hors session, rien ne se décide.")
    made = checked(decision_of(value), here.criterion, here.loaded.referentiel.content.scale)
    # As typed: a field that is being written in must find its own text again.
    return None if made.empty else value


def _choice(here: Here, value: Value) -> Value | None:
    assert isinstance(value, ChoiceValue)
    if value.verdict == "edited" and not value.text.strip():
        raise InvalidInput("Écrivez votre version, ou écartez cet élément.")
    item = here.items().get(here.event.item)
    before = here.place.latest(here.person, "choice", here.event.criterion, here.event.item)
    if item is not None:
        known = {"said": item.text, "of": item.kind, "pages": item.pages}
    elif before is not None and before.value is not None:
        known = {name: before.value[name] for name in ("said", "of", "pages") if name in before.value}
    else:
        raise InvalidInput("Cet élément n’est pas dans cette lecture\u00a0: rechargez la page.")
    text = value.text.strip() if value.verdict == "edited" else ""
    return ChoiceValue.model_validate({"verdict": value.verdict, "text": text, **known})


def _draft(here: Here, value: Value) -> Value | None:
    if here.event.item != OWN_DRAFT and here.event.item not in here.items():
        raise InvalidInput("Cet élément n’est pas dans cette lecture\u00a0: rechargez la page.")
    return value


def _own_text(here: Here, value: Value) -> Value | None:
    assert isinstance(value, OwnTextValue)
    _check_own(here)
    if not value.text.strip():
        raise InvalidInput("Écrivez d’abord un texte.")
    here.check_pages(value.pages)
    cited = here.sentences(value.sentences)
    pages = tuple(sorted({*value.pages, *(page for one in cited for page in one.pages)}))
    return value.model_copy(update={"text": value.text.strip(), "pages": pages})


def _own_evidence(here: Here, value: Value) -> Value | None:
    """The quote is the dossier's own: whatever the caller says of it is not heard."""
    assert isinstance(value, OwnEvidenceValue)
    _check_own(here)
    here.check_pages((value.page,))
    cited = here.sentences(value.sentences)
    if cited and value.page not in {page for one in cited for page in one.pages}:
        raise InvalidInput("Cette phrase n’est pas sur cette page\u00a0: rechargez la page.")
    return OwnEvidenceValue(
        page=value.page,
        sentences=tuple(one.id for one in cited),
        quote=" ".join(one.text for one in cited),
        source="ocr" if any(one.source == "ocr" for one in cited) else "text",
    )


def _check_own(here: Here) -> None:
    if not OWN_ITEM.fullmatch(here.event.item):
        raise InvalidInput("Cette saisie n’a pas la forme attendue\u00a0: rechargez la page.")


def _agreed(here: Here, value: Value) -> Value | None:
    assert isinstance(value, AgreedValue)
    decided = checked(decision_of(value.decision), here.criterion, here.loaded.referentiel.content.scale)
    return value.model_copy(update={"text": value.text.strip(), "decision": as_kept(decided), "by": here.person})


def _consent(here: Here, value: Value) -> Value | None:
    """Nobody consents to words that were changed, or are not written yet, nor to words without a decision."""
    assert isinstance(value, ConsentValue)
    proposed = here.place.latest(JURY, "agreed", here.event.criterion)
    if proposed is None or proposed.value is None or proposed.version != value.version:
        raise EditConflict("Ce texte a été modifié\u00a0: relisez-le avant d’y consentir.")
    if not decides(value_of("agreed", proposed.value)):
        raise InvalidInput(
            "Le jury n’a pas encore inscrit de décision\u00a0: on consent à une décision, pas au texte seul."
        )
    return value


CHECKS: Mapping[Kind, Callable[[Here, Value], Value | None]] = {
    "decision": _decision,
    "choice": _choice,
    "draft": _draft,
    "own_text": _own_text,
    "own_evidence": _own_evidence,
    "agreed": _agreed,
    "consent": _consent,
}
