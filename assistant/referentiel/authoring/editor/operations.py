"""What a person can do to a draft. Each operation is a value: kept in the history, applied by `applying`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import InvalidInput

Kind = Literal["bloc", "activity", "competence", "criterion", "requirement", "modality", "deliverable"]
RuleKind = Literal["jury_rules", "prerequisites", "notes"]


class Operation(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Correct(Operation):
    """Another value for one field of one thing; `kind` None is the référentiel itself. Null takes an optional field away."""

    do: Literal["correct"] = "correct"
    kind: Kind | None = None
    id: str = ""
    field: str
    value: str | float | list[str] | None = None


class Rename(Operation):
    """Another id; whatever refers to it follows."""

    do: Literal["rename"] = "rename"
    kind: Kind
    id: str
    new: str


class Add(Operation):
    """A new thing under `parent` (the référentiel itself for a bloc), after `after` or at the end."""

    do: Literal["add"] = "add"
    kind: Kind
    parent: str = ""
    after: str | None = None
    text: str = ""


class Remove(Operation):
    do: Literal["remove"] = "remove"
    kind: Kind
    id: str


class Move(Operation):
    """To `parent` (its own where empty), before `before` or to the end. A criterion's parent may be a competence."""

    do: Literal["move"] = "move"
    kind: Kind
    id: str
    parent: str = ""
    before: str | None = None


class Split(Operation):
    """One criterion (or requirement, competence, deliverable) into two, at a place of its text (characters from 0)."""

    do: Literal["split"] = "split"
    kind: Kind
    id: str
    at: int


class Merge(Operation):
    """What comes after is joined to it: texts one after the other, what belongs to either belongs to both."""

    do: Literal["merge"] = "merge"
    kind: Kind
    id: str


class Indent(Operation):
    """A criterion becomes the last indicator of the one before it."""

    do: Literal["indent"] = "indent"
    id: str


class Outdent(Operation):
    """An indicator (counted from 0) becomes a criterion of its own, after its criterion."""

    do: Literal["outdent"] = "outdent"
    id: str
    indicator: int


class Assess(Operation):
    """Several criteria are assessed by these means, instead of by what was written of them."""

    do: Literal["assess"] = "assess"
    ids: list[str] = Field(min_length=1)
    by: list[str]


class Rules(Operation):
    """The whole list of jury rules, prerequisites or notes, as it is to be."""

    do: Literal["rules"] = "rules"
    kind: RuleKind
    texts: list[str]


AnyOperation = Annotated[
    Correct | Rename | Add | Remove | Move | Split | Merge | Indent | Outdent | Assess | Rules,
    Field(discriminator="do"),
]
_ANY: TypeAdapter[AnyOperation] = TypeAdapter(AnyOperation)


def operation_of(raw: object) -> AnyOperation:
    """An operation as it was sent or kept. Raises InvalidInput."""
    try:
        return _ANY.validate_python(raw)
    except ValidationError as error:
        raise InvalidInput("Cette modification n’est pas comprise\u00a0: rechargez la page.") from error
