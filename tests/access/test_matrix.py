"""Who may do what, act by act; and nobody reads another juror's work before all of them have locked theirs."""

from collections.abc import Callable
from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review.people import FREE, House, house

from assistant.access.actor import ROLES, Actor
from assistant.access.matrix import OUTSIDE, Act, Link, Seat, Standing, allow, allowed
from assistant.errors import AccessDenied, PrelectureError
from assistant.review.decision import Decision
from assistant.review.items import Choice
from assistant.review.work import work_of
from assistant.store.engine import open_database

ACTS: tuple[Act, ...] = get_args(Act)
ME, OTHER = Actor("me", "juror"), Seat("other", 2, "none", False)
FOUND: frozenset[Act] = frozenset({"found a session"})
DECLARES: frozenset[Act] = FOUND | {"declare a link"}
READS: frozenset[Act] = DECLARES | {"read the dossier", "read own work", "export"}
WRITES: frozenset[Act] = READS | {"write own work", "lock"}
LOCKED: frozenset[Act] = READS - {"declare a link"}
MEETS: frozenset[Act] = LOCKED | {"read the others' work", "agree"}
ORGANISES: frozenset[Act] = FOUND | {"organise", "read accommodations", "read the dossier"}
ALONE: frozenset[Act] = frozenset({"read the dossier", "read own work", "write own work", "export"})


def session(*seats: Seat, trainer: str = "", organiser: str = "organiser", shown: bool = False) -> Standing:
    return Standing(organiser, trainer, seats, True, shown)


def mine(link: Link = "none", *, locked: bool = False) -> Seat:
    return Seat("me", 1, link, locked)


LOCKED_OTHER, LOCKED_THIRD = Seat("other", 2, "none", True), Seat("third", 3, "none", True)
WAITING_THIRD = Seat("third", 3, "", False)
TABLE: dict[str, tuple[Actor, Standing, frozenset[Act]]] = {
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
    "own locked, the other not": (ME, session(mine(locked=True), OTHER), LOCKED),
    "own locked, accommodations shown": (
        ME, session(mine(locked=True), OTHER, shown=True), LOCKED | {"read accommodations"},
    ),
    "own locked, alone on the dossier": (ME, session(mine(locked=True)), LOCKED),
    "own locked, third reader not": (ME, session(mine(locked=True), LOCKED_OTHER, WAITING_THIRD), LOCKED),
    "link not declared, locked all the same": (ME, session(mine("", locked=True), LOCKED_OTHER), FOUND),
    "both locked": (ME, session(mine(locked=True), LOCKED_OTHER), MEETS),
    "all three locked": (ME, session(mine(locked=True), LOCKED_OTHER, LOCKED_THIRD), MEETS),
    "organiser": (Actor("organiser", "organiser"), session(mine(), OTHER), ORGANISES),
    "organiser, all locked": (
        Actor("organiser", "organiser"), session(mine(locked=True), LOCKED_OTHER), ORGANISES,
    ),
    "organiser, accommodations not shown to the jury": (
        Actor("organiser", "organiser"), session(mine(), OTHER, shown=False), ORGANISES,
    ),
    "organiser of another session, accommodations shown": (
        Actor("elsewhere", "organiser"), session(mine(), OTHER, shown=True), FOUND,
    ),
    "organiser of another session": (Actor("elsewhere", "organiser"), session(mine(), OTHER), FOUND),
    "juror who organises and does not read": (ME, session(OTHER, organiser="me"), ORGANISES),
    "juror who organises and reads": (ME, session(mine(), OTHER, organiser="me"), ORGANISES | WRITES),
    "juror who organises and has a link": (
        ME, session(mine("relation"), OTHER, organiser="me"), DECLARES | {"organise", "read accommodations"},
    ),
    "administrator": (Actor("admin", "administrator"), session(mine(), OTHER), ORGANISES),
    "administrator, all locked": (
        Actor("admin", "administrator"), session(mine(locked=True), LOCKED_OTHER), ORGANISES,
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
    "a trainer": (Actor("someone", "trainer"), session(mine(), OTHER), frozenset()),
    "a candidate": (Actor("someone", "candidate"), session(mine(), OTHER), frozenset()),
    "juror outside any session": (ME, OUTSIDE, ALONE | FOUND),
    "candidate outside any session": (Actor("someone", "candidate"), OUTSIDE, ALONE),
    "administrator outside any session": (Actor("admin", "administrator"), OUTSIDE, ALONE | FOUND),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("situation", TABLE)
def test_each_situation_allows_its_acts_and_no_other(situation: str, act: Act) -> None:
    actor, standing, acts = TABLE[situation]
    assert allowed(actor, act, standing) == (act in acts)


@pytest.mark.parametrize("role", ROLES)
def test_jurors_organisers_and_administrators_found_sessions(role: str) -> None:
    actor = next(Actor("someone", one) for one in ROLES if one == role)
    assert allowed(actor, "found a session") == (role in {"juror", "organiser", "administrator"})


@pytest.mark.parametrize("situation", TABLE)
def test_a_refusal_is_a_french_sentence(situation: str) -> None:
    actor, standing, acts = TABLE[situation]
    for act in ACTS:
        if act in acts:
            allow(actor, act, standing)
        else:
            with pytest.raises(AccessDenied, match=r"^[A-ZÀ-Ý].+\.$"):
                allow(actor, act, standing)


NAMES = ("anne", "bruno", "chloe", "trainer", "organiser", "administrator")
JURORS = NAMES[:4]
ORGANISING = ("assign", "accommodate")
READING = ("read the others' work", "read agreed", "read own work", "read text", "look around")
FORGED = ("forge a lock", "forge a link", "forge a consent")
CALLS = (
    *ORGANISING, "declare", "write", "choose", "decide", "decide in words", "own", "open", "ignore", "lock",
    "propose", "consent", *FORGED,
)  # fmt: skip
SPACE, WORDS = "C2/note", "C2/decision-text"
Step = tuple[str, str, str, int, Link]
LINKS: tuple[Link, ...] = ("none", "none", "none", "", "trainer", "relation")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*CALLS, *READING, "lock", "lock")),
        st.sampled_from((*NAMES, "anne", "bruno")),
        st.sampled_from(JURORS),
        st.integers(1, 3),
        st.sampled_from(LINKS),
    ),
    max_size=20,
)


class Watched:
    """Office calls on one candidacy, with a plain account of who is seated and who locked beside them."""

    def __init__(self, made: House, founder: str, *, prepared: bool) -> None:
        self.house, self.office = made, made.office
        self.people: dict[str, Actor] = {name: getattr(made, name) for name in NAMES}
        session = made.office.found(self.people[founder], "S", None, "r", (), blind_first=False)
        trainer = self.people["trainer"].person
        self.space = made.office.add_candidate(self.people[founder], session, "1", "run", "d.pdf", trainer).id
        self.session = session
        self.seats: dict[int, str] = {1: founder} if founder in {"anne", "bruno", "chloe"} else {}
        self.locked: dict[str, object] = {}
        self.linked: dict[str, Link] = {}
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
            assert name != "trainer" or call in (*ORGANISING, "open", "look around"), f"the trainer could {call}"
            self._account(call, name, subject, part, link)
        self._check(name, str(seen))

    def _calls(self, actor: Actor, word: str, subject: str, part: int, link: Link) -> dict[str, Callable[[], object]]:
        office, harmony, space = self.office, self.house.harmony, self.space
        base = {topic: self.house.ledger.read(space, actor.person, topic).version for topic in (SPACE, WORDS)}
        return {
            "assign": lambda: office.assign(actor, space, self.people[subject].person, part),
            "accommodate": lambda: office.accommodate(actor, space, "temps", shown=part == 1),
            "declare": lambda: office.declare(actor, space, link),
            "write": lambda: office.write_text(actor, space, SPACE, f"{word} {part}", base[SPACE]),
            "choose": lambda: office.choose(actor, space, "C2", f"o{part}", Choice("edited", word)),
            "decide": lambda: office.decide(actor, space, FREE, "none", Decision(text=f"{word} {part}")),
            "decide in words": lambda: office.decide_in_words(
                actor, space, FREE, "none", f"{word} {part}", base[WORDS]
            ),
            "own": lambda: office.add_own(actor, space, "C2", "question", word, [part]),
            "open": lambda: office.open_criterion(actor, space, "C2"),
            "ignore": lambda: office.ignore_drafts(actor, space, ignored=part == 1),
            "lock": lambda: office.lock(actor, space),
            "propose": lambda: harmony.propose(actor, space, FREE, "none", Decision(), word, part - 1),
            "consent": lambda: harmony.consent(actor, space, "C2", part),
            "forge a lock": lambda: office.state(actor, space, "lock", part == 1),
            "forge a link": lambda: office.state(actor, space, "link", link),
            "forge a consent": lambda: office.state(actor, space, "C2/agrees", part),
            "read the others' work": lambda: office.works(actor, space),
            "read agreed": lambda: (harmony.agreed(actor, space), harmony.complete(actor, space, ["C2"])),
            "read own work": lambda: office.work(actor, space),
            "read text": lambda: (office.text(actor, space, SPACE), office.history(actor, space, SPACE)),
            "look around": lambda: self._look_around(actor),
        }

    def _look_around(self, actor: Actor) -> object:
        seen: list[object] = [self.office.sessions(actor), self.office.candidacies(actor, self.session)]
        for look in (self.office.candidacy, self.office.assignments):
            with suppress(AccessDenied):
                seen.append(look(actor, self.space))
        return seen

    def _account(self, call: str, name: str, subject: str, part: int, link: Link) -> None:
        assert call not in FORGED, f"{name} could {call}"
        if call == "assign":
            assert subject not in self.linked, f"{subject} was seated again in spite of a link"
            self.seats = {at: who for at, who in self.seats.items() if who != subject and at != part} | {part: subject}
            assert subject != "trainer"
        if call == "declare":
            assert name not in self.locked, f"{name} declared a link after locking"
            assert self.linked.get(name, link) == link, f"{name} took a link back"
            if link in {"trainer", "relation"}:
                self.linked[name] = link
        elif call not in {*ORGANISING, "open", "look around"}:
            assert name not in self.linked, f"{name} could {call} in spite of a link"
        if call == "lock":
            self.locked[name] = self._work(name)
        if call in {"read the others' work", "read agreed", "propose", "consent"}:
            assert self.all_locked, f"{name} could {call} before all had locked"
            assert name in self.seats.values()

    def _check(self, name: str, seen: str) -> None:
        others = [other for other in NAMES if other != name and self._word(other) in seen]
        assert not others or (self.all_locked and name in self.seats.values()), f"{name} saw {others}"
        for locked, work in self.locked.items():
            assert self._work(locked) == work, f"the locked work of {locked} changed"
        assert not self.house.ledger.all(self.space, self.people["trainer"].person), "the trainer wrote"

    def _work(self, name: str) -> object:
        person = self.people[name].person
        work = work_of(person, self.house.ledger.all(self.space, person))
        return work.on("C2"), work.locked, work.ignores_ai

    @staticmethod
    def _word(name: str) -> str:
        return f"words-of-{name}"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(open_database(f"sqlite:///{tmp_path_factory.mktemp('access') / 'x.db'}"))


@settings(max_examples=40, deadline=None)
@given(founder=st.sampled_from(("organiser", "anne", "trainer")), prepared=st.booleans(), steps=STEPS)
def test_whatever_anyone_does_readings_stay_apart_until_all_are_locked(
    shared: House, founder: str, prepared: bool, steps: list[Step]
) -> None:
    watched = Watched(shared, founder, prepared=prepared)
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
    assert "words-of-bruno" in str(shared.office.works(shared.anne, watched.space))
    assert "words-of-anne" in str(shared.office.works(shared.bruno, watched.space))


def test_a_third_reader_closes_the_readings_again_until_they_have_locked_too(shared: House) -> None:
    space = shared.lock(shared.jury("third"), shared.anne, shared.bruno)
    shared.seat(space, shared.chloe, first=3)
    for juror in (shared.anne, shared.bruno, shared.chloe):
        with pytest.raises(AccessDenied):
            shared.office.works(juror, space)
    shared.lock(space, shared.chloe)
    assert len(shared.office.works(shared.chloe, space)) == 3
