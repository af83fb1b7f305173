"""Dossiers and what is read of them: files in order with their history, pre-reads with their status, results, snapshots."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text, update

from assistant.errors import StoreError
from assistant.store import prereads
from assistant.store.counting import counted
from assistant.store.dossiers import Dossiers, FileKind
from assistant.store.engine import reading, writing
from assistant.store.prereads import NewPreRead, PreReadRecord, PreReads, Result, Results
from assistant.store.referentiels import Referentiels
from assistant.store.tables import PREREADS


def dossier(engine: Engine, owner: str = "anne") -> str:
    with writing(engine) as connection:
        return Dossiers(connection).add(owner, "Faucher").id


def asked(engine: Engine, owner: str = "anne", supersedes: str | None = None) -> PreReadRecord:
    with writing(engine) as connection:
        made = Dossiers(connection).add(owner, "d.pdf")
        return PreReads(connection).add(
            NewPreRead(owner, made.id, "a" * 64, "cycle-client-ia", ("B0",), {"ocr": "off"}, supersedes)
        )


def test_a_dossier_is_an_ordered_list_of_files(engine: Engine) -> None:
    name = dossier(engine)
    with writing(engine) as connection:
        store = Dossiers(connection)
        files: list[tuple[str, FileKind]] = [("a", "main"), ("b", "annex"), ("c", "deliverable")]
        assert [store.add_file(name, sha * 64, f"{sha}.pdf", kind) for sha, kind in files] == [0, 1, 2]
        store.name_candidate(name, "Mireille Faucher", "Menuiserie Faucher")
    with reading(engine) as connection:
        kept = Dossiers(connection).get(name)
        assert kept is not None
        assert [(file.position, file.name, file.kind) for file in kept.files] == [
            (0, "a.pdf", "main"), (1, "b.pdf", "annex"), (2, "c.pdf", "deliverable")]  # fmt: skip
        assert (kept.candidate_name, kept.company) == ("Mireille Faucher", "Menuiserie Faucher")


def test_a_replaced_file_takes_the_place_and_the_kind_of_the_old_one_which_stays_in_the_history(engine: Engine) -> None:
    name = dossier(engine)
    with writing(engine) as connection:
        store = Dossiers(connection)
        store.add_file(name, "a" * 64, "premier.pdf", "main")
        store.add_file(name, "b" * 64, "annexe.pdf", "annex")
        store.replace_file(name, 1, "c" * 64, "annexe corrigée.pdf")
        store.remove_file(name, 0)
        assert store.add_file(name, "d" * 64, "dernier.pdf", "main") == 2
        kept = store.get(name)
        assert kept is not None
        assert [(file.position, file.name, file.kind) for file in kept.files] == [
            (1, "annexe corrigée.pdf", "annex"), (2, "dernier.pdf", "main")]  # fmt: skip
        history = store.history(name)
        assert [(file.name, file.removed is not None) for file in history] == [
            ("premier.pdf", True), ("annexe.pdf", True), ("annexe corrigée.pdf", False), ("dernier.pdf", False)]  # fmt: skip


def test_a_file_that_is_not_there_is_neither_replaced_nor_removed(engine: Engine) -> None:
    name = dossier(engine)
    with pytest.raises(StoreError, match="rechargez"), writing(engine) as connection:
        Dossiers(connection).replace_file(name, 0, "c" * 64, "x.pdf")
    with reading(engine) as connection:
        assert Dossiers(connection).history(name) == ()


def test_a_withdrawn_dossier_is_listed_no_more_and_keeps_its_history(engine: Engine) -> None:
    names = [dossier(engine), dossier(engine), dossier(engine, "bruno")]
    with writing(engine) as connection:
        store = Dossiers(connection)
        store.add_file(names[0], "a" * 64, "a.pdf")
        store.withdraw(names[0])
        first = store.get(names[0])
        assert first is not None
        assert first.withdrawn is not None
        store.withdraw(names[0])
        assert store.get(names[0]) == first
        assert [one.id for one in store.of_owner("anne")] == [names[1]]
        assert len(store.history(names[0])) == 1


def test_a_pre_read_goes_from_waiting_to_its_end(engine: Engine) -> None:
    made = asked(engine)
    assert (made.status, made.blocs, made.settings, made.started) == ("queued", ("B0",), {"ocr": "off"}, None)
    with writing(engine) as connection:
        store = PreReads(connection)
        store.start(made.id)
        store.note_progress(made.id, "lecture", 3, 12)
        running = store.get(made.id)
        assert running is not None
        assert (running.status, running.step, running.done, running.total) == ("running", "lecture", 3, 12)
        assert running.started is not None
        assert not running.interrupted
        store.finish(made.id, "partial", ["Une page n’a pas été lue.", ""])
        ended = store.get(made.id)
        assert ended is not None
        assert (ended.status, ended.reasons) == ("partial", ("Une page n’a pas été lue.",))
        assert ended.finished is not None
        store.requeue(made.id)
        again = store.get(made.id)
        assert again is not None
        assert (again.status, again.reasons, again.done) == ("queued", (), 0)


def test_silence_is_an_interruption(engine: Engine) -> None:
    made = asked(engine)
    with writing(engine) as connection:
        store = PreReads(connection)
        store.start(made.id)
        running = store.get(made.id)
        assert running is not None
        silent = running.updated - prereads.SILENCE - timedelta(seconds=1)
        connection.execute(update(PREREADS).values(updated=silent))
        stopped = store.get(made.id)
        assert stopped is not None
        assert stopped.interrupted
        store.finish(made.id, "stopped")
        ended = store.get(made.id)
        assert ended is not None
        assert not ended.interrupted


def test_no_two_workers_get_the_same_pre_read(engine: Engine) -> None:
    names = {asked(engine).id for _ in range(6)}
    start = Barrier(4)

    def work(_number: int) -> list[str]:
        start.wait(20)
        got: list[str] = []
        while True:
            with writing(engine) as connection:
                claimed = PreReads(connection).claim_next()
            if claimed is None:
                return got
            assert claimed.status == "running"
            got.append(claimed.id)

    with ThreadPoolExecutor(4) as pool:
        every = [name for got in pool.map(work, range(4)) for name in got]
    assert len(every) == len(names)
    assert set(every) == names


def test_the_pre_read_that_waits_for_longest_comes_first(engine: Engine) -> None:
    first, second = asked(engine), asked(engine)
    with writing(engine) as connection:
        store = PreReads(connection)
        store.requeue(first.id)
        claimed = [store.claim_next(), store.claim_next(), store.claim_next()]
    assert [one and one.id for one in claimed] == [second.id, first.id, None]


def test_one_pre_read_takes_the_place_of_another(engine: Engine) -> None:
    old = asked(engine)
    with reading(engine) as connection:
        assert PreReads(connection).superseded_by(old.id) is None
    new = asked(engine, supersedes=old.id)
    with reading(engine) as connection:
        store = PreReads(connection)
        assert store.superseded_by(old.id) == new.id
        assert [one.id for one in store.of_owner("anne")] == [new.id, old.id]
        assert [one.id for one in store.of_dossier(old.dossier)] == [old.id]


def test_a_result_is_kept_with_the_dossier_as_it_was_read(engine: Engine) -> None:
    made, other = asked(engine), asked(engine)
    with writing(engine) as connection:
        store = Results(connection)
        assert store.load(made.id) is None
        store.save(made.id, b"\x00un", b"dossier")
        store.save(made.id, b"\x00deux", b"dossier lu de nouveau")
        store.save(other.id, b"autre", b"")
        assert store.load(made.id) == Result(b"\x00deux", b"dossier lu de nouveau")
    with counted(engine) as seen, reading(engine) as connection:
        assert Results(connection).payloads([made.id, other.id, "none"]) == {made.id: b"\x00deux", other.id: b"autre"}
        assert PreReads(connection).many([made.id, other.id, "none"]).keys() == {made.id, other.id}
    assert len(seen.statements) == 2


def test_a_refused_file_leaves_nothing_behind(engine: Engine) -> None:
    made = asked(engine)
    with writing(engine) as connection:
        Results(connection).save(made.id, b"x", b"y")
        PreReads(connection).forget(made.id)
        assert PreReads(connection).get(made.id) is None
        assert Results(connection).load(made.id) is None


TEXTS = ("version: '1'\n", "version: '2'\naccents: é\n")


def test_every_version_of_a_referentiel_is_kept_whole_by_its_hash(engine: Engine) -> None:
    hashes = [hashlib.sha256(one.encode()).hexdigest() for one in TEXTS]
    with writing(engine) as connection:
        store = Referentiels(connection)
        for number, (sha256, content) in enumerate(zip(hashes, TEXTS, strict=True), 1):
            store.keep(sha256, "cycle", str(number), "Cycle client", content)
            store.keep(sha256, "cycle", "9", "Autre titre", content)
        kept = store.get(hashes[0])
        assert kept is not None
        assert (kept.content, kept.version, kept.title) == (TEXTS[0], "1", "Cycle client")
        assert [one.version for one in store.versions("cycle")] == ["2", "1"]
        assert store.get("0" * 64) is None


def test_a_text_that_is_not_the_one_of_its_hash_is_refused_going_in_and_coming_out(engine: Engine) -> None:
    sha256 = hashlib.sha256(TEXTS[0].encode()).hexdigest()
    with pytest.raises(StoreError, match="empreinte"), writing(engine) as connection:
        Referentiels(connection).keep(sha256, "cycle", "1", "Cycle", TEXTS[1])
    with writing(engine) as connection:
        Referentiels(connection).keep(sha256, "cycle", "1", "Cycle", TEXTS[0])
        connection.execute(text("UPDATE referentiels SET content = 'autre'"))
    with pytest.raises(StoreError, match="modifié"), reading(engine) as connection:
        Referentiels(connection).get(sha256)
