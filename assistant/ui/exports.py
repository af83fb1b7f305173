"""The files a juror or a jury takes away; each one is made when it is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from assistant.exporting.as_json import as_json
from assistant.exporting.docx import as_docx
from assistant.exporting.feedback import feedback_docx, feedback_html, feedback_pdf
from assistant.exporting.filled import Heading, Reading, grid_of
from assistant.exporting.grid import Grid
from assistant.exporting.html import as_html
from assistant.exporting.oral import oral_docx, oral_html, oral_pdf
from assistant.exporting.pdf import as_pdf
from assistant.exporting.xlsx import as_xlsx
from assistant.ui.place import Place
from assistant.ui.state import desk, harmony, office

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Making = Callable[[Grid], bytes | str]


def individual_grid(place: Place) -> Grid:
    """The grid of the person at the screen."""
    seat = place.standing.seat(place.actor.person)
    reading = Reading(place.actor.name, seat.part if seat else 1, place.work)
    return grid_of(_heading(place), place.dossier.preread, place.referentiel, [reading])


def collegial_grid(place: Place) -> Grid:
    """The grid of the whole jury, with what was agreed."""
    works = office().works(place.actor, place.space)
    readings = [Reading(actor.name, assignment.part, work) for actor, assignment, work in works]
    agreed = harmony().agreed(place.actor, place.space)
    return grid_of(_heading(place), place.dossier.preread, place.referentiel, readings, agreed)


def downloads(place: Place, grid: Grid, kind: str) -> None:
    """The grid in five formats, the feedback sheet for the candidate and the oral sheet."""
    template = desk().settings.grid_template
    st.markdown(f"**La grille {kind}**")
    _files(
        place,
        grid,
        f"grille-{kind}",
        {
            "DOCX": ("docx", DOCX, partial(as_docx, template=template)),
            "PDF": ("pdf", "application/pdf", as_pdf),
            "XLSX": ("xlsx", XLSX, as_xlsx),
            "HTML": ("html", "text/html", as_html),
            "JSON": ("json", "application/json", as_json),
        },
    )
    st.markdown("**La fiche d’oral** – vos questions, par thème, sur une page")
    _files(
        place,
        grid,
        f"oral-{kind}",
        {
            "PDF": ("pdf", "application/pdf", oral_pdf),
            "DOCX": ("docx", DOCX, oral_docx),
            "HTML": ("html", "text/html", oral_html),
        },
    )
    st.markdown("**Le retour au candidat** – seulement ce que vous avez repris ou écrit, sans décision")
    _files(
        place,
        grid,
        f"retour-{kind}",
        {
            "DOCX": ("docx", DOCX, feedback_docx),
            "PDF": ("pdf", "application/pdf", feedback_pdf),
            "HTML": ("html", "text/html", feedback_html),
        },
    )


def _files(place: Place, grid: Grid, name: str, ways: dict[str, tuple[str, str, Making]]) -> None:
    number = place.candidacy.number if place.candidacy else "dossier"
    safe = "".join(char if char.isalnum() else "-" for char in number)
    with st.container(horizontal=True):
        for label, (ending, mime, make) in ways.items():
            st.download_button(
                label,
                data=partial(make, grid),
                file_name=f"{name}-{safe}.{ending}",
                mime=mime,
                key=f"{name}-{ending}",
                on_click="ignore",
                width="content",
            )


def _heading(place: Place) -> Heading:
    candidacy, session = place.candidacy, place.session
    return Heading(
        session.title if session else "Hors session",
        session.held if session else None,
        candidacy.number if candidacy else place.dossier.preread.dossier.file,
        candidacy.accommodations if candidacy else "",
        datetime.now(UTC),
    )
