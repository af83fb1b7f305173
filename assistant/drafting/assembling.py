"""The last verb: what was read, found and drafted becomes a PreRead; quotes, pages and boxes are attached here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import __version__
from assistant.dossier.model import Dossier, Sentence
from assistant.drafting.choosing import shown_unfolded
from assistant.drafting.kept_home import home_notices
from assistant.drafting.task import Choice, Draft, Drafting, FullReading, OpposedPair, RequirementFinding, Task
from assistant.matching.match import DeliverableMatch
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.result import (
    CriterionPart,
    DeliverablePart,
    DossierPart,
    Evidence,
    EvidenceEnd,
    FilePart,
    Notice,
    PreRead,
    Provenance,
    ReferentielRef,
    RequirementPart,
    RunStatus,
    Search,
    Statement,
    Tokens,
)

KIND_WORDS = {
    "text": "texte", "figure": "schéma ou figure", "table": "tableau", "screenshot": "capture d’écran",
    "prompt": "requête (prompt)", "number": "chiffres",
}  # fmt: skip
DELIVERABLE_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What a pre-read was made with, for its provenance."""

    drafter: str
    embedding: str
    support_check: bool
    settings_sha256: str


def assemble(
    referentiel: LoadedReferentiel,
    blocs: tuple[str, ...],
    dossier: Dossier,
    tasks: Sequence[Task],
    reading: FullReading,
    choice: Choice,
    drafting: Drafting,
    deliverables: Sequence[DeliverableMatch],
    made_with: MadeWith,
) -> PreRead:
    """Every citation left in a pre-read names a sentence of this dossier; unknown ids are dropped and counted."""
    criteria, dropped = [], 0
    for place, (task, chosen, draft) in enumerate(zip(tasks, choice.shown, drafting.drafts, strict=True)):
        part, lost = _criterion(task, chosen, choice.contrary_of(place), draft)
        criteria.append(part)
        dropped += lost + draft.dropped_citations
    sentences = {sentence.id: sentence for sentence in dossier.sentences}
    found = tuple(_deliverable(match, sentences, dossier) for match in deliverables)
    reasons = _reasons(dossier, reading, drafting, tasks)
    return PreRead(
        status=status_of(reasons),
        reasons=reasons,
        referentiel=ReferentielRef(
            id=referentiel.content.id, version=referentiel.content.version, sha256=referentiel.sha256, blocs=blocs
        ),
        dossier=_dossier(dossier, criteria, found, home_notices(dossier, tasks, reading)),
        criteria=tuple(criteria),
        deliverables=found,
        provenance=Provenance(
            software=f"prelecture {__version__}",
            drafter=made_with.drafter,
            embedding=made_with.embedding,
            prompts=dict(drafting.prompts or {}),
            settings_sha256=made_with.settings_sha256,
            calls=reading.calls + choice.calls + drafting.calls,
            tokens=Tokens(
                input=reading.tokens.input + choice.tokens.input + drafting.tokens.input,
                output=reading.tokens.output + choice.tokens.output + drafting.tokens.output,
            ),
            dropped_citations=dropped,
            withheld_statements=sum(draft.withheld for draft in drafting.drafts),
            support_check=made_with.support_check,
            ai_generated=True,
        ),
    )


def _criterion(
    task: Task, choice: Sequence[str], contrary: Sequence[OpposedPair], draft: Draft
) -> tuple[CriterionPart, int]:
    observation, lost_there = _kept(draft.observation, task.sentences)
    questions, lost_here = _kept(draft.questions, task.sentences)
    cited = [sid for statement in (*observation, *questions) for sid in statement.citations]
    cited += [sid for finding in task.findings for sid in (*finding.sentences, *_nearest(finding))]
    shown = shown_unfolded(task, choice, [statement.citations for statement in observation], contrary)
    part = CriterionPart(
        id=task.criterion.id,
        assessed_by=task.criterion.assessed_by,
        requirements=tuple(
            RequirementPart(
                id=finding.id,
                text=finding.text,
                label=finding.name,
                state="found" if _missed(finding, draft) else finding.state,
                evidence=finding.nearest if _missed(finding, draft) else finding.sentences,
                search=Search(
                    pages_read=task.pages_read,
                    pages_unread=task.pages_unread,
                    pages_partial=task.pages_partial,
                    nearest=finding.nearest,
                    looked_for=tuple(KIND_WORDS[kind] for kind in requirement.kinds),
                ),
            )
            for finding, requirement in zip(task.findings, task.criterion.asked, strict=True)
        ),
        shown=shown,
        evidence=_evidence((*shown, *task.match.evidence), cited, task.sentences),
        observation=observation,
        gaps=draft.gaps,
        questions=questions,
        failure=draft.failure,
        withheld=draft.withheld,
    )
    return part, lost_there + lost_here


def _missed(finding: RequirementFinding, draft: Draft) -> bool:
    """Held unfound, but its nearest sentences, looked at again, speak of it."""
    return finding.state == "not_found" and finding.id in draft.refuted


def _nearest(finding: RequirementFinding) -> tuple[str, ...]:
    """What is shown in full before a gap is taken over."""
    return finding.nearest if finding.state == "not_found" else ()


def _kept(statements: Iterable[Statement], sentences: Mapping[str, Sentence]) -> tuple[tuple[Statement, ...], int]:
    kept, lost = [], 0
    for statement in statements:
        known = tuple(sid for sid in dict.fromkeys(statement.citations) if sid in sentences)
        lost += len(statement.citations) - len(known)
        kept.append(statement.model_copy(update={"citations": known}))
    return tuple(kept), lost


def _evidence(ranked: Iterable[str], cited: Iterable[str], sentences: Mapping[str, Sentence]) -> tuple[Evidence, ...]:
    """Evidence in reading order, then whatever else is cited, so that every id can be looked up."""
    ids = [sid for sid in dict.fromkeys([*ranked, *cited]) if sid in sentences]
    return tuple(evidence_of(sentences[sid], place) for place, sid in enumerate(ids, start=1))


def evidence_of(sentence: Sentence, place: int) -> Evidence:
    """A citation: the dossier's exact words with their place in it, and its place in the order of reading."""
    return Evidence(
        id=sentence.id,
        page=sentence.page,
        quote=sentence.text,
        boxes=sentence.boxes,
        source=sentence.source,
        rank=place,
        over=EvidenceEnd(page=sentence.over.page, boxes=sentence.over.boxes) if sentence.over else None,
    )


def _deliverable(match: DeliverableMatch, sentences: Mapping[str, Sentence], dossier: Dossier) -> DeliverablePart:
    if match.found:
        evidence = _evidence(match.sentences[:DELIVERABLE_EVIDENCE], (), sentences)
        return DeliverablePart(id=match.id, state="found", evidence=evidence)
    return DeliverablePart(
        id=match.id, state="unread" if dossier.unread_pages or dossier.partial_pages else "not_found", evidence=()
    )


def _dossier(
    dossier: Dossier,
    criteria: Sequence[CriterionPart],
    deliverables: Sequence[DeliverablePart],
    added: tuple[Notice, ...],
) -> DossierPart:
    used = {
        page
        for part in criteria
        for requirement in part.requirements
        for evidence in part.evidence
        if evidence.id in requirement.evidence
        for page in _pages_of(evidence)
    }
    used |= {page for part in deliverables for evidence in part.evidence for page in _pages_of(evidence)}
    read = [entry.page for entry in dossier.ledger if entry.read != "none"]
    return DossierPart(
        file=dossier.file,
        sha256=dossier.sha256,
        pages=len(dossier.ledger),
        words=dossier.words,
        ledger=dossier.ledger,
        unused_pages=tuple(page for page in read if page not in used),
        notices=(*dossier.notices, *added),
        files=tuple(
            FilePart(name=file.name, sha256=file.sha256, kind=file.kind, pages=file.pages, failure=file.failure)
            for file in dossier.files
        ),
    )


def _pages_of(evidence: Evidence) -> tuple[int, ...]:
    return (evidence.page,) if evidence.over is None else (evidence.page, evidence.over.page)


def _reasons(dossier: Dossier, reading: FullReading, drafting: Drafting, tasks: Sequence[Task]) -> tuple[str, ...]:
    reasons = []
    if dossier.unread_pages:
        pages = ", ".join(map(str, dossier.unread_pages))
        reasons.append(f"Pages non lues\u00a0: {pages}.")
    if dossier.partial_pages:
        pages = ", ".join(map(str, dossier.partial_pages))
        reasons.append(f"Pages lues en partie\u00a0: {pages}.")
    reasons += [f"Fichier non lu\u00a0: {file.name}." for file in dossier.files if file.failure]
    reasons += reading.reasons
    reasons += [
        f"Critère {task.criterion.id}\u00a0: {draft.failure or draft.unchecked}"
        for task, draft in zip(tasks, drafting.drafts, strict=True)
        if draft.failure or draft.unchecked
    ]
    return tuple(reasons)


def status_of(reasons: Sequence[str]) -> RunStatus:
    """Complete only when there is nothing to say against it."""
    return "partial" if reasons else "complete"
