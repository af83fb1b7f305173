"""The drafter that asks a language model: a full reading in windows, drafts per competence, and a check of each."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.dossier.model import Dossier
from assistant.drafting.asking import asked_in_words, requirement_labels, statements_in_words, task_in_words
from assistant.drafting.grounding import Grounds, grounded
from assistant.drafting.rewriting import AtFault, at_fault, faulty_in_words, rewritten
from assistant.drafting.task import Draft, Drafting, FullReading, SentenceLink, Task
from assistant.drafting.windows import Labels, Window, labelled, sentence_labels, windows_of
from assistant.errors import BudgetSpent, CallNotRecorded, ModelAnswerUnusable, ModelError
from assistant.llm.answers import DraftAnswer, ReadingAnswer, RewriteAnswer, SupportAnswer
from assistant.llm.client import Meter, ModelClient, tokens_of
from assistant.llm.prompts import load_prompt
from assistant.privacy.pseudonyms import COVER_PAGES, Pseudonyms, names_in
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Statement, Tokens

T = TypeVar("T")
READ, DRAFT = "lecture par le modèle", "rédaction"
MARGIN = 400
"""Tokens kept free in the context: estimates are estimates."""


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Tokens of a call (answer included) and of an answer, calls at once, tokens for one dossier."""

    context: int
    output: int
    concurrency: int
    budget: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """Calls and input tokens a run will take, before it starts."""

    calls: int
    tokens: int


class ModelDrafter:
    """Reads and drafts with one model. `pseudonyms`: personal data is replaced before it is sent."""

    def __init__(self, client: ModelClient, limits: CallLimits, *, check: bool, pseudonyms: bool) -> None:
        self._client, self._limits, self._check, self._pseudonyms = client, limits, check, pseudonyms
        self._meter = Meter(limits.budget)
        self._names = Pseudonyms(())
        self._labels = labelled("s", [])

    @property
    def name(self) -> str:
        return self._client.model

    @property
    def fingerprint(self) -> str:
        """What of this drafter changes a result: model, prompts, limits of a call."""
        prompts = [f"{name} {load_prompt(name).sha256}" for name in ("reading", "drafting", "rewriting", "support")]
        return "\n".join([self.name, str(self._check), str(self._pseudonyms), str(self._limits.context), *prompts])

    @property
    def checks_support(self) -> bool:
        return self._check

    def read(self, dossier: Dossier, criteria: Sequence[Criterion], progress: Progress) -> FullReading:
        self._meet(dossier)
        labels, requirements = self._labels, requirement_labels(criteria)
        if not requirements.label_by_id:
            return FullReading()
        asked = asked_in_words(criteria, requirements)
        windows = self._windows(dossier, labels, asked)
        finds: list[SentenceLink] = []
        failed: set[int] = set()
        reasons: list[str] = []
        calls, tokens = 0, Tokens()
        work = [lambda window=window: self._window(window, asked) for window in windows]
        for place, outcome in self._all(work, READ, progress):
            if isinstance(outcome, ModelError):
                failed |= set(windows[place].pages)
                reasons.append(outcome.message)
                continue
            answer, used = outcome
            finds += _finds(answer, windows[place], labels, requirements)
            calls, tokens = calls + 1, _sum(tokens, used)
        return FullReading(
            took_place=calls > 0,
            finds=tuple(dict.fromkeys(finds)),
            failed_pages=tuple(sorted(failed)),
            reasons=tuple(dict.fromkeys(reasons)),
            calls=calls,
            tokens=tokens,
        )

    def draft(self, dossier: Dossier, tasks: Sequence[Task], progress: Progress) -> Drafting:
        self._meet(dossier)
        groups = _by_competence(tasks)
        drafts: dict[str, Draft] = {}
        calls, tokens = 0, Tokens()
        work = [lambda group=group: self._group(group, tasks) for group in groups]
        for place, outcome in self._all(work, DRAFT, progress):
            if isinstance(outcome, ModelError):
                drafts |= {task.criterion.id: Draft(failure=outcome.message) for task in groups[place]}
                continue
            made, used_calls, used = outcome
            drafts |= made
            calls, tokens = calls + used_calls, _sum(tokens, used)
        prompts = {name: load_prompt(name).reference for name in ("reading", "drafting", "support")}
        if not self._check:
            del prompts["support"]
        return Drafting(tuple(drafts[task.criterion.id] for task in tasks), calls, tokens, prompts)

    def estimate(self, dossier: Dossier, criteria: Sequence[Criterion]) -> Estimate:
        """Calls and input tokens before anything is sent; drafts are counted at a fifth of the dossier each way."""
        self._meet(dossier)
        labels, requirements = self._labels, requirement_labels(criteria)
        asked = asked_in_words(criteria, requirements)
        windows = self._windows(dossier, labels, asked)
        groups = len({criterion.competences[:1] for criterion in criteria})
        reading = sum(tokens_of(window.text) + self._instructions(asked) for window in windows)
        drafting = groups * (1 + self._check) * tokens_of(load_prompt("drafting").text) + sum(
            tokens_of(w.text) for w in windows
        )
        return Estimate(len(windows) + groups * (1 + self._check), reading + drafting)

    def _meet(self, dossier: Dossier) -> None:
        """Learns whose dossier it is, so that names are hidden the same way in every call."""
        cover = [s.text for s in dossier.sentences if s.page <= COVER_PAGES]
        names = names_in(cover, [s.text for s in dossier.sentences], dossier.metadata) if self._pseudonyms else ()
        self._names = Pseudonyms(names)
        self._labels = sentence_labels(dossier)
        # Placeholders are numbered by their first place in the dossier, not by whichever call comes first.
        for sentence in dossier.sentences:
            self._hide(sentence.text)

    def _hide(self, text: str) -> str:
        return self._names.hide(text) if self._pseudonyms else text

    def _windows(self, dossier: Dossier, labels: Labels, asked: str) -> tuple[Window, ...]:
        room = self._limits.context - self._limits.output - self._instructions(asked) - MARGIN
        return windows_of(dossier, labels, room, self._hide)

    def _instructions(self, asked: str) -> int:
        return tokens_of(load_prompt("reading").text) + tokens_of(asked)

    def _window(self, window: Window, asked: str) -> tuple[ReadingAnswer, Tokens]:
        prompt = load_prompt("reading").filled(requirements=asked, passages=window.text)
        answered = self._client.ask(prompt, ReadingAnswer, self._meter)
        return answered.value, answered.tokens

    def _group(self, group: Sequence[Task], tasks: Sequence[Task]) -> tuple[dict[str, Draft], int, Tokens]:
        """Drafts the criteria of one competence together; each alone when together fails and the endpoint still answers."""
        try:
            return self._together(group, tasks)
        except (BudgetSpent, CallNotRecorded):
            raise
        except ModelError:
            if len(group) == 1 or not self._client.has_answered:
                raise
        made: dict[str, Draft] = {}
        calls, tokens = 0, Tokens()
        for task in group:
            try:
                drafts, more, used = self._together([task], tasks)
            except ModelError as alone:
                made[task.criterion.id] = Draft(failure=alone.message)
                continue
            made |= drafts
            calls, tokens = calls + more, _sum(tokens, used)
        return made, calls, tokens

    def _together(self, group: Sequence[Task], tasks: Sequence[Task]) -> tuple[dict[str, Draft], int, Tokens]:
        requirements = requirement_labels([task.criterion for task in tasks])
        names = labelled("C", [task.criterion.id for task in group])
        described = "\n\n".join(
            task_in_words(task, names.label_by_id[task.criterion.id], self._labels, requirements, self._hide)
            for task in group
        )
        prompt = load_prompt("drafting")
        filled = prompt.filled(criteria=described)
        answered = self._client.ask(filled, DraftAnswer, self._meter)
        calls, tokens, answer = 1, answered.tokens, answered.value
        grounds = Grounds(self._labels, requirements, self._names.show, f"drafting {prompt.reference} {answered.call}")
        tasks_by_name = {names.label_by_id[task.criterion.id]: task for task in group}
        if faulty := at_fault(answer, tasks_by_name, grounds):
            answer, more, used = self._rewritten(answer, faulty)
            calls, tokens = calls + more, _sum(tokens, used)
        by_name = {draft.criterion: draft for draft in answer.criteria}
        missing = [name for name in names.id_by_label if name not in by_name]
        if missing:
            raise ModelAnswerUnusable("Le modèle n’a pas rédigé tous les critères demandés.")
        drafts = {
            task.criterion.id: grounded(
                by_name[names.label_by_id[task.criterion.id]],
                task,
                grounds,
                any(f.state == "unread" for f in task.findings),
            )
            for task in group
        }
        if self._check:
            drafts, more, used = self._checked(group, drafts)
            calls, tokens = calls + more, _sum(tokens, used)
        return drafts, calls, tokens

    def _rewritten(self, answer: DraftAnswer, faulty: Sequence[AtFault]) -> tuple[DraftAnswer, int, Tokens]:
        """The answer with the sentences at fault written anew; when that fails they stay, to be withheld and counted."""
        asked = load_prompt("rewriting").filled(statements=faulty_in_words(faulty, self._hide))
        try:
            answered = self._client.ask(asked, RewriteAnswer, self._meter)
        except ModelError:
            return answer, 0, Tokens()
        return rewritten(answer, faulty, answered.value), 1, answered.tokens

    def _checked(self, group: Sequence[Task], drafts: dict[str, Draft]) -> tuple[dict[str, Draft], int, Tokens]:
        """Marks each cited statement with what the check says; when it fails they stay unchecked, and that is said."""
        statements = [(task, s) for task in group for s in drafts[task.criterion.id].observation if s.citations]
        if not statements:
            return drafts, 0, Tokens()
        told = statements_in_words(statements, self._labels, self._hide)
        try:
            answered = self._client.ask(load_prompt("support").filled(statements=told), SupportAnswer, self._meter)
        except ModelError as error:
            failure = f"Énoncés non vérifiés\u00a0: {error.message}"
            return {name: replace(draft, unchecked=failure) for name, draft in drafts.items()}, 0, Tokens()
        verdicts = {one.statement: one.supported for one in answered.value.statements}
        marked = {id(s): replace_support(s, verdicts.get(n)) for n, (_, s) in enumerate(statements, start=1)}
        kept = {
            name: replace(draft, observation=tuple(marked.get(id(s), s) for s in draft.observation))
            for name, draft in drafts.items()
        }
        return kept, 1, answered.tokens

    def _all(self, work: Sequence[Callable[[], T]], step: str, progress: Progress) -> list[tuple[int, T | ModelError]]:
        """Everything at once up to the concurrency; results in order. What `progress` raises stops what has not begun."""
        results: dict[int, T | ModelError] = {}
        pool = ThreadPoolExecutor(self._limits.concurrency, thread_name_prefix="model")
        try:
            futures = {pool.submit(copy_context().run, one): place for place, one in enumerate(work)}
            progress(step, 0, len(work))
            for done, future in enumerate(as_completed(futures), start=1):
                try:
                    results[futures[future]] = future.result()
                except ModelError as error:
                    results[futures[future]] = error
                progress(f"{step}{self._meter.so_far()}", done, len(work))
        except BaseException:
            self._client.stopped.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return sorted(results.items())


def replace_support(statement: Statement, verdict: str | None) -> Statement:
    """The statement with the checker's answer, if it gave one."""
    return statement.model_copy(update={"support": verdict}) if verdict else statement


def _finds(answer: ReadingAnswer, window: Window, labels: Labels, requirements: Labels) -> list[SentenceLink]:
    """Only what was sent in this window is accepted."""
    return [
        SentenceLink(labels.id_by_label[pair.sentence], requirements.id_by_label[pair.requirement], pair.relation)
        for pair in answer.finds
        if pair.sentence in window.labels and pair.requirement in requirements.id_by_label
    ]


def _by_competence(tasks: Sequence[Task]) -> list[list[Task]]:
    groups: dict[tuple[str, ...], list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.criterion.competences[:1], []).append(task)
    return list(groups.values())


def _sum(a: Tokens, b: Tokens) -> Tokens:
    return Tokens(input=a.input + b.input, output=a.output + b.output)
