"""Who reads whom: seats given under the jury's rules, links declared and corrected, a balanced proposal to edit."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import Link, allow
from assistant.application.auditing import audited
from assistant.application.independence import Independent, broken, wanted, wanted_in
from assistant.application.installation import Installation
from assistant.application.place import ReviewPlace, organised, place_of
from assistant.errors import AccessDenied, InvalidInput
from assistant.store.journal import Journal, Key
from assistant.store.people import People, Person
from assistant.store.sessions import SessionRecord
from assistant.store.sessions import Sessions as Records

PARTS = (1, 2, 3)
EVALUATING = (1, 2)
PART_REFUSED = "Un dossier a un premier juré, un deuxième, et au besoin un troisième lecteur."
NOT_WRITING = frozenset({"link", "unlock"})
"""Kinds of rows that are no juror's work on the dossier."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One proposed seat: the candidacy, who, and which part; `refused` says why nobody could be proposed."""

    candidacy: str
    part: int
    person: str
    refused: str = ""


class Seating:
    """The seats of an installation's candidacies."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def assign(self, actor: Actor, candidacy_id: str, person: str, part: int) -> None:
        """Gives a dossier to a juror. Raises AccessDenied for whoever may not read it, InvalidInput for no seat."""
        with self._installation.writing() as connection:
            Journal(connection).hold(candidacy_id)
            _seat(connection, actor, candidacy_id, person, part)
            self._judge(connection, actor, candidacy_id, {part})

    def independent(self, actor: Actor, session_id: str) -> tuple[int, frozenset[str]]:
        """How many of its two jurors the session's référentiel wants to be independent, and who is said to be."""
        with self._installation.reading() as connection:
            session = organised(connection, actor, session_id)
            jurors = [one.id for one in People(connection).all() if one.role == "juror"]
            many = self._wanted(connection, session)
            return many, Independent(connection, session_id).of(jurors)

    def say_independent(self, actor: Actor, session_id: str, people: Collection[str]) -> None:
        """Exactly these jurors are independent of the certifier, says the organiser. Seats that were given stay."""
        with self._installation.writing() as connection:
            organised(connection, actor, session_id)
            said = Independent(connection, session_id)
            jurors = [one.id for one in People(connection).all() if one.role == "juror"]
            for person in said.of(jurors) ^ (frozenset(people) & frozenset(jurors)):
                said.say(person, actor.person, independent=person in people)
            audited(connection, actor, "session changed", session_id, independent=len(set(people)))

    def rules_of_independence(self, actor: Actor, session_id: str) -> Mapping[str, bool]:
        """The référentiel's rules that are read as wanting independent jurors, and which of them are said to be misread."""
        with self._installation.reading() as connection:
            session = organised(connection, actor, session_id)
            rules = self._rules(connection, session)
            misread = Independent(connection, session_id).misread(rules)
        return {rule: rule in misread for rule in rules}

    def say_misread(self, actor: Actor, session_id: str, rules: Collection[str]) -> None:
        """Exactly these rules want no independent juror, says the organiser: no seat of the session is held to them."""
        with self._installation.writing() as connection:
            known = self._rules(connection, organised(connection, actor, session_id))
            Independent(connection, session_id).say_misread(known, rules, actor.person)
            audited(connection, actor, "session changed", session_id, misread=[one for one in known if one in rules])

    def _rules(self, connection: Connection, session: SessionRecord) -> tuple[str, ...]:
        rules = self._installation.referentiel(connection, session.referentiel_sha256).content.jury_rules
        return tuple(rule for rule in rules if wanted_in(rule))

    def _wanted(self, connection: Connection, session: SessionRecord) -> int:
        rules = self._rules(connection, session)
        return wanted(frozenset(rules) - Independent(connection, session.id).misread(rules)) if rules else 0

    def _judge(self, connection: Connection, actor: Actor, candidacy_id: str, parts: Collection[int]) -> None:
        """Raises AccessDenied where the seats, as they are now that these parts were given, lack the independent jurors that
        the référentiel wants."""
        place = place_of(connection, candidacy_id)
        if not set(parts) & set(EVALUATING) or place.session is None:
            return
        seats = {seat.part: seat.person for seat in place.access.seats}
        independent = Independent(connection, place.session.id).of(seats.values())
        if why := broken(seats, independent, self._wanted(connection, place.session)):
            _refuse(actor, candidacy_id, why)

    def why_not(self, actor: Actor, candidacy_id: str) -> Mapping[str, str]:
        """By juror, why they cannot be given this dossier; those who can are not named. For the assignment table."""
        with self._installation.reading() as connection:
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            jurors = [one for one in People(connection).all() if one.role == "juror"]
            said = {one.id: refusal(place, one, None) for one in jurors}
        return {person: why for person, why in said.items() if why}

    def propose(self, actor: Actor, session_id: str) -> tuple[Pairing, ...]:
        """Seats for the dossiers that lack a first or second juror, spread evenly; nothing is written.

        Who organises the session is proposed for none; the same two jurors meet as seldom as can be.
        """
        with self._installation.reading() as connection:
            records = Records(connection)
            session = records.get(session_id)
            jurors = [one for one in People(connection).all() if one.role == "juror"]
            candidacies = records.candidacies(session_id)
            places = {one.id: place_of(connection, one.id) for one in candidacies}
            for place in places.values():
                allow(actor, "organise", place.access) if not place.access.seat(actor.person) else None
            many = self._wanted(connection, session) if session else 0
            independent = Independent(connection, session_id).of([one.id for one in jurors])
        organisers = session.others | {session.created_by} if session else frozenset()
        able = {
            one.id: frozenset(who.id for who in jurors if not refusal(places[one.id], who, None)) - organisers
            for one in candidacies
        }
        seated = {one.id: {seat.part: seat.person for seat in places[one.id].access.seats} for one in candidacies}
        return proposal(seated, able, independent, many)

    def assign_all(self, actor: Actor, pairings: tuple[Pairing, ...]) -> tuple[Pairing, ...]:
        """Gives every seat that may be given, and frees those for nobody; what may not be comes back with the reason.

        Each candidacy in one transaction: its pair is judged as it is in the end, never on the way there.
        """
        refused: list[Pairing] = []
        for candidacy in dict.fromkeys(one.candidacy for one in pairings):
            refused += self._give(actor, candidacy, [one for one in pairings if one.candidacy == candidacy])
        return tuple(refused)

    def _give(self, actor: Actor, candidacy_id: str, wanted: Sequence[Pairing]) -> list[Pairing]:
        """The seats of one candidacy: those that may not be given, each with its reason."""
        given: list[Pairing] = []
        refused: list[tuple[Pairing, AccessDenied | InvalidInput]] = []
        whole: list[Pairing] = []
        try:
            with self._installation.writing() as connection:
                Journal(connection).hold(candidacy_id)
                for one in sorted(wanted, key=lambda pairing: bool(pairing.person)):
                    try:
                        if one.person:
                            _seat(connection, actor, candidacy_id, one.person, one.part)
                        else:
                            _unseat(connection, actor, candidacy_id, one.part)
                        given.append(one)
                    except (AccessDenied, InvalidInput) as error:
                        refused.append((one, error))
                self._judge(connection, actor, candidacy_id, {one.part for one in given})
        except AccessDenied as error:
            whole = [replace(one, refused=error.message) for one in given]
        for _, why in refused:
            if isinstance(why, AccessDenied):
                self._installation.note_refusal(why)
        return [replace(one, refused=why.message) for one, why in refused] + whole

    def unseat(self, actor: Actor, candidacy_id: str, part: int) -> None:
        """Takes a seat away, while nobody wrote on the dossier."""
        with self._installation.writing() as connection:
            Journal(connection).hold(candidacy_id)
            _unseat(connection, actor, candidacy_id, part)

    def declare(self, actor: Actor, candidacy_id: str, link: Link) -> None:
        """A juror says whether they have a link with the candidate; a declared link stays, whoever takes the seat."""
        if link == "":
            raise InvalidInput("Dites si vous avez un lien avec ce candidat.")
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(candidacy_id)
            place = place_of(connection, candidacy_id)
            allow(actor, "declare a link", place.access)
            seat = place.access.seat(actor.person)
            if seat is not None and seat.link in {"trainer", "relation"} and link != seat.link:
                _refuse(
                    actor, candidacy_id,
                    "Vous avez déclaré un lien\u00a0: l’organisateur désignera un autre juré, ou corrigera une erreur.",
                )  # fmt: skip
            _keep_link(connection, journal, place, actor.person, link)
            audited(connection, actor, "link", candidacy_id, link=link)

    def correct_link(self, actor: Actor, candidacy_id: str, person: str, reason: str) -> None:
        """The organiser lets a juror declare again who chose the wrong answer; the reason stays in the journal."""
        if not reason.strip():
            raise InvalidInput("Donnez la raison\u00a0: elle est conservée.")
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(candidacy_id)
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            seat = place.access.seat(person)
            declared = place.latest(person, "link")
            if declared is None or declared.value is None:
                raise InvalidInput("Cette personne n’a rien déclaré.")
            if seat is not None and seat.locked:
                _refuse(actor, candidacy_id, "Une lecture verrouillée garde sa déclaration.")
            before = place.latest(actor.person, "unlock", item=f"link-{person}")
            key = Key(candidacy_id, actor.person, "", "unlock", f"link-{person}")
            journal.record(key, {"reason": reason.strip()}, before.version if before else 0)
            journal.record(declared.key, None, declared.version)
            if seat is not None:
                Records(connection).declare(candidacy_id, person, "")
            audited(connection, actor, "link corrected", candidacy_id, person=person)


def proposal(
    seated: Mapping[str, Mapping[int, str]],
    able: Mapping[str, frozenset[str]],
    independent: Collection[str] = (),
    many: int = 0,
) -> tuple[Pairing, ...]:
    """Pure: who could fill the empty first and second seats, each juror with as many dossiers as the others.

    `seated`: who sits where now, by candidacy; `able`: who may read each. Nobody is moved who sits already. Of the two of a
    dossier, `many` are among the `independent`.
    """
    load = Counter(person for seats in seated.values() for person in seats.values())
    met: Counter[frozenset[str]] = Counter()
    made: dict[tuple[str, int], str] = {}

    def here(candidacy: str) -> set[str]:
        return {*seated[candidacy].values(), *(who for (one, _), who in made.items() if one == candidacy)}

    for candidacy in sorted(seated, key=lambda one: len(able[one])):
        for part in (1, 2):
            if part in seated[candidacy]:
                continue
            others = here(candidacy)
            free = able[candidacy] - others
            left = sum(one not in seated[candidacy] and (candidacy, one) not in made for one in (1, 2))
            if many - sum(one in independent for one in others) >= left:
                free &= frozenset(independent)
            if free:
                chosen = min(free, key=lambda who: (load[who], sum(met[frozenset({who, one})] for one in others), who))
                made[candidacy, part] = chosen
                load[chosen] += 1
                met.update(frozenset({chosen, one}) for one in others)
    while moved := _evener(
        made, load, able, here, lambda old, new: not many or old not in independent or new in independent
    ):
        seat, who = moved
        load[made[seat]] -= 1
        load[who] += 1
        made[seat] = who
    return tuple(
        Pairing(
            candidacy, part, made.get((candidacy, part), ""), "" if (candidacy, part) in made else NOBODY[bool(many)]
        )
        for candidacy in seated
        for part in (1, 2)
        if part not in seated[candidacy]
    )


def _evener(
    made: Mapping[tuple[str, int], str], load: Counter[str], able: Mapping[str, frozenset[str]],
    here: Callable[[str], set[str]], may: Callable[[str, str], bool],
) -> tuple[tuple[str, int], str] | None:  # fmt: skip
    """A proposed seat that, given to somebody with two dossiers fewer, evens out the load; None when it is even."""
    for seat, person in sorted(made.items()):
        for who in sorted(able[seat[0]] - here(seat[0])):
            if load[who] + 1 < load[person] and may(person, who):
                return seat, who
    return None


NOBODY = {
    False: "Aucun juré ne peut lire ce dossier\u00a0: ajoutez-en un.",
    True: "Aucun juré qui convient ne peut lire ce dossier\u00a0: ajoutez-en un, ou dites qui est indépendant.",
}
"""Why nobody is proposed, where the référentiel wants independent jurors or not."""
BEGUN = (
    "Un juré a déjà écrit ou verrouillé sur ce dossier\u00a0: les places ne changent plus. Seul un juré qui déclare un "
    "lien peut être remplacé."
)


def begun(place: ReviewPlace) -> bool:
    """Whether anyone on this dossier has written or locked."""
    return any(one.key.kind not in NOT_WRITING for one in place.revisions)


def refusal(place: ReviewPlace, juror: Person | None, part: int | None) -> str:
    """Why this person cannot be given this seat (None: any seat), by the rules of the jury; "" when they can."""
    if juror is None or juror.role != "juror":
        return "Seul un profil de juré peut lire un dossier pour le jury."
    if juror.id == place.access.trainer:
        return "Cette personne a formé le candidat\u00a0: elle ne peut pas être son juré."
    declared = place.latest(juror.id, "link")
    if declared is not None and declared.value and declared.value["link"] in {"trainer", "relation"}:
        return "Cette personne a déclaré un lien avec le candidat\u00a0: choisissez quelqu’un d’autre."
    seat = place.access.seat(juror.id)
    taken = next((one for one in place.access.seats if one.part == part), None)
    if (seat and seat.locked) or (taken and taken.locked and taken.person != juror.id):
        return "Une lecture verrouillée garde son juré."
    moves = seat is not None and part is not None and seat.part != part
    replaces = taken is not None and taken.person != juror.id and taken.link in {"", "none"}
    if (moves or replaces) and begun(place):
        return BEGUN
    return ""


def _seat(connection: Connection, actor: Actor, candidacy_id: str, person: str, part: int) -> None:
    """In the caller's transaction, which holds the journal. Raises before anything is written."""
    place = place_of(connection, candidacy_id)
    allow(actor, "organise", place.access)
    if why := refusal(place, People(connection).get(person), part):
        _refuse(actor, candidacy_id, why)
    if part not in PARTS:
        raise InvalidInput(PART_REFUSED)
    Records(connection).seat(candidacy_id, person, part)
    audited(connection, actor, "seat", candidacy_id, person=person, part=part)


def _unseat(connection: Connection, actor: Actor, candidacy_id: str, part: int) -> None:
    """In the caller's transaction, which holds the journal. Raises before anything is written."""
    place = place_of(connection, candidacy_id)
    allow(actor, "organise", place.access)
    seat = next((one for one in place.access.seats if one.part == part), None)
    if seat is None:
        raise InvalidInput("Cette place est libre.")
    if begun(place) and seat.link in {"", "none"}:
        _refuse(actor, candidacy_id, BEGUN)
    Records(connection).unseat(candidacy_id, part)
    audited(connection, actor, "unseat", candidacy_id, person=seat.person, part=part)


def _keep_link(connection: Connection, journal: Journal, place: ReviewPlace, person: str, link: Link) -> None:
    before = place.latest(person, "link")
    key = Key(place.review_id, person, kind="link")
    journal.record(key, {"link": link}, before.version if before else 0)
    Records(connection).declare(place.review_id, person, link)


def _refuse(actor: Actor, candidacy_id: str, why: str) -> NoReturn:
    raise AccessDenied(why, person=actor.person, act="organise", subject=candidacy_id)
