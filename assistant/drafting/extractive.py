"""The drafter used without a language model: it quotes what the search found likely, and claims nothing."""

from collections.abc import Sequence

from assistant.dossier.model import Dossier
from assistant.drafting.task import Choice, Draft, Drafting, FullReading, RequirementFinding, Task
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Gap, Statement
from assistant.text import NBSP

MOST_QUESTIONS = 2


class ExtractiveDrafter:
    """Observation: the quotations themselves. Gaps: what the search did not find, to be looked at. Questions on those."""

    name = "extractive"
    fingerprint = ""
    checks_support = False
    gave_up = None

    def get_ready(self) -> None:
        """Nothing to load."""

    def read(self, dossier: Dossier, criteria: Sequence[Criterion], progress: Progress) -> FullReading:
        return FullReading()

    def choose(self, dossier: Dossier, tasks: Sequence[Task], progress: Progress) -> Choice:
        return Choice(tuple(task.match.shown for task in tasks))

    def draft(self, dossier: Dossier, tasks: Sequence[Task], choice: Choice, progress: Progress) -> Drafting:
        drafts = []
        for done, (task, shown) in enumerate(zip(tasks, choice.shown, strict=True), start=1):
            drafts.append(_draft(task, shown))
            progress("rédaction", done, len(tasks))
        return Drafting(tuple(drafts))


def _draft(task: Task, shown: Sequence[str]) -> Draft:
    return Draft(
        observation=tuple(Statement(text=quotation(task.sentences[sid].text), citations=(sid,)) for sid in shown),
        gaps=tuple(gap for finding in task.findings if (gap := not_found(finding, task)) is not None),
        questions=_questions(task),
    )


def not_found(finding: RequirementFinding, task: Task, said: str = "Pas repéré, à vérifier") -> Gap | None:
    """What was looked for and not found, and where: worded as a thing to check, since no one has read the dossier."""
    if finding.state != "not_found":
        return None
    pages = f"{task.pages_read}{NBSP}pages lues" if task.pages_read > 1 else "une page lue"
    unread = _unread(task.pages_unread, task.pages_partial)
    return Gap(requirement=finding.id, text=f"{said}{NBSP}: {quoted(finding.name)} ({pages}{unread}).")


def _unread(unread: tuple[int, ...], partial: tuple[int, ...]) -> str:
    told = [
        f"{pages_in_words(list(pages))} {said if len(pages) == 1 else several}"
        for pages, said, several in (
            (unread, "non lue", "non lues"),
            (partial, "lue en partie", "lues en partie"),
        )
        if pages
    ]
    return f"{NBSP}; {', '.join(told)}" if told else ""


def _questions(task: Task) -> tuple[Statement, ...]:
    """On what only the oral can show, or was not found; none where everything was found."""
    open_points = [finding for finding in task.findings if finding.state != "found"]
    return tuple(
        Statement(
            text=f"À propos de {quoted(finding.name)}, qu’avez-vous fait concrètement, et où peut-on le voir{NBSP}?",
            citations=(),
        )
        for finding in open_points[:MOST_QUESTIONS]
    )


def pages_in_words(pages: Sequence[int]) -> str:
    """« p. 4, 6, 11 », as a juror would note it."""
    return f"p.{NBSP}" + ", ".join(str(page) for page in pages)


def quoted(text: str) -> str:
    """The référentiel's words between French quotation marks, without the full stop that ends them."""
    return f"«{NBSP}{text.strip().rstrip('.;, ')}{NBSP}»"


def quotation(text: str) -> str:
    """The candidate's words between French quotation marks, word for word."""
    return f"«{NBSP}{text.strip()}{NBSP}»"
