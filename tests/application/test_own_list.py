"""Dossiers outside any session are listed by the name their owner gave them, never three times « dossier.pdf »."""

from assistant.application.handing_in import UploadedFile
from tests.application.house import PDF, House


def test_a_dossier_is_listed_by_the_name_it_was_given(made: House) -> None:
    for name in ("Mme Ferrand, atelier", "M. Lys"):
        file = UploadedFile("dossier.pdf", PDF + name.encode())
        made.app.prereads.add(made.anne, [file], "cycle-client-ia", candidate=f" {name} ")
    listed = {(line.candidate, line.file) for line in made.app.prereads.list(made.anne)}
    assert listed == {("Mme Ferrand, atelier", "dossier.pdf"), ("M. Lys", "dossier.pdf")}


def test_a_draft_and_a_reading_of_the_same_file_are_kept_apart(made: House) -> None:
    file = UploadedFile("dossier.pdf", PDF)
    add = made.app.prereads.add
    reading = add(made.anne, [file], "cycle-client-ia", purpose="reading")
    draft = add(made.anne, [file], "cycle-client-ia", purpose="draft")
    assert draft != reading == add(made.anne, [file], "cycle-client-ia", purpose="reading")
    assert [one.id for one in made.app.candidates.drafts(made.anne)] == [draft]
    made.app.lifecycle.purge_own(made.anne, draft)
    assert [one.id for one in made.app.prereads.list(made.anne)] == [reading]


def test_a_draft_that_is_also_read_at_the_desk_is_told_before_it_is_erased(made: House) -> None:
    review = made.own(made.anne)
    drafts = made.app.candidates.drafts(made.anne)
    assert made.app.candidates.also_read(made.anne, drafts) == frozenset()
    made.note(made.anne, review, "Vu.")
    assert made.app.candidates.also_read(made.anne, drafts) == {drafts[0].id}
