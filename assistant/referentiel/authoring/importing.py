"""`referentiel import`: a file of any kind -> the référentiel, and the list of what a person should look at."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.accounting import Account, settle, unfaithful
from assistant.referentiel.authoring.beside import crossed, first_beside
from assistant.referentiel.authoring.building import build
from assistant.referentiel.authoring.columns import heading_rows, layout_of
from assistant.referentiel.authoring.doubts import suspect
from assistant.referentiel.authoring.draft import Doubt, Draft
from assistant.referentiel.authoring.flow import FlowReader
from assistant.referentiel.authoring.sources.pieces import Paragraph, Source, Table
from assistant.referentiel.authoring.sources.reading import read_source
from assistant.referentiel.authoring.structure import bloc_code, criterion_code
from assistant.referentiel.authoring.tables import TableReader
from assistant.referentiel.model import Referentiel


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found, as the bundled files write it; whatever found no place stands among the doubts."""

    content: dict[str, Any]
    doubts: tuple[Doubt, ...]
    account: Account

    def as_yaml(self) -> str:
        return yaml.safe_dump(self.content, allow_unicode=True, sort_keys=False, width=110)

    def as_doubts(self) -> dict[str, Any]:
        return {
            "placed_words": self.account.placed,
            "listed_words": self.account.listed,
            "unaccounted_words": self.account.unaccounted,
            "doubts": [{"kind": d.kind, "text": d.text, "page": d.page} for d in self.doubts],
        }


def import_file(path: Path, kept: Path | None = None) -> Imported:
    """Reads `path` and gives every word of it a place or a line on the doubt list; `kept` as in `read_source`.

    Raises ReferentielError when the file cannot be read at all.
    """
    return import_source(read_source(path, kept), name_of(path))


def import_source(source: Source, referentiel_id: str) -> Imported:
    draft = interpret(source)
    content = build(draft, referentiel_id)
    try:
        Referentiel.model_validate(content)
    except ValidationError as error:
        raise ReferentielError("Ce fichier n’a pas pu être mis en forme : signalez-le avec son nom.") from error
    for text in unfaithful(source, content):
        draft.doubt("unfaithful", text, 1)
    suspect(draft, source)
    account = settle(source, draft, content)
    for page, reason in source.unread:
        draft.doubt("unread_page", reason, page)
    return Imported(content, tuple(draft.doubts), account)


def interpret(source: Source) -> Draft:
    """Paragraphs and tables in their order, each read in the light of what stands before it.

    A table that is shown as an example is left out, unless the document asks nothing anywhere else.
    """
    draft, left_out = _interpret(source, examples=False)
    return _interpret(source, examples=True)[0] if left_out and not draft.criteria() else draft


def _interpret(source: Source, examples: bool) -> tuple[Draft, int]:
    """The draft, and how many tables were left out as examples."""
    draft, left_out = Draft(), 0
    tables = [piece for piece in source.pieces if isinstance(piece, Table)]
    tabled = any(_asks(table) for table in tables)
    coded = any(criterion_code(paragraph.text).code for paragraph in source.paragraphs())
    flow = FlowReader(draft, tabled, coded)
    reader = TableReader(draft)
    reader.blocs_named = any(bloc_code(paragraph.text).code for paragraph in source.paragraphs())
    for piece in source.pieces:
        if isinstance(piece, Paragraph):
            flow.read(piece)
            continue
        reader.parted = flow.section is not None or flow.last_heading is not None
        flow.flush()
        flow.section = None
        reader.heading, flow.last_heading = flow.last_heading, None
        reader.outer, flow.outer_heading = flow.outer_heading, None
        reader.competences_follow = flow.competences_follow
        if flow.example and not examples:
            left_out += 1
            continue
        framed = sum(1 for cell in piece.cells if cell.text) == 1
        if not reader.read(piece) and (framed or not tabled):
            _as_text(piece, flow)
    flow.flush()
    flow.mixed.end()
    return draft, left_out


def _asks(table: Table) -> bool:
    """Whether one of the table's first rows heads a column of criteria."""
    if first_beside(table) is not None:
        return True
    for row in range(min(6, table.n_rows)):
        if crossed(table, row) is not None:
            return True
        count = heading_rows(table, row)
        if count:
            return layout_of(table, row, count).asks
    return False


def _as_text(table: Table, flow: FlowReader) -> None:
    """A table that only frames text (a form, a fiche) is read as text."""
    for paragraph in table.paragraphs():
        flow.read(paragraph)
    flow.flush()


def name_of(path: Path) -> str:
    """An id made of the file's name."""
    flat = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-") or "referentiel"
