"""What comes back from the model, held against what was sent: unknown ids dropped, verdicts withheld, facts compared."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.extractive import not_found
from assistant.drafting.facts import unsourced
from assistant.drafting.neutrality import Offence, firm, offences
from assistant.drafting.task import Draft, Task
from assistant.drafting.windows import Labels
from assistant.llm.answers import CriterionDraft, DraftedGap, DraftedStatement
from assistant.privacy.mask import PLACEHOLDER
from assistant.result import Gap, Statement
from assistant.text import stem, stems

MOST_WORDS = 90
"""Of an observation, as it is asked for; one that is longer is asked for once more, shorter (`rewriting.py`), then kept."""
LET_PASS = 10
"""Words by which an observation may exceed that before anything is asked for again: writers count otherwise, a little."""
SHORTEST = 8
"""Words that a statement is asked to be said in, at the least."""
MOST_QUESTIONS = 3
SAME_GAP, LEAST_SHARED = 0.75, 2
"""Two gaps of one criterion that share this part of the shorter one's words (at least so many) are told once."""
FILLING = frozenset(
    stem(word)
    for word in [
        "aucun",
        "aucune",
        "dossier",
        "phrase",
        "phrases",
        "passage",
        "candidat",
        "candidate",
        "exigence",
        "donne",
        "donnent",
        "dit",
        "disent",
        "precise",
        "precisent",
        "indique",
        "decrit",
        "montre",
        "presente",
        "explique",
        "mentionne",
        "nomme",
        "trouve",
        "trouvee",
        "repere",
        "point",
        "points",
    ]
)
"""Stems with which any gap is told."""
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")
READ = "Non trouvé"
"""How a gap begins that a full reading found and the model did not word."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer about one group of criteria may speak of, and how placeholders are put back.

    `sent`: for each criterion, the labels of the sentences sent for it in this call; no other may be cited for it.
    """

    sentences: Labels
    requirements: Labels
    sent: dict[str, frozenset[str]]
    show: Callable[[str], str]
    prompt: str

    def cited(self, criterion: str, labels: Sequence[str]) -> tuple[str, ...]:
        """The sentences (ids) that may be cited for this criterion, out of what was answered."""
        allowed = self.sent.get(criterion, frozenset())
        return tuple(self.sentences.id_by_label[label] for label in dict.fromkeys(labels) if label in allowed)


@dataclass(slots=True)
class Lost:
    """What an answer held and may not stand: citations of nothing, texts withheld."""

    citations: int = 0
    texts: int = 0


def faults_of_statement(
    said: DraftedStatement, task: Task, grounds: Grounds, *, question: bool = False
) -> tuple[Offence, ...]:
    """What of a drafted statement or question is asked to be said otherwise beside the sentences it cites."""
    cited = [sid for sid in grounds.cited(task.criterion.id, said.citations) if sid in task.sentences]
    text = _shown(said.text, grounds)
    whole = [_whole(task, sid) for sid in cited]
    found = offences(text, _texts(task, cited), asked_words(task), known=whole, grounded=not question)
    return (*found, *_placeholders_never_given(text, whole))


def faults_of_gap(said: DraftedGap, task: Task, grounds: Grounds) -> tuple[Offence, ...]:
    """The same for a gap, which may take words from what was found for its requirement."""
    requirement = grounds.requirements.id_by_label.get(said.requirement, "")
    found = [
        sid for finding in task.findings if finding.id == requirement for sid in (*finding.sentences, *finding.nearest)
    ]
    found += grounds.cited(task.criterion.id, said.citations)
    text = _shown(said.text, grounds)
    return (
        *offences(text, _texts(task, found), asked_words(task), grounded=False),
        *_placeholders_never_given(text, _texts(task, found)),
    )


def _placeholders_never_given(text: str, sources: Sequence[str]) -> Iterator[Offence]:
    """ "[PERSONNE_9]" of which nothing is known stands for nobody; one that the candidate wrote is a quotation."""
    for match in PLACEHOLDER.finditer(text):
        if not any(match.group() in source for source in sources):
            yield Offence("apart", match.group())


def _shown(text: str, grounds: Grounds) -> str:
    return grounds.show(" ".join(text.split()))


def _texts(task: Task, sids: Sequence[str]) -> list[str]:
    return [task.sentences[sid].text for sid in sids if sid in task.sentences]


def grounded(answer: CriterionDraft, task: Task, grounds: Grounds, failed_windows: bool) -> Draft:
    """The draft of one criterion with everything that may not stand taken out and counted."""
    lost = Lost()
    observation = _statements(answer.observation, task, grounds, lost)
    questions = _statements(answer.questions, task, grounds, lost, question=True)
    # Where a window of the full reading failed, not every page was searched: nothing is said to be missing.
    gaps = () if failed_windows or task.criterion.oral_only else _gaps(answer, task, grounds, lost)
    return Draft(
        observation=tuple(observation),
        gaps=gaps,
        questions=tuple(questions[:MOST_QUESTIONS]),
        dropped_citations=lost.citations,
        withheld=lost.texts,
    )


def _statements(
    said: Sequence[DraftedStatement], task: Task, grounds: Grounds, lost: Lost, *, question: bool = False
) -> list[Statement]:
    statements: list[Statement] = []
    for one in said:
        text = _shown(one.text, grounds)
        if not text:
            continue
        if firm(faults_of_statement(one, task, grounds, question=question)):
            lost.texts += 1
            continue
        cited = grounds.cited(task.criterion.id, one.citations)
        lost.citations += len(set(one.citations)) - len(cited)
        missing = unsourced(text, [_whole(task, sid) for sid in cited], asked_words(task)) if cited else ()
        if question and not cited:
            missing = _made_up(text, task)
        statements.append(Statement(text=text, citations=cited, unsourced=missing, prompt=grounds.prompt))
    return statements


def _made_up(text: str, task: Task) -> tuple[str, ...]:
    """Numbers, dates, names and quotations of a text that cites nothing, or says what is missing, which stand neither in the
    dossier nor in what is asked."""
    asked = asked_words(task)
    return unsourced(text, [*(_whole(task, sid) for sid in task.sentences), *asked], asked)


def _whole(task: Task, sid: str) -> str:
    """A sentence with the headings of its table and the title above it: what a reader takes it to say."""
    sentence = task.sentences[sid]
    return f"{sentence.text}\n{sentence.context}\n{sentence.section}"


def asked_words(task: Task) -> tuple[str, ...]:
    """The référentiel's own words, which a draft may take up."""
    criterion = task.criterion
    return (
        criterion.lead or "",
        criterion.text,
        *criterion.indicators,
        *(text for one in task.findings for text in (one.text, one.name)),
    )


def written_words(text: str) -> int:
    """Words as a writer counts them: what stands between two spaces and holds a letter or a digit ("l’outil", "1 200 €")."""
    return sum(any(sign.isalnum() for sign in part) for part in _THOUSANDS.sub("", text).split())


def too_long(observation: Sequence[DraftedStatement]) -> dict[int, Offence]:
    """Places of the statements to shorten where all together exceed MOST_WORDS by more than LET_PASS: those longer than their
    part of it, each told how long it is and may be."""
    lengths = [written_words(one.text) for one in observation]
    if sum(lengths) <= MOST_WORDS + LET_PASS:
        return {}
    part = max(SHORTEST, MOST_WORDS // len(lengths))
    return {
        place: Offence("length", f"{length} mots, à dire en {part}", firm=False)
        for place, length in enumerate(lengths)
        if length > part
    }


def _gaps(answer: CriterionDraft, task: Task, grounds: Grounds, lost: Lost) -> tuple[Gap, ...]:
    """One gap per requirement at most: the model's words, or the search's own where it has none."""
    findings = {finding.id: finding for finding in task.findings}
    said: dict[str, Gap] = {}
    for one in answer.gaps:
        requirement = grounds.requirements.id_by_label.get(one.requirement, "")
        text = _shown(one.text, grounds)
        if requirement not in findings or findings[requirement].state in {"oral_only", "unread"}:
            lost.citations += 1
        elif firm(faults_of_gap(one, task, grounds)) or _made_up(text, task):
            lost.texts += 1
        else:
            cited = grounds.cited(task.criterion.id, one.citations)
            lost.citations += len(set(one.citations)) - len(cited)
            before = said.get(requirement)
            said[requirement] = Gap(
                requirement=requirement,
                text=f"{before.text} {text}" if before else text,
                citations=tuple(dict.fromkeys([*(before.citations if before else ()), *cited])),
                prompt=grounds.prompt,
            )
    for finding in task.findings:
        own = not_found(finding, task, READ)
        if finding.id not in said and own is not None:
            said[finding.id] = own
    return _told_once([said[finding.id] for finding in task.findings if finding.id in said])


def _told_once(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Near-duplicate requirements of one criterion give one line: the longer of two gaps that say the same."""
    kept: list[Gap] = []
    for gap in gaps:
        twin = next((place for place, other in enumerate(kept) if _same(gap.text, other.text)), None)
        if twin is None:
            kept.append(gap)
        elif len(gap.text) > len(kept[twin].text):
            kept[twin] = gap
    return tuple(kept)


def _same(one: str, other: str) -> bool:
    said, told = set(stems(one)) - FILLING, set(stems(other)) - FILLING
    shared = len(said & told)
    return shared >= LEAST_SHARED and shared / min(len(said), len(told)) >= SAME_GAP
