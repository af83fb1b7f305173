"""What the référentiel asks and what was found, in the words in which they are put to the model."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.dossier.model import Sentence
from assistant.drafting.choosing import MENTIONS, at_odds, found_sentences, spread
from assistant.drafting.task import OpposedPair, RequirementFinding, Task
from assistant.drafting.windows import LIST_REACH, Labels, labelled, leaned_on, line_of, title_line
from assistant.llm.client import tokens_of
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import Gap, Statement
from assistant.text import NBSP, word_count, words

MOST_WORDS, LEAST_WORDS = 1_200, 120
"""Words of a criterion's finds that are sent at once; what goes beyond is counted and said."""
TOKENS_PER_WORD = 3.0
"""Of a French word as it is sent, with its part of labels and marks; rounded up."""
SAID = {"contradicts": "contredit un autre passage", "admits": "admet ou annonce", "mentions": "à côté"}
CONTEXT = "(contexte)"
"""Stands for the label of a sentence that is only there to understand the next one."""
COMPARED = "à comparer"
"""Said of a sentence that the reading did not name, sent because it may contradict one that it did."""


@dataclass(frozen=True, slots=True)
class Told:
    """A criterion as it is put to the model, and the labels that an answer about it may name."""

    text: str
    labels: frozenset[str]


def requirement_labels(criteria: Sequence[Criterion]) -> Labels:
    """Labels of the requirements, in order."""
    return labelled("R", [requirement.id for criterion in criteria for requirement in criterion.asked])


def asked_in_words(criteria: Sequence[Criterion], labels: Labels) -> str:
    """Every criterion word for word, with its requirements."""
    parts = []
    for criterion in criteria:
        oral = " (évalué à l’oral : relevez ce qui s’y rapporte dans le dossier)" if criterion.oral_only else ""
        lines = [f"Critère : {criterion.text.strip()}{oral}"]
        lines += [f"  {labels.label_by_id[r.id]} : {called(r, criterion.text)}{_count(r)}" for r in criterion.asked]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def called(requirement: Requirement | RequirementFinding, criterion: str) -> str:
    """What a requirement is called, and its own words where neither that nor the `criterion` it stands under holds them: a
    fragment says nothing alone."""
    text, name = requirement.text.strip(), requirement.name
    return name if {*words(text)} <= {*words(name), *words(criterion)} else f"{name} («{NBSP}{text}{NBSP}»)"


def _count(requirement: Requirement | RequirementFinding) -> str:
    return f" (au moins {requirement.min_count} {requirement.unit or 'éléments'})" if requirement.min_count else ""


def task_in_words(
    task: Task,
    name: str,
    sentences: Labels,
    requirements: Labels,
    hide: Callable[[str], str],
    most_words: int = MOST_WORDS,
    chosen: Sequence[str] = (),
    contrary: Sequence[OpposedPair] = (),
) -> Told:
    """One criterion with its requirements and the sentences found for them, each once, in the dossier's order.

    Each sentence carries the requirements it serves; `chosen` ones are marked; a sentence that leans on another comes with
    that one, as context without a label. Two that may contradict each other are both sent, and named: those told by their
    figures, and the `contrary` ones that a reader of all finds named.
    """
    lines = [f"Critère {name} : {task.criterion.text.strip()}"]
    if task.criterion.oral_only:
        lines.append("  (évalué à l’oral : des questions seulement, et des énoncés sur ce que le dossier en dit)")
    for finding in task.findings:
        asked = called(finding, task.criterion.text)
        lines.append(f"  {requirements.label_by_id[finding.id]} : {asked}{_count(finding)}{_unmet(finding)}")
    marks = _marks(task, requirements)
    sent, left = _sent(task, list(marks), chosen, sentences, most_words)
    by_figure = [pair for pair in at_odds(task) if pair not in contrary]
    pairs = [pair for pair in (*contrary, *by_figure) if {pair.first, pair.second} <= sentences.label_by_id.keys()]
    for sid in dict.fromkeys(sid for pair in pairs for sid in (pair.first, pair.second)):
        marks.setdefault(sid, [COMPARED])
    sent = _in_order({*sent, *(sid for pair in pairs for sid in (pair.first, pair.second))}, sentences)
    lines.append("<phrases>" if sent else "  Aucune phrase repérée.")
    lines += _listed(task, sent, marks, sentences, hide, frozenset(chosen))
    lines += ["</phrases>"] if sent else []
    if left:
        lines.append(f"  ({left} autres phrases repérées ne sont pas reproduites.)")
    for pair in pairs:
        first, second = sentences.label_by_id[pair.first], sentences.label_by_id[pair.second]
        why = "semblent se contredire" if pair in contrary else "même unité, autre chiffre ; peut-être deux choses"
        lines.append(f"  À comparer : {first} et {second} ({why}).")
    return Told("\n".join(lines), frozenset(sentences.label_by_id[sid] for sid in sent))


def _unmet(finding: RequirementFinding) -> str:
    """Said of a requirement that nothing answers: whether something stands beside it."""
    if finding.sentences:
        return ""
    beside = finding.against or finding.admits or finding.mentions
    return " — aucune phrase n’y répond ; voir celles qui en parlent" if beside else " — aucune phrase repérée"


def _marks(task: Task, requirements: Labels) -> dict[str, list[str]]:
    """For each sentence found, the requirements it serves, with its relation where it does not answer them."""
    marks: dict[str, list[str]] = {sid: [] for sid in found_sentences(task)}
    for finding in task.findings:
        label = requirements.label_by_id[finding.id]
        related = {
            "contradicts": finding.against,
            "admits": finding.admits,
            "mentions": () if finding.sentences else finding.mentions[:MENTIONS],
        }
        for sid in finding.sentences:
            marks[sid].append(label)
        for relation, ids in related.items():
            for sid in ids:
                marks.setdefault(sid, []).append(f"{label} {SAID[relation]}")
    return marks


def words_that_fit(room: int, group: Sequence[Task]) -> int:
    """The words of finds that each criterion of a group may send where `room` tokens are free for all of them."""
    asked = sum(
        tokens_of(task.criterion.text) + sum(tokens_of(called(f, task.criterion.text)) + 10 for f in task.findings)
        for task in group
    )
    fit = (room - asked) / TOKENS_PER_WORD / max(1, len(group))
    return int(max(LEAST_WORDS, min(MOST_WORDS, fit)))


def _sent(
    task: Task, ids: Sequence[str], chosen: Sequence[str], sentences: Labels, most_words: int
) -> tuple[list[str], int]:
    """What is sent of `ids`, and how many are left out: by rank and place where not all fit."""
    known = [sid for sid in ids if sid in sentences.label_by_id]
    if sum(word_count(task.sentences[sid].text) for sid in known) > most_words:
        first = [sid for sid in chosen if sid in known]
        room = most_words - sum(word_count(task.sentences[sid].text) for sid in first)
        known = [*first, *spread(task, [sid for sid in known if sid not in first], room)]
    return known, len({*ids} & sentences.label_by_id.keys()) - len(known)


def _in_order(ids: Collection[str], sentences: Labels) -> list[str]:
    """In the dossier's order."""
    place = {sid: number for number, sid in enumerate(sentences.label_by_id)}
    return sorted(ids, key=place.__getitem__)


def _listed(
    task: Task,
    ids: Sequence[str],
    marks: dict[str, list[str]],
    labels: Labels,
    hide: Callable[[str], str],
    chosen: frozenset[str],
) -> list[str]:
    before = _before(task)
    lines: list[str] = []
    section: str | None = None
    told: set[str] = {*ids}
    for sid in ids:
        sentence = task.sentences[sid]
        if sentence.section != section:
            section = sentence.section
            lines.append(f"    {title_line(section, hide)}")
        context = leaned_on(sentence, before(sid))
        if context and context.id not in told:
            told.add(context.id)
            lines.append(f"    {line_of(context, CONTEXT, hide)}")
        said = [", ".join(marks[sid]), *(["retenue"] if sid in chosen else [])]
        lines.append(f"    {line_of(sentence, labels.label_by_id[sid], hide, said)}")
    return lines


def _before(task: Task) -> Callable[[str], list[Sentence]]:
    """The sentences that stand a little before one of a dossier."""
    every = list(task.sentences.values())
    place = {one.id: number for number, one in enumerate(every)}
    return lambda sid: every[max(0, place[sid] - LIST_REACH) : place[sid]]


def items_in_words(
    items: Sequence[tuple[Task, Statement | Gap, Sequence[str]]], labels: Labels, hide: Callable[[str], str]
) -> str:
    """Numbered statements, questions and gaps, each with the sentences it is held against; a gap with its requirement, under
    the words of its criterion."""
    parts = []
    criterion = ""
    for number, (task, item, ids) in enumerate(items, start=1):
        kind = "manque" if isinstance(item, Gap) else "question" if item.text.rstrip().endswith("?") else "énoncé"
        lines = [f"Énoncé {number} ({kind}) : {hide(item.text)}"]
        if isinstance(item, Gap):
            asked = next(
                called(finding, task.criterion.text) for finding in task.findings if finding.id == item.requirement
            )
            lines.append(f"Exigence : {asked}")
            if criterion != task.criterion.id:
                lines.append(f"Critère de cette exigence et des suivantes : {task.criterion.text.strip()}")
            criterion = task.criterion.id
        parts.append("\n".join([*lines, "<phrases>", *cited_in_words(task, ids, labels, hide), "</phrases>"]))
    return "\n\n".join(parts)


def cited_in_words(task: Task, ids: Sequence[str], labels: Labels, hide: Callable[[str], str]) -> list[str]:
    """The sentences an item is held against, below the titles of their sections, each after the one it leans on."""
    before = _before(task)
    lines: list[str] = []
    section = ""
    for sid in ids:
        if task.sentences[sid].section != section:
            section = task.sentences[sid].section
            lines.append(f"  {title_line(section, hide)}")
        context = leaned_on(task.sentences[sid], before(sid))
        if context and context.id not in ids:
            lines.append(f"  {line_of(context, CONTEXT, hide)}")
        lines.append(f"  {line_of(task.sentences[sid], labels.label_by_id[sid], hide)}")
    return lines
