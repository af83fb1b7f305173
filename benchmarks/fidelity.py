"""Does a model keep to what a sentence says? Cases of two faults, answered by a model or replayed from a recording.

Substitution: a true sentence about a neighbouring thing must not answer a requirement, and a sentence that does answer it
must be found. Over-attribution: a statement that says more than the sentences it cites must not pass the check.

    python -m benchmarks.fidelity                    replays tests/recordings/fidelity
    python -m benchmarks.fidelity --record FOLDER    asks the model of the settings, and keeps its answers
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.components import client_of, drafter_of
from assistant.dossier.model import Dossier, Page, Passage, Sentence
from assistant.drafting.calling import Calls
from assistant.drafting.checking import checked
from assistant.drafting.findings import tasks_of
from assistant.drafting.task import Draft, RequirementFinding, Task
from assistant.drafting.windows import sentence_labels
from assistant.evaluation.recording import keep_recording, replayed
from assistant.llm.calls import CallStore
from assistant.matching.match import CriterionMatch, RequirementMatch
from assistant.privacy.mask import own_words
from assistant.progress import silent
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import LedgerEntry, Statement, Support
from assistant.settings import Settings, load_settings

CASES = Path(__file__).resolve().parent.parent / "tests" / "drafting" / "fidelity.yaml"
RECORDING = CASES.parent.parent / "recordings" / "fidelity"
BUDGET, SECONDS = 1_000_000, 36_000.0
CRITERIA_A_CALL = 4


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Substitution(Closed):
    """`trap` and `around` do not answer the requirement; `answer` does, where there is one."""

    criterion: str
    requirement: str
    trap: str
    around: tuple[str, ...]
    answer: str | None


class Attribution(Closed):
    """What the sentences hold of a statement."""

    sentences: tuple[str, ...]
    statement: str
    holds: Literal["yes", "partly", "no"]


class Cases(Closed):
    substitution: tuple[Substitution, ...]
    attribution: tuple[Attribution, ...]


class Fidelity(NamedTuple):
    """Cases that came out right, by their number: traps left, answers found, what is missing said to be missing (where
    nothing answers, and there only), statements marked as they should be."""

    traps_left: dict[int, bool]
    answers_found: dict[int, bool]
    gaps_right: dict[int, bool]
    statements_right: dict[int, bool]


def load_cases(file: Path = CASES) -> Cases:
    """Raises OSError, and ValueError where the file is not as it should be."""
    return Cases.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def measured(cases: Cases, settings: Settings, calls: CallStore) -> Fidelity:
    """Reads, drafts and checks the cases. Raises the ModelErrors."""
    return Fidelity(
        *_substitutions(cases.substitution, settings, calls), _attributions(cases.attribution, settings, calls)
    )


def _substitutions(
    cases: Sequence[Substitution], settings: Settings, calls: CallStore
) -> tuple[dict[int, bool], dict[int, bool], dict[int, bool]]:
    pages = [[one.around[0], one.trap, *one.around[1:]] for one in cases]
    pages += [[one.answer or "Ce chapitre est repris de la version précédente."] for one in cases]
    dossier = dossier_of(pages)
    criteria = [_criterion(number, one) for number, one in enumerate(cases, start=1)]
    drafter = drafter_of(settings, calls)
    reading = drafter.read(dossier, criteria, silent)
    tasks = tasks_of(
        dossier, criteria, [_match(number, criterion) for number, criterion in enumerate(criteria, 1)], reading
    )
    drafting = drafter.draft(dossier, tasks, drafter.choose(dossier, tasks, silent), silent)
    for failed in (*reading.reasons, *(draft.failure for draft in drafting.drafts if draft.failure)):
        raise ValueError(failed)
    traps, answers, gaps = {}, {}, {}
    for number, (case, task, draft) in enumerate(zip(cases, tasks, drafting.drafts, strict=True), start=1):
        found = set(task.findings[0].sentences)
        traps[number] = f"p{number}s2" not in found
        if case.answer:
            answers[number] = f"p{len(cases) + number}s1" in found
        gaps[number] = bool(draft.gaps) == (case.answer is None)
    return traps, answers, gaps


def _attributions(cases: Sequence[Attribution], settings: Settings, calls: CallStore) -> dict[int, bool]:
    dossier = dossier_of([one.sentences for one in cases])
    tasks = [_cited(number, one, dossier) for number, one in enumerate(cases, start=1)]
    drafts = {task.criterion.id: _drafted(task, one) for task, one in zip(tasks, cases, strict=True)}
    client = client_of(settings, calls)
    asked = Calls(client, settings.model_concurrency, BUDGET, SECONDS)
    marked, _, _ = checked(tasks, drafts, sentence_labels(dossier), str, own_words, asked)
    if reason := next((draft.unchecked for draft in marked.values() if draft.unchecked), None):
        raise ValueError(reason)
    return {
        number: _as_it_should(marked[task.criterion.id].observation[0].support, one.holds)
        for number, (task, one) in enumerate(zip(tasks, cases, strict=True), start=1)
    }


def _as_it_should(support: Support, holds: str) -> bool:
    """Whether a faithful statement passes and another does not: "partly" and "no" are told apart by people differently."""
    return (support == "yes") == (holds == "yes")


def dossier_of(pages: Sequence[Sequence[str]]) -> Dossier:
    """A dossier of a page, and a section, for each list of sentences."""
    made = [_page(number, texts) for number, texts in enumerate(pages, start=1)]
    sentences = tuple(sentence for _, group, _ in made for sentence in group)
    ledger = tuple(LedgerEntry(page=page.number, read="text", words=len(page.text.split())) for page, _, _ in made)
    return Dossier("cas.pdf", "0", tuple(one[0] for one in made), sentences, tuple(one[2] for one in made), ledger, ())


def _page(number: int, texts: Sequence[str]) -> tuple[Page, tuple[Sentence, ...], Passage]:
    section, text, sentences = f"Chapitre {number}", " ".join(texts), []
    for place, said in enumerate(texts, start=1):
        start = text.index(said)
        box = ((0.0, 0.0, 1.0, 1.0),)
        sentences.append(
            Sentence(
                f"p{number}s{place}", number, start, start + len(said), said, box, "text", "prose", "body", section
            )
        )
    passage = Passage(f"p{number}", number, section, tuple(one.id for one in sentences), text)
    return Page(number, str(number), 595.0, 842.0, text), tuple(sentences), passage


def _criterion(number: int, case: Substitution) -> Criterion:
    name = f"Cr{number}"
    group = (f"C{(number - 1) // CRITERIA_A_CALL + 1}",)
    return Criterion(
        id=name,
        text=case.criterion,
        competences=group,
        requirements=(Requirement(id=f"{name}.r1", text=case.requirement),),
    )


def _match(number: int, criterion: Criterion) -> CriterionMatch:
    """What a search by words would hold nearest: the trap."""
    near = (f"p{number}s2", f"p{number}s1")
    return CriterionMatch(criterion.id, (RequirementMatch(criterion.asked[0].id, True, near[:1], near),), near)


def _cited(number: int, case: Attribution, dossier: Dossier) -> Task:
    own = {one.id: one for one in dossier.sentences if one.page == number}
    criterion = Criterion(id=f"Cr{number}", text=case.statement)
    finding = RequirementFinding(f"Cr{number}.r1", case.statement, case.statement, "found", tuple(own), tuple(own))
    return Task(criterion, CriterionMatch(criterion.id, (), tuple(own)), (finding,), own, len(dossier.pages), ())


def _drafted(task: Task, case: Attribution) -> Draft:
    return Draft(observation=(Statement(text=case.statement, citations=tuple(task.sentences)),))


def print_fidelity(folder: Path = RECORDING) -> None:
    """Replays a recording."""
    _print(measured(load_cases(), *replayed(folder, load_settings())), "replayed")


def record(folder: Path) -> None:
    """Asks the model that the settings name and keeps what it answers in `folder`."""
    settings = load_settings().model_copy(update={"pseudonyms": "off", "ocr": "off"})
    _print(measured(load_cases(), settings, CallStore(folder / "calls")), settings.model or "")
    keep_recording(folder, settings, None, hidden=False)


def _print(one: Fidelity, how: str) -> None:
    print(f"Keeping to what a sentence says ({how}); numbers of the cases that came out wrong in brackets")
    for title, cases in (
        ("a neighbouring thing left", one.traps_left),
        ("a true answer found", one.answers_found),
        ("what is missing said to be missing, and nothing else", one.gaps_right),
        ("a statement marked as what it is", one.statements_right),
    ):
        wrong = [number for number, right in cases.items() if not right]
        print(f"  {title}: {sum(cases.values())} of {len(cases)} {wrong or ''}")


if __name__ == "__main__":
    record(Path(sys.argv[2])) if sys.argv[1:2] == ["--record"] else print_fidelity()
