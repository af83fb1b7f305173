"""What comes back from the model, held against what was sent: unknown ids dropped, verdicts withheld, lengths kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.drafting.extractive import not_found
from assistant.drafting.neutrality import Offence, faults
from assistant.drafting.task import Draft, Task
from assistant.drafting.windows import Labels
from assistant.llm.answers import CriterionDraft, DraftedGap, DraftedStatement
from assistant.result import Gap, Statement

MOST_WORDS = 90
MOST_QUESTIONS = 3
MOST_CITATIONS = 6


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer about one group of criteria may speak of, and how placeholders are put back."""

    sentences: Labels
    requirements: Labels
    show: Callable[[str], str]
    prompt: str


def faults_of_statement(said: DraftedStatement, task: Task, grounds: Grounds) -> tuple[Offence, ...]:
    """What of a drafted statement or question may not stand beside the sentences it cites."""
    cited = [grounds.sentences.id_by_label.get(label, "") for label in said.citations]
    return faults(_shown(said.text, grounds), _texts(task, cited), _asked(task))


def faults_of_gap(said: DraftedGap, task: Task, grounds: Grounds) -> tuple[Offence, ...]:
    """The same for a gap, which may take words from what was found for its requirement."""
    requirement = grounds.requirements.id_by_label.get(said.requirement, "")
    found = [
        sid for finding in task.findings if finding.id == requirement for sid in (*finding.sentences, *finding.nearest)
    ]
    return faults(_shown(said.text, grounds), _texts(task, found), _asked(task))


def _shown(text: str, grounds: Grounds) -> str:
    return grounds.show(" ".join(text.split()))


def _texts(task: Task, sids: Sequence[str]) -> list[str]:
    return [task.sentences[sid].text for sid in sids if sid in task.sentences]


def _asked(task: Task) -> list[str]:
    """The référentiel's words, which may be quoted."""
    return [task.criterion.text, *(finding.text for finding in task.findings)]


def grounded(answer: CriterionDraft, task: Task, grounds: Grounds, failed_windows: bool) -> Draft:
    """The draft of one criterion with everything that may not stand taken out and counted."""
    observation, lost, withheld = _statements(answer.observation, task, grounds)
    questions, lost_too, withheld_too = _statements(answer.questions, task, grounds)
    kept, over = _within(observation)
    gaps, dropped, silent = _gaps(answer, task, grounds, failed_windows)
    if task.criterion.oral_only:
        kept, gaps = [], ()
    return Draft(
        observation=tuple(kept),
        gaps=gaps,
        questions=tuple(questions[:MOST_QUESTIONS]),
        dropped_citations=lost + lost_too + dropped,
        withheld=withheld + withheld_too + silent + over,
    )


def _statements(said: Sequence[DraftedStatement], task: Task, grounds: Grounds) -> tuple[list[Statement], int, int]:
    """Statements, citations dropped because nothing of that id was sent, and statements withheld."""
    statements: list[Statement] = []
    dropped = withheld = 0
    for one in said:
        text = _shown(one.text, grounds)
        if not text or faults_of_statement(one, task, grounds):
            withheld += bool(text)
            continue
        known = [
            grounds.sentences.id_by_label[label]
            for label in dict.fromkeys(one.citations)
            if label in grounds.sentences.id_by_label
        ]
        dropped += len(set(one.citations)) - len(known)
        statements.append(Statement(text=text, citations=tuple(known[:MOST_CITATIONS]), prompt=grounds.prompt))
    return statements, dropped, withheld


def _within(statements: Sequence[Statement]) -> tuple[list[Statement], int]:
    """The first statements that hold in MOST_WORDS together, and how many do not."""
    kept: list[Statement] = []
    words = 0
    for statement in statements:
        words += len(statement.text.split())
        if kept and words > MOST_WORDS:
            break
        kept.append(statement)
    return kept, len(statements) - len(kept)


def _gaps(
    answer: CriterionDraft, task: Task, grounds: Grounds, failed_windows: bool
) -> tuple[tuple[Gap, ...], int, int]:
    """A gap per requirement at most: the model's words, or the search's own where it has none.

    None where a window of the full reading failed: not every page was searched.
    """
    if failed_windows:
        return (), 0, 0
    findings = {finding.id: finding for finding in task.findings}
    said: dict[str, Gap] = {}
    dropped = withheld = 0
    for one in answer.gaps:
        requirement = grounds.requirements.id_by_label.get(one.requirement, "")
        text = _shown(one.text, grounds)
        if requirement not in findings or findings[requirement].state in {"oral_only", "unread"}:
            dropped += 1
        elif faults_of_gap(one, task, grounds):
            withheld += 1
        elif requirement in said:
            both = f"{said[requirement].text} {text}"
            said[requirement] = Gap(requirement=requirement, text=both, prompt=grounds.prompt)
        else:
            said[requirement] = Gap(requirement=requirement, text=text, prompt=grounds.prompt)
    for finding in task.findings:
        own = not_found(finding, task)
        if finding.id not in said and own is not None:
            said[finding.id] = own
    ordered = [said[finding.id] for finding in task.findings if finding.id in said]
    return tuple(ordered), dropped, withheld
