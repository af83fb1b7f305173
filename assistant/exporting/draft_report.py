"""A candidate's own report on a draft: where it speaks of each criterion, what to look at again, what the file lacks."""

from collections.abc import Iterable

from assistant import __version__
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
from assistant.exporting.draft_inputs import DraftContext, DraftCriterion, DraftDeliverable
from assistant.text import NBSP

NO_GRADE = (
    f"Ce compte rendu dit où votre dossier parle de chaque point et ce qui n’a pas été repéré. Il ne note pas et ne "
    f"prédit pas ce que le jury décidera{NBSP}; aucun jury ne le voit."
)
BY_WORDS = (
    "Les passages sont rapprochés des exigences par leurs mots, sans modèle de langage\u00a0: certains n’en parlent pas, "
    "et ce qui n’est pas repéré peut s’y trouver."
)
STATES = {"found": "", "not_found": "pas repéré, à vérifier", "unread": "pas cherché partout"}


def draft_report(context: DraftContext) -> Document:
    """The report, for DOCX and PDF."""
    title = f"Mon dossier, version {context.version}"
    how = "avec un modèle de langage" if context.by_model else "par un programme de recherche, sans modèle de langage"
    deposited = f"{context.deposited.astimezone():%d/%m/%Y}"
    pages = f"{context.pages}{NBSP}{'page' if context.pages < 2 else 'pages'}"
    return Document(
        title=title,
        heading=title,
        blocks=(
            paragraph(
                f"{context.title} – {context.referentiel}. {pages}, lu le {deposited}.",
                "lead",
            ),
            paragraph(NO_GRADE),
            *(() if context.by_model else (paragraph(BY_WORDS),)),
            *(block for one in context.criteria for block in _criterion(one, context.by_model)),
            *_deliverables(context.deliverables, context.by_model),
            *_formal(context.formal),
            paragraph(f"Lu {how} (Prélecture {__version__}).", "small"),
        ),
        properties=Properties(f"prelecture {__version__}", context.made, ("ai-generated",), ""),
        running_head=title,
    )


def _criterion(one: DraftCriterion, by_model: bool) -> Iterable[Block]:
    yield Heading(2, one.id)
    yield paragraph(one.text, emphasis="strong")
    if one.oral:
        yield paragraph("Ce critère se montre à la soutenance.")
    if one.places:
        yield Heading(3, "Vous en parlez" if by_model else "Passages à vérifier")
        yield BulletList(tuple(_place(page, quote) for page, quote in one.places))
    if one.advice:
        yield Heading(3, "Pas repéré, à vérifier")
        yield BulletList(tuple(words(f"{text} {question}") for text, question in one.advice))
    if one.questions:
        yield Heading(3, "Questions pour vous préparer")
        yield BulletList(tuple(words(text) for text in one.questions))


def _place(page: int, quote: str) -> tuple[Inline, ...]:
    return (Words(f"{wording.without_its_bullet(wording.quoted_in_words(quote))} "), PageReference((page,)))


def _deliverables(deliverables: tuple[DraftDeliverable, ...], by_model: bool) -> tuple[Block, ...]:
    lines: list[tuple[Inline, ...]] = []
    for one in deliverables:
        state = STATES[one.state]
        said = "" if by_model else f"– à vérifier{NBSP}: "
        place = (Words(said), PageReference(one.pages)) if one.pages else words(f"– {state}") if state else ()
        lines.append((Words(f"{wording.unbroken(one.text.rstrip('.;, '))} "), *place))
    return (Heading(2, "Ce que le référentiel demande de remettre"), BulletList(tuple(lines))) if lines else ()


def _formal(points: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    lines = tuple(words(f"{text} {advice}") for text, advice in points)
    return (Heading(2, "Le fichier"), BulletList(lines)) if lines else ()
