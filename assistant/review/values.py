"""What people write, one type per kind. A journal row holds one of these values as JSON, or null where it was taken back.

An event from outside carries only what a person states; what the program knows (a quotation, the words of an adopted
item) is looked up and added by the application before the value is kept.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InvalidInput

Kind = Literal[
    "note", "motivation", "decision", "choice", "draft", "own_text", "own_evidence", "read", "drafts_asked",
    "drafts_ignored", "lock", "unlock", "link", "agreed", "consent", "phrase",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
ItemKind = Literal["observation", "gap", "question"]
Verdict = Literal["adopted", "edited", "rejected"]
Level = Literal["acquis", "non_acquis"]
Link = Literal["none", "trainer", "relation"]
Source = Literal["text", "ocr"]
LONGEST = 100_000
"""Characters of one text: half of what the journal takes, which writes some of them as two."""
OWN_DRAFT = "own"
"""The item of the draft in which a text of one's own is being written; other drafts bear the id of the edited item."""
JURY = "jury"
"""The author of what is written together."""


class Value(BaseModel):
    """Strict and frozen: an unknown key is an error, nothing changes once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Value):
    """A note, a motivation, a text being edited, a phrase: saved as typed; "" is a text like others."""

    text: str = Field(max_length=LONGEST)


class DecisionValue(Value):
    """One of points, level or free text, as the référentiel's scale says; all empty when taken back."""

    points: float | None = None
    level: Level | None = None
    text: str = Field("", max_length=LONGEST)


class ChoiceValue(Value):
    """What was done with a drafted item; `text` is the juror's when they edited it.

    `said`, `of` and `pages` (1-based) are the item's own words, kind and pages at that moment, added by the program:
    a later reading of the dossier may not draft it again, and what was taken over stays.
    """

    verdict: Verdict
    text: str = Field("", max_length=LONGEST)
    said: str = ""
    of: ItemKind | None = None
    pages: tuple[int, ...] = ()


class OwnTextValue(Value):
    """A statement, gap or question of the juror's own, with pages (1-based) and sentences it refers to."""

    kind: ItemKind
    text: str = Field(max_length=LONGEST)
    pages: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()


class OwnEvidenceValue(Value):
    """A passage the juror chose: sentences of the dossier by id, or a page alone (1-based).

    `quote` and `source` are the dossier's own words, added by the program, never by the caller.
    """

    page: int
    sentences: tuple[str, ...] = ()
    quote: str = ""
    source: Source = "text"


class Said(Value):
    """A yes or no: criterion read, drafts asked for, drafts ignored."""

    value: bool


class LockValue(Value):
    """The reading is finished; `head` is the hash of the journal's last row before it, as it stood."""

    head: str = ""


class UnlockValue(Value):
    """An organiser opened a locked reading again, or took back what the jury had decided: then `revoked` has the version
    of each decision taken back, by criterion; 0 for one that was taken back before and is still to be made anew."""

    reason: str = Field(min_length=1, max_length=2_000)
    revoked: dict[str, int] = Field(default_factory=dict)


class LinkValue(Value):
    """What a juror declared about the candidate."""

    link: Link


class AgreedValue(Value):
    """The jury's text and decision on a criterion; `items` the drafted and own items and passages that stand in
    its grid; None where the jury chose none one by one."""

    text: str = Field("", max_length=LONGEST)
    decision: DecisionValue = DecisionValue()
    items: tuple[str, ...] | None = None
    by: str = ""


class ConsentValue(Value):
    """Consent to one version of what the jury agreed on."""

    version: int = Field(ge=1)


TYPES: Mapping[Kind, type[Value]] = {
    "note": Text,
    "motivation": Text,
    "draft": Text,
    "phrase": Text,
    "decision": DecisionValue,
    "choice": ChoiceValue,
    "own_text": OwnTextValue,
    "own_evidence": OwnEvidenceValue,
    "read": Said,
    "drafts_ignored": Said,
    "drafts_asked": Said,
    "lock": LockValue,
    "unlock": UnlockValue,
    "link": LinkValue,
    "agreed": AgreedValue,
    "consent": ConsentValue,
}
"""Every kind has exactly one type."""


def value_of(kind: Kind, raw: Mapping[str, Any] | None) -> Value | None:
    """The typed value of a kind; None where it was taken back. Raises InvalidInput for anything else."""
    if raw is None:
        return None
    try:
        return TYPES[kind].model_validate(_whole(raw))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "string_too_long":
            raise InvalidInput(
                "Ce texte est trop long pour être enregistré\u00a0: répartissez-le sur plusieurs critères."
            ) from error
        raise InvalidInput(
            "Cette saisie n’a pas la forme attendue\u00a0: rechargez la page, puis réessayez."
        ) from error


def _whole(raw: Any) -> Any:
    """Texts without half characters, which no database and no file can hold: each becomes a replacement sign."""
    if isinstance(raw, str):
        return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(raw, Mapping):
        return {key: _whole(value) for key, value in raw.items()}
    return [_whole(one) for one in raw] if isinstance(raw, list | tuple) else raw


def raw_of(value: Value | None) -> dict[str, Any] | None:
    """As the journal keeps it."""
    return None if value is None else value.model_dump(mode="json")
