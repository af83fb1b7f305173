"""Shares and cohorts, on both databases."""

from sqlalchemy import Engine

from assistant.store.cohorts import Cohorts, Coverages
from assistant.store.dossiers import Dossiers
from assistant.store.engine import reading, writing
from assistant.store.prereads import NewPreRead, PreReads
from assistant.store.shares import Shares


def test_what_is_shared_is_seen_by_that_person_until_it_ends(engine: Engine) -> None:
    with writing(engine) as connection:
        dossier = Dossiers(connection).add("lea", "brouillon.pdf").id
        shares = Shares(connection)
        shares.share(dossier, "theo")
        shares.share(dossier, "theo")
    with reading(engine) as connection:
        assert [one.dossier for one in Shares(connection).with_person("theo")] == [dossier]
        assert len(Shares(connection).of_dossier(dossier)) == 1
        assert Shares(connection).with_person("anne") == ()
    with writing(engine) as connection:
        Shares(connection).end(dossier, "theo")
    with reading(engine) as connection:
        assert Shares(connection).with_person("theo") == ()


def test_a_cohort_numbers_its_dossiers_as_they_came_and_a_number_is_kept(engine: Engine) -> None:
    with writing(engine) as connection:
        names = [Dossiers(connection).add("theo", f"{place}.pdf").id for place in range(3)]
        cohorts = Cohorts(connection)
        cohort = cohorts.add("theo", "Automne", "0" * 64, "essai", ["B0"])
        assert [cohorts.join(cohort.id, name) for name in names] == [1, 2, 3]
        cohorts.leave(cohort.id, names[1])
        assert [one.number for one in cohorts.members(cohort.id)] == [1, 3]
        assert cohorts.join(cohort.id, names[1]) == 2
        assert cohorts.get(cohort.id) == cohort
        cohorts.close(cohort.id)
        assert cohorts.get(cohort.id) is None
        assert cohorts.of_owner("theo") == ()


def test_an_example_is_chosen_once_and_dropped(engine: Engine) -> None:
    with writing(engine) as connection:
        dossier = Dossiers(connection).add("theo", "d.pdf").id
        preread = PreReads(connection).add(NewPreRead("theo", dossier, "0" * 64, "essai", ())).id
        cohorts = Cohorts(connection)
        cohort = cohorts.add("theo", "Automne", "0" * 64, "essai", []).id
        for _ in range(2):
            cohorts.choose(cohort, dossier, preread, "C1", "p4s1")
        (chosen,) = cohorts.examples(cohort)
        assert (chosen.criterion, chosen.sentence) == ("C1", "p4s1")
        cohorts.drop(cohort, chosen.id)
        assert cohorts.examples(cohort) == ()
        Coverages(connection).save(preread, "[1]")
        Coverages(connection).save(preread, "[2]")
        assert Coverages(connection).many([preread, "none"]) == {preread: "[2]"}
