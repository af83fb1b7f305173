"""The filled grid as a Word document, from a template that an organisation can replace.

A template is a DOCX with docxtpl's tags. It may use: kind, candidate, session, facts (label, value), rows (id, words,
indicators, assessed, most_points, observations, gaps and questions with text, pages, origin; decision, motivation),
total, jury (name, part, locked), quotes (criterion, page, text, source), ai (sentences).
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from assistant.errors import SettingsError
from assistant.exporting import wording
from assistant.exporting.grid import Cited, Grid, Row
from assistant.exporting.wording import NBSP

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties
    from jinja2 import Environment

TEMPLATE = Path(__file__).parent / "templates" / "grille.docx"
LONGEST_PROPERTY = 255


def as_docx(grid: Grid, template: Path | None = None) -> bytes:
    """The document's bytes. Raises SettingsError when the template cannot be opened or filled in."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    path = template or TEMPLATE
    filled = BytesIO()
    try:
        document = DocxTemplate(path)
        document.render(_context(grid), _environment())
        _properties(document.docx.core_properties, grid)
        document.docx.save(filled)
    except (OpcError, BadZipFile, OSError) as error:
        raise SettingsError(
            f"Le modèle de grille «{NBSP}{path.name}{NBSP}» ne s’ouvre pas{NBSP}: ce n’est pas un document Word "
            "(.docx) lisible."
        ) from error
    except (TemplateError, SyntaxError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise SettingsError(
            f"Le modèle de grille «{NBSP}{path.name}{NBSP}» ne peut pas être rempli{NBSP}: {error}"
        ) from error
    return filled.getvalue()


def _environment() -> "Environment":
    """Tags of the template are evaluated, in a sandbox; texts put in their place are letters and nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_letters)


def _as_letters(value: object) -> str:
    """A value as XML text. Braces are written as entities: docxtpl would read « {_{ » as its own escape for two."""
    from markupsafe import Markup, escape

    escaped = str(escape(wording.without_controls(str(value))))
    return Markup(escaped.replace("{", "&#123;").replace("}", "&#125;"))


def _context(grid: Grid) -> dict[str, Any]:
    return {
        "kind": wording.KIND[grid.kind],
        "candidate": grid.candidate,
        "session": grid.session,
        "facts": [{"label": label, "value": value} for label, value in wording.facts(grid)],
        "rows": [_row(row) for row in grid.rows],
        "total": wording.total_in_words(grid),
        "jury": [
            {"name": member.name, "part": member.part, "locked": wording.lock_in_words(member)} for member in grid.jury
        ],
        "quotes": [
            {
                "criterion": row.id,
                "page": quoted.page,
                "text": quoted.quote,
                "source": wording.source_in_words(quoted),
            }
            for row in grid.rows
            for quoted in row.quotes
        ],
        "ai": wording.ai_in_words(grid),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "words": f"{row.lead} {row.text}" if row.lead else row.text,
        "indicators": row.indicators,
        "assessed": wording.assessed_in_words(row),
        "most_points": wording.points_in_words(row.most_points),
        "observations": _items(row.observations),
        "gaps": _items(row.gaps),
        "questions": _items(row.questions),
        "decision": row.decision or wording.NO_DECISION,
        "motivation": row.motivation or wording.NO_MOTIVATION,
    }


def _items(cited: tuple[Cited, ...]) -> list[dict[str, str]]:
    return [
        {
            "text": item.text,
            "pages": wording.pages_in_words(item.pages),
            "origin": wording.origin_in_words(item.origin),
        }
        for item in cited
    ]


def _properties(about: "CoreProperties", grid: Grid) -> None:
    about.title = wording.title(grid)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = "Prélecture"
    about.language = "fr-FR"
    about.keywords = wording.ai_keywords(grid)
    about.comments = wording.ai_metadata(grid)
    about.created = about.modified = wording.made_in_utc(grid)
