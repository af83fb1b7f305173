"""Who may do what, act by act; and nobody reads another juror's work before all of them have locked theirs."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from assistant.access.actor import LOCAL, ROLES, Actor
from assistant.access.matrix import NOTHING, Act, CandidacyAccess, Link, Seat, allow, allowed, own
from assistant.application.context import Decision
from assistant.errors import AccessDenied, PrelectureError
from assistant.settings import Settings
from tests.application.house import House, house, items

ACTS: tuple[Act, ...] = get_args(Act)
ME, OTHER = Actor("me", "juror"), Seat("other", 2, "none", False)
FREE_ACTS: frozenset[Act] = frozenset({"sign in", "hand in a dossier", "keep phrases", "read the catalogue"})
"""What concerns nobody else is everyone's."""
FOUND: frozenset[Act] = FREE_ACTS | {"found a session", "see people"}
DECLARES: frozenset[Act] = FOUND | {"declare a link"}
READS: frozenset[Act] = DECLARES | {"run the pre-read", "read the dossier", "read own work", "export"}
WRITES: frozenset[Act] = READS | {"write own work", "lock"}
LOCKED: frozenset[Act] = READS - {"declare a link"}
MEETS: frozenset[Act] = LOCKED | {"read the others' work", "agree"}
ORGANISES: frozenset[Act] = FOUND | {
    "organise", "unlock", "run the pre-read", "read accommodations", "read the dossier",
}  # fmt: skip
STAFF: frozenset[Act] = FOUND | {"grant roles", "author a référentiel"}
ADMINISTERS: frozenset[Act] = ORGANISES | STAFF | {"maintain", "work the queue"}
ALONE: frozenset[Act] = FREE_ACTS | {
    "run the pre-read", "read the dossier", "read own work", "write own work", "export", "share",
}  # fmt: skip


def session(
    *seats: Seat, trainer: str = "", organiser: str = "organiser", shown: bool = False, incomplete: bool = False
) -> CandidacyAccess:
    return CandidacyAccess(organiser, trainer, seats, True, shown, incomplete=incomplete)


def mine(link: Link = "none", *, locked: bool = False) -> Seat:
    return Seat("me", 1, link, locked)


LOCKED_OTHER, LOCKED_THIRD = Seat("other", 2, "none", True), Seat("third", 3, "none", True)
WAITING_THIRD = Seat("third", 3, "", False)
TABLE: dict[str, tuple[Actor, CandidacyAccess, frozenset[Act]]] = {
    "juror, not assigned": (ME, session(OTHER), FOUND),
    "juror, not assigned, all locked": (ME, session(LOCKED_OTHER, LOCKED_THIRD), FOUND),
    "juror, not assigned, accommodations shown": (ME, session(OTHER, shown=True), FOUND),
    "link not declared": (ME, session(mine(""), OTHER), DECLARES),
    "link not declared, the other locked": (ME, session(mine(""), LOCKED_OTHER), DECLARES),
    "own trainee": (ME, session(mine("trainer"), OTHER), DECLARES),
    "own trainee, all locked": (ME, session(mine("trainer", locked=True), LOCKED_OTHER), FOUND),
    "another relation": (ME, session(mine("relation"), OTHER), DECLARES),
    "another relation, all locked": (ME, session(mine("relation", locked=True), LOCKED_OTHER), FOUND),
    "no link": (ME, session(mine(), OTHER), WRITES),
    "no link, only the other locked": (ME, session(mine(), LOCKED_OTHER), WRITES),
    "no link, accommodations shown": (ME, session(mine(), OTHER, shown=True), WRITES | {"read accommodations"}),
    "link not declared, accommodations shown": (ME, session(mine(""), OTHER, shown=True), DECLARES),
    "own trainee, accommodations shown": (ME, session(mine("trainer"), OTHER, shown=True), DECLARES),
    "another relation, accommodations shown": (ME, session(mine("relation"), OTHER, shown=True), DECLARES),
    "no link, file incomplete": (ME, session(mine(), OTHER, incomplete=True), DECLARES),
    "link not declared, file incomplete": (ME, session(mine(""), OTHER, incomplete=True), DECLARES),
    "own locked, file incomplete": (ME, session(mine(locked=True), OTHER, incomplete=True), LOCKED),
    "organiser, file incomplete": (
        Actor("organiser", "organiser"), session(mine(), OTHER, incomplete=True), (ORGANISES | STAFF) - {"run the pre-read"},
    ),
    "administrator, file incomplete": (
        Actor("admin", "administrator"), session(mine(), OTHER, incomplete=True), ADMINISTERS - {"run the pre-read"},
    ),
    "own locked, the other not": (ME, session(mine(locked=True), OTHER), LOCKED),
    "own locked, accommodations shown": (
        ME, session(mine(locked=True), OTHER, shown=True), LOCKED | {"read accommodations"},
    ),
    "own locked, alone on the dossier": (ME, session(mine(locked=True)), LOCKED),
    "own locked, third reader not": (ME, session(mine(locked=True), LOCKED_OTHER, WAITING_THIRD), LOCKED),
    "link not declared, locked all the same": (ME, session(mine("", locked=True), LOCKED_OTHER), FOUND),
    "both locked": (ME, session(mine(locked=True), LOCKED_OTHER), MEETS),
    "all three locked": (ME, session(mine(locked=True), LOCKED_OTHER, LOCKED_THIRD), MEETS),
    "organiser": (Actor("organiser", "organiser"), session(mine(), OTHER), ORGANISES | STAFF),
    "organiser, all locked": (
        Actor("organiser", "organiser"), session(mine(locked=True), LOCKED_OTHER), ORGANISES | STAFF,
    ),
    "organiser, accommodations not shown to the jury": (
        Actor("organiser", "organiser"), session(mine(), OTHER, shown=False), ORGANISES | STAFF,
    ),
    "organiser of another session, accommodations shown": (
        Actor("elsewhere", "organiser"), session(mine(), OTHER, shown=True), STAFF,
    ),
    "organiser of another session": (Actor("elsewhere", "organiser"), session(mine(), OTHER), STAFF),
    "juror who organises and does not read": (ME, session(OTHER, organiser="me"), ORGANISES),
    "juror who organises and reads": (ME, session(mine(), OTHER, organiser="me"), WRITES),
    "juror who organises and has a link": (
        ME, session(mine("relation"), OTHER, organiser="me"), DECLARES,
    ),
    "administrator": (Actor("admin", "administrator"), session(mine(), OTHER), ADMINISTERS),
    "administrator, all locked": (
        Actor("admin", "administrator"), session(mine(locked=True), LOCKED_OTHER), ADMINISTERS,
    ),
    "the candidate's trainer, not assigned": (ME, session(OTHER, trainer="me"), FOUND),
    "the candidate's trainer, assigned by mistake": (ME, session(mine(), OTHER, trainer="me"), FOUND),
    "the candidate's trainer, assigned by mistake, accommodations shown": (
        ME, session(mine(), OTHER, trainer="me", shown=True), FOUND,
    ),
    "the candidate's trainer, all locked": (
        ME, session(mine(locked=True), LOCKED_OTHER, trainer="me"), FOUND,
    ),
    "the candidate's trainer as organiser": (ME, session(OTHER, trainer="me", organiser="me"), ORGANISES),
    "a trainer": (Actor("someone", "trainer"), session(mine(), OTHER), FREE_ACTS),
    "a candidate": (Actor("someone", "candidate"), session(mine(), OTHER), FREE_ACTS),
    "own dossier outside any session": (ME, own("me"), ALONE | FOUND),
    "a candidate's own dossier": (Actor("someone", "candidate"), own("someone"), ALONE),
    "a trainer's own dossier": (Actor("someone", "trainer"), own("someone"), ALONE | {"keep cohorts"}),
    "a candidate's dossier, to a juror": (ME, own("someone"), FOUND),
    "a juror's dossier, to a candidate": (Actor("someone", "candidate"), own("me"), FREE_ACTS),
    "a candidate's dossier, to an organiser": (Actor("organiser", "organiser"), own("someone"), STAFF),
    "a candidate's dossier, to an administrator": (
        Actor("admin", "administrator"), own("someone"), STAFF | {"maintain", "work the queue"},
    ),
    "a trainer's candidate's dossier, not shared": (Actor("trainer", "trainer"), own("someone"), FREE_ACTS),
    "shared with this trainer": (
        Actor("trainer", "trainer"), own("someone", frozenset({"trainer"})), FREE_ACTS | {"read the dossier"},
    ),
    "shared with another trainer": (Actor("elsewhere", "trainer"), own("someone", frozenset({"trainer"})), FREE_ACTS),
    "shared with a trainer, to a juror of that id": (ME, own("someone", frozenset({"me"})), FOUND),
    "an organiser besides the founder": (
        ME, CandidacyAccess("founder", seats=(OTHER,), in_session=True, others=frozenset({"me"})), ORGANISES,
    ),
    "an organiser besides the founder who reads": (
        ME, CandidacyAccess("founder", seats=(mine(), OTHER), in_session=True, others=frozenset({"me"})), WRITES,
    ),
    "no dossier at all": (ME, NOTHING, FOUND),
    "alone on one's own machine": (LOCAL, NOTHING, FOUND | {"author a référentiel"}),
    "alone on one's own machine, in a candidate's space": (
        replace(LOCAL, role="candidate"), NOTHING, FREE_ACTS | {"author a référentiel"},
    ),
    "alone on one's own machine, somebody else's dossier": (LOCAL, own("someone"), FOUND | {"author a référentiel"}),
}  # fmt: skip


@pytest.mark.parametrize("situation", TABLE)
def test_each_situation_allows_its_acts_and_no_other(situation: str) -> None:
    actor, access, acts = TABLE[situation]
    assert {act for act in ACTS if allowed(actor, act, access)} == acts


@pytest.mark.parametrize("role", ROLES)
def test_jurors_organisers_and_administrators_found_sessions(role: str) -> None:
    actor = next(Actor("someone", one) for one in ROLES if one == role)
    assert allowed(actor, "found a session") == (role in {"juror", "organiser", "administrator"})


@pytest.mark.parametrize("situation", TABLE)
def test_a_refusal_is_a_french_sentence(situation: str) -> None:
    actor, access, acts = TABLE[situation]
    for act in ACTS:
        if act in acts:
            allow(actor, act, access)
        else:
            with pytest.raises(AccessDenied, match=r"^[A-ZÀ-Ý].+\.$"):
                allow(actor, act, access)


NAMES = ("anne", "bruno", "chloe", "trainer", "organiser", "administrator")
JURORS = NAMES[:4]
ORGANISING = ("assign", "accommodate", "unlock")
READING = ("read the others' work", "open the desk", "read history", "look around", "export")
FORGED = ("forge a link", "forge an unlocking", "forge a phrase")
WRITING = ("write", "choose", "decide", "own", "tick", "ignore", "lock", "propose", "consent")
CALLS = (*ORGANISING, "declare", *WRITING, *FORGED)
Step = tuple[str, str, str, int, Link]
LINKS: tuple[Link, ...] = ("none", "none", "none", "trainer", "relation")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*CALLS, *READING, "lock", "lock")),
        st.sampled_from((*NAMES, "anne", "bruno")),
        st.sampled_from(JURORS),
        st.integers(1, 3),
        st.sampled_from(LINKS),
    ),
    max_size=14,
)
OBSERVATION = items("C2")[0]


class Watched:
    """Calls on one candidacy, with a plain account of who is seated and who locked beside them."""

    def __init__(self, made: House, founder: str, *, prepared: bool) -> None:
        self.house = made
        self.people: dict[str, Actor] = {name: getattr(made, name) for name in NAMES}
        self.founder = founder
        session = made.founded(self.people[founder])
        self.review = made.candidate("1", session=session, by=self.people[founder])
        self.organisers = {founder}
        if founder == "anne":
            # Two jurors who organise: neither may organise what they read.
            made.app.organising.add_organiser(made.anne, session, made.bruno.person)
            self.organisers.add("bruno")
        self.seats: dict[int, str] = {}
        self.locked: dict[str, object] = {}
        self.linked: dict[str, Link] = {}
        self.written = False
        if prepared:
            for part, name in enumerate(("anne", "bruno"), start=1):
                for call in ("assign", "declare", "write"):
                    self.step((call, founder if call == "assign" else name, name, part, "none"))

    @property
    def all_locked(self) -> bool:
        return len(self.seats) >= 2 and set(self.seats.values()) <= set(self.locked)

    def step(self, step: Step) -> None:
        call, name, subject, part, link = step
        try:
            seen = self._calls(self.people[name], self._word(name), subject, part, link)[call]()
        except PrelectureError:
            seen = None
        else:
            organises = name in self.organisers and call == "open the desk"
            assert name != "trainer" or organises or call in (*ORGANISING, "look around"), f"the trainer could {call}"
            self._account(call, name, subject, part, link)
        self._check(name, str(seen))

    def _calls(self, actor: Actor, word: str, subject: str, part: int, link: Link) -> dict[str, Callable[[], object]]:
        made, review = self.house, self.review
        sessions, reviews, write = made.app.sessions, made.app.reviews, made.write
        person = self.people[subject].person
        own_text = {"kind": "question", "text": word, "pages": [part]}
        return {
            "assign": lambda: sessions.assign(actor, review, person, part),
            "accommodate": lambda: sessions.accommodate(actor, review, "temps", shown=part == 1),
            "unlock": lambda: reviews.unlock(actor, review, person, "une raison"),
            "declare": lambda: sessions.declare(actor, review, link),
            "write": lambda: made.note(actor, review, f"{word} {part}", criterion="C2"),
            "choose": lambda: made.choose(actor, review, OBSERVATION, "edited", word, "C2"),
            "decide": lambda: made.decide(actor, review, Decision(text=f"{word} {part}"), "C2"),
            "own": lambda: write(actor, review, "own_text", "C2", own_text, item=f"t{part}"),
            "tick": lambda: write(actor, review, "read", "C2", {"value": part == 1}),
            "ignore": lambda: write(actor, review, "drafts_ignored", "", {"value": part == 1}),
            "lock": lambda: write(actor, review, "lock", "", {}),
            "propose": lambda: made.propose(actor, review, Decision(), word, part - 1, "C2"),
            "consent": lambda: made.consent(actor, review, part, "C2"),
            "forge a link": lambda: write(actor, review, "link", "", {"link": link}),
            "forge an unlocking": lambda: write(actor, review, "unlock", "", {"reason": "x"}, item=person),
            "forge a phrase": lambda: write(actor, review, "phrase", "C2", {"text": word}),
            "read the others' work": lambda: reviews.harmony(actor, review),
            "open the desk": lambda: (reviews.desk(actor, review).work, reviews.context(actor, review).work),
            "read history": lambda: reviews.history(actor, review, "note", "C2"),
            "look around": lambda: self._look_around(actor),
            "export": lambda: made.app.exports.grid(actor, review, "individual" if part == 1 else "collegial"),
        }

    def _look_around(self, actor: Actor) -> object:
        seen: list[object] = [self.house.app.sessions.list(actor), self.house.app.prereads.list(actor)]
        with suppress(AccessDenied):
            seen.append(self.house.app.sessions.candidacy(actor, self.review))
        return seen

    def _account(self, call: str, name: str, subject: str, part: int, link: Link) -> None:
        assert call not in FORGED, f"{name} could {call}"
        if call in ORGANISING and name != "administrator":
            assert name in self.organisers, f"{name} could {call} without organising"
        if call in ORGANISING:
            assert name not in self.seats.values(), f"{name} could {call} a dossier they read"
        if call == "assign":
            held = {at: who for at, who in self.seats.items() if who not in self.linked}
            assert not self.written or held.get(part, subject) == subject, f"{name} reseated after a word"
            assert subject not in self.linked, f"{subject} was seated again in spite of a link"
            self.seats = {at: who for at, who in self.seats.items() if who != subject and at != part} | {part: subject}
            assert subject != "trainer"
        if call == "unlock":
            assert subject in self.locked, f"{subject} was unlocked without a lock"
            del self.locked[subject]
        if call == "declare":
            assert name not in self.locked, f"{name} declared a link after locking"
            assert self.linked.get(name, link) == link, f"{name} took a link back"
            if link in {"trainer", "relation"}:
                self.linked[name] = link
        elif call not in {*ORGANISING, "look around"} and not (call == "open the desk" and name in self.organisers):
            assert name not in self.linked, f"{name} could {call} in spite of a link"
        if call in WRITING:
            assert name in self.seats.values(), f"{name} could {call} without a seat"
            self.written = True
        if call == "lock":
            self.locked[name] = self._work(name)
        if call in {"read the others' work", "propose", "consent"} or (call == "export" and part != 1):
            assert self.all_locked, f"{name} could {call} before all had locked"
            assert name in self.seats.values()

    def _check(self, name: str, seen: str) -> None:
        others = [other for other in NAMES if other != name and self._word(other) in seen]
        assert not others or (self.all_locked and name in self.seats.values()), f"{name} saw {others}"
        for locked, work in self.locked.items():
            assert self._work(locked) == work, f"the locked work of {locked} changed"
        assert not self.house.rows(self.review, self.people["trainer"].person), "the trainer wrote"

    def _work(self, name: str) -> object:
        work = self.house.kept(self.review, self.people[name].person)
        own = work.on("C2")
        return own.note, own.choices, own.decision, own.own, own.read, work.locked, work.ignores_drafts

    @staticmethod
    def _word(name: str) -> str:
        return f"words-of-{name}"


def opened(folder: Path) -> House:
    """An installation whose writes wait for no disk: what is tried is who may write."""
    made = house(Settings(data_dir=folder))
    made.app.engine.dispose()
    event.listen(made.app.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> House:
    return opened(tmp_path_factory.mktemp("access"))


class Installations:
    """One for some walks and then a fresh one: who looks around in it sees the sessions of every walk before."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._walks = 0
        self._made: House | None = None

    def next(self) -> House:
        if self._made is None or self._walks % WALKS_IN_ONE == 0:
            if self._made is not None:
                self._made.app.engine.dispose()
            self._made = opened(self._folders.mktemp("walks"))
        self._walks += 1
        return self._made


@pytest.fixture(scope="module")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Installations:
    return Installations(tmp_path_factory)


WALKS = int(os.environ.get("PRELECTURE_WALKS", "15"))
"""How many random walks; `PRELECTURE_WALKS=500` for the figure in the notes."""
WALKS_IN_ONE = 20


@settings(max_examples=WALKS, deadline=None)
@given(founder=st.sampled_from(("organiser", "anne", "trainer")), prepared=st.booleans(), steps=STEPS)
def test_whatever_anyone_does_readings_stay_apart_until_all_are_locked(
    installations: Installations, founder: str, prepared: bool, steps: list[Step]
) -> None:
    watched = Watched(installations.next(), founder, prepared=prepared)
    for step in steps:
        watched.step(step)
    for call in READING:
        for name in NAMES:
            watched.step((call, name, "anne", 1, "none"))


def test_once_all_have_locked_each_reads_the_others_words(shared: House) -> None:
    """The property above is not empty: the words are there to be seen, at the right moment."""
    watched = Watched(shared, "organiser", prepared=True)
    for name in ("anne", "bruno"):
        watched.step(("lock", name, name, 1, "none"))
    assert watched.all_locked
    assert "words-of-bruno" in str(shared.app.reviews.harmony(shared.anne, watched.review))
    assert "words-of-anne" in str(shared.app.reviews.harmony(shared.bruno, watched.review))


def test_a_third_reader_closes_the_readings_again_until_they_have_locked_too(shared: House) -> None:
    review = shared.lock(shared.jury("third"), shared.anne, shared.bruno)
    shared.seat(review, shared.chloe, first=3)
    for juror in (shared.anne, shared.bruno, shared.chloe):
        with pytest.raises(AccessDenied):
            shared.app.reviews.harmony(juror, review)
    shared.lock(review, shared.chloe)
    assert len(shared.app.reviews.harmony(shared.chloe, review).readings) == 3
