"""The filled grid as one HTML page that needs nothing else and runs nothing: to read, with or without seeing it, to print."""

from html import escape

from assistant.exporting import parts, wording
from assistant.exporting.grid import Cited, Grid, Member, Row
from assistant.exporting.wording import NBSP

CSS = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
h2 { border-top: 2px solid #1b1b1b; padding-top: .6rem; margin-top: 2.4rem; }
h3 { margin-top: 2rem; } h4 { margin: 1rem 0 .2rem; }
p, li, td, th { overflow-wrap: anywhere; }
ul { margin-top: .2rem; } .aside { color: #505050; }
.words { font-weight: bold; } .decision { font-size: 1.15rem; font-weight: bold; margin-top: .2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding-bottom: .4rem; color: #505050; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #ededed; } th { white-space: normal; }
.signature { margin: 1.5rem 0 3rem; break-inside: avoid; }
.line { display: inline-block; width: 20rem; max-width: 80%; border-bottom: 1px solid #1b1b1b; height: 3rem; }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4 { break-after: avoid; } tr, li { break-inside: avoid; } thead { display: table-header-group; }
}
"""


def as_html(grid: Grid) -> str:
    """The page, in French; every text of the grid is escaped."""
    return page(grid, wording.title(grid), CSS, body(grid))


def page(grid: Grid, title: str, css: str, content: str) -> str:
    """A whole page about this grid, with what the AI did told to machines in its head."""
    facts = {
        "author": parts.AUTHOR,
        "generator": grid.ai.software,
        "dcterms.created": grid.made.isoformat(),
        "keywords": wording.ai_keywords(grid),
        "ai-assisted": "true",
        "ai-disclosure": wording.ai_metadata(grid),
    }
    metas = "\n".join(f'<meta name="{name}" content="{shown(value)}">' for name, value in facts.items())
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{shown(title)}</title>\n'
        f"{metas}\n<style>{css}</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n</body>\n</html>\n"
    )


def shown(text: str) -> str:
    """A text as HTML shows it, letter for letter."""
    return escape(wording.without_controls(text))


def lines(text: str) -> str:
    """A text of several lines."""
    return shown(text).replace("\n", "<br>")


def body(grid: Grid) -> str:
    """Everything the grid holds, in reading order."""
    return "\n".join(
        [
            f"<h1>{wording.TITLE}</h1>",
            f"<p>{wording.KIND[grid.kind]}</p>",
            _facts(grid),
            f"<h2>{parts.CRITERIA}</h2>",
            *(_criterion(row) for row in grid.rows),
            _total(grid),
            f"<h2>{parts.SIGNATURES}</h2>",
            *(_signature(member) for member in grid.jury),
            f"<h2>{wording.ANNEX_TITLE}</h2>",
            _annex(grid),
            f"<h2>{wording.AI_TITLE}</h2>",
            "<ul>",
            *(f"<li>{shown(sentence)}</li>" for sentence in wording.ai_in_words(grid)),
            "</ul>",
        ]
    )


def _facts(grid: Grid) -> str:
    rows = "".join(
        f'<tr><th scope="row">{shown(label)}</th><td>{lines(value)}</td></tr>\n' for label, value in wording.facts(grid)
    )
    return f"<table>\n<caption>{parts.FACTS_CAPTION}</caption>\n<tbody>\n{rows}</tbody>\n</table>"


def _criterion(row: Row) -> str:
    decision = f'<p class="decision">{shown(row.decision)}</p>' if row.decision else f"<p>{wording.NO_DECISION}</p>"
    indicators = "".join(f"<li>{shown(indicator)}</li>" for indicator in row.indicators)
    return "\n".join(
        [
            f'<section>\n<h3>{shown(row.id)}</h3>\n<p class="words">{lines(parts.words(row))}</p>',
            *([f"<ul>{indicators}</ul>"] if indicators else []),
            f'<p class="aside">{shown(parts.assessed(row))}</p>',
            *(f"<h4>{title}</h4>\n{_items(items)}" for title, items in parts.lists(row)),
            f"<h4>{parts.DECISION}</h4>\n{decision}",
            f"<h4>{parts.MOTIVATION}</h4>\n<p>{lines(row.motivation or wording.NO_MOTIVATION)}</p>\n</section>",
        ]
    )


def _items(items: tuple[Cited, ...]) -> str:
    if not items:
        return f'<p class="aside">{parts.NOTHING_KEPT}</p>'
    return "<ul>\n" + "".join(_item(item) for item in items) + "</ul>"


def _item(item: Cited) -> str:
    origin = wording.origin_in_words(item.origin)
    aside = f' <em class="aside">– {origin}</em>' if origin else ""
    return f"<li>{lines(parts.with_pages(item))}{aside}</li>\n"


def _total(grid: Grid) -> str:
    total = wording.total_in_words(grid)
    return "" if total is None else f'<h2>{parts.TOTAL}</h2>\n<p class="decision">{shown(total)}</p>'


def _signature(member: Member) -> str:
    return (
        f'<div class="signature"><p><strong>{shown(member.name)}</strong>, {shown(member.part)}<br>'
        f'{shown(wording.lock_in_words(member))}</p>\n<p>Signature{NBSP}: <span class="line"></span></p></div>'
    )


def _annex(grid: Grid) -> str:
    quotes = parts.quotes(grid)
    if not quotes:
        return f"<p>{parts.NO_QUOTE}</p>"
    head = "".join(f'<th scope="col">{title}</th>' for title in parts.QUOTES_HEAD)
    rows = "".join(
        f'<tr><th scope="row">{shown(criterion)}</th><td>{page}</td><td>{lines(quote)}</td><td>{source}</td></tr>\n'
        for criterion, page, quote, source in quotes
    )
    return (
        f"<table>\n<caption>{parts.QUOTES_CAPTION}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>"
    )
