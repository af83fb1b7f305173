"""What of a dossier is sent, in what words; what stays at home is named, and no gap rests on it."""

from collections.abc import Sequence

import pytest

from assistant.dossier.model import Dossier, Page, Passage, Sentence
from assistant.drafting.findings import tasks_of
from assistant.drafting.kept_home import home_notices
from assistant.drafting.sending import KEPT, sending_of
from assistant.drafting.task import FullReading, SentenceLink
from assistant.drafting.windows import windows_of
from assistant.matching.match import CriterionMatch, RequirementMatch
from assistant.privacy.known import About, KnownIdentity
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import LedgerEntry
from tests.drafting.tasks import sentence

SAID = {
    "p1s1": "Mon atelier répare des vélos électriques.",
    "p1s2": "Sandrine Kervella a la sclérose en plaques et travaille assise.",
    "p2s1": "Je relance les clients le mardi avec Sandrine.",
}
ABOUT = About(KnownIdentity(("Sandrine Kervella",), ("Atelier Vélovert",)))
CRITERION = Criterion(
    id="C1",
    text="Le candidat adapte le poste de travail",
    requirements=(Requirement(id="C1.r1", text="adapte le poste"), Requirement(id="C1.r2", text="relance les clients")),
)


def dossier(said: dict[str, str] = SAID, section: str = "Mon équipe") -> Dossier:
    sentences = tuple(sentence(sid, text, section) for sid, text in said.items())
    pages = tuple(Page(number, str(number), 595.0, 842.0, "") for number in (1, 2))
    passages = tuple(_passage(number, [one for one in sentences if one.page == number]) for number in (1, 2))
    ledger = tuple(LedgerEntry(page=page.number, read="text", words=10) for page in pages)
    return Dossier("d.pdf", "ab", pages, sentences, passages, ledger, ())


def _passage(number: int, said: Sequence[Sentence]) -> Passage:
    return Passage(f"q{number}", number, said[0].section, tuple(one.id for one in said), " ".join(s.text for s in said))


def sent(read: Dossier, keep_home: bool, hiding: str = "all") -> str:
    sending = sending_of(read, [CRITERION], ABOUT, hiding, keep_home=keep_home)  # type: ignore[arg-type]
    return "\n".join(window.text for window in windows_of(read, sending.sentences, 5_000, sending.hide))


def test_names_given_at_upload_are_hidden_wherever_they_stand() -> None:
    text = sent(dossier({**SAID, "p2s2": "Chez Atelier Vélovert, Kervella signe."}), keep_home=False)
    assert "[PERSONNE_1]" in text
    assert not any(word in text for word in ("Sandrine", "Kervella", "Vélovert"))


def test_a_guarded_sentence_leaves_without_its_name_even_where_masking_is_off() -> None:
    text = sent(dossier(), keep_home=False, hiding="sensitive")
    assert "travaille assise" in text
    assert "sclérose" not in text
    assert "Kervella a la" not in text
    assert "le mardi avec Sandrine" in text


def test_the_setting_keeps_guarded_sentences_and_titles_at_home() -> None:
    text = sent(dossier(section="Reprise après mon arrêt maladie"), keep_home=True)
    assert "sclérose" not in text
    assert "maladie" not in text
    assert KEPT in text
    assert "relance les clients" in text


def test_criteria_that_a_kept_sentence_may_touch_are_named_and_get_no_gap() -> None:
    match = CriterionMatch(
        "C1",
        (RequirementMatch("C1.r1", False, (), ("p1s2",)), RequirementMatch("C1.r2", True, ("p2s1",), ())),
        ("p1s2", "p2s1"),
    )
    reading = FullReading(True, (SentenceLink("p2s1", "C1.r2", "supports"),), kept_home=("p1s2",))
    tasks = tasks_of(dossier(), [CRITERION], [match], reading)
    assert [finding.state for finding in tasks[0].findings] == ["unread", "found"]
    (notice,) = home_notices(dossier(), tasks, reading)
    assert notice.kind == "kept_home"
    assert "1 phrase (santé) n’a pas été envoyée" in notice.text
    assert "C1" in notice.text


def test_nothing_is_said_where_nothing_was_kept() -> None:
    assert home_notices(dossier(), [], FullReading(True)) == ()


@pytest.mark.parametrize("known", [KnownIdentity(("Anne Petit",)), KnownIdentity((), ("Vélovert",))])
def test_other_names_make_another_key(known: KnownIdentity) -> None:
    assert About(known).key != About().key == About().key
