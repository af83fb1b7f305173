"""A juror's decision on one criterion, in the référentiel's own scale. Nothing here proposes, copies or completes one."""

from dataclasses import dataclass

from assistant.errors import DecisionRefused
from assistant.referentiel.model import Criterion, Scale
from assistant.review.values import DecisionValue, Level

LEVELS: dict[Level, str] = {"acquis": "Acquis", "non_acquis": "Non acquis"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One of points, level or free text, as the scale says; all empty until a juror fills it in."""

    points: float | None = None
    level: Level | None = None
    text: str = ""

    @property
    def empty(self) -> bool:
        return self.points is None and self.level is None and not self.text.strip()


def decision_of(value: DecisionValue | None) -> Decision:
    """A kept decision; an empty one where there is none. What was typed around the words does not count."""
    return Decision() if value is None else Decision(value.points, value.level, value.text.strip())


def kept(decision: Decision) -> DecisionValue:
    """As the journal keeps it."""
    return DecisionValue(points=decision.points, level=decision.level, text=decision.text)


def checked(decision: Decision, criterion: Criterion, scale: Scale) -> Decision:
    """The decision if the scale has room for it. Raises DecisionRefused."""
    if decision.empty:
        return Decision()
    if scale == "points" and criterion.points is not None:
        return _checked_points(decision, criterion.points)
    if scale == "acquis":
        if decision.level is None or decision.points is not None or decision.text:
            raise DecisionRefused("Ce référentiel se décide en «\u00a0Acquis\u00a0» ou «\u00a0Non acquis\u00a0».")
        return decision
    if decision.points is not None or decision.level is not None:
        raise DecisionRefused("Ce référentiel n’a pas de barème\u00a0: écrivez votre décision.")
    return decision


def _checked_points(decision: Decision, most: float) -> Decision:
    if decision.points is None or decision.level is not None or decision.text:
        raise DecisionRefused("Ce critère se décide en points.")
    if not 0 <= decision.points <= most:
        raise DecisionRefused(f"Donnez de 0 à {in_figures(most)}\u00a0points, le maximum imprimé.")
    return decision


def in_words(decision: Decision, criterion: Criterion) -> str:
    """As the grid prints it: "1,5 / 2", "Acquis", the free text, or "" while there is none."""
    if decision.points is not None:
        return f"{in_figures(decision.points)} / {in_figures(criterion.points or 0)}"
    return LEVELS[decision.level] if decision.level else decision.text.strip()


def in_figures(number: float) -> str:
    """A number as French writes it: "1,5"."""
    return f"{number:g}".replace(".", ",")
