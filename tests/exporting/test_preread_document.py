"""The pre-read on one page: every criterion, and a dossier that cannot speak HTML."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from assistant.components import components_of
from assistant.evaluation.run import MemorySteps
from assistant.exporting.html import as_html
from assistant.exporting.preread_document import preread_document
from assistant.preread import PreReadRequest, preread
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf


class Outline(HTMLParser):
    """Remembers tags and whether a script came through."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_page_shows_every_criterion_and_escapes_the_dossier(settings: Settings) -> None:
    loaded = load("cycle-client-ia")
    text = "Je relance <script>alert(1)</script> les devis restés sans réponse chaque lundi matin."
    result = preread(
        PreReadRequest.of(pdf(lines([text])), "<b>d.pdf", loaded), components_of(settings), MemorySteps(), silent
    )
    html = as_html(preread_document(result, loaded, datetime(2026, 6, 1, tzinfo=UTC)))
    parser = Outline()
    parser.feed(html)
    assert "script" not in parser.tags
    assert "b" not in parser.tags
    assert parser.tags.count("h1") == 1
    assert all(f"<h2>{criterion.id}</h2>" in html for criterion in loaded.content.criteria())
    assert 'content="ai-generated"' in html
    assert "Pas repéré, à vérifier" in html
    assert "Rédigé par l’IA" not in html


def test_what_the_desk_shows_unfolded_stands_once_and_the_rest_by_its_pages(settings: Settings) -> None:
    loaded = load("cycle-client-ia")
    pages = [lines([f"J’ai compté {n} devis sans réponse et je relance chaque lundi."]) for n in range(41, 47)]
    result = preread(PreReadRequest.of(pdf(*pages), "d.pdf", loaded), components_of(settings), MemorySteps(), silent)
    part = next(one for one in result.criteria if one.shown and len(one.evidence) > len(one.shown))
    folded = result.model_copy(update={"criteria": (part,), "deliverables": ()})
    html = as_html(preread_document(folded, loaded, datetime(2026, 6, 1, tzinfo=UTC)))
    shown = {one.id: html.count(one.quote) for one in part.evidence}
    assert all(count == (name in part.shown) for name, count in shown.items())
    assert "Autres passages proches" in html
    assert "Passages du dossier, à vérifier" in html
