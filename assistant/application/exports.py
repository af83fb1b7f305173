"""The files a juror or a jury takes away, made when they are asked for: only what was adopted, edited or written."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.context import ReviewContext
from assistant.application.installation import Installation
from assistant.application.prereads import PreReads
from assistant.application.reviews import Reviews
from assistant.dossier.model import Dossier, Sentence
from assistant.errors import InvalidInput
from assistant.exporting.files import FORMATS as FORMATS
from assistant.exporting.files import ExportedFile, export, notes_file
from assistant.exporting.files import FileFormat as FileFormat
from assistant.exporting.files import GridDocument as GridDocument
from assistant.exporting.files import NotesFormat as NotesFormat
from assistant.exporting.filling import grid_of
from assistant.exporting.grid import Grid
from assistant.exporting.inputs import (
    OUTSIDE,
    AgreedInput,
    ChosenPassage,
    CriterionInput,
    GridContext,
    JurorInput,
    StatedDecision,
    TreatedItem,
    WrittenItem,
)
from assistant.exporting.verbatim import DossierWords, same_words
from assistant.referentiel.model import Criterion
from assistant.review.decision import Decision, in_words
from assistant.review.work import CriterionWork, OwnEvidence, OwnText, Work

Whose = Literal["individual", "collegial"]
FROM_PASSAGE = "from-"
"""How the id of a text begins that a juror made from a passage of the dossier."""


class Exports:
    """What leaves the desk."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._reviews = Reviews(installation)
        self._prereads = PreReads(installation)

    def grid(self, actor: Actor, review_id: str, whose: Whose) -> Grid:
        """The filled grid: one's own reading, or the whole jury's with what was agreed. Raises AccessDenied."""
        context = self._reviews.context(actor, review_id)
        self._installation.let(actor, "export", context.access)
        asked = {criterion.id: criterion for criterion in context.referentiel.content.criteria()}
        if whose == "individual":
            seat = context.access.seat(actor.person)
            own = _juror(actor.name, seat.part if seat else OUTSIDE, context.work, asked, context.dossier.dossier)
            return grid_of(_heading(context), context.dossier.preread, context.referentiel, [own])
        harmony = self._reviews.harmony(actor, review_id)
        dossier = context.dossier.dossier
        jury = [_juror(one.name, one.part, one.work, asked, dossier) for one in harmony.readings]
        agreed = {
            name: AgreedInput(
                _stated(one.decision, asked[name]),
                one.text,
                frozenset(one.consents),
                None if one.items is None else frozenset(one.items),
            )
            for name, one in harmony.agreed.items()
            if name in asked
        }
        return grid_of(_heading(context), context.dossier.preread, context.referentiel, jury, agreed)

    def file(
        self, actor: Actor, review_id: str, whose: Whose, document: GridDocument, form: FileFormat
    ) -> ExportedFile:
        """One document in one format. Raises AccessDenied and InvalidInput for a format it has not."""
        if form not in FORMATS[document]:
            raise InvalidInput("Ce document n’existe pas dans ce format.")
        grid = self.grid(actor, review_id, whose)
        made = export(grid, document, form, self._installation.settings.grid_template)
        with self._installation.writing() as connection:
            sha256 = hashlib.sha256(made.data).hexdigest()
            audited(connection, actor, "export", review_id, whose=whose, document=document, form=form, sha256=sha256)
        return made

    def notes(self, actor: Actor, review_id: str, form: NotesFormat) -> ExportedFile:
        """One's own working notes, and nobody else's. Raises AccessDenied."""
        grid = self.grid(actor, review_id, "individual")
        work = self._reviews.context(actor, review_id).work
        made = notes_file(grid, {name: own.note_text for name, own in work.criteria.items()}, form)
        with self._installation.writing() as connection:
            sha256 = hashlib.sha256(made.data).hexdigest()
            audited(connection, actor, "export", review_id, document="notes", form=form, sha256=sha256)
        return made

    def page(self, actor: Actor, preread_id: str) -> str:
        """A pre-read as one HTML page, without anything a person wrote."""
        from assistant.exporting.html import as_html
        from assistant.exporting.preread_document import preread_document

        loaded = self._prereads.open(actor, preread_id)
        return as_html(preread_document(loaded.preread, loaded.referentiel, datetime.now(UTC)))


def _juror(name: str, part: int, work: Work, asked: Mapping[str, Criterion], dossier: Dossier) -> JurorInput:
    known = {one.id: place for place, one in enumerate(dossier.sentences)}
    said = DossierWords(_words(dossier))
    criteria = {
        name: _criterion(own, asked[name], dossier.sentences, known, said)
        for name, own in work.criteria.items()
        if name in asked
    }
    return JurorInput(work.person, name, part, work.locked, criteria)


def _criterion(
    work: CriterionWork,
    criterion: Criterion,
    sentences: Sequence[Sentence],
    known: Mapping[str, int],
    said: DossierWords,
) -> CriterionInput:
    return CriterionInput(
        treated=tuple(
            TreatedItem(name, choice.verdict, choice.text, choice.said, choice.of, choice.pages)
            for name, choice in work.choices.items()
        ),
        written=tuple(
            WrittenItem(own.id, own.kind, own.text, own.pages, _rewritten(own, sentences, known)) for own in work.own
        ),
        passages=tuple(passage for own in work.evidence for passage in _passages(own, sentences, known, said)),
        decision=_stated(work.decision, criterion),
        motivation=work.motivation_text,
    )


def _rewritten(own: OwnText, sentences: Sequence[Sentence], known: Mapping[str, int]) -> str:
    """The passage that a text was made from at the desk; empty where it was made from none."""
    if not own.id.startswith(FROM_PASSAGE):
        return ""
    return " ".join(sentences[known[name]].text for name in own.sentences if name in known) or own.text


def _passages(
    own: OwnEvidence, sentences: Sequence[Sentence], known: Mapping[str, int], said: DossierWords
) -> tuple[ChosenPassage, ...]:
    """A chosen passage as it stands in the dossier: whole where its sentences follow each other on a page, else in parts.

    In a file that took the place of the one it was chosen in, ids are other sentences: it is looked for by its words.
    """
    if not own.sentences:
        return (ChosenPassage(own.id, own.page),)
    places = sorted({known[name] for name in own.sentences if name in known})
    there = same_words(" ".join(sentences[place].text for place in places), own.quote)
    if not there or len(places) < len(set(own.sentences)):
        page = next(iter(said.pages_of(own.quote)), None)
        if page is None:
            return (ChosenPassage(own.id, own.page, earlier=True),)
        return (ChosenPassage(own.id, page, own.quote, "ocr" if own.ocr else "text"),)
    parts: list[list[Sentence]] = []
    for before, place in zip([-1, *places], places, strict=False):
        one = sentences[place]
        if parts and place == before + 1 and parts[-1][-1].pages == one.pages:
            parts[-1].append(one)
        else:
            parts.append([one])
    return tuple(
        ChosenPassage(
            own.id,
            part[0].page,
            " ".join(one.text for one in part),
            "ocr" if any(one.source == "ocr" for one in part) else "text",
            part[0].over.page if part[0].over else None,
        )
        for part in parts
    )


def _words(dossier: Dossier) -> tuple[tuple[int, str], ...]:
    """What stands on each page, in sentences one after the other; one cut by a page's end, whole, on both."""
    pages: dict[int, list[str]] = {}
    for one in dossier.sentences:
        pages.setdefault(one.page, []).append(one.text)
    over = ((page, one.text) for one in dossier.sentences if one.over for page in one.pages)
    return (*((page, " ".join(said)) for page, said in pages.items()), *over)


def _stated(decision: Decision, criterion: Criterion) -> StatedDecision:
    return StatedDecision(in_words(decision, criterion), decision.points)


def _heading(context: ReviewContext) -> GridContext:
    candidacy, session = context.candidacy, context.session
    return GridContext(
        session.title if session else "Hors session",
        session.held if session else None,
        candidacy.number if candidacy else context.called,
        candidacy.accommodations if candidacy else "",
        datetime.now(UTC),
        _words(context.dossier.dossier),
        context.newer,
    )
