"""The full reading: every passage of a dossier shown once to the model, in windows, with what the référentiel asks."""

from collections.abc import Callable, Sequence

from assistant.dossier.model import Dossier
from assistant.drafting.asking import asked_in_words, requirement_labels
from assistant.drafting.calling import Calls, added
from assistant.drafting.task import FullReading, SentenceLink
from assistant.drafting.windows import Labels, Window, halved, windows_of
from assistant.errors import ModelContextExceeded, ModelError
from assistant.llm.answers import ReadingAnswer
from assistant.llm.client import Answered, tokens_of
from assistant.llm.prompts import load_prompt
from assistant.privacy.mask import Masked
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Tokens

STEP = "lecture par le modèle"
Read = tuple[Window, Answered[ReadingAnswer] | ModelError]
MARGIN = 400
"""Tokens kept free in the context: estimates are estimates."""


def read_in_full(
    dossier: Dossier,
    criteria: Sequence[Criterion],
    sentences: Labels,
    hide: Callable[[str], str],
    seal: Callable[[str], Masked],
    calls: Calls,
    room: int,
    progress: Progress,
) -> FullReading:
    """What bears on which requirement; a window that failed leaves its pages and the reason.

    `room`: tokens of a call's context that are free for instructions and passages.
    """
    requirements = requirement_labels(criteria)
    if not requirements.label_by_id:
        return FullReading()
    asked = asked_in_words(criteria, requirements)
    windows = reading_windows(dossier, sentences, asked, hide, room)
    prompt = load_prompt("reading")

    def asked_of(window: Window) -> list[Read]:
        """The window, or its halves where the model holds no more; one that fails leaves the others."""
        try:
            filled = prompt.filled(requirements=asked, passages=window.text)
            return [(window, calls.ask(filled, ReadingAnswer, seal))]
        except ModelContextExceeded as error:
            return [read for half in halved(window) for read in asked_of(half)] or [(window, error)]
        except ModelError as error:
            return [(window, error)]

    finds: list[SentenceLink] = []
    failed: set[int] = set()
    reasons: list[str] = []
    spent: list[Tokens] = []
    work = [lambda window=window: asked_of(window) for window in windows]
    for place, outcome in calls.all(work, STEP, progress):
        reads: list[Read] = [(windows[place], outcome)] if isinstance(outcome, ModelError) else outcome
        for window, answered in reads:
            if isinstance(answered, ModelError):
                failed |= set(window.pages)
                reasons.append(answered.message)
                continue
            finds += _finds(answered.value, window, sentences, requirements)
            spent.append(answered.tokens)
    return FullReading(
        took_place=bool(spent),
        finds=tuple(dict.fromkeys(finds)),
        failed_pages=tuple(sorted(failed)),
        reasons=tuple(dict.fromkeys(reasons)),
        calls=len(spent),
        tokens=added(*spent),
    )


def reading_windows(
    dossier: Dossier, sentences: Labels, asked: str, hide: Callable[[str], str], room: int
) -> tuple[Window, ...]:
    """The windows that fit beside the instructions."""
    instructions = tokens_of(load_prompt("reading").text) + tokens_of(asked)
    return windows_of(dossier, sentences, room - instructions - MARGIN, hide)


def _finds(answer: ReadingAnswer, window: Window, sentences: Labels, requirements: Labels) -> list[SentenceLink]:
    """Only what was sent in this window is accepted."""
    return [
        SentenceLink(sentences.id_by_label[pair.sentence], requirements.id_by_label[pair.requirement], pair.relation)
        for pair in answer.finds
        if pair.sentence in window.labels and pair.requirement in requirements.id_by_label
    ]
