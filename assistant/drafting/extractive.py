"""The drafter used without a language model: it says where passages were found and writes no prose of its own."""

from collections.abc import Sequence

from assistant.dossier.model import Dossier
from assistant.drafting.task import Draft, Drafting, FullReading, RequirementFinding, Task
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Gap, Statement
from assistant.text import NBSP

CITED = 3
QUESTIONS = 3


class ExtractiveDrafter:
    """Observation: where passages stand. Gaps: what the search did not find. Questions: the criterion's words."""

    name = "extractive"
    fingerprint = ""
    checks_support = False

    def read(self, dossier: Dossier, criteria: Sequence[Criterion], progress: Progress) -> FullReading:
        return FullReading()

    def draft(self, dossier: Dossier, tasks: Sequence[Task], progress: Progress) -> Drafting:
        drafts = []
        for done, task in enumerate(tasks, start=1):
            drafts.append(_draft(task))
            progress("rédaction", done, len(tasks))
        return Drafting(tuple(drafts))


def _draft(task: Task) -> Draft:
    return Draft(
        observation=tuple(_where(finding, task) for finding in task.findings if finding.sentences),
        gaps=tuple(gap for finding in task.findings if (gap := gap_of(finding, task)) is not None),
        questions=_questions(task),
    )


def _where(finding: RequirementFinding, task: Task) -> Statement:
    cited = finding.sentences[:CITED]
    pages = pages_in_words(sorted({task.sentences[sid].page for sid in cited}))
    many = "Passages repérés" if len(cited) > 1 else "Passage repéré"
    return Statement(text=f"{many} {pages} pour {quoted(finding.text)}.", citations=cited)


def gap_of(finding: RequirementFinding, task: Task) -> Gap | None:
    """The gap of a requirement, stated with how it was searched; none for what only the oral can show."""
    unread = _unread(task.pages_unread, task.pages_partial)
    if finding.state == "not_found":
        text = (
            f"Aucun passage repéré pour {quoted(finding.text)} dans les {task.pages_read}{NBSP}pages lues{unread}."
            if task.pages_read > 1
            else f"Aucun passage repéré pour {quoted(finding.text)} dans la page lue{unread}."
        )
        return Gap(requirement=finding.id, text=text)
    if finding.state == "found" and finding.min_count and len(finding.sentences) < finding.min_count:
        count = len(finding.sentences)
        places = "un seul passage repéré" if count == 1 else f"{count}{NBSP}passages repérés"
        text = (
            f"Le critère demande au moins {finding.min_count}{NBSP}{finding.unit or 'éléments'}{NBSP}: "
            f"{places}{unread}."
        )
        return Gap(requirement=finding.id, text=text)
    return None


def _unread(unread: tuple[int, ...], partial: tuple[int, ...]) -> str:
    told = [
        f"{pages_in_words(list(pages))} {said if len(pages) == 1 else several}"
        for pages, said, several in (
            (unread, "non lue", "non lues"),
            (partial, "lue en partie", "lues en partie"),
        )
        if pages
    ]
    return f" ({', '.join(told)})" if told else ""


def _questions(task: Task) -> tuple[Statement, ...]:
    """At most three, in the order oral or missing points first, then the points found, each with its page."""
    missing = [f for f in task.findings if not f.sentences or f.state in {"oral_only", "not_found", "unread"}]
    found = [f for f in task.findings if f.state == "found"]
    questions = [
        Statement(text=f"Que pouvez-vous nous dire sur le point suivant{NBSP}: {quoted(f.text)}{NBSP}?", citations=())
        for f in missing
    ]
    for finding in found:
        sentence = task.sentences[finding.sentences[0]]
        questions.append(
            Statement(
                text=f"À partir de votre page{NBSP}{sentence.page}, pouvez-vous détailler "
                f"{quoted(finding.text)}{NBSP}?",
                citations=(sentence.id,),
            )
        )
    return tuple(questions[:QUESTIONS])


def pages_in_words(pages: Sequence[int]) -> str:
    """« p. 4, 6, 11 », as a juror would note it."""
    return f"p.{NBSP}" + ", ".join(str(page) for page in pages)


def quoted(text: str) -> str:
    """The référentiel's words between French quotation marks, without the full stop that ends them."""
    return f"«{NBSP}{text.strip().rstrip('.;, ')}{NBSP}»"
