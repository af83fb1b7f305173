"""Nothing leaves in quotation marks beside a page that does not stand word for word on that page."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.exporting.document import BulletList, Cell, Document, Paragraph, Table, plain_text
from assistant.exporting.feedback import feedback_document
from assistant.exporting.filling import grid_of
from assistant.exporting.grid import Cited, Grid
from assistant.exporting.grid_document import grid_document
from assistant.exporting.grid_tags import grid_tags
from assistant.exporting.inputs import CriterionInput, TreatedItem, WrittenItem
from assistant.exporting.oral import oral_document
from assistant.exporting.own_grid.mapping import texts_of
from assistant.exporting.verbatim import DossierWords
from tests.exporting.test_filling import CONTEXT, ITEMS, PREREAD, asked, juror

PAGES = {4: "Nous perdons neuf heures. J’ai relevé « trop tard » deux fois.", 5: "Le budget est de 300 €."}
WORDS = DossierWords(PAGES.items())
HERE = replace(CONTEXT, words=tuple(PAGES.items()))
PASSAGE = "Nous perdons neuf heures."
MARKS = ("« ", " »", "«", "»", "“", "”", '"', "„", "‹", "›")
TEXTS = st.lists(
    st.sampled_from((*MARKS, *MARKS, PASSAGE, PAGES[4], PAGES[5], "neuf", "heur", "300 €", "de sa main", "l'avis", " ", ".")),
    min_size=1, max_size=9,
).map("".join)  # fmt: skip
QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"|„([^„“”]*)[“”]|‹([^‹›]*)›")


def written(text: str, rewrites: str = "", pages: tuple[int, ...] = (4,)) -> Cited:
    work = CriterionInput(written=(WrittenItem("from-p4s1", "observation", text, pages, rewrites),))
    return grid_of(HERE, PREREAD, asked(), [juror(C1=work)]).rows[0].observations[0]


def lines(document: Document) -> Iterator[str]:
    """Each paragraph and list item, those of tables too."""
    for block in document.blocks:
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [Cell((block,))] if (
            isinstance(block, Paragraph | BulletList)) else []  # fmt: skip
        for part in (part for one in cells for part in one.blocks):
            yield from ([plain_text(part.content)] if isinstance(part, Paragraph) else map(plain_text, part.items))


def exported(grid: Grid) -> Iterator[str]:
    for build in (grid_document, feedback_document, oral_document):
        yield from lines(build(grid))
    for row in grid_tags(grid)["rows"]:
        yield from (f"{one['text']}{one['pages']}" for one in (*row["observations"], *row["gaps"], *row["questions"]))
    for field in ("findings", "gaps", "questions"):
        yield from (line for row in grid.rows for line in texts_of(row, field, grid).split("\n"))


@settings(max_examples=80, deadline=None)
@given(TEXTS.filter(str.strip), st.sampled_from(("", PASSAGE)), st.sampled_from(((4,), (5,), (4, 5))))
def test_what_stands_in_quotation_marks_beside_a_page_stands_on_that_page(
    text: str, rewrites: str, pages: tuple[int, ...]
) -> None:
    constat, *_ = ITEMS["C1"]
    work = CriterionInput(
        treated=(
            TreatedItem(constat.id, "edited", text),
            TreatedItem("o0", "adopted", said=text, kind="gap", pages=pages),
        ),
        written=tuple(WrittenItem(kind, kind, text, pages, rewrites) for kind in ("observation", "gap", "question")),
    )
    grid = grid_of(HERE, PREREAD, asked(), [juror(C1=work)])
    seen = 0
    for line in exported(grid):
        named = re.search(r"\((?:d’après les? )?(?:d’après la )?p\.\s([\d, ]+)\)", line)
        if named is None:
            continue
        seen += 1
        on = [int(one) for one in named.group(1).split(", ")]
        if WORDS.holds(line[: named.start()].strip().removeprefix("«").removesuffix("»"), on):
            continue
        for found in QUOTED.finditer(line[: named.start()]):
            said = next(one for one in found.groups() if one is not None)
            assert any(" ".join(said.replace("’", "'").split()) in page_words(page) for page in on), line
    assert seen


def page_words(page: int) -> str:
    drafted = [one.quote for part in PREREAD.criteria for one in part.evidence if one.page == page]
    return " ".join(" ".join((PAGES.get(page, ""), *drafted)).replace("’", "'").split())


@pytest.mark.parametrize(
    ("text", "kept", "origin"),
    [
        (PASSAGE, "«\u00a0Nous perdons neuf heures.\u00a0»", "own"),
        ("Le candidat ne compte rien.", "Le candidat ne compte rien.", "ai_edited"),
        ("« Le candidat ne compte rien. »", "Le candidat ne compte rien.", "ai_edited"),
        ("Il perd « neuf heures » et « dix jours ».", "Il perd « neuf heures » et dix jours.", "ai_edited"),
    ],
)
def test_a_passage_is_a_quotation_as_long_as_it_is_word_for_word(text: str, kept: str, origin: str) -> None:
    made = written(text, PASSAGE)
    assert (made.text, made.origin) == (kept, origin)


def test_a_drafted_quotation_in_which_a_juror_changed_a_word_is_theirs() -> None:
    quotation = f"«\u00a0{PASSAGE}\u00a0»"
    part = PREREAD.criteria[0]
    statement = part.observation[0].model_copy(update={"text": quotation})
    preread = PREREAD.model_copy(
        update={"criteria": (part.model_copy(update={"observation": (statement,)}), *PREREAD.criteria[1:])}
    )
    from assistant.review.items import items_of

    name = items_of(preread.criteria[0])[0].id
    for text, kept, origin in (
        (quotation, quotation, "ai"),
        ("« Nous perdons neuf heures ! »", "Nous perdons neuf heures !", "ai_edited"),
        ("« Rien n’est compté. »", "Rien n’est compté.", "ai_edited"),
    ):
        work = CriterionInput(treated=(TreatedItem(name, "edited", text),))
        (made,) = grid_of(HERE, preread, asked(), [juror(C1=work)]).rows[0].observations
        assert (made.text, made.origin) == (kept, origin)


def test_a_text_without_a_page_keeps_its_marks() -> None:
    assert written("Il dit « demain ».", pages=()).text == "Il dit « demain »."


def test_a_quotation_taken_over_from_a_file_replaced_since_leaves_its_page_and_none_of_its_words() -> None:
    """Where it stands elsewhere in the dossier as it is now, it is quoted from there."""
    gone, moved = "« Nous perdions dix heures. »", f"« {PASSAGE} »"
    work = CriterionInput(
        treated=tuple(
            TreatedItem(f"o{place}", "adopted", said=said, kind="observation", pages=(5,))
            for place, said in enumerate((gone, moved))
        )
    )
    row = grid_of(HERE, PREREAD, asked(), [juror(C1=work)]).rows[0]
    assert [(one.text, one.pages) for one in row.observations] == [(moved, (4,))]
    assert [(one.page, one.quote) for one in row.quotes if one.earlier] == [(5, "")]
    printed = [
        line for line in lines(grid_document(grid_of(HERE, PREREAD, asked(), [juror(C1=work)]))) if "fichier" in line
    ]
    assert any("remplacé depuis (p.\u00a05 de ce fichier)" in line for line in printed)
    assert not any("perdions" in line for line in exported(grid_of(HERE, PREREAD, asked(), [juror(C1=work)])))
