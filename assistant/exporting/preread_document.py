"""The pre-read itself as a document: where the dossier speaks of each criterion, and what was not found. No human work."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assistant.exporting import wording
from assistant.exporting.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    PageReference,
    Paragraph,
    Properties,
    Words,
    paragraph,
    words,
)
from assistant.exporting.grid import EXTRACTIVE
from assistant.exporting.wording import NBSP
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, Evidence, PreRead, RequirementPart, RequirementState, Statement

PASSAGES = "Passages du dossier, à vérifier"
CITED = "Passages du dossier"
NEARBY = f"Autres passages proches{NBSP}:"
QUESTIONS = "Questions possibles pour l’oral"
BY_MODEL = "Rédigé par l’IA, à vérifier"
LEFT: Mapping[RequirementState, str] = {
    "not_found": "Pas repéré, à vérifier",
    "unread": "Pas cherché partout, des pages n’ont pas été lues",
    "oral_only": "Se montre à l’oral",
}
DELIVERABLE = {"found": "", "not_found": "pas repéré, à vérifier", "unread": "pas cherché partout"}
NO_GRADE = (
    f"Cette page repère des passages du dossier. Elle ne note pas et ne décide rien{NBSP}: la lecture et la décision "
    "appartiennent au jury."
)


def preread_document(preread: PreRead, referentiel: LoadedReferentiel, made: datetime) -> Document:
    """The document; every text of the dossier is letters and nothing else."""
    asked = {criterion.id: criterion for criterion in referentiel.content.criteria()}
    dossier, about = preread.dossier, preread.provenance
    title = f"Prélecture de {dossier.file}"
    by_model = about.drafter != EXTRACTIVE
    of_what = (
        f"{referentiel.content.shown_title} – version {preread.referentiel.version}, "
        f"blocs {', '.join(preread.referentiel.blocs)}. {dossier.pages}{NBSP}pages, {dossier.words}{NBSP}mots."
    )
    drafter = (
        f"le modèle de langage {about.drafter}" if by_model else "un programme de recherche, sans modèle de langage"
    )
    return Document(
        title=title,
        heading=title,
        blocks=(
            paragraph(of_what, "lead"),
            paragraph(NO_GRADE),
            *_notices(preread),
            *(block for part in preread.criteria for block in _criterion(asked[part.id], part, by_model)),
            *_deliverables(preread, referentiel),
            paragraph(f"Prélecture faite par {drafter} ({about.software}).", "small"),
        ),
        properties=Properties(about.software, made, ("ai-generated",), ""),
        running_head=title,
    )


def _notices(preread: PreRead) -> tuple[Block, ...]:
    lines = [words(reason) for reason in preread.reasons]
    for notice in preread.dossier.notices:
        place = f"p.{NBSP}{notice.page}{NBSP}: " if notice.page else ""
        detail = f" ({notice.detail})" if notice.detail else ""
        lines.append(words(f"{place}{notice.text}{detail}"))
    return (Heading(2, "Signalements sur le fichier"), BulletList(tuple(lines))) if lines else ()


def _criterion(criterion: Criterion, part: CriterionPart, by_model: bool) -> Iterable[Block]:
    """What the desk shows unfolded: its words, statements, the passages chosen, each once, and what was not found."""
    yield Heading(2, criterion.id)
    yield paragraph(f"{criterion.lead} {criterion.text}" if criterion.lead else criterion.text, emphasis="strong")
    if part.failure:
        yield paragraph(part.failure)
    evidence = {item.id: item for item in part.evidence}
    if by_model and part.observation:
        yield Heading(3, BY_MODEL)
        yield BulletList(tuple(_statement(one, evidence) for one in part.observation))
    shown = [evidence[sid] for sid in part.shown if sid in evidence]
    if shown:
        yield Heading(3, CITED if by_model else PASSAGES)
        yield BulletList(tuple(_passage(one) for one in shown))
    near = tuple(sorted({one.page for one in part.evidence if one.id not in part.shown}))
    if near:
        yield Paragraph((Words(f"{NEARBY} "), PageReference(near)), "small")
    if part.questions:
        yield Heading(3, QUESTIONS)
        yield BulletList(tuple(_statement(one, evidence) for one in part.questions))
    for state, said in LEFT.items():
        named = [_asked(one) for one in part.requirements if one.state == state]
        if named:
            yield paragraph(f"{said}{NBSP}: {f'{NBSP}; '.join(named)}.")


def _asked(part: RequirementPart) -> str:
    """What is asked, as a heading reads: its label, or its fragment of the criterion's words, marked as quoted."""
    return part.label or wording.quoted_in_words(part.text.rstrip(".;, "))


def _statement(one: Statement, evidence: Mapping[str, Evidence]) -> tuple[Inline, ...]:
    pages = tuple(sorted({evidence[sid].page for sid in one.citations if sid in evidence}))
    return (Words(f"{one.text} "), PageReference(pages)) if pages else words(one.text)


def _passage(item: Evidence) -> tuple[Inline, ...]:
    pages = (item.page, item.over.page) if item.over else (item.page,)
    read = (Words(" – lu par OCR", "aside"),) if item.source == "ocr" else ()
    return (Words(f"{wording.quoted_in_words(item.quote)} "), PageReference(pages), *read)


def _deliverables(preread: PreRead, referentiel: LoadedReferentiel) -> tuple[Block, ...]:
    texts = {deliverable.id: deliverable.text for deliverable in referentiel.content.deliverables()}
    lines: list[tuple[Inline, ...]] = []
    for part in preread.deliverables:
        pages = tuple(sorted({item.page for item in part.evidence}))
        state = DELIVERABLE[part.state]
        place = (PageReference(pages),) if pages else words(f"– {state}") if state else ()
        lines.append((Words(f"{texts[part.id]} "), *place))
    return (Heading(2, "Livrables demandés"), BulletList(tuple(lines))) if lines else ()
