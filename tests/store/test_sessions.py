"""Sessions, candidacies and seats, each read in few statements however many there are."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from assistant.errors import StoreError
from assistant.store.counting import counted
from assistant.store.dossiers import Dossiers
from assistant.store.engine import reading, writing
from assistant.store.people import People
from assistant.store.sessions import CandidacyRecord, SeatRecord, SessionRecord, Sessions


def founded(connection: Connection, title: str = "Juin") -> SessionRecord:
    return Sessions(connection).add(
        title, date(2026, 6, 18), "a" * 64, "cycle-client-ia", ("B0", "B1"), blind_first=True, created_by="odile"
    )


def candidate(connection: Connection, session: SessionRecord, number: str) -> CandidacyRecord:
    dossier = Dossiers(connection).add("odile", f"{number}.pdf")
    return Sessions(connection).add_candidacy(session.id, number, dossier=dossier.id, name="Faucher", trainer="théo")


def test_a_session_is_read_as_it_was_founded(engine: Engine) -> None:
    with writing(engine) as connection:
        first, second = founded(connection), founded(connection, "Juillet")
    with reading(engine) as connection:
        store = Sessions(connection)
        assert store.get(first.id) == first
        assert store.get("none") is None
        assert store.all() == (second, first)


def test_a_number_is_given_once_in_a_session(engine: Engine) -> None:
    with writing(engine) as connection:
        session, other = founded(connection), founded(connection)
        first = candidate(connection, session, "0417")
        assert candidate(connection, other, "0417").id != first.id
    with pytest.raises(StoreError, match="0417 est déjà"), writing(engine) as connection:
        candidate(connection, session, "0417")


def test_candidates_stand_by_number_nine_before_ten(engine: Engine) -> None:
    with writing(engine) as connection:
        session = founded(connection)
        for number in ("10", "9", "B2", "B10", "1"):
            candidate(connection, session, number)
        assert [one.number for one in Sessions(connection).candidacies(session.id)] == ["B2", "B10", "1", "9", "10"]


def test_a_seat_has_one_juror_and_a_juror_one_seat(engine: Engine) -> None:
    with writing(engine) as connection:
        anne, bruno = (People(connection).add(name, "juror").id for name in ("Anne", "Bruno"))
        session = founded(connection)
        name = candidate(connection, session, "1").id
        store = Sessions(connection)
        store.seat(name, anne, 1)
        store.declare(name, anne, "none")
        assert store.seats(name) == (SeatRecord(name, anne, 1, "none"),)
        store.seat(name, bruno, 1)
        assert store.seats(name) == (SeatRecord(name, bruno, 1, ""),)
        store.seat(name, bruno, 2)
        store.seat(name, anne, 1)
        assert [(one.person, one.part) for one in store.seats(name)] == [(anne, 1), (bruno, 2)]
        assert store.seats_of_person(bruno) == (SeatRecord(name, bruno, 2, ""),)


def test_accommodations_names_and_pre_reads_are_set(engine: Engine) -> None:
    with writing(engine) as connection:
        name = candidate(connection, founded(connection), "1").id
        store = Sessions(connection)
        store.accommodate(name, "Tiers temps", shown=True)
        store.name_candidate(name, "Mireille Faucher", "Menuiserie")
        kept = store.candidacy(name)
        assert kept is not None
        assert (kept.accommodations, kept.shown_to_jury) == ("Tiers temps", True)
        assert (kept.name, kept.company, kept.trainer, kept.preread) == ("Mireille Faucher", "Menuiserie", "théo", None)
        store.remove_candidacy(name)
        assert store.candidacy(name) is None


def test_thirty_candidates_are_listed_in_as_many_statements_as_one(engine: Engine) -> None:
    with writing(engine) as connection:
        anne = People(connection).add("Anne", "juror").id
        session = founded(connection)
        for number in range(30):
            name = candidate(connection, session, str(number)).id
            Sessions(connection).seat(name, anne, 1)
    with counted(engine) as seen, reading(engine) as connection:
        store = Sessions(connection)
        every = store.candidacies(session.id)
        assert len(store.seats_of_session(session.id)) == len(every) == 30
        assert len(Dossiers(connection).many(one.dossier for one in every)) == 30
    assert len(seen.statements) == 4
    assert seen.writes == []
