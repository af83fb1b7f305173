"""The desk: the viewer, the criterion, the search, the keys, the address, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.people import LOCAL, OPERATOR
from assistant.settings import Settings
from tests.application.house import House
from tests.e2e.conftest import Server
from tests.e2e.desks import Seeded, go_to, notes, open_desk, ready, stored, window

Open = tuple[Page, Server, Seeded]
SEES = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height > 0; }"


OVERLAPPING = """() => {
  const controls = ['button', 'input', 'textarea', 'a', 'select'].map((tag) => `.pl ${tag}`).join(', ');
  const apart = '.pl-pages, .pl-skip, .pl-strip, .pl-pills';
  const shown = [...document.querySelectorAll(controls)].filter((e) => {
    const r = e.getBoundingClientRect();
    return r.width && r.height && e.checkVisibility() && !e.closest(apart);
  });
  const box = (e) => {
    const r = e.getBoundingClientRect();
    const scroll = e.closest('.pl-criterion, .pl-taken')?.getBoundingClientRect() ?? r;
    const [top, bottom] = [Math.max(r.top, scroll.top), Math.min(r.bottom, scroll.bottom)];
    return { left: r.left, right: r.right, top, bottom };
  };
  const found = [];
  for (const [n, a] of shown.entries()) for (const b of shown.slice(n + 1)) {
    if (a.contains(b) || b.contains(a)) continue;
    const [x, y] = [box(a), box(b)];
    const wide = Math.min(x.right, y.right) - Math.max(x.left, y.left);
    const high = Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top);
    if (wide > 2 && high > 2) found.push([a.outerHTML.slice(0, 80), b.outerHTML.slice(0, 80)]);
  }
  return found;
}"""
"""Pairs of controls that cover each other, as far as what scrolls lets them be seen."""


@pytest.fixture
def opened(known: BrowserContext, desk: tuple[Server, Seeded]) -> Iterator[Open]:
    server, seeded = desk
    page = window(known)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_desk(page, server, seeded.address(seeded.anne))
    yield page, server, seeded
    assert faults == []


def here(page: Page) -> int:
    return int(page.get_by_role("textbox", name=re.compile("^Page affichée")).input_value())


def test_one_click_shows_a_quotation_marked_in_its_page(opened: Open) -> None:
    page = opened[0]
    link = page.locator(".pl-criterion .pl-page-link").last
    link.click()
    number = int(re.sub(r"\D", "", link.inner_text()))
    assert here(page) == number
    mark = page.locator(f".pl-page[data-page='{number}'] .pl-mark-clicked").first
    expect(mark).to_be_visible()
    assert mark.evaluate(SEES)
    picture = page.locator(f".pl-page[data-page='{number}'] img")
    page.wait_for_function("image => image.complete && image.naturalWidth > 500", arg=picture.element_handle())


def test_a_selection_on_the_page_becomes_an_own_passage_of_exact_sentences(opened: Open) -> None:
    page = opened[0]
    go_to(page, "Cr1.2")
    page.get_by_role("textbox", name=re.compile("^Page affichée")).fill("6")
    page.keyboard.press("Enter")
    line = page.locator(".pl-page[data-page='6'] .pl-s:has(.pl-l:nth-of-type(2)) .pl-l").first
    line.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box = line.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Citer le passage sélectionné pour Cr1.2").click()
    sentence = line.evaluate("e => e.parentElement.innerText.replace(/\\s+/g, ' ').trim()")
    taken = page.locator(".pl-taken")
    expect(taken).to_contain_text("passage")
    expect(taken).to_contain_text(sentence[:60])
    stored(page)
    page.reload()
    ready(page)
    expect(page.locator(".pl-taken")).to_contain_text(sentence[:60])


def test_the_search_folds_accents_and_plurals_and_a_hit_can_be_cited(opened: Open) -> None:
    page = opened[0]
    page.keyboard.press("/")
    page.keyboard.type("RELANCE")
    hits = page.locator(".pl-hit")
    expect(hits.first).to_be_visible()
    marked = {mark.lower() for mark in page.locator(".pl-hit mark").all_inner_texts()}
    assert {"relance", "relances"} <= marked
    page.keyboard.press("Enter")
    number = int(re.sub(r"\D", "", hits.first.locator("b").inner_text()))
    assert here(page) == number
    page.locator(".pl-search").fill("élec")
    expect(page.locator(".pl-hits [role=status]")).to_contain_text("résultat")
    page.locator(".pl-search").fill("devi")
    page.get_by_role("button", name="Citer pour Cr1.1, résultat 1", exact=True).click()
    stored(page)
    expect(page.locator(".pl-taken li")).to_have_count(1)
    page.locator(".pl-search").press("Escape")
    expect(page.locator(".pl-hits")).to_be_hidden()


def test_the_keys_turn_take_over_and_never_act_while_typing(opened: Open) -> None:
    page = opened[0]
    page.keyboard.press("j")
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.2")
    page.keyboard.press("k")
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.1")
    before = here(page)
    page.keyboard.press("ArrowRight")
    assert here(page) == before + 1
    page.keyboard.press("ArrowLeft")
    assert here(page) == before
    page.keyboard.press("a")
    expect(page.locator(".pl-taken li")).to_have_count(1)
    page.keyboard.press("n")
    expect(notes(page)).to_be_focused()
    page.keyboard.type("jkaexl/?")
    expect(notes(page)).to_have_value("jkaexl/?")
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.1")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Raccourcis activés").uncheck()
    page.get_by_role("button", name="Fermer : Raccourcis clavier").click()
    page.keyboard.press("j")
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.1")


def test_back_reload_and_a_copied_address_lead_to_the_same_place(opened: Open, browser: Browser) -> None:
    page = opened[0]
    go_to(page, "Cr1.3")
    go_to(page, "Cr2.1")
    page.get_by_role("button", name="Terminer…").click()
    expect(page.get_by_role("heading", name="Où vous en êtes")).to_be_visible()
    page.go_back()
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr2.1")
    page.go_back()
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.3")
    page.get_by_role("navigation", name="Toutes les pages").get_by_role("button", name=re.compile("^p. 9")).click()
    page.wait_for_timeout(400)
    page.reload()
    ready(page)
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.3")
    assert here(page) == 9
    copied = window(browser.new_context())
    copied.goto(page.url)
    ready(copied)
    expect(copied.locator(".pl-criterion .pl-id")).to_have_text("Cr1.3")
    assert here(copied) == 9
    assert copied.title() == "Cr1.3 · n°\u00a00417 · juin 2026 · Prélecture"
    copied.context.close()


def test_turning_and_folding_ask_the_server_for_nothing_but_pictures(opened: Open) -> None:
    page = opened[0]
    page.wait_for_timeout(1500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for key in "jjjk":
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    page.locator(".pl-criterion .pl-fold[data-fold=nearby] summary").click()
    page.get_by_role("button", name="Agrandir la page").click()
    page.wait_for_timeout(800)
    assert [url for url in asked if "/page/" not in url and "/media/" not in url] == []


def test_a_tick_is_the_jurors_own_and_locking_lists_what_is_left(opened: Open) -> None:
    page = opened[0]
    go_to(page, "Cr1.2")
    go_to(page, "Cr1.1")
    expect(page.locator(".pl-pill.pl-read")).to_have_count(0)
    page.get_by_role("checkbox", name=re.compile("^Cr1.1 lu")).check()
    expect(page.locator(".pl-pill.pl-read")).to_have_count(1)
    page.get_by_role("button", name="Terminer…").click()
    expect(page.get_by_role("button", name="Aller à Cr1.1, sans votre marque « lu »")).to_have_count(0)
    page.get_by_role("button", name="Verrouiller ma lecture", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text(
        "8 critères sans votre marque « lu » et 9 critères sans décision"
    )
    page.get_by_role("button", name="Continuer ma lecture").click()
    page.get_by_role("button", name="Aller à Cr2.3, sans décision").click()
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr2.3")


def test_points_are_written_with_a_comma_and_within_the_scale(opened: Open) -> None:
    page = opened[0]
    field = page.get_by_role("textbox", name="Ma décision pour Cr1.1, points de 0 à 2")
    field.fill("2,5")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("1,5")
    stored(page)
    page.reload()
    ready(page)
    expect(field).to_have_value("1,5")
    field.fill("")
    stored(page)
    page.reload()
    ready(page)
    expect(field).to_have_value("")


def test_own_words_are_added_edited_in_place_and_taken_back(opened: Open) -> None:
    page = opened[0]
    page.get_by_role("button", name="Ajouter à la grille un constat, un manque ou une question").click()
    page.get_by_role("textbox", name="Texte repris").press_sequentially("Les étapes sont datées.", delay=20)
    page.get_by_role("combobox", name="Nature du texte").select_option("question")
    page.get_by_role("textbox", name="Pages, par exemple 3, 7-9").fill("3, 7-9")
    page.get_by_role("button", name="Fermer ce texte").click()
    stored(page)
    page.reload()
    ready(page)
    taken = page.locator(".pl-taken li")
    expect(taken).to_have_count(1)
    expect(taken).to_contain_text("Les étapes sont datées.")
    expect(taken).to_contain_text("3, 7 à 9")
    page.get_by_role("button", name="Retirer : Les étapes sont datées.").click()
    expect(taken).to_have_count(0)


def test_a_gap_is_read_before_it_is_taken_over_and_may_be_found(known: BrowserContext, standing: Server) -> None:
    application = Application(Settings(data_dir=standing.data))
    juror = application.people.join(OPERATOR, "Gilles Garnier", "juror")
    review = House(application, juror, juror, juror, juror, juror, juror, "").own(juror)
    application.engine.dispose()
    page = window(known)
    open_desk(page, standing, f"?qui={juror.person}&run={review.removeprefix('own-')}")
    gap = page.locator(".pl-gap").filter(has=page.locator("[aria-expanded]")).first
    gap.get_by_role("button", name=re.compile("^Reprendre")).click()
    expect(gap.locator(".pl-near li").first).to_be_visible()
    expect(gap).not_to_contain_text("✓ repris")
    gap.get_by_role("button", name=re.compile("^C’est là")).first.click()
    expect(gap).to_contain_text("écarté")
    expect(page.locator(".pl-taken")).to_contain_text("passage")
    stored(page)
    page.close()


def test_an_own_reading_comes_first_where_the_session_says_so(
    known: BrowserContext, read_blind: tuple[Server, Seeded]
) -> None:
    server, seeded = read_blind
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne))
    expect(page.locator(".pl-quiet")).to_contain_text("Lecture d’abord")
    expect(page.locator(".pl-criterion .pl-said")).to_have_count(0)
    expect(page.locator(".pl-mark")).to_have_count(0)
    expect(page.locator(".pl-cell.pl-cited")).to_have_count(0)
    notes(page).press_sequentially("Les étapes sont là.", delay=20)
    expect(page.locator(".pl-criterion .pl-said")).to_have_count(0)
    notes(page).blur()
    expect(page.locator(".pl-criterion .pl-said").first).to_be_visible()
    stored(page)
    page.keyboard.press("j")
    expect(page.locator(".pl-criterion .pl-said")).to_have_count(0)
    page.get_by_role("button", name="Voir ce que le programme a repéré").click()
    expect(page.locator(".pl-criterion .pl-said").first).to_be_visible()
    stored(page)
    page.reload()
    ready(page)
    expect(page.locator(".pl-criterion .pl-said").first).to_be_visible()
    page.close()


def test_a_tab_and_a_key_lead_to_the_first_quotation(opened: Open) -> None:
    page = opened[0]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Aller au premier passage")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.pl-criterion .pl-quote, .pl-criterion .pl-row') !== null")


def test_nothing_overlaps_and_nothing_is_cut_sideways(opened: Open) -> None:
    page = opened[0]
    for width in (320, 512, 1024, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 640 if width < 900 else 768})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(OVERLAPPING) == [], width


def called_alike(page: Page) -> list[str]:
    names = page.evaluate(
        """() => [...document.querySelectorAll('.pl button, .pl input, .pl textarea, .pl select, .pl a')]
          .filter((e) => e.checkVisibility() && !e.closest('.pl-criterion .pl-quote, .pl-near'))
          .map((e) => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText)"""
    )
    return sorted({name for name in names if names.count(name) > 1})


def test_no_two_controls_have_the_same_name(opened: Open) -> None:
    page = opened[0]
    assert called_alike(page) == []
    page.get_by_role("button", name="Terminer…").click()
    expect(page.get_by_role("heading", name="Où vous en êtes")).to_be_visible()
    assert called_alike(page) == []


def test_what_is_pressed_is_not_drawn_again_before_it_is_let_go(opened: Open) -> None:
    """A consent's answer came between the press and the release of an export's link, and the click was lost."""
    page, server, seeded = opened
    application = Application(Settings(data_dir=server.data))
    for person in (seeded.anne, seeded.bruno):
        actor = application.people.enter(LOCAL, person)
        assert actor is not None
        assert application.reviews.act(actor, seeded.candidacy, Event(id=f"lock-{person}", kind="lock", value={})).ok
    agreed = {"text": "Arrêté.", "decision": {"points": 1, "level": None, "text": ""}, "items": []}
    event = Event(id=f"agreed-{seeded.bruno}", kind="agreed", criterion="Cr1.1", value=agreed)
    assert actor is not None
    assert application.reviews.act(actor, seeded.candidacy, event).ok
    application.engine.dispose()
    page.goto(f"{server.url}/{seeded.address(seeded.anne)}#critere=Cr1.1&page=1&vue=harmoniser")
    page.reload()
    consent = page.get_by_role("button", name="Consentir au texte et à la décision pour Cr1.1")
    expect(consent).to_be_visible()
    link = page.locator(".pl-harmonise").get_by_role("link", name="Grille collégiale, HTML")
    link.hover()
    with page.expect_download() as download:
        page.mouse.down()
        with page.expect_response(re.compile("harmony.json")):
            consent.evaluate("button => button.click()")
        page.wait_for_timeout(200)
        page.mouse.up()
    assert download.value.failure() is None
    expect(page.get_by_text("Vous y consentez")).to_be_visible()
    assert called_alike(page) == []
