"""Passages: runs of neighbouring body sentences of one page and one section, the unit that is embedded."""

from collections.abc import Sequence

from assistant.dossier.model import Passage, Sentence
from assistant.text import word_count

WORDS = 70
"""A passage is closed once it has this many words: long enough to have a subject, short enough to have only one."""


def passages_of(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Every body sentence is in exactly one passage; none crosses a page or a section."""
    passages: list[Passage] = []
    run: list[Sentence] = []
    for sentence in [*sentences, None]:
        if run and (sentence is None or _closes(run, sentence)):
            passages.append(_passage(run))
            run = []
        if sentence is not None and sentence.role == "body":
            run.append(sentence)
    return tuple(passages)


def _closes(run: Sequence[Sentence], sentence: Sentence) -> bool:
    if sentence.role != "body":
        return False
    moved = sentence.page != run[-1].page or sentence.section != run[-1].section
    return moved or sum(word_count(s.text) for s in run) >= WORDS


def _passage(run: Sequence[Sentence]) -> Passage:
    text = " ".join(s.text for s in run)
    return Passage(
        f"{run[0].id}-{run[-1].id.split('s')[-1]}", run[0].page, run[0].section, tuple(s.id for s in run), text
    )
