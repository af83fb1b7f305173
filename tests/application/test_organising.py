"""What an organiser does to a session as a whole: a list and many files at once, settings that freeze, dates, ends."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook

from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.application.organising import _months
from assistant.application.roster import NOBODY, Line, matched, read_roster
from assistant.application.seating import Pairing
from assistant.errors import AccessDenied, IncompleteDossier, InvalidInput
from assistant.progress import silent
from assistant.settings import Settings
from assistant.store.engine import reading, writing
from assistant.store.prereads import PreReads
from assistant.store.sessions import Sessions
from tests.application.house import PDF, House, house

CSV = "Numéro;Nom;Prénom;Entreprise;Formateur;Aménagements;Bloc;Courriel\n0417;Durand;Zoé;Sarl X;Théo;Tiers temps;;Zoe@X.fr\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(Settings(data_dir=tmp_path_factory.mktemp("organising")))


@pytest.fixture(autouse=True)
def session(made: House) -> str:
    made.session = made.founded(made.organiser)
    return made.session


def book(*rows: tuple[object, ...]) -> bytes:
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(list(row))  # type: ignore[union-attr]  # a new book has a sheet
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(), CSV.encode("utf-8-sig"), CSV.encode("cp1252"), CSV.encode("utf-16"), CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        book(("N°", "Nom et prénom", "Société", "Formateur", "Aménagement", "Courriel"),
             ("0417", "Zoé Durand", "Sarl X", "Théo", "Tiers temps", "Zoe@X.fr")),
    ],
)  # fmt: skip
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    assert read_roster("liste", data).lines == (
        Line("0417", "Zoé Durand", "Sarl X", "Théo", "Tiers temps", (), "Zoe@X.fr"),
    )


def test_a_number_that_a_workbook_holds_as_a_figure_has_no_decimals() -> None:
    assert [one.number for one in read_roster("x", book(("Numéro",), (417.0,), (9,))).lines] == ["417", "9"]


@pytest.mark.parametrize("data", [b"", b"Nom;Entreprise\nx;y\n", b"PK\x03\x04rien", b"\n\n"])
def test_what_is_no_list_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_roster("x", data)


def test_lines_that_cannot_be_taken_are_named() -> None:
    read = read_roster("x", "Numéro;Nom\n1;A\n;B\n1;C\n".encode())
    assert [one.number for one in read.lines] == ["1"]
    assert [one.partition("\u00a0")[0] for one in read.problems] == ["Ligne 3", "Ligne 4"]


PEOPLE = {"a": ("0417", "Zoé Durand"), "b": ("418", "Léo Martin"), "c": ("17", "Anne-Marie Le Goff"), "d": ("41", "")}


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("0417.pdf", "a"), ("dossier_0417_v2.pdf", "a"), ("417 dossier.pdf", "a"), ("Dossier-418.docx", "b"),
        ("ZoeDurand.pdf", "a"), ("DURAND zoé – projet.pdf", "a"), ("le-goff_anne-marie.pdf", "c"), ("17.pdf", "c"),
        ("104170.pdf", ""), ("dossier.pdf", ""), ("Durand.pdf", ""), ("0417 et 418.pdf", ""),
        ("0417-418 Martin Léo.pdf", "b"),
    ],
)  # fmt: skip
def test_a_file_is_given_by_number_or_by_name_or_to_nobody(file: str, whose: str) -> None:
    found = matched(PEOPLE, [file])
    assert dict(found.files) == ({whose: (0,)} if whose else {})
    assert len(found.unmatched) == (0 if whose else 1)


def test_a_file_that_several_could_claim_names_them() -> None:
    people = {"a": ("007", "Léa Martin"), "b": ("008", "Paul Martin"), "c": ("009", "Zoé Durand")}
    told = [why for _, why in matched(people, ["Martin.pdf", "dossier durand v2.pdf", "Paul Durand.pdf"]).unmatched]
    assert told[0].startswith("Deux candidats portent ce nom\u00a0: n° 007, n° 008.")
    assert told[1].startswith("Un candidat porte une partie de ce nom\u00a0: n° 009.")
    assert told[2] == NOBODY


def test_forty_files_at_once_find_their_candidates_and_the_others_are_listed(made: House, session: str) -> None:
    lines = [Line(f"{number:04}", f"Candidat {number}") for number in range(1, 41)]
    assert made.app.organising.enrol(made.organiser, session, lines).added == 40
    files = [UploadedFile(f"{number:04}-dossier.pdf", PDF + bytes([number])) for number in range(1, 41)]
    handed = made.app.organising.hand_in(made.organiser, session, [*files, UploadedFile("inconnu.pdf", PDF)])
    assert len(handed.prereads) == 40
    assert [name for name, _ in handed.unmatched] == ["inconnu.pdf"]
    again = made.app.organising.hand_in(made.organiser, session, files[:1])
    assert "a déjà un fichier" in again.unmatched[0][1]
    assert len(made.app.organising.enrol(made.organiser, session, lines).refused) == 0


def test_a_list_says_trainers_accommodations_and_blocs_and_what_it_could_not_take(made: House, session: str) -> None:
    lines = [
        Line("1", "Zoé", "X", "Théo", "Tiers temps", ("B0",), "z@x.fr"),
        Line("2", "Léo", "", "Inconnu", "", ("B9",)),
    ]
    enrolled = made.app.organising.enrol(made.organiser, session, lines)
    assert (enrolled.added, len(enrolled.refused)) == (2, 2)
    with reading(made.app.engine) as connection:
        first, second = Sessions(connection).candidacies(session)
    assert (first.trainer, first.accommodations, first.blocs, first.email) == (
        made.trainer.person, "Tiers temps", ("B0",), "z@x.fr",
    )  # fmt: skip
    assert (second.trainer, second.blocs) == ("", ())


def test_an_open_session_keeps_its_settings(settings: Settings) -> None:
    made = house(settings)
    review = made.candidate("1")
    made.app.organising.open(made.organiser, made.session)
    with pytest.raises(InvalidInput, match="déjà ouverte"):
        made.app.organising.open(made.organiser, made.session)
    state = made.app.organising.state(made.organiser, made.session)
    assert state.opened
    assert {"sha256", "drafter", "prompts", "referentiel"} <= set(state.frozen)
    from assistant.application.door import Application

    other = Application(settings.model_copy(update={"ocr": "off", "model": "fake"}))
    candidate = other.sessions.add_candidate(made.organiser, made.session, "2", [UploadedFile("d.pdf", PDF)])
    preread = other.sessions.candidacy(made.organiser, candidate).preread
    with pytest.raises(InvalidInput, match="figés"):
        other.jobs.run(made.organiser, preread or "", silent)
    assert made.view(review).status == "complete"


def test_dates_count_down_from_the_settings_or_from_what_the_session_says(made: House, session: str) -> None:
    today = datetime.now(UTC).date()
    made.app.organising.enrol(made.organiser, session, [Line("2", "Léo")])
    assert made.app.organising.state(made.organiser, session).deadlines == (), "no delay runs before a dossier is there"
    made.candidate("1")
    (jury,) = made.app.organising.state(made.organiser, session).deadlines
    assert jury.day == _months(today, 3)
    assert jury.left == (jury.day - today).days
    held = today - timedelta(days=20)
    made.app.organising.change(made.organiser, session, title=" Juin ", held=held, jury_by=today, notify_by=None)
    day, jury, notify = made.app.organising.state(made.organiser, session).deadlines
    assert (day.left, jury.left, notify.left) == (-20, 0, -5)
    assert (day.limit, jury.limit) == (False, True)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 3, date(2026, 11, 30)), (date(2026, 11, 25), 3, date(2027, 2, 25)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)  # fmt: skip
def test_months_are_counted_as_people_count_them(day: date, months: int, then: date) -> None:
    assert _months(day, months) == then


def test_an_incomplete_file_says_what_is_missing_and_absence_is_no_decision(made: House) -> None:
    review = made.candidate("1")
    with pytest.raises(InvalidInput):
        made.app.organising.say_complete(made.organiser, review, "incomplete", " ")
    made.app.organising.say_complete(made.organiser, review, "incomplete", "L’annexe 2 manque.")
    made.app.organising.say_presence(made.organiser, review, "excused", "Certificat")
    view = made.view(review)
    assert (view.complete, view.complete_note, view.presence) == ("incomplete", "L’annexe 2 manque.", "excused")


def test_an_absence_is_said_on_the_jury_s_day_and_not_weeks_before(made: House, session: str) -> None:
    review, today = made.candidate("1"), datetime.now(UTC).date()
    with pytest.raises(InvalidInput, match="date du jury"):
        made.app.organising.say_presence(made.organiser, review, "absent", "")
    for held in (today + timedelta(days=21), today):
        made.app.organising.change(made.organiser, session, title="Juin", held=held, jury_by=None, notify_by=None)
        if held > today:
            with pytest.raises(InvalidInput, match="ce jour-là"):
                made.app.organising.say_presence(made.organiser, review, "absent", "")
    made.app.organising.say_presence(made.organiser, review, "absent", "")
    assert made.view(review).presence == "absent"


def test_nobody_reads_an_incomplete_file_before_it_is_said_complete(made: House) -> None:
    """Neither the program nor the jury; once it is complete, the reading that waited may start."""
    review = made.seat(made.candidate("1", trained=False), made.anne, link="none")
    organising, preread = made.app.organising, made.view(review).preread or ""
    organising.say_complete(made.organiser, review, "incomplete", "L’annexe 2 manque.")
    for act in (
        lambda: made.app.reviews.desk(made.anne, review),
        lambda: made.note(made.anne, review, "une note"),
        lambda: made.app.prereads.page_png(made.anne, preread, 1, 1.0),
        lambda: made.app.exports.grid(made.anne, review, "individual"),
        lambda: made.app.jobs.start(made.organiser, preread),
        lambda: made.app.jobs.retry(made.organiser, preread),
        lambda: made.app.jobs.run(made.organiser, preread, silent),
    ):
        with pytest.raises(IncompleteDossier, match="incomplet"):
            act()
    with writing(made.app.engine) as connection:
        PreReads(connection).requeue(preread)
    made.app.sessions.declare(made.anne, review, "none")
    assert organising.say_complete(made.organiser, review, "complete", "L’annexe 2 manque.") == preread
    assert made.view(review).complete_note == ""
    made.finish(preread)
    made.note(made.anne, review, "une note")
    with pytest.raises(InvalidInput, match="a commencé à lire"):
        organising.say_complete(made.organiser, review, "incomplete", "L’annexe 3 manque.")


def test_a_file_handed_in_for_an_incomplete_dossier_waits(made: House, session: str) -> None:
    made.app.organising.enrol(made.organiser, session, [Line("1", "Zoé"), Line("2", "Léo")])
    with reading(made.app.engine) as connection:
        first, _ = Sessions(connection).candidacies(session)
    made.app.organising.say_complete(made.organiser, first.id, "incomplete", "Rien n’est arrivé.")
    files = [UploadedFile(f"{number}.pdf", PDF + bytes([number])) for number in (1, 2)]
    handed = made.app.organising.hand_in(made.organiser, session, files)
    assert (list(handed.prereads), handed.waiting, handed.unmatched) == (["2"], ("1",), ())


def test_a_decision_is_revoked_with_a_reason_and_its_texts_stand(made: House) -> None:
    review = made.lock(made.jury(), made.anne, made.bruno)
    proposed = made.propose(made.anne, review, Decision(points=1), "Le texte")
    made.consent(made.bruno, review, proposed.version)
    with pytest.raises(AccessDenied):
        made.app.organising.revoke(made.anne, review, "je change d’avis")
    with pytest.raises(InvalidInput):
        made.app.organising.revoke(made.organiser, review, "")
    assert made.app.organising.revoke(made.organiser, review, "Pièce fausse") == 1
    harmony = made.app.reviews.harmony(made.anne, review)
    assert harmony.agreed["C1"].text == "Le texte"
    assert harmony.agreed["C1"].decision.empty
    assert not harmony.complete


def test_a_session_is_archived_and_deleted_only_when_empty(made: House, session: str) -> None:
    review = made.candidate("1")
    made.app.organising.archive(made.organiser, session, archived=True)
    assert next(one for one in made.app.sessions.list(made.organiser) if one.id == session).archived
    with pytest.raises(InvalidInput, match="contient des candidats"):
        made.app.organising.delete(made.organiser, session)
    made.app.sessions.withdraw(made.organiser, review)
    made.app.organising.delete(made.organiser, session)
    assert session not in {one.id for one in made.app.sessions.list(made.organiser)}


def test_two_organisers_who_are_jurors_organise_each_other_s_dossiers_and_never_their_own(made: House) -> None:
    session = made.founded(made.anne)
    made.app.organising.add_organiser(made.anne, session, made.bruno.person)
    mine, theirs = (made.candidate(number, trained=False, session=session, by=made.anne) for number in "12")
    made.app.sessions.assign(made.bruno, mine, made.anne.person, 1)
    made.app.sessions.assign(made.anne, theirs, made.bruno.person, 1)
    for organiser, seated, other in ((made.anne, mine, theirs), (made.bruno, theirs, mine)):
        made.app.sessions.assign(organiser, other, made.chloe.person, 2)
        with pytest.raises(AccessDenied, match="un autre organisateur"):
            made.app.sessions.assign(organiser, seated, made.chloe.person, 2)
    seen = next(one for one in made.app.sessions.list(made.anne) if one.id == session)
    assert [one.organises for one in seen.candidacies] == [False, True]


@pytest.mark.parametrize("who", ["anne", "chloe", "trainer"])
def test_nobody_else_organises(made: House, session: str, who: str) -> None:
    actor, organising = getattr(made, who), made.app.organising
    for act in (
        lambda: organising.state(actor, session),
        lambda: organising.enrol(actor, session, [Line("1")]),
        lambda: organising.hand_in(actor, session, []),
        lambda: organising.open(actor, session),
        lambda: organising.archive(actor, session, archived=True),
        lambda: organising.delete(actor, session),
        lambda: organising.add_organiser(actor, session, actor.person),
        lambda: organising.change(actor, session, title="x", held=None, jury_by=None, notify_by=None),
    ):
        with pytest.raises(AccessDenied):
            act()


def test_the_organiser_sees_how_far_jurors_have_read_and_never_what_they_think(made: House) -> None:
    review = made.jury()
    made.write(made.anne, review, "read", "C1", {"value": True})
    made.note(made.anne, review, "un secret")
    seen = next(one for one in made.app.sessions.list(made.organiser) if one.id == made.session).candidacies[0]
    assert [(seat.name, seat.read) for seat in seen.seats] == [("Anne", 1), ("Bruno", 0)]
    assert "secret" not in str(seen)
    mine = next(one for one in made.app.sessions.list(made.bruno) if one.id == made.session).candidacies[0]
    assert [seat.read for seat in mine.seats] == [None, None]


def test_the_referentiel_s_own_rules_on_its_jury_are_shown_with_those_that_are_checked(made: House) -> None:
    session = made.app.sessions.found(made.organiser, "x", None, "cycle-client-ia", (), blind_first=False)
    rules = made.app.organising.state(made.organiser, session).jury_rules
    assert [(rule.text, len(rule.checked), rule.left) for rule in rules] == [
        ("Les membres du jury ne pourront pas être les formateurs de l'apprenant", 1, "")
    ]
    other = made.app.sessions.found(made.organiser, "y", None, "relation-client-adv", (), blind_first=False)
    half, *others = made.app.organising.state(made.organiser, other).jury_rules
    assert "deux personnes différentes" in half.checked[0]
    assert "un juré indépendant ou extérieur parmi les deux" in half.checked[1]
    assert half.left == ""
    outside = next(rule for rule in others if "extérieur(e) au centre" in rule.text)
    assert (len(outside.checked), outside.left) == (1, "")
    rest = [rule for rule in others if rule is not outside]
    assert [(rule.checked, rule.left) for rule in rest] == [((), rule.text) for rule in rest]


def test_a_seat_is_freed_in_the_table_until_somebody_wrote(made: House) -> None:
    review = made.seat(made.candidate("libre", trained=False), made.anne, made.bruno)
    assert made.app.sessions.assign_all(made.organiser, (Pairing(review, 2, ""),)) == ()
    assert [seat.person for seat in made.view(review).seats] == [made.anne.person]
    made.note(made.anne, review, "un mot")
    (refused,) = made.app.sessions.assign_all(made.organiser, (Pairing(review, 1, ""),))
    assert "les places ne changent plus" in refused.refused
