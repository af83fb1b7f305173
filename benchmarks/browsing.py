"""Jurors at real browsers, a window each, who write on one criterion and on another while others write at the service."""

import asyncio
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page, async_playwright, expect

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
CRITERIA = ("C1", "C2")
WORDS = "Quelques mots de plus. "
KEYS = 100
"""Milliseconds between two keys: who types fast."""
CALM = 10
"""Changes of criterion by each window before anybody else does anything."""
PATIENCE = 60_000
"""Milliseconds that a page may take on a machine where all of this runs at once."""
CHANGE = """async (name) => {
  const pill = [...document.querySelectorAll('.pl-pills .pl-pill')].find((one) => one.textContent.startsWith(name));
  const start = performance.now();
  pill.click();
  while (document.querySelector('.pl-criterion .pl-id').textContent !== name) await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
"""Milliseconds from the click on a criterion to the frame that shows it."""
STORED = """() => {
  const status = document.querySelector('.pl-status');
  if (status.classList.contains('pl-alarm')) return status.textContent;
  return status.textContent.startsWith('Enregistré ') && 'stored';
}"""
"""'stored' once everything typed is acknowledged, or the words of an alarm."""
SAVES = """() => performance.getEntriesByType('resource')
  .filter((one) => one.name.endsWith('/acts')).map((one) => one.duration)"""
"""Milliseconds of each save, from the request to its answer."""


@dataclass(slots=True)
class Window:
    """One juror's: what they typed, by criterion; milliseconds of each save and of each change of criterion, before the
    others begin and beside them; alarms and conflicts that the page showed."""

    page: Page
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(CRITERIA, ""))
    saved: list[float] = field(default_factory=list)
    calm: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def browse(address: str, jurors: Sequence[tuple[str, str]], begin: Callable[[], float]) -> list[Window]:
    """One window for each (person, review) of the app at this address.

    `begin` is called when every page is ready: it starts what runs beside, and gives the moment (monotonic) until which
    is written. Raises playwright's Error where a page does not answer.
    """
    return asyncio.run(_browse(address, jurors, begin))


async def _browse(address: str, jurors: Sequence[tuple[str, str]], begin: Callable[[], float]) -> list[Window]:
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        windows = [await _opened(browser, f"{address}/sessions?qui={who}&dossier={what}") for who, what in jurors]
        for one in windows:
            one.calm = [await one.page.evaluate(CHANGE, CRITERIA[turn % 2]) for turn in range(1, CALM + 1)]
        until = await asyncio.to_thread(begin)
        await asyncio.gather(*(_write(one, until) for one in windows))
        await browser.close()
    return windows


async def _opened(browser: Browser, address: str) -> Window:
    page = await (await browser.new_context(locale="fr-FR")).new_page()
    await page.goto(address, timeout=PATIENCE)
    await expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=PATIENCE)
    await page.evaluate("() => performance.setResourceTimingBufferSize(100_000)")
    return Window(page)


async def _write(window: Window, until: float) -> None:
    page, turn = window.page, 0
    while time.monotonic() < until:
        criterion, turn = CRITERIA[turn % 2], turn + 1
        window.changed.append(await page.evaluate(CHANGE, criterion))
        notes = page.locator("textarea.pl-notes")
        await notes.press("Control+End", timeout=PATIENCE)
        await notes.press_sequentially(WORDS, delay=KEYS, timeout=PATIENCE)
        window.typed[criterion] += WORDS
        said = await (await page.wait_for_function(STORED, timeout=PATIENCE)).json_value()
        if said != "stored":
            window.alarms.append(said)
    window.saved = await page.evaluate(SAVES)
