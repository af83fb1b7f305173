"""What a drafter is given for one criterion, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.dossier.model import Dossier, Sentence
from assistant.errors import PrelectureError
from assistant.matching.match import CriterionMatch
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Gap, RequirementState, Statement, Tokens

NO_TOKENS = Tokens()
Relation = Literal["supports", "admits", "contradicts", "mentions"]
"""supports: answers the requirement, in part at least; admits: says that the thing is missing, postponed or announced;
contradicts: gives another figure or fact than another passage; mentions: speaks of it in passing."""


@dataclass(frozen=True, slots=True)
class RequirementFinding:
    """The state of one requirement after the search, with its sentences (ids, best first).

    `text` is the criterion's own fragment, `name` what the requirement is called before people.
    """

    id: str
    text: str
    name: str
    state: RequirementState
    sentences: tuple[str, ...]
    nearest: tuple[str, ...]
    min_count: int | None = None
    unit: str | None = None
    against: tuple[str, ...] = ()
    admits: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Sentences by their relation, where a full reading took place."""


@dataclass(frozen=True, slots=True)
class Task:
    """One criterion to draft for, with what the search found."""

    criterion: Criterion
    match: CriterionMatch
    findings: tuple[RequirementFinding, ...]
    sentences: Mapping[str, Sentence]
    pages_read: int
    pages_unread: tuple[int, ...]
    pages_partial: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was drafted for one criterion.

    `refuted`: requirements said to lack something that the sentences found for them, looked at again, do say.
    `failure` is a French sentence when drafting did not succeed, `unchecked` one when the check did not.
    """

    observation: tuple[Statement, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Statement, ...] = ()
    dropped_citations: int = 0
    withheld: int = 0
    refuted: tuple[str, ...] = ()
    failure: str | None = None
    unchecked: str | None = None


@dataclass(frozen=True, slots=True)
class Drafting:
    """Drafts in the order of the tasks, and what they cost."""

    drafts: tuple[Draft, ...]
    calls: int = 0
    tokens: Tokens = NO_TOKENS
    prompts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class OpposedPair:
    """Two sentences (ids) that may contradict each other: another number for the same thing, or facts that exclude each
    other."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Choice:
    """For each task, in order, the sentences (ids) to show unfolded, best first, and the `contrary` ones that a reader of all
    finds named, if any reader did; `reasons` where a choice failed."""

    shown: tuple[tuple[str, ...], ...]
    calls: int = 0
    tokens: Tokens = NO_TOKENS
    reasons: tuple[str, ...] = ()
    contrary: tuple[tuple[OpposedPair, ...], ...] = ()

    def contrary_of(self, place: int) -> tuple[OpposedPair, ...]:
        """The pairs of one task, by its place."""
        return self.contrary[place] if self.contrary else ()


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """A full reading's find: this sentence bears on this requirement."""

    sentence: str
    requirement: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class FullReading:
    """What a full reading found, and the pages of the windows that failed: no gap may rest on those.

    `took_place`: every passage was sent to a model and at least one window came back; without it states rest on the
    ranking alone. `kept_home`: sentences (ids) that were not sent, as the settings say.
    """

    took_place: bool = False
    finds: tuple[SentenceLink, ...] = ()
    failed_pages: tuple[int, ...] = ()
    kept_home: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    calls: int = 0
    tokens: Tokens = NO_TOKENS


class Drafter(Protocol):
    """The seam between the pipeline and whoever writes: the extractive drafter or a language model."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """What of this drafter changes a result."""
        ...

    @property
    def checks_support(self) -> bool:
        """Whether statements are checked against their citations by a second call."""
        ...

    @property
    def gave_up(self) -> PrelectureError | None:
        """Why something is missing that may come another time: whoever is asked did not answer. None where all answered."""
        ...

    def get_ready(self) -> None:
        """Loads what reading will need, while a dossier is not there yet; what is missing is told when it is needed."""
        ...

    def read(self, dossier: Dossier, criteria: Sequence[Criterion], progress: Progress) -> FullReading:
        """Shows every passage once to the drafter; the extractive one has nothing to add to the ranking."""
        ...

    def choose(self, dossier: Dossier, tasks: Sequence[Task], progress: Progress) -> Choice:
        """Among everything found for a criterion, what a juror would underline."""
        ...

    def draft(self, dossier: Dossier, tasks: Sequence[Task], choice: Choice, progress: Progress) -> Drafting:
        """One draft per task, in order; a failure of one is in its draft, the others are unaffected."""
        ...
