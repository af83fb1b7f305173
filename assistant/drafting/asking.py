"""What the référentiel asks and what was found, in the words in which they are put to the model."""

from collections.abc import Callable, Sequence

from assistant.drafting.task import RequirementFinding, Task
from assistant.drafting.windows import Labels, labelled, line_of
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import Statement

PER_REQUIREMENT = 10


def requirement_labels(criteria: Sequence[Criterion]) -> Labels:
    """Labels of the requirements a written document can meet, in order."""
    return labelled("R", [r.id for criterion in criteria if not criterion.oral_only for r in criterion.asked])


def asked_in_words(criteria: Sequence[Criterion], labels: Labels) -> str:
    """Every criterion word for word, with its requirements."""
    parts = []
    for criterion in criteria:
        if criterion.oral_only:
            continue
        lines = [f"Critère : {criterion.text.strip()}"]
        lines += [f"  {labels.label_by_id[r.id]} : {r.text.strip()}{_count(r)}" for r in criterion.asked]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def _count(requirement: Requirement | RequirementFinding) -> str:
    return f" (au moins {requirement.min_count} {requirement.unit or 'éléments'})" if requirement.min_count else ""


def task_in_words(task: Task, name: str, sentences: Labels, requirements: Labels, hide: Callable[[str], str]) -> str:
    """One criterion with the sentences found for each of its requirements."""
    lines = [f"Critère {name} : {task.criterion.text.strip()}"]
    if task.criterion.oral_only:
        lines.append("  Ce critère ne s’évalue qu’à l’oral : rédigez des questions seulement.")
        near = [sid for sid, _ in task.match.evidence[:PER_REQUIREMENT]]
        return "\n".join(lines + _said(task, near, sentences, hide))
    shown: set[str] = set()
    for finding in task.findings:
        lines.append(f"  Exigence {requirements.label_by_id[finding.id]} : {finding.text.strip()}{_count(finding)}")
        kept = finding.sentences[:PER_REQUIREMENT]
        again = [sentences.label_by_id[sid] for sid in kept if sid in shown]
        lines += _said(task, [sid for sid in kept if sid not in shown], sentences, hide)
        if again:
            lines.append(f"    (et {', '.join(again)}, ci-dessus)")
        if not kept:
            lines.append("    aucune phrase repérée")
        if finding.against:
            lines.append("    en contradiction avec d’autres passages :")
            lines += _said(task, finding.against, sentences, hide)
        shown |= set(kept)
    return "\n".join(lines)


def _said(task: Task, ids: Sequence[str], labels: Labels, hide: Callable[[str], str]) -> list[str]:
    return [
        f"    {line_of(task.sentences[sid], labels.label_by_id[sid], hide)}" for sid in ids if sid in labels.label_by_id
    ]


def statements_in_words(
    statements: Sequence[tuple[Task, Statement]], labels: Labels, hide: Callable[[str], str]
) -> str:
    """Numbered statements, each with the sentences it cites."""
    parts = []
    for number, (task, statement) in enumerate(statements, start=1):
        cited = [f"  {line_of(task.sentences[sid], labels.label_by_id[sid], hide)}" for sid in statement.citations]
        parts.append("\n".join([f"Énoncé {number} : {hide(statement.text)}", "Phrases citées :", *cited]))
    return "\n\n".join(parts)
