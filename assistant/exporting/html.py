"""Any document as one HTML page that needs nothing else and runs nothing: to read, with or without seeing it, to print."""

from functools import cache
from typing import TYPE_CHECKING

from assistant.exporting.as_data import as_data
from assistant.exporting.document import BulletList, Document, plain_text, storable
from assistant.exporting.wording import AUTHOR

if TYPE_CHECKING:
    from jinja2 import Template

PRINT_SIZE = 9.5
ONE_PAGE_SIZES = ((900, 11.0), (2_200, 9.5), (4_500, 8.0))
"""Characters of a document up to which it still prints on one page in letters of so many points."""
SMALLEST = 7.0


def as_html(document: Document) -> str:
    """The page, in French; every text is escaped."""
    about = document.properties
    metas = (
        ("author", AUTHOR),
        ("generator", about.software),
        ("dcterms.created", about.created.isoformat()),
        ("keywords", "; ".join(about.keywords)),
        ("ai-assisted", "true" if about.disclosure else "false"),
        ("ai-disclosure", about.disclosure),
    )
    return _template().render(
        metas=[(name, storable(value)) for name, value in metas if value],
        print_size=one_page_size(document, SMALLEST) if document.one_page else PRINT_SIZE,
        **as_data(document),
    )


def one_page_size(document: Document, smallest: float) -> float:
    """Points of the letters, for a renderer that cannot lay out: chosen by the amount of text."""
    letters = sum(
        len(plain_text(item)) + 40 for block in document.blocks if isinstance(block, BulletList) for item in block.items
    )
    return next((size for most, size in ONE_PAGE_SIZES if letters <= most), smallest)


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape

    environment = Environment(
        loader=PackageLoader("assistant.exporting", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["lines"] = lambda text: escape(text).replace("\n", Markup("<br>"))
    return environment.get_template("document.html.jinja")
