"""Asking a model to write anew only the sentences that judge, told which words; its other sentences stay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.asking import cited_in_words
from assistant.drafting.grounding import Grounds, faults_of_gap, faults_of_statement, too_long
from assistant.drafting.neutrality import Kind, Offence
from assistant.drafting.task import Task
from assistant.drafting.windows import Labels
from assistant.llm.answers import CriterionDraft, DraftAnswer, DraftedGap, DraftedStatement, RewriteAnswer
from assistant.text import NBSP

Part = Literal["observation", "gaps", "questions"]
WEIGHS = "appréciation"
REASONS: Mapping[Kind, str] = {
    "decision": "décision, qui revient au jury",
    "points": "note ou points",
    "comparison": "comparaison avec d’autres",
    "person": "remarque sur la personne",
    "apart": "mots qui ne sont pas dans les phrases citées",
    "quotation": "guillemets\u00a0: ces mots ne sont pas tels quels dans les phrases citées",
    "form": "signe ou forme qui note",
    "length": "trop long",
    "english": "autre langue",
    "verb": "l’énoncé ne commence pas par ce que le dossier dit ou ce que le candidat a fait",
    "turn": "tournure qui s’adresse à quelqu’un ou commente",
    "tone": "peut se lire comme une appréciation",
}
"""Why a text was held back, for whoever writes it anew."""


@dataclass(frozen=True, slots=True)
class AtFault:
    """A drafted text that may not stand: where it is in the answer, what it is before the model, as the model wrote it, what
    is wrong with it, and the sentences (ids) of `task` that it cites."""

    criterion: str
    part: Part
    place: int
    what: str
    text: str
    offences: tuple[Offence, ...]
    task: Task
    cited: tuple[str, ...]


def at_fault(answer: DraftAnswer, tasks: Mapping[str, Task], grounds: Grounds) -> tuple[AtFault, ...]:
    """The texts at fault of an answer, in its order; `tasks` by the label of their criterion.

    A text that would be shown as it is is not asked for again: of seven hundred verdicts by other hands one had nothing but
    doubtful words, of as many facts six.
    """
    return tuple(
        one
        for draft in answer.criteria
        if draft.criterion in tasks
        for one in _in_draft(draft, tasks[draft.criterion], grounds)
        if any(offence.firm or offence.kind == "length" for offence in one.offences)
    )


def _in_draft(draft: CriterionDraft, task: Task, grounds: Grounds) -> list[AtFault]:
    long = too_long(draft.observation)
    said: list[tuple[Part, int, DraftedStatement | DraftedGap, tuple[Offence, ...]]] = [
        *(
            ("observation", at, one, (*faults_of_statement(one, task, grounds), *([long[at]] if at in long else ())))
            for at, one in enumerate(draft.observation)
        ),
        *(("gaps", at, one, faults_of_gap(one, task, grounds)) for at, one in enumerate(draft.gaps)),
        *(
            ("questions", at, one, faults_of_statement(one, task, grounds, question=True))
            for at, one in enumerate(draft.questions)
        ),
    ]
    return [
        AtFault(
            draft.criterion,
            part,
            at,
            _what(one, part, task, grounds),
            one.text,
            why,
            task,
            grounds.cited(task.criterion.id, one.citations),
        )
        for part, at, one, why in said
    ]


def _what(said: DraftedStatement | DraftedGap, part: Part, task: Task, grounds: Grounds) -> str:
    """What a text is, and of which requirement a gap is told."""
    if not isinstance(said, DraftedGap):
        return "question" if part == "questions" else "énoncé"
    asked = grounds.requirements.id_by_label.get(said.requirement, "")
    name = next((finding.name for finding in task.findings if finding.id == asked), "")
    return f"manque{NBSP}; exigence{NBSP}: {name}" if name else "manque"


def faulty_in_words(faulty: Sequence[AtFault], labels: Labels, hide: Callable[[str], str]) -> str:
    """What is asked: each text with the words at fault, why, and what it cites; `hide` puts placeholders for names."""
    return "\n\n".join(_asked(number, one, labels, hide) for number, one in enumerate(faulty, start=1))


def _asked(number: int, one: AtFault, labels: Labels, hide: Callable[[str], str]) -> str:
    why = dict.fromkeys(
        f"«{NBSP}{hide(offence.words)}{NBSP}» ({REASONS.get(offence.kind, WEIGHS)})" for offence in one.offences
    )
    lines = [f"{number}. ({one.what}) {one.text}", f"   En cause{NBSP}: {', '.join(why)}"]
    cited = cited_in_words(one.task, one.cited, labels, hide)
    if cited:
        lines += ["<phrases>", *cited, "</phrases>"]
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
