"""The weights of the search and the threshold of "found": made by `prelecture evaluate --calibrate`, kept in a file.

Two steps: how well a sentence serves a requirement (`signals`), then how likely a juror cites it for the criterion
(`citing`), which sees the requirements together and the sentence in its place.
"""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.matching.citing import FEATURES
from assistant.matching.signals import NAMES
from assistant.matching.weights import Weights, silent_weights

FILE = Path(__file__).with_name("calibration.json")
FULL_LENGTH = 400
"""Sentences of a usual dossier. Signals are in standard deviations over the dossier, and the best of n sentences can
stand out by no more than the square root of n: a shorter dossier has a lower threshold."""

SHORTEST = 40
"""Fewer sentences lower it no further: in a page or two nothing stands out, and nothing would ever be called unfound."""


class Calibration(BaseModel):
    """`found`: how likely the best sentence of a requirement must be in a dossier of FULL_LENGTH sentences."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    signals: Weights
    citing: Weights
    found: float

    @model_validator(mode="after")
    def _for_these_names(self) -> "Calibration":
        if self.signals.names != NAMES or self.citing.names != tuple(FEATURES):
            raise ValueError("calibrated for other signals: run `prelecture evaluate --calibrate`")
        return self

    def bar(self, sentences: int) -> float:
        """The threshold of "found" in a dossier of so many sentences."""
        return bar_at(self.found, sentences)


def bar_at(found: float, sentences: int) -> float:
    """What `found` comes to in a dossier of so many sentences."""
    return float(found * min(1.0, max(sentences, SHORTEST) / FULL_LENGTH) ** 0.5)


def neutral() -> Calibration:
    """Weights that say nothing, to measure signals before any calibration was made."""
    return Calibration(signals=silent_weights(NAMES), citing=silent_weights(tuple(FEATURES)), found=0.5)


@cache
def calibration() -> Calibration:
    """The calibration of this installation."""
    return Calibration.model_validate_json(FILE.read_text(encoding="utf-8"))
