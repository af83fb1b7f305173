"""One broken page costs that page, never the dossier; a broken file costs that file, never the app."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from assistant.dossier.isolation.sandbox import CRASHED, NO_TIME, TOO_BIG, TOO_SLOW, Limits, read_apart
from assistant.dossier.model import Dossier
from assistant.dossier.read import read_dossier
from assistant.errors import NothingReadable, ReadingTimeout, UnreadableDossier
from tests.dossier.pages import lines, pdf

PAGES = [
    ["Le comptoir ouvre à huit heures et les premiers artisans attendent déjà."],
    ["La deuxième page raconte les relances faites au printemps."],
    ["La troisième page donne les chiffres de juin."],
]
DATA = pdf(*(lines(page) for page in PAGES))
QUICK = Limits(page_seconds=1.0, wasted_seconds=2.0, hopeless_seconds=2.0, idle_seconds=1.0, memory_mb=400)
FOUR_MORE = 4


def fragile(way: str, data: bytes = DATA, limits: Limits = QUICK) -> Dossier:
    return read_apart(data, "d.pdf", limits=limits, command=_command(way))


def _command(way: str) -> Sequence[str]:
    return (sys.executable, "-m", "tests.dossier.fragile_worker", way)


def test_reading_apart_gives_what_reading_here_gives() -> None:
    assert read_apart(DATA, "d.pdf") == read_dossier(DATA, "d.pdf")


@pytest.mark.parametrize(("way", "reason"), [("crash", CRASHED), ("stall", TOO_SLOW), ("swell", TOO_BIG)])
def test_a_page_that_kills_its_reader_is_the_only_one_lost(way: str, reason: str) -> None:
    dossier = fragile(way)
    assert [(e.read, e.reason) for e in dossier.ledger] == [("text", None), ("none", reason), ("text", None)]
    assert [s.text for s in dossier.sentences] == [*PAGES[0], *PAGES[2]]


def test_a_broken_structure_costs_the_bookmarks_only() -> None:
    dossier = fragile("structure")
    assert [e.read for e in dossier.ledger] == ["text"] * 3
    assert [n.kind for n in dossier.notices] == ["damaged"]


@pytest.mark.parametrize("way", ["every-crash", "every-stall"])
def test_a_file_whose_every_page_breaks_ends_in_one_sentence_in_time(way: str) -> None:
    data = pdf(*(lines(page) for page in PAGES * 7))
    with pytest.raises((NothingReadable, ReadingTimeout)) as caught:
        fragile(way, data)
    assert caught.value.message.endswith(".")


def test_pages_left_when_the_time_of_the_file_is_over_say_so() -> None:
    dossier = fragile("stall", limits=Limits(file_seconds=0.0, seconds_per_page=0.3, idle_seconds=1.0))
    assert {e.reason for e in dossier.ledger if e.read == "none"} <= {NO_TIME, TOO_SLOW}
    assert dossier.ledger[0].read == "text"


@pytest.mark.parametrize("way", ["late", "wait"])
def test_what_waits_for_its_turn_loses_nothing(way: str) -> None:
    strict = Limits(opening_seconds=1.5, page_seconds=1.5, wasted_seconds=0.0, idle_seconds=30.0)
    assert fragile(way, limits=strict) == read_dossier(DATA, "d.pdf")


def test_a_page_that_needs_more_time_gets_it_after_the_others() -> None:
    assert fragile("heavy", limits=Limits(page_seconds=0.5, again_seconds=30.0)) == read_dossier(DATA, "d.pdf")


def test_a_page_that_never_ends_is_tried_once_more_and_no_longer() -> None:
    dossier = fragile("heavy", limits=Limits(page_seconds=0.3, again_seconds=0.3))
    assert [(e.read, e.reason) for e in dossier.ledger][1] == ("none", TOO_SLOW)


def test_pictures_that_kill_their_reader_cost_the_pictures_only() -> None:
    assert [entry.read for entry in fragile("pictures").ledger] == ["text"] * 3


@pytest.mark.parametrize("way", ["dead", "never"])
def test_a_reader_that_does_not_start_is_started_once_more_and_then_said(way: str) -> None:
    with pytest.raises(ReadingTimeout, match="démarrer"):
        fragile(way, limits=Limits(start_seconds=1.0))


def test_what_cannot_be_opened_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableDossier, match="n’est pas un PDF"):
        read_apart(b"Bonjour, voici mon dossier.", "d.pdf")


class _Stopped(Exception):
    pass


def test_stopping_ends_the_reading_process_at_once(tmp_path: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if done == 2:
            raise _Stopped

    start = time.monotonic()
    with pytest.raises(_Stopped):
        read_apart(DATA, "d.pdf", progress=stop, command=_command("stall"))
    assert time.monotonic() - start < FOUR_MORE
    children = psutil.process_iter(["ppid", "status", "cmdline"])
    alive = [one for one in children if one.info["status"] != psutil.STATUS_ZOMBIE and one.info["cmdline"]]
    mine = {os.getpid(), *(one.pid for one in psutil.Process().children(recursive=True))}
    assert not [one for one in alive if one.pid in mine and "fragile_worker" in " ".join(one.info["cmdline"])]
