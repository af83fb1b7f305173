"""Dossiers outside any session are listed by the name their owner gave them, never three times « dossier.pdf »."""

from assistant.application.handing_in import UploadedFile
from tests.application.house import PDF, House


def test_a_dossier_is_listed_by_the_name_it_was_given(made: House) -> None:
    for name in ("Mme Ferrand, atelier", "M. Lys"):
        file = UploadedFile("dossier.pdf", PDF + name.encode())
        made.app.prereads.add(made.anne, [file], "cycle-client-ia", candidate=f" {name} ")
    listed = {(line.candidate, line.file) for line in made.app.prereads.list(made.anne)}
    assert listed == {("Mme Ferrand, atelier", "dossier.pdf"), ("M. Lys", "dossier.pdf")}
