"""The juror's desk in a real browser: opening, turning, acts, typing, clicks, and what is in sight on a laptop."""

import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.application.catalogue import choosable, shown
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.people import LOCAL, OPERATOR, Actor
from assistant.evaluation.gold import load_cases
from assistant.evaluation.observe import blocs_of
from assistant.places import ROOT
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from benchmarks.dossiers import LONG, of_length
from benchmarks.serving import served

PAGES, REFERENTIEL = 66, "manager-affaires"
LAPTOP = {"width": 1366, "height": 768}
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
TYPED = "Le comptage couvre douze semaines ; demander qui a tenu les feuilles et comment l’écart s’explique. " * 2
TURNS = 8
READING_THE_LIST = 2_000
"""Milliseconds a person takes to find the candidate in the list of a server that just started."""
LABELLED = ROOT / "tests" / "dossiers"
CRITERION = """async () => {
  const before = document.querySelector('.pl-criterion .pl-id').textContent;
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
  if (document.querySelector('.pl-criterion .pl-id').textContent === before) throw new Error('not turned');
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
"""Milliseconds from the key to the frame that shows the next criterion."""
PAGE = """async () => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const number = document.querySelector('.pl-page-field').value;
  const image = document.querySelector(`.pl-page[data-page="${number}"] img`);
  while (!(image.complete && image.naturalWidth)) await new Promise(requestAnimationFrame);
  await image.decode();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
"""Milliseconds from the key to the frame that shows the next page's picture."""
ACT = """async () => {
  const start = performance.now();
  document.querySelector('.pl-tick input').click();
  const status = document.querySelector('.pl-status');
  while (!status.textContent.startsWith('Enregistrement')) await new Promise(requestAnimationFrame);
  while (!status.textContent.startsWith('Enregistré ')) await new Promise((done) => setTimeout(done, 2));
  return performance.now() - start;
}"""
"""Milliseconds from a tick to its acknowledgement on the screen."""
IN_SIGHT = """() => {
  const side = document.querySelector('.pl-criterion').getBoundingClientRect();
  const within = (selector, room) => {
    const found = document.querySelector(selector)?.getBoundingClientRect();
    return Boolean(found) && found.top >= room.top - 1 && found.bottom <= room.bottom + 1;
  };
  const screen = { top: 0, bottom: innerHeight };
  const statement = ['.pl-criterion .pl-row', '.pl-criterion .pl-none'].find((one) => document.querySelector(one));
  return {
    page: document.querySelector('.pl-scroll').getBoundingClientRect().top,
    all: [['.pl-words', side], [statement, side], ['.pl-notes', screen], ['.pl-decision', screen]]
      .every(([one, room]) => within(one, room)),
  };
}"""
"""Where the pages begin, and whether criterion, first statement, notes and decision are whole without scrolling."""


def print_desk(kept: Path | None = None) -> None:
    """Everything that the desk has a goal for, on this machine; in `kept` dossiers read before are found again."""
    print(f"The juror's desk: {PAGES} pages, one bloc of « {REFERENTIEL} »")
    with ExitStack() as stack, sync_playwright() as playwright:
        folder = kept or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        juror, criteria, labelled = seeded(folder)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        with served(folder) as address:
            print(f"  criteria                                {criteria}")
            _print_speed(browser, f"{address}/sessions?qui={juror.person}")
            _print_in_sight(browser, address, juror, labelled)
        browser.close()


def _print_speed(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=LAPTOP, locale="fr-FR")  # type: ignore[arg-type]  # a ViewportSize
    page.goto(address)
    line = page.get_by_text("Candidat n° 0417")
    expect(line).to_be_visible(timeout=60_000)
    page.wait_for_selector(STILL)
    page.wait_for_timeout(READING_THE_LIST)
    print(f"  usable after the click, first time      {_opened(page):7.2f} s   (goal 1.2 s)")
    page.goto(address)
    expect(line).to_be_visible(timeout=60_000)
    page.wait_for_selector(STILL)
    print(f"  usable after the click, again           {_opened(page):7.2f} s   (goal 1.2 s)")
    page.wait_for_timeout(1_500)
    print(f"  criterion change, median of {TURNS}           {_median(page, CRITERION):7.0f} ms  (goal 80 ms)")
    page.wait_for_timeout(1_500)
    print(f"  page change, median of {TURNS}                {_median(page, PAGE, pause=400):7.0f} ms  (goal 150 ms)")
    print(f"  act acknowledged, median of {TURNS}           {_median(page, ACT):7.0f} ms  (goal 250 ms)")
    print(f"  letters lost at 20 a second             {_lost(page):7d}     (goal 0)")
    cited, own = _clicks(page)
    print(f"  clicks to the first checked citation    {cited:7d}     (goal 1)")
    print(f"  acts for an own passage                 {own:7d}     (goal 2: select, cite)")
    page.close()


def _print_in_sight(browser: Browser, address: str, juror: Actor, labelled: list[tuple[str, list[str]]]) -> None:
    page = browser.new_page(viewport=LAPTOP, locale="fr-FR")  # type: ignore[arg-type]  # a ViewportSize
    whole, total, tops = 0, 0, []
    for candidacy, names in labelled:
        page.goto(f"{address}/sessions?qui={juror.person}&dossier={candidacy}")
        page.locator(".pl[data-ready]").wait_for(timeout=60_000)
        for name in names:
            page.locator(".pl-pill", has_text=name).first.click()
            page.wait_for_timeout(60)
            seen = page.evaluate(IN_SIGHT)
            whole, total = whole + bool(seen["all"]), total + 1
            tops.append(seen["page"])
    print(f"  page begins at, 1366 x 768              {max(tops):7.0f} px  (goal 120 px)")
    print(f"  labelled criteria whole in sight        {100 * whole / total:7.0f} %   (goal 90 %; {whole} of {total})")
    page.close()


def seeded(folder: Path) -> tuple[Actor, int, list[tuple[str, list[str]]]]:
    """An installation with a dossier of 66 pages and the labelled ones; the juror, the criteria of the first, the labels."""
    told = folder / "seeded.json"
    if told.exists():
        person, criteria, labelled = json.loads(told.read_text(encoding="utf-8"))
        return Actor(person, "juror"), criteria, [(candidacy, names) for candidacy, names in labelled]
    juror, criteria, labelled = _made(folder)
    told.write_text(json.dumps([juror.person, criteria, labelled]), encoding="utf-8")
    return juror, criteria, labelled


def _made(folder: Path) -> tuple[Actor, int, list[tuple[str, list[str]]]]:
    app = Application(Settings(data_dir=folder, ocr="off"))
    juror = app.people.join(OPERATOR, "Jeanne Arnaud", "juror")
    blocs = next(one for one in choosable(LOCAL) if one.id == REFERENTIEL).blocs
    bloc = next(name for name, _ in blocs if len(list(shown(LOCAL, REFERENTIEL).criteria((name,)))) >= 20)
    labelled = []
    for number, case in enumerate(load_cases(LABELLED), start=1):
        chosen = blocs_of(case.gold, load(case.gold.referentiel))
        made = _candidate(app, juror, case.gold.referentiel, chosen, f"{number}", case.pdf.read_bytes())
        labelled.append((made, [label.id for label in case.gold.criteria]))
    long = _candidate(app, juror, REFERENTIEL, (bloc,), "0417", of_length(LONG, PAGES))
    criteria = len(app.reviews.desk(juror, long).criteria)
    app.engine.dispose()
    return juror, criteria, labelled


def _candidate(
    app: Application, juror: Actor, referentiel: str, blocs: tuple[str, ...], number: str, data: bytes
) -> str:
    """A candidate of a session of their own, whose dossier is read."""
    session = app.sessions.found(OPERATOR, f"Session {number}", None, referentiel, blocs, blind_first=False)
    candidacy = app.sessions.add_candidate(OPERATOR, session, number, [UploadedFile("dossier.pdf", data)])
    app.sessions.assign(OPERATOR, candidacy, juror.person, 1)
    app.sessions.declare(juror, candidacy, "none")
    app.jobs.run(OPERATOR, app.sessions.candidacy(OPERATOR, candidacy).preread or "", silent)
    return candidacy


def _opened(page: Page) -> float:
    """From the click on « Lire » to a desk that answers, with the picture of its page."""
    line = page.locator("[data-testid=stHorizontalBlock]", has_text="Candidat n° 0417").last
    start = time.monotonic()
    line.get_by_role("button", name=re.compile("^Lire le n°")).click()
    page.locator(".pl[data-ready]").wait_for(timeout=60_000)
    page.wait_for_function(
        "() => { const n = document.querySelector('.pl-page-field').value;"
        " const i = document.querySelector(`.pl-page[data-page='${n}'] img`); return i.complete && i.naturalWidth > 0; }",
        timeout=60_000,
    )
    return time.monotonic() - start


def _median(page: Page, measure: str, pause: int = 150) -> float:
    taken = []
    for _ in range(TURNS):
        taken.append(float(page.evaluate(measure)))
        page.wait_for_timeout(pause)
    return statistics.median(taken)


def _lost(page: Page) -> int:
    """Types at 20 keystrokes a second, waits for the confirmation, reloads, and counts what is missing."""
    notes = page.locator("textarea.pl-notes")
    notes.press_sequentially(TYPED, delay=50)
    expect(page.locator(".pl-status")).to_contain_text("Enregistré ", timeout=20_000)
    page.reload()
    page.locator(".pl[data-ready]").wait_for(timeout=60_000)
    expect(notes).not_to_have_value("", timeout=30_000)
    return len(TYPED) - len(notes.input_value())


def _clicks(page: Page) -> tuple[int, int]:
    """On the desk just opened: clicks until a quotation is marked in its page; acts until a selection is a passage."""
    link = page.locator(".pl-criterion .pl-page-link").first
    link.click()
    expect(page.locator(".pl-mark-clicked").first).to_be_visible()
    before = page.locator(".pl-taken li").count()
    line = page.locator(".pl-page:has(.pl-mark-clicked) .pl-l").nth(3)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 3, middle, steps=4)
    page.mouse.up()
    page.locator(".pl-pop-btn").click()
    expect(page.locator(".pl-taken li")).to_have_count(before + 1)
    return 1, 2


if __name__ == "__main__":
    print_desk(Path(sys.argv[1]) if sys.argv[1:] else None)
