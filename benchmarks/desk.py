"""The juror's desk in a real browser: opening, turning, typing, and clicks to the first checked citation."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from assistant.access.actor import LOCAL
from assistant.application.catalogue import choosable, shown
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.progress import silent
from assistant.settings import Settings
from benchmarks.dossiers import LONG, of_length

PAGES, REFERENTIEL = 66, "manager-affaires"
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
TYPED = "Le comptage couvre douze semaines ; demander qui a tenu les feuilles et comment l’écart s’explique. " * 2
TURNS = 8
READING_THE_LIST = 2_000
"""Milliseconds a person takes to find the candidate in the list of a server that just started."""


def print_desk() -> None:
    """Seconds to open 66 pages with 25 criteria, to change criterion and page, and letters lost at 20 a second."""
    print(f"The juror's desk: {PAGES} pages, one bloc of « {REFERENTIEL} »")
    with tempfile.TemporaryDirectory() as folder:
        juror, candidacy, criteria = _seeded(Path(folder))
        with served(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                args=["--no-sandbox", "--disable-gpu"],
            )
            page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="fr-FR")
            page.goto(f"{address}/sessions?qui={juror}")
            expect(page.get_by_text("Candidat n° 0417")).to_be_visible(timeout=60_000)
            page.wait_for_selector(STILL)
            page.wait_for_timeout(READING_THE_LIST)
            print(f"  criteria                       {criteria}")
            print(f"  first opening                  {_opened(page):6.2f} s   (target 1.5 s)")
            page.get_by_role("button", name="Mes sessions").click()
            expect(page.get_by_role("button", name="Lire", exact=True)).to_be_visible(timeout=30_000)
            page.wait_for_selector(STILL)
            print(f"  opening again                  {_opened(page):6.2f} s   (target 1.5 s)")
            print(f"  next criterion, median of {TURNS}    {_turned(page, 'next-criterion'):6.2f} s")
            print(f"  next page, median of {TURNS}         {_turned(page, 'next-page'):6.2f} s")
            print(f"  letters lost at 20 a second    {_lost(page):6d}     (target 0)")
            print(f"  clicks to a checked citation   {_clicks(page):6d}     (target 2)")
            browser.close()
        print(
            f"  at the server, change of criterion {_at_the_server(Path(folder), juror, candidacy):6.0f} ms (target 400)"
        )


def _seeded(folder: Path) -> tuple[str, str, int]:
    """An installation with one session and one assigned dossier of 66 pages."""
    app = Application(Settings(data_dir=folder, ocr="off"))
    blocs = next(one for one in choosable(LOCAL) if one.id == REFERENTIEL).blocs
    bloc = next(name for name, _ in blocs if len(list(shown(LOCAL, REFERENTIEL).criteria((name,)))) >= 20)
    juror = app.people.join(LOCAL, "Jeanne Arnaud", "juror")
    session = app.sessions.found(juror, "Session de juin 2026", None, REFERENTIEL, (bloc,), blind_first=False)
    file = UploadedFile("dossier.pdf", of_length(LONG, PAGES))
    candidacy = app.sessions.add_candidate(juror, session, "0417", [file])
    preread = app.sessions.candidacy(juror, candidacy).preread or ""
    app.sessions.declare(juror, candidacy, "none")
    app.jobs.run(juror, preread, silent)
    return juror.person, candidacy, len(app.prereads.open(juror, preread).preread.criteria)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The app on this folder, at the address it gives."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "app", "--port", str(port), "--no-example"],
        env={**os.environ, "PRELECTURE_DATA_DIR": str(folder), "PRELECTURE_OCR": "off"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                break
        except OSError:
            time.sleep(0.2)
    try:
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _opened(page: Page) -> float:
    """From the click on « Lire » to the criterion, the page image and a page that answers."""
    start = time.monotonic()
    page.get_by_role("button", name="Lire", exact=True).click()
    page.get_by_text("Ce que le critère demande").wait_for(timeout=60_000)
    page.locator("img.page-picture").first.wait_for(timeout=60_000)
    page.wait_for_selector(STILL, timeout=60_000)
    return time.monotonic() - start


def _turned(page: Page, key: str) -> float:
    taken = []
    for _ in range(TURNS):
        start = time.monotonic()
        page.locator(f".st-key-{key} button").first.click()
        page.wait_for_timeout(20)
        page.wait_for_selector(STILL, timeout=30_000)
        taken.append(time.monotonic() - start)
    return statistics.median(taken)


def _lost(page: Page) -> int:
    """Types at 20 keystrokes a second, waits for the confirmation, reloads, and counts what is missing."""
    notes = page.get_by_role("textbox", name="Vos notes")
    notes.press_sequentially(TYPED, delay=50)
    expect(page.get_by_text("Enregistré", exact=True).first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(800)
    page.reload()
    notes = page.get_by_role("textbox", name="Vos notes")
    expect(notes).not_to_have_value("", timeout=30_000)
    return len(TYPED) - len(notes.input_value())


def _clicks(page: Page) -> int:
    """From the list: one click opens the dossier, one on a page number shows the passage marked in its page."""
    page.get_by_role("button", name="Mes sessions").click()
    page.get_by_role("button", name="Lire", exact=True).click()
    clicks = 1
    go = page.locator("[class*='st-key-go-'] button").first
    go.wait_for(timeout=30_000)
    page.wait_for_selector(STILL)
    wanted = re.sub(r"\D", "", go.inner_text())
    go.click()
    clicks += 1
    expect(page.get_by_role("combobox", name="Page", exact=True)).to_have_value(re.compile(rf"^Page {wanted} sur"))
    return clicks


def _at_the_server(folder: Path, juror: str, candidacy: str) -> float:
    """Milliseconds of the script for one change of criterion, without a browser: the median of TURNS."""
    from streamlit.testing.v1 import AppTest

    os.environ["PRELECTURE_DATA_DIR"] = str(folder)
    os.environ["PRELECTURE_OCR"] = "off"
    at = AppTest.from_function(_page, default_timeout=60)
    at.query_params["qui"], at.query_params["dossier"] = juror, candidacy
    at.run()
    taken = []
    for _ in range(TURNS):
        button = next(one for one in at.button if one.key == "next-criterion")
        start = time.monotonic()
        button.click().run()
        taken.append(1000 * (time.monotonic() - start))
    return statistics.median(taken)


def _page() -> None:
    from assistant.ui.sessions import sessions_page

    sessions_page()


if __name__ == "__main__":
    print_desk()
