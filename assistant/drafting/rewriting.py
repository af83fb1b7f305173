"""Asking a model to write anew only the sentences that judge, told which words; its other sentences stay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.grounding import Grounds, faults_of_gap, faults_of_statement
from assistant.drafting.neutrality import Offence
from assistant.drafting.task import Task
from assistant.llm.answers import CriterionDraft, DraftAnswer, RewriteAnswer
from assistant.text import NBSP

Part = Literal["observation", "gaps", "questions"]


@dataclass(frozen=True, slots=True)
class AtFault:
    """A drafted text that may not stand: where it is in the answer, as the model wrote it, and what is wrong with it."""

    criterion: str
    part: Part
    place: int
    text: str
    offences: tuple[Offence, ...]


def at_fault(answer: DraftAnswer, tasks: Mapping[str, Task], grounds: Grounds) -> tuple[AtFault, ...]:
    """The texts at fault of an answer, in its order; `tasks` by the label of their criterion."""
    return tuple(
        one
        for draft in answer.criteria
        if draft.criterion in tasks
        for one in _in_draft(draft, tasks[draft.criterion], grounds)
        if one.offences
    )


def _in_draft(draft: CriterionDraft, task: Task, grounds: Grounds) -> list[AtFault]:
    name = draft.criterion
    return [
        *(
            AtFault(name, "observation", place, one.text, faults_of_statement(one, task, grounds))
            for place, one in enumerate(draft.observation)
        ),
        *(
            AtFault(name, "gaps", place, one.text, faults_of_gap(one, task, grounds))
            for place, one in enumerate(draft.gaps)
        ),
        *(
            AtFault(name, "questions", place, one.text, faults_of_statement(one, task, grounds, question=True))
            for place, one in enumerate(draft.questions)
        ),
    ]


def faulty_in_words(faulty: Sequence[AtFault], hide: Callable[[str], str]) -> str:
    """What is asked: each text with the words at fault; `hide` puts placeholders for names."""
    lines = []
    for number, one in enumerate(faulty, start=1):
        words = ", ".join(dict.fromkeys(f"«{NBSP}{hide(offence.words)}{NBSP}»" for offence in one.offences))
        lines.append(f"{number}. {one.text}\n   À retirer{NBSP}: {words}")
    return "\n".join(lines)


def rewritten(answer: DraftAnswer, faulty: Sequence[AtFault], said: RewriteAnswer) -> DraftAnswer:
    """The answer with the texts at fault replaced; one that was left empty or forgotten stays, to be withheld and counted."""
    texts = {one.statement: one.text for one in said.statements if one.text.strip()}
    fresh = {(one.criterion, one.part, one.place): texts.get(number) for number, one in enumerate(faulty, start=1)}
    return DraftAnswer(
        criteria=[
            draft.model_copy(
                update={part: _replaced(draft, part, fresh) for part in ("observation", "gaps", "questions")}
            )
            for draft in answer.criteria
        ]
    )


def _replaced(draft: CriterionDraft, part: Part, fresh: Mapping[tuple[str, Part, int], str | None]) -> list[object]:
    kept: list[object] = []
    for place, one in enumerate(getattr(draft, part)):
        text = fresh.get((draft.criterion, part, place))
        kept.append(one.model_copy(update={"text": text}) if text else one)
    return kept
