"""What the model may answer: closed schemas without any field for a mark, a level or a verdict."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Unknown keys are an error."""

    model_config = ConfigDict(extra="forbid")


class Pair(Answer):
    """A sentence that bears on a requirement."""

    sentence: str
    requirement: str
    relation: Literal["supports", "admits", "contradicts", "mentions"]


class ReadingAnswer(Answer):
    """Every pair of one window."""

    finds: list[Pair]


class Contradiction(Answer):
    """Two sentences that cannot both be true."""

    first: str
    second: str


class CriterionChoice(Answer):
    """The sentences a juror would underline for one criterion, best first, and those that contradict each other."""

    criterion: str
    sentences: list[str]
    contradictions: list[Contradiction] = Field(default_factory=list)


class ChoiceAnswer(Answer):
    """The choices for the criteria sent together."""

    criteria: list[CriterionChoice]


class DraftedStatement(Answer):
    """A drafted statement or question with the sentences it rests on."""

    text: str
    citations: list[str]


class DraftedGap(Answer):
    """What was looked for under a requirement and not found; `citations` name sentences that admit it, if any."""

    requirement: str
    text: str
    citations: list[str]


class CriterionDraft(Answer):
    """The draft of one criterion."""

    criterion: str
    observation: list[DraftedStatement]
    gaps: list[DraftedGap]
    questions: list[DraftedStatement]


class DraftAnswer(Answer):
    """The drafts of the criteria sent together."""

    criteria: list[CriterionDraft]


class Support(Answer):
    """Whether the cited sentences say what statement `statement` says."""

    statement: int
    supported: Literal["yes", "partly", "no"]


class SupportAnswer(Answer):
    """One verdict per statement: on the citation, never on the candidate."""

    statements: list[Support]


class Rewrite(Answer):
    """A statement written anew; empty when nothing of it is left."""

    statement: int
    text: str


class RewriteAnswer(Answer):
    """Only the statements that were at fault."""

    statements: list[Rewrite]


class ClueSet(Answer):
    """A requirement of a new référentiel with what a candidate would write."""

    requirement: str
    clues: list[str] = Field(min_length=1)


class CluesAnswer(Answer):
    """Requirements and clues of one criterion."""

    requirements: list[ClueSet]


SCHEMAS: dict[str, type[Answer]] = {
    "reading": ReadingAnswer,
    "choice": ChoiceAnswer,
    "draft": DraftAnswer,
    "support": SupportAnswer,
    "rewrite": RewriteAnswer,
    "clues": CluesAnswer,
}
