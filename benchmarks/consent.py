"""An export asked for right after a consent, beside a busy machine: no click is lost with what is drawn again."""

import shutil
import sys
import tempfile
import time
import uuid
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as BrowserError

from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.people import Actor
from assistant.settings import Settings
from benchmarks.busy import busy_processes
from benchmarks.screenshots import seeded_session
from benchmarks.serving import served

RUNS, LOAD = 20, 8
WAIT = 60_000
"""Milliseconds a download may take on a machine that does eight other things."""


def print_consent(runs: int = RUNS, load: int = LOAD) -> None:
    """How many of the clicks gave their file."""
    print(f"An export right after a consent, {runs} times beside {load} busy processes")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        anne, bruno, candidacy = seeded_session(folder)
        app = Application(Settings(data_dir=folder))
        names = [one.id for one in app.reviews.desk(anne, candidacy).criteria]
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        # One browser for all tries, as a juror keeps it: the scripts of the page are fetched once.
        context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="fr-FR")
        with served(folder, several=True) as address, busy_processes(load):
            given = 0
            for run in range(runs):
                criterion = names[run % len(names)]
                _propose(app, anne, candidacy, criterion, run // len(names))
                given += _taken(context, f"{address}/sessions?qui={bruno.person}&dossier={candidacy}", criterion)
        browser.close()
        app.engine.dispose()
    print(f"  files given                             {given:7d}     (goal {runs} of {runs})")


def _propose(app: Application, anne: Actor, candidacy: str, criterion: str, base: int) -> None:
    decision = {"points": 1.0, "level": None, "text": ""}
    value = {"text": f"Proposition {base + 1}.", "decision": decision, "items": []}
    event = Event(id=uuid.uuid4().hex, kind="agreed", criterion=criterion, value=value, base=base)
    told = app.reviews.act(anne, candidacy, event)
    assert told.ok, told.message


def _taken(context: BrowserContext, address: str, criterion: str) -> bool:
    """Opens the harmonisation, consents, clicks the export at once: whether its file came."""
    page = context.new_page()
    start = time.monotonic()
    try:
        page.goto(f"{address}#critere={criterion}&page=1&vue=harmoniser")
        consent = page.get_by_role("button", name=f"Consentir au texte et à la décision pour {criterion}")
        consent.wait_for(timeout=WAIT)
        link = page.locator(".pl-harmonise").get_by_role("link", name="Grille collégiale, DOCX").bounding_box()
        assert link
        with page.expect_download(timeout=WAIT) as download:
            consent.click()
            page.mouse.click(link["x"] + link["width"] / 2, link["y"] + link["height"] / 2, delay=120)
        given = download.value.failure() is None
    except BrowserError as error:
        print(f"    {criterion}: {error.message.splitlines()[0]}")
        given = False
    finally:
        page.close()
    print(f"    {criterion}: {'given' if given else 'LOST'} after {time.monotonic() - start:.0f} s", flush=True)
    return given


if __name__ == "__main__":
    print_consent(*map(int, sys.argv[1:3]))
