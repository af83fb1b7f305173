"""The check of a draft by a second call: do the cited sentences say it, and is what is called missing truly missing?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.drafting.asking import items_in_words
from assistant.drafting.calling import Calls, added
from assistant.drafting.choosing import found_sentences
from assistant.drafting.grounding import FILLING
from assistant.drafting.task import Draft, Task
from assistant.drafting.windows import Labels
from assistant.errors import ModelContextExceeded, ModelError
from assistant.llm.answers import SupportAnswer
from assistant.llm.prompts import load_prompt
from assistant.privacy.mask import Masked
from assistant.result import Gap, Statement, Support, Tokens
from assistant.text import content_words, stems

Item = Statement | Gap
LEAST_TOLD = 3
"""Content words of a sentence that can refute a gap."""
MOST_BESIDE = 8
"""Sentences found for a requirement, beside those cited, that a gap is held against: the nearest to its words."""
SHARED, MOST_CLOSE = 2, 3
"""Words that a sentence found for another requirement of the criterion shares with a gap, to be one it is held against; and
how many such sentences."""
FIRST = 2
"""Of the nearest sentences, those a gap is held against though they share no word with it: "290 € par an" is a cost."""
Checked = tuple[Task, Item, Sequence[str]]


def checked(
    group: Sequence[Task],
    drafts: Mapping[str, Draft],
    labels: Labels,
    hide: Callable[[str], str],
    seal: Callable[[str], Masked],
    calls: Calls,
) -> tuple[dict[str, Draft], int, Tokens]:
    """The drafts with each item marked; calls and tokens spent. When the check fails, items stay unchecked, and that
    is said."""
    items = [item for task in group for item in _to_check(task, drafts[task.criterion.id], labels)]
    if not items:
        return dict(drafts), 0, Tokens()
    try:
        marks, spent = _marks_of(items, labels, hide, seal, calls)
    except ModelError as error:
        failure = f"Énoncés non vérifiés\u00a0: {error.message}"
        return {name: replace(draft, unchecked=failure) for name, draft in drafts.items()}, 0, Tokens()
    return {name: _marked(draft, marks) for name, draft in drafts.items()}, len(spent), added(*spent)


def _marks_of(
    items: Sequence[Checked],
    labels: Labels,
    hide: Callable[[str], str],
    seal: Callable[[str], Masked],
    calls: Calls,
) -> tuple[dict[int, Support | None], list[Tokens]]:
    """What the check says of each item (by its identity); in two halves where the model holds no more."""
    prompt = load_prompt("support").filled(statements=items_in_words(items, labels, hide))
    try:
        answered = calls.ask(prompt, SupportAnswer, seal)
    except ModelContextExceeded:
        if len(items) < 2:
            raise
        half = len(items) // 2
        marks, spent = _marks_of(items[:half], labels, hide, seal, calls)
        others, more = _marks_of(items[half:], labels, hide, seal, calls)
        return marks | others, [*spent, *more]
    said = {one.statement: one.supported for one in answered.value.statements}
    return {id(item): said.get(number) for number, (_, item, _) in enumerate(items, start=1)}, [answered.tokens]


def _to_check(task: Task, draft: Draft, labels: Labels) -> list[Checked]:
    """Statements and questions against what they cite, gaps against what was found, or is nearest, for them or near their
    words for another requirement of the criterion."""
    findings = {finding.id: finding for finding in task.findings}
    items: list[Checked] = [
        (task, item, item.citations) for item in (*draft.observation, *draft.questions) if item.citations
    ]
    for gap in draft.gaps:
        finding = findings[gap.requirement]
        beside = finding.sentences or (*finding.mentions, *_telling(finding.nearest, task))
        words = frozenset(stems(f"{gap.text} {finding.text} {finding.name}")) - FILLING
        near = _nearest(beside, words, task) if finding.sentences else _about(beside, words, task)
        near += _close(found_sentences(task), words, task)
        known = [sid for sid in dict.fromkeys((*gap.citations, *near)) if sid in labels.label_by_id]
        items += [(task, gap, known)] if known else []
    return items


def _nearest(ids: Sequence[str], words: frozenset[str], task: Task) -> list[str]:
    """Those that share most with the words of a gap and its requirement, in the order given."""
    shared = {sid: len(words.intersection(stems(task.sentences[sid].text))) for sid in ids if sid in task.sentences}
    kept = sorted(shared, key=lambda sid: -shared[sid])[:MOST_BESIDE]
    return [sid for sid in shared if sid in kept]


def _close(ids: Sequence[str], words: frozenset[str], task: Task) -> list[str]:
    """Of what was found for the whole criterion, the few that share most with a gap's words, two at least: the thing may
    have been found under a neighbouring requirement."""
    shared = {sid: len(words.intersection(stems(task.sentences[sid].text))) for sid in ids if sid in task.sentences}
    best = sorted((sid for sid, count in shared.items() if count >= SHARED), key=lambda sid: -shared[sid])
    return best[:MOST_CLOSE]


def _about(ids: Sequence[str], words: frozenset[str], task: Task) -> list[str]:
    """The first ones, and those that share a word with them: what is only nearest may speak of something else."""
    known = [sid for sid in ids if sid in task.sentences]
    return [sid for at, sid in enumerate(known) if at < FIRST or words.intersection(stems(task.sentences[sid].text))]


def _telling(ids: Sequence[str], task: Task) -> list[str]:
    """Those of the nearest sentences that say enough to refute a gap: titles and scraps of a few words are filler."""
    told = [(sid, task.sentences[sid]) for sid in ids if sid in task.sentences]
    return [sid for sid, one in told if one.kind != "heading" and len(content_words(one.text)) >= LEAST_TOLD]


def _marked(draft: Draft, marks: Mapping[int, Support | None]) -> Draft:
    """A gap that the sentences refute is no gap; where nothing had been found, these sentences are what was missed."""
    refuted = [gap for gap in draft.gaps if marks.get(id(gap)) == "no"]
    return replace(
        draft,
        observation=tuple(_with(item, marks.get(id(item))) for item in draft.observation),
        questions=tuple(_with(item, marks.get(id(item))) for item in draft.questions),
        gaps=tuple(
            gap.model_copy(update={"support": marks.get(id(gap)) or "unchecked"})
            for gap in draft.gaps
            if gap not in refuted
        ),
        refuted=tuple(gap.requirement for gap in refuted),
        withheld=draft.withheld + len(refuted),
    )


def _with(statement: Statement, support: Support | None) -> Statement:
    """A part that stands in no cited sentence is not supported, whatever the check says."""
    if support == "yes" and statement.unsourced:
        support = "partly"
    return statement.model_copy(update={"support": support}) if support else statement
