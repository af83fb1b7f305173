"""Which of the found sentences are shown unfolded: chosen by the model, or by rank and place where it gave none."""

from collections.abc import Sequence
from itertools import zip_longest

from assistant.drafting.task import Task
from assistant.text import word_count

MOST_SENTENCES = 6
MOST_WORDS = 140
FEW_WORDS = 50
"""Finds of so few words are all shown: nothing is to choose."""


def found_sentences(task: Task) -> tuple[str, ...]:
    """Everything that was found for a criterion, each sentence once, in reading order."""
    found = dict.fromkeys(
        sid for finding in task.findings for sid in (*finding.sentences, *finding.against, *finding.admits)
    )
    rank = {sid: place for place, sid in enumerate(task.match.evidence)}
    return tuple(sorted(found, key=lambda sid: rank.get(sid, len(rank))))


def nothing_to_choose(task: Task) -> bool:
    """Whether all that was found is short enough to be shown."""
    found = found_sentences(task)
    return len(found) <= 1 or _words(task, found) <= FEW_WORDS


def spread(task: Task, ids: Sequence[str], words: int) -> tuple[str, ...]:
    """The first of `ids` within `words` words, taken in turn from the sections they stand in.

    Sections go by their best sentence, so that one long chapter does not take all the room.
    """
    sections: dict[str, list[str]] = {}
    for sid in ids:
        sections.setdefault(task.sentences[sid].section, []).append(sid)
    kept: list[str] = []
    for turn in zip_longest(*sections.values()):
        for sid in turn:
            if sid is not None and _words(task, [*kept, sid]) <= words:
                kept.append(sid)
    return tuple(kept) or tuple(ids[:1])


def chosen_by_rank(task: Task) -> tuple[str, ...]:
    """What is shown when no model chose."""
    return spread(task, found_sentences(task), MOST_WORDS)[:MOST_SENTENCES]


def accepted(task: Task, answered: Sequence[str]) -> tuple[str, ...]:
    """A model's choice within the limits, in its order; the program's own where nothing of it can stand."""
    found = set(found_sentences(task))
    kept: list[str] = []
    for sid in dict.fromkeys(answered):
        if sid in found and len(kept) < MOST_SENTENCES and (not kept or _words(task, [*kept, sid]) <= MOST_WORDS):
            kept.append(sid)
    return tuple(kept) or chosen_by_rank(task)


def _words(task: Task, ids: Sequence[str]) -> int:
    return sum(word_count(task.sentences[sid].text) for sid in ids)
