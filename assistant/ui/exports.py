"""The files a juror or a jury takes away; each one is made when it is asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from assistant.exporting.files import FORMATS, MEDIA_TYPES, NAMES, FileFormat, GridDocument, export, file_name
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
from assistant.referentiel.model import Criterion
from assistant.review.decision import Decision, in_words
from assistant.review.work import CriterionWork, Work
from assistant.ui.place import Place
from assistant.ui.state import desk, harmony, office

DOCUMENTS: Mapping[GridDocument, str] = {
    "annex": "**L’annexe des citations** – les passages du dossier, mot pour mot",
    "oral": "**La fiche d’oral** – vos questions, par thème, sur une page",
    "feedback": "**Le retour au candidat** – seulement ce que vous avez repris ou écrit, sans décision",
}


def individual_grid(place: Place) -> Grid:
    """The grid of the person at the screen."""
    seat = place.standing.seat(place.actor.person)
    juror = _juror(place, place.actor.name, seat.part if seat else OUTSIDE, place.work)
    return grid_of(_context(place), place.dossier.preread, place.referentiel, [juror])


def collegial_grid(place: Place) -> Grid:
    """The grid of the whole jury, with what was agreed."""
    works = office().works(place.actor, place.space)
    jury = [_juror(place, actor.name, assignment.part, work) for actor, assignment, work in works]
    asked = _asked(place)
    agreed = {
        name: AgreedInput(_stated(one.decision, asked[name]), one.text, frozenset(one.consents))
        for name, one in harmony().agreed(place.actor, place.space).items()
        if name in asked
    }
    return grid_of(_context(place), place.dossier.preread, place.referentiel, jury, agreed)


def _juror(place: Place, name: str, part: int, work: Work) -> JurorInput:
    asked = _asked(place)
    criteria = {name: _criterion(own, asked[name]) for name, own in work.criteria.items() if name in asked}
    return JurorInput(work.person, name, part, work.locked, criteria)


def _criterion(work: CriterionWork, criterion: Criterion) -> CriterionInput:
    return CriterionInput(
        treated=tuple(TreatedItem(name, choice.verdict, choice.text) for name, choice in work.choices.items()),
        written=tuple(WrittenItem(own.id, own.kind, own.text, own.pages) for own in work.own),
        passages=tuple(
            ChosenPassage(own.id, own.page, own.quote, "ocr" if own.ocr else "text") for own in work.evidence
        ),
        decision=_stated(work.decision, criterion),
        motivation=work.motivation_text,
    )


def _stated(decision: Decision, criterion: Criterion) -> StatedDecision:
    return StatedDecision(in_words(decision, criterion), decision.points)


def _asked(place: Place) -> dict[str, Criterion]:
    return {criterion.id: criterion for criterion in place.referentiel.content.criteria()}


def downloads(place: Place, grid: Grid, kind: str) -> None:
    """The grid in five formats, the annex, the oral sheet and the letter to the candidate."""
    st.markdown(f"**La grille {kind}**")
    _files(grid, "grid", kind)
    for document, title in DOCUMENTS.items():
        st.markdown(title)
        _files(grid, document, kind)


def _files(grid: Grid, document: GridDocument, kind: str) -> None:
    with st.container(horizontal=True):
        for form in FORMATS[document]:
            _file(grid, document, form, kind)


def _file(grid: Grid, document: GridDocument, form: FileFormat, kind: str) -> None:
    st.download_button(
        form.upper(),
        data=lambda: export(grid, document, form, desk().settings.grid_template).data,
        file_name=file_name(grid, document, form),
        mime=MEDIA_TYPES[form],
        key=f"{NAMES[document]}-{kind}-{form}",
        on_click="ignore",
        width="content",
    )


def _context(place: Place) -> GridContext:
    candidacy, session = place.candidacy, place.session
    return GridContext(
        session.title if session else "Hors session",
        session.held if session else None,
        candidacy.number if candidacy else place.dossier.preread.dossier.file,
        candidacy.accommodations if candidacy else "",
        datetime.now(UTC),
    )
