"""An installation with a session already read, and what jurors do at their desk in the browser."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.people import OPERATOR
from assistant.progress import silent
from assistant.settings import Settings
from assistant.store.engine import writing
from assistant.store.prereads import PreReads, Results
from assistant.store.sessions import Sessions
from tests.conftest import DOSSIERS
from tests.e2e.conftest import Server

CANDIDATE = "0417"
LAPTOP = {"width": 1366, "height": 768}


@dataclass(frozen=True)
class Seeded:
    """The ids of a session with one dossier, two jurors who declared no link, and the organiser."""

    candidacy: str
    anne: str
    bruno: str
    olga: str

    def address(self, person: str) -> str:
        return f"sessions?qui={person}&dossier={self.candidacy}"


def seed(folder: Path, *, blind_first: bool = False, model: str | None = None, like: "Seeded | None" = None) -> Seeded:
    """A session with people of its own in this data folder; reading takes some seconds, what `like` has is copied."""
    application = Application(Settings(data_dir=folder, model=model, ocr="off"))
    anne = application.people.join(OPERATOR, "Anne Arnaud", "juror")
    bruno = application.people.join(OPERATOR, "Bruno Béranger", "juror")
    olga = application.people.join(OPERATOR, "Olga Renard", "organiser")
    session = application.sessions.found(
        olga, "juin 2026", date(2026, 6, 12), "cycle-client-ia", (), blind_first=blind_first
    )
    file = UploadedFile("dossier.pdf", (DOSSIERS / "cycle-client-plombier" / "dossier.pdf").read_bytes())
    candidacy = application.sessions.add_candidate(olga, session, CANDIDATE, [file])
    preread = application.sessions.candidacy(olga, candidacy).preread
    assert preread is not None
    if like is None:
        application.jobs.run(olga, preread, silent)
    else:
        _copy(application, like, preread)
    for part, juror in enumerate((anne, bruno), start=1):
        application.sessions.assign(olga, candidacy, juror.person, part)
        application.sessions.declare(juror, candidacy, "none")
    application.engine.dispose()
    return Seeded(candidacy, anne.person, bruno.person, olga.person)


def _copy(application: Application, like: Seeded, preread: str) -> None:
    """Gives a pre-read of the same file the result that was made for another session."""
    with writing(application.engine) as connection:
        one = Sessions(connection).candidacy(like.candidacy)
        made = Results(connection).load(one.preread or "") if one else None
        assert made is not None
        Results(connection).save(preread, made.payload, made.dossier)
        PreReads(connection).finish(preread, "complete")


def open_desk(page: Page, server: Server, address: str, place: str = "") -> None:
    """Opens the desk and waits until it answers."""
    page.goto(f"{server.url}/{address}{place}")
    ready(page)


def ready(page: Page) -> None:
    expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=30_000)


def stored(page: Page) -> None:
    """Waits until everything on its way was acknowledged."""
    expect(page.locator(".pl-status")).to_have_text(re.compile("^Enregistré"), timeout=30_000)


def notes(page: Page) -> Locator:
    return page.locator("textarea.pl-notes")


def go_to(page: Page, criterion: str) -> None:
    page.locator(".pl-pills").get_by_role("button", name=re.compile(rf"^{re.escape(criterion)}\b")).click()
    expect(page.locator(".pl-criterion .pl-id")).to_have_text(criterion)


def criteria(page: Page) -> list[str]:
    codes: list[str] = page.locator(".pl-pills .pl-pill > span:first-child").all_inner_texts()
    return codes


def window(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]  # a ViewportSize
    return page
