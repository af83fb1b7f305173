"""What the named-entity model takes for people, asked only of names that rules and lists leave open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.privacy.entities import Recogniser
from assistant.privacy.grammar import Run

CONTEXTS = 3
"""Sentences shown to the model for one name: enough for a majority."""
WINDOW = 140
"""Characters around a name that the model is shown: it needs no more, and its time grows with them."""


@dataclass(slots=True)
class _Votes:
    """What the model took one name for, over a few of its sentences."""

    person: int = 0
    asked: int = 0
    runs: list[Run] = field(default_factory=list)


def taken_for_people(runs: Sequence[Run], texts: Sequence[str], recognise: Recogniser) -> list[Run]:
    """The runs that the model takes for a person in most of the sentences it was shown."""
    votes: dict[tuple[str, ...], _Votes] = {}
    for run in runs:
        votes.setdefault(run.key, _Votes()).runs.append(run)
    shown = [(key, run) for key, vote in votes.items() for run in vote.runs[:CONTEXTS]]
    windows = [_window(texts[run.text], run) for _, run in shown]
    for (key, run), (offset, _), entities in zip(shown, windows, recognise([text for _, text in windows]), strict=True):
        start, end = run.tokens[0].start - offset, run.tokens[-1].end - offset
        vote = votes[key]
        vote.asked += 1
        vote.person += any(one.label == "PER" and one.start <= start and end <= one.end + 1 for one in entities)
    return [vote.runs[0] for vote in votes.values() if vote.person * 2 > vote.asked]


def _window(text: str, run: Run) -> tuple[int, str]:
    """The neighbourhood of a run, cut between words, with where it begins."""
    start, end = max(0, run.tokens[0].start - WINDOW), run.tokens[-1].end + WINDOW
    if start:
        start = text.find(" ", start) + 1 or start
    return start, text[start:end]
