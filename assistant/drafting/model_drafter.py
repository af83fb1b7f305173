"""The drafter that asks a language model: a full reading, a choice, drafts per competence, and a check of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Thread
from typing import NamedTuple, TypeVar

from assistant.dossier.model import Dossier
from assistant.drafting.asking import Told, asked_in_words, requirement_labels, task_in_words, words_that_fit
from assistant.drafting.calling import Calls, added
from assistant.drafting.checking import checked
from assistant.drafting.choosing import chosen_by_rank, found_sentences, nothing_to_choose, put_forward, shared_out
from assistant.drafting.full_reading import MARGIN, read_in_full, reading_windows
from assistant.drafting.grounding import Grounds, grounded
from assistant.drafting.neutrality import faults
from assistant.drafting.rewriting import AtFault, at_fault, faulty_in_words, rewritten
from assistant.drafting.sending import Hiding, Sending, sending_of
from assistant.drafting.task import Choice, Draft, Drafting, FullReading, OpposedPair, Task
from assistant.drafting.windows import Labels, labelled
from assistant.errors import BudgetSpent, CallNotRecorded, ModelAnswerUnusable, ModelContextExceeded, ModelError
from assistant.lexicon.french import load as load_words
from assistant.llm.answers import ChoiceAnswer, DraftAnswer, RewriteAnswer
from assistant.llm.client import ModelClient, tokens_of
from assistant.llm.prompts import load_prompt
from assistant.privacy.entities import load_model
from assistant.privacy.known import NOTHING_KNOWN, About
from assistant.progress import Progress
from assistant.referentiel.model import Criterion
from assistant.result import Tokens

T = TypeVar("T")
PROTECT, CHOOSE, DRAFT = "protection des noms", "choix des passages", "rédaction"
NEUTRAL = "Le dossier donne trois dates."
MOST_CONTRARY = 3
"""Contradictions of a criterion that are passed on."""
PROMPTS = ("reading", "choosing", "drafting", "rewriting", "support")


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Tokens of a call (answer included) and of an answer, calls at once, tokens and seconds for one dossier."""

    context: int
    output: int
    concurrency: int
    budget: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Calls and input tokens a run will take, before it starts."""

    calls: int
    tokens: int


class Chosen(NamedTuple):
    """What was chosen of a criterion, and what contradicts what in it."""

    shown: tuple[str, ...]
    contrary: tuple[OpposedPair, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of one group of criteria, and what they cost."""

    drafts: dict[str, Draft]
    calls: int
    tokens: Tokens


class ModelDrafter:
    """Reads and drafts with one model. `about`: what is known of the dossier's people; `keep_home`: sentences on health,
    disability, religion or union are not sent at all."""

    def __init__(
        self,
        client: ModelClient,
        limits: CallLimits,
        *,
        check: bool,
        hiding: Hiding,
        about: About = NOTHING_KNOWN,
        keep_home: bool = False,
    ) -> None:
        self._client, self._limits, self._check = client, limits, check
        self._hiding, self._about, self._keep_home = hiding, about, keep_home
        self._calls = Calls(client, limits.concurrency, limits.budget, limits.seconds)
        self._sending: tuple[str, Sending] | None = None

    @property
    def name(self) -> str:
        return self._client.model

    @property
    def fingerprint(self) -> str:
        """What of this drafter changes a result: model, prompts, limits of a call."""
        prompts = [f"{name} {load_prompt(name).sha256}" for name in PROMPTS]
        return "\n".join(
            [self.name, str(self._check), self._hiding, str(self._keep_home), str(self._limits.context), *prompts]
        )

    @property
    def checks_support(self) -> bool:
        return self._check

    @property
    def gave_up(self) -> ModelError | None:
        return self._client.gave_up

    @property
    def _room(self) -> int:
        return self._limits.context - self._limits.output

    def _free(self, prompt: str) -> int:
        """Tokens of a call that are free for what is told, beside the prompt."""
        return self._room - tokens_of(load_prompt(prompt).text) - MARGIN

    def get_ready(self) -> None:
        if self._hiding != "none":
            load_model()
            load_words()
        self._client.get_ready()

    def read(self, dossier: Dossier, criteria: Sequence[Criterion], progress: Progress) -> FullReading:
        progress(PROTECT, 0, 1)
        sending = self._meet(dossier, criteria)
        # What drafts are weighed with takes a second to load, and the model as long to read.
        Thread(target=faults, args=(NEUTRAL, (NEUTRAL,)), name="gate", daemon=True).start()
        reading = read_in_full(
            dossier, criteria, sending.sentences, sending.hide, sending.seal, self._calls, self._room, progress
        )
        return replace(reading, kept_home=sending.home)

    def choose(self, dossier: Dossier, tasks: Sequence[Task], progress: Progress) -> Choice:
        sending = self._meet(dossier, [task.criterion for task in tasks])
        shown = {task.criterion.id: found_sentences(task) for task in tasks}
        contrary: dict[str, tuple[OpposedPair, ...]] = {}
        groups = [group for group in _by_competence(tasks) if not all(map(nothing_to_choose, group))]
        work = [lambda group=group: self._chosen(group, tasks, sending) for group in groups]
        spent: list[Tokens] = []
        reasons: list[str] = []
        for place, outcome in self._calls.all(work, CHOOSE, progress):
            if isinstance(outcome, ModelError):
                shown |= {one.criterion.id: chosen_by_rank(one) for one in groups[place] if not nothing_to_choose(one)}
                reasons.append(f"Passages choisis sans le modèle\u00a0: {outcome.message}")
                continue
            chosen, opposed, used = outcome
            shown |= chosen
            contrary |= opposed
            spent.append(used)
        return Choice(
            tuple(shown[task.criterion.id] for task in tasks),
            len(spent),
            added(*spent),
            tuple(dict.fromkeys(reasons)),
            tuple(contrary.get(task.criterion.id, ()) for task in tasks),
        )

    def draft(self, dossier: Dossier, tasks: Sequence[Task], choice: Choice, progress: Progress) -> Drafting:
        sending = self._meet(dossier, [task.criterion for task in tasks])
        chosen = {
            task.criterion.id: Chosen(shown, choice.contrary_of(place))
            for place, (task, shown) in enumerate(zip(tasks, choice.shown, strict=True))
        }
        groups = _by_competence(tasks)
        drafts: dict[str, Draft] = {}
        made: list[Drafted] = []
        work = [lambda group=group: self._group(group, tasks, chosen, sending) for group in groups]
        for place, outcome in self._calls.all(work, DRAFT, progress):
            if isinstance(outcome, ModelError):
                drafts |= {task.criterion.id: Draft(failure=outcome.message) for task in groups[place]}
                continue
            drafts |= outcome.drafts
            made.append(outcome)
        prompts = {name: load_prompt(name).reference for name in PROMPTS if self._check or name != "support"}
        return Drafting(
            tuple(drafts[task.criterion.id] for task in tasks),
            sum(one.calls for one in made),
            added(*(one.tokens for one in made)),
            prompts,
        )

    def estimate(self, dossier: Dossier, criteria: Sequence[Criterion]) -> Estimate:
        """Calls and input tokens before anything is sent; what was found is counted as half of the dossier, twice."""
        sending = self._meet(dossier, criteria)
        asked = asked_in_words(criteria, requirement_labels(criteria))
        windows = reading_windows(dossier, sending.sentences, asked, sending.hide, self._room)
        groups = len({criterion.competences[:1] for criterion in criteria})
        own = sum(tokens_of(window.text) for window in windows)
        instructions = {name: tokens_of(load_prompt(name).text) for name in PROMPTS}
        per_group = sum(instructions[name] for name in ("choosing", "drafting"))
        per_group += instructions["support"] if self._check else 0
        reading = own + len(windows) * (instructions["reading"] + tokens_of(asked))
        return Estimate(len(windows) + groups * (2 + self._check), reading + groups * per_group + own)

    def _meet(self, dossier: Dossier, criteria: Sequence[Criterion]) -> Sending:
        """Learns whose dossier it is, so that names are hidden the same way in every call."""
        if self._sending is None or self._sending[0] != dossier.sha256:
            sending = sending_of(dossier, criteria, self._about, self._hiding, keep_home=self._keep_home)
            self._sending = (dossier.sha256, sending)
        return self._sending[1]

    def _chosen(
        self, group: Sequence[Task], tasks: Sequence[Task], sending: Sending
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[OpposedPair, ...]], Tokens]:
        asked = [task for task in group if not nothing_to_choose(task)]
        names, told, _ = _told(asked, tasks, sending, {}, self._free("choosing"))
        answered = self._calls.ask(load_prompt("choosing").filled(criteria=_joined(told)), ChoiceAnswer, sending.seal)
        said = {one.criterion: one for one in answered.value.criteria}
        forward: list[tuple[Task, Sequence[str]]] = []
        contrary: dict[str, tuple[OpposedPair, ...]] = {}
        for task in group:
            if task not in asked:
                forward.append((task, found_sentences(task)))
                continue
            one = said.get(names.label_by_id[task.criterion.id])
            if one is None:
                forward.append((task, put_forward(task, ())))
                continue
            id_of = {label: sending.sentences.id_by_label[label] for label in told[task.criterion.id].labels}
            forward.append((task, put_forward(task, [id_of[label] for label in one.sentences if label in id_of])))
            contrary[task.criterion.id] = tuple(
                OpposedPair(id_of[pair.first], id_of[pair.second])
                for pair in one.contradictions[:MOST_CONTRARY]
                if pair.first != pair.second and {pair.first, pair.second} <= id_of.keys()
            )
        return shared_out(forward), contrary, answered.tokens

    def _group(
        self, group: Sequence[Task], tasks: Sequence[Task], chosen: Mapping[str, Chosen], sending: Sending
    ) -> Drafted:
        """Drafts the criteria of one competence together; each alone when together fails and the endpoint still answers."""
        try:
            return self._together(group, tasks, chosen, sending)
        except (BudgetSpent, CallNotRecorded):
            raise
        except ModelContextExceeded:
            if len(group) == 1:
                return self._together(group, tasks, chosen, sending, self._free("drafting") // 2)
        except ModelError:
            if len(group) == 1 or not self._client.has_answered:
                raise
        made: list[Drafted] = []
        for task in group:
            try:
                made.append(self._group([task], tasks, chosen, sending))
            except ModelError as alone:
                made.append(Drafted({task.criterion.id: Draft(failure=alone.message)}, 0, Tokens()))
        drafts = {name: draft for one in made for name, draft in one.drafts.items()}
        return Drafted(drafts, sum(one.calls for one in made), added(*(one.tokens for one in made)))

    def _together(
        self,
        group: Sequence[Task],
        tasks: Sequence[Task],
        chosen: Mapping[str, Chosen],
        sending: Sending,
        room: int | None = None,
    ) -> Drafted:
        """`room`: tokens for what is told, where the model holds less than the settings say."""
        free = self._free("drafting") if room is None else room
        names, told, requirements = _told(group, tasks, sending, chosen, free)
        prompt = load_prompt("drafting")
        filled = prompt.filled(criteria=_joined(told))
        answered = self._calls.ask(filled, DraftAnswer, sending.seal)
        answer, spent = answered.value, [answered.tokens]
        grounds = Grounds(
            sending.sentences,
            requirements,
            {name: one.labels for name, one in told.items()},
            sending.show,
            f"drafting {prompt.reference} {answered.call}",
        )
        named = {names.label_by_id[task.criterion.id]: task for task in group}
        if faulty := at_fault(answer, named, grounds):
            answer, rewriting = self._rewritten(answer, faulty, sending)
            spent += rewriting
        by_name = {draft.criterion: draft for draft in answer.criteria}
        if any(name not in by_name for name in names.id_by_label):
            raise ModelAnswerUnusable("Le modèle n’a pas rédigé tous les critères demandés.")
        drafts = {
            task.criterion.id: grounded(
                by_name[names.label_by_id[task.criterion.id]],
                task,
                grounds,
                any(finding.state == "unread" for finding in task.findings),
            )
            for task in group
        }
        calls = len(spent)
        if self._check:
            drafts, more, used = checked(group, drafts, sending.sentences, sending.hide, sending.seal, self._calls)
            calls, spent = calls + more, [*spent, used]
        return Drafted(drafts, calls, added(*spent))

    def _rewritten(
        self, answer: DraftAnswer, faulty: Sequence[AtFault], sending: Sending
    ) -> tuple[DraftAnswer, list[Tokens]]:
        """The answer with the sentences at fault written anew; when that fails they stay, to be withheld and counted."""
        asked = load_prompt("rewriting").filled(statements=faulty_in_words(faulty, sending.sentences, sending.hide))
        try:
            answered = self._calls.ask(asked, RewriteAnswer, sending.seal)
        except ModelError:
            return answer, []
        return rewritten(answer, faulty, answered.value), [answered.tokens]


def _told(
    group: Sequence[Task], tasks: Sequence[Task], sending: Sending, chosen: Mapping[str, Chosen], room: int
) -> tuple[Labels, dict[str, Told], Labels]:
    """The names of a group's criteria, each criterion as it is put to the model, the labels of all requirements."""
    requirements = requirement_labels([task.criterion for task in tasks])
    names = labelled("C", [task.criterion.id for task in group])
    words = words_that_fit(room, group)
    told = {
        task.criterion.id: task_in_words(
            task,
            names.label_by_id[task.criterion.id],
            sending.sentences,
            requirements,
            sending.hide,
            words,
            *chosen.get(task.criterion.id, ((), ())),
        )
        for task in group
    }
    return names, told, requirements


def _joined(told: dict[str, Told]) -> str:
    return "\n\n".join(one.text for one in told.values())


def _by_competence(tasks: Sequence[Task]) -> list[list[Task]]:
    """Criteria of one competence are read together: they share the passages they rest on."""
    groups: dict[tuple[str, ...], list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.criterion.competences[:1], []).append(task)
    return list(groups.values())
