"""What a trainer takes away: counts without a rank, and examples that a person can read."""

from datetime import UTC, datetime

from assistant.exporting.cohort_document import (
    CohortInput,
    CohortLineInput,
    ExampleInput,
    cohort_document,
    examples_document,
    readable,
)
from assistant.exporting.docx import as_docx
from assistant.exporting.xlsx import as_xlsx
from tests.exporting.opened import docx_text, xlsx_text

MADE = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_criterion_of_the_oral_counts_no_dossier_without_passages() -> None:
    lines = [
        CohortLineInput("C1", "Écrit", (2, 1, 0), (("le calendrier", 1),)),
        CohortLineInput("C2", "Soutenance", (0, 0, 0), ()),
    ]
    rows = [(1, {"C1": "found", "C2": "oral_only"}), (2, {"C1": "partial", "C2": "oral_only"})]
    document = cohort_document(CohortInput("Automne", "Essai", "without", rows, lines, MADE))  # type: ignore[arg-type]  # states
    text = xlsx_text(as_xlsx(document))
    assert "le calendrier (1)" in text
    oral = next(row for table in document.blocks for row in getattr(table, "rows", ()) if "Soutenance" in str(row))
    assert [one.number for one in oral] == [None] * len(oral)
    titles = [column.title.casefold() for table in document.blocks for column in getattr(table, "columns", ())]
    assert not any(word in title for title in titles for word in ("rang", "total", "%", "moyenne", "note"))


def test_what_is_masked_is_said_in_words() -> None:
    assert readable("pour [PERSONNE_3] au [IDENTIFIANT_12], [COURRIEL_1]") == (
        "pour [personne\u00a03] au [numéro\u00a012], [courriel\u00a01]"
    )
    assert readable("[OK] [2] [personne 3] [A_B]") == "[OK] [2] [personne 3] [A_B]"


def test_a_sheet_of_examples_has_one_mark_before_each_and_keeps_titles_with_them() -> None:
    examples = [
        ExampleInput("C1", "• Prévenir les clients : 3 000 € de moins."),
        ExampleInput("C1", "[PERSONNE_1] a compté."),
    ]
    document = examples_document("Essai", examples, {"C1": "Le candidat compte."}, MADE)
    data = as_docx(document)
    text = docx_text(data)
    assert "«\u00a0Prévenir les clients\u00a0: 3\u00a0000\u00a0€ de moins.\u00a0»" in text
    assert "PERSONNE" not in text
