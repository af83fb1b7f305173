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
    Properties,
    Words,
    paragraph,
    words,
)
from assistant.exporting.grid import EXTRACTIVE
from assistant.exporting.wording import NBSP
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, Evidence, PreRead, RequirementState

PASSAGES = "Passages du dossier"
BY_MODEL = "Rédigé par l’IA, à vérifier"
BY_PROGRAM = "Proposé par le programme, à vérifier"
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
    """Its words, each passage once, what was drafted about it, and in one line each what was not found."""
    yield Heading(2, criterion.id)
    yield paragraph(f"{criterion.lead} {criterion.text}" if criterion.lead else criterion.text, emphasis="strong")
    if part.failure:
        yield paragraph(part.failure)
    evidence = {item.id: item for item in part.evidence}
    cited = dict.fromkeys(sid for requirement in part.requirements for sid in requirement.evidence if sid in evidence)
    if cited:
        yield Heading(3, PASSAGES)
        yield BulletList(tuple(_passage(evidence[sid]) for sid in cited))
    drafted = [*(one.text for one in part.observation), *(one.text for one in part.questions)]
    if drafted:
        yield Heading(3, BY_MODEL if by_model else BY_PROGRAM)
        yield BulletList(tuple(words(text) for text in drafted))
    labels = {requirement.id: wording.requirement_in_words(requirement) for requirement in criterion.asked}
    for state, said in LEFT.items():
        named = [labels.get(one.id, one.text) for one in part.requirements if one.state == state]
        if named:
            yield paragraph(f"{said}{NBSP}: {f'{NBSP}; '.join(named)}.")


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
