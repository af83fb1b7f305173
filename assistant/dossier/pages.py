"""From raw pages to written ones: what runs along the pages and the contents set apart, the rest put in order."""

from collections.abc import Callable, Sequence

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.blocks import blocks_of
from assistant.dossier.layout.carried import with_carried_headings
from assistant.dossier.layout.contents import contents_of
from assistant.dossier.layout.drop_caps import with_drop_caps
from assistant.dossier.layout.furniture import running_lines
from assistant.dossier.layout.marks import comments_of, with_marks
from assistant.dossier.layout.style import Style, plain, style_of
from assistant.dossier.pdf.lines import Line
from assistant.dossier.pdf.raw import RawPage
from assistant.dossier.text.damage import mended
from assistant.dossier.text.repair import vocabulary
from assistant.dossier.text.writing import PageText, write_page


def write_pages(raw: Sequence[RawPage], progress: Callable[[int, int], None]) -> list[PageText]:
    """The canonical text of each page with its sentences; `progress` is told (page from 1, pages) before each."""
    lines, damage = mended([page.lines for page in raw])
    style = style_of(lines)
    lines = [with_drop_caps(here, style.body) for here in lines]
    running = running_lines([(page.frame.size, here) for page, here in zip(raw, lines, strict=True)], style.body)
    apart = [[line for n, line in enumerate(here) if n in out] for here, out in zip(lines, running, strict=True)]
    bodies = [
        plain([line for n, line in enumerate(here) if n not in out], style)
        for here, out in zip(lines, running, strict=True)
    ]
    contents = contents_of(bodies)
    style = style_of(bodies, contents.titles)
    known = vocabulary([line.text for here in lines for line in here]).__contains__
    pages: list[list[Block]] = []
    for number, page in enumerate(raw):
        progress(number + 1, len(raw))
        pages.append(_blocks(page, bodies[number], style, contents.places[number]))
    return [
        write_page([*blocks, *_furniture(out), *comments_of(page.marks)], known).with_damage(hurt)
        for page, blocks, out, hurt in zip(raw, with_carried_headings(pages), apart, damage, strict=True)
    ]


def _blocks(page: RawPage, body: Sequence[Line], style: Style, contents: frozenset[int]) -> list[Block]:
    return with_marks(blocks_of(body, page.rules, style, page.frame.size, contents), page.marks)


def _furniture(lines: Sequence[Line]) -> list[Block]:
    return [Block("prose", (line,), size=line.size, running=True) for line in lines]
