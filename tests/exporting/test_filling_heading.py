"""The head of a filled grid: whose it is, of what, and with which machine."""

from tests.exporting.test_filling import CONTEXT, LOCKED, collegial, juror


def test_the_grid_says_whose_it_is_of_what_and_with_which_machine() -> None:
    grid = collegial([juror(1), juror(2, None), juror(3)], {})
    assert [(one.name, one.part, one.locked) for one in grid.jury] == [
        ("Juré 1", "premier juré", LOCKED),
        ("Juré 2", "deuxième juré", None),
        ("Juré 3", "troisième lecteur", LOCKED),
    ]
    assert (grid.session, grid.session_date, grid.candidate, grid.made) == (
        "Session de juin",
        CONTEXT.held,
        "0417",
        LOCKED,
    )
    assert (grid.file, grid.file_sha256, grid.pages, grid.unread_pages) == ("d.pdf", "ab", 9, (9,))
    assert (grid.referentiel_id, grid.referentiel_version, grid.blocs) == ("essai", "3", ("B0",))
    assert [row.text for row in grid.rows] == ["Texte de C1.", "Texte de C2."]
    assert (grid.ai.drafter, grid.ai.software, grid.ai.prompts) == ("tel", "prelecture", ("drafting 2:1f0a",))
