"""The matrix cell by cell: every act in every relation, asked of the use case itself; and the document it is written into."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest

from assistant.access.actor import ROLES, Actor
from assistant.access.grants import ACTS, RELATIONS, Act, Relation, granted
from assistant.access.matrix import allow, relations_of
from assistant.application.access_table import as_markdown
from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.application.place import place_of
from assistant.errors import AccessDenied, PrelectureError
from assistant.places import ROOT
from assistant.settings import Settings
from assistant.store.audit import Audit
from assistant.store.engine import reading
from tests.application.house import PDF, House, house


def test_the_document_is_what_the_program_applies() -> None:
    assert (ROOT / "docs" / "access.md").read_text(encoding="utf-8") == as_markdown()


def test_every_cell_of_the_matrix_is_decided_and_most_are_refused() -> None:
    cells = [granted(role, act, frozenset({where})) for role, act, where in product(ROLES, ACTS, RELATIONS)]
    assert len(cells) == len(ROLES) * len(ACTS) * len(RELATIONS)
    assert 0 < sum(cells) < len(cells) / 8


@dataclass
class Situation:
    """A review, who asks, and where the matrix says that they stand."""

    actor: Actor
    review: str
    relation: Relation


SEATED: tuple[Relation, ...] = (
    "trained", "link not declared", "link declared", "reads", "reads, file incomplete", "locked", "all locked",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(Settings(data_dir=tmp_path_factory.mktemp("cells")))


def situation(made: House, relation: Relation, number: str) -> Situation:
    """That relation, made with the calls of the application."""
    if relation == "own":
        return Situation(made.anne, made.own(made.anne), relation)
    if relation == "other's":
        return Situation(made.bruno, made.own(made.anne), relation)
    review = made.candidate(number, trained=False)
    if relation in {"organises", "organises, file incomplete"}:
        made.seat(review, made.anne, made.bruno)
        if relation != "organises":
            made.app.organising.say_complete(made.organiser, review, "incomplete", "Une annexe manque.")
        return Situation(made.organiser, review, relation)
    if relation == "not assigned":
        return Situation(made.chloe, made.seat(review, made.anne, made.bruno), relation)
    link = {"link not declared": "", "link declared": "relation"}.get(relation, "none")
    made.seat(review, made.anne, link=link)  # type: ignore[arg-type]  # one of the links
    made.seat(review, made.bruno, first=2)
    if relation == "reads, file incomplete":
        made.app.organising.say_complete(made.organiser, review, "incomplete", "Une annexe manque.")
    if relation in {"locked", "all locked"}:
        made.lock(review, made.anne)
    if relation == "all locked":
        made.lock(review, made.bruno)
    return Situation(made.anne, review, relation)


def calls(made: House, at: Situation) -> dict[Act, Callable[[], object]]:
    """Each act as the use case that does it."""
    app, actor, review = made.app, at.actor, at.review
    with reading(app.engine) as connection:
        preread = place_of(connection, review).preread
    assert preread is not None
    return {
        "hand in a dossier": lambda: app.prereads.list(actor),
        "keep phrases": lambda: app.phrases.list(actor, "essai", "C1"),
        "work the queue": lambda: app.working.left(actor),
        "see people": lambda: app.people.profiles(actor),
        "grant roles": lambda: app.people.members(actor),
        "found a session": lambda: app.sessions.found(actor, "x", None, "cycle-client-ia", (), blind_first=False),
        "organise": lambda: app.sessions.accommodate(actor, review, "Tiers temps", shown=False),
        "unlock": lambda: app.reviews.unlock(actor, review, "nobody", "une raison"),
        "run the pre-read": lambda: app.jobs.stop(actor, preread.id),
        "read the dossier": lambda: app.prereads.open(actor, preread.id),
        "read own work": lambda: app.reviews.history(actor, review, "note", "C1"),
        "write own work": lambda: made.note(actor, review, "un mot", criterion="C1"),
        "declare a link": lambda: app.sessions.declare(actor, review, "none"),
        "read the others' work": lambda: app.reviews.harmony(actor, review),
        "agree": lambda: made.propose(actor, review, Decision(), "texte"),
        "export": lambda: app.exports.grid(actor, review, "individual"),
        "lock": lambda: made.write(actor, review, "lock", "", {}),
    }


OTHERS = {"own", "other's", "organises", "organises, file incomplete", "not assigned"}
CELLS = [relation for relation in RELATIONS if relation in {*OTHERS, *SEATED}]


@pytest.mark.parametrize("relation", [one for one in CELLS if one != "trained"])
def test_each_use_case_refuses_what_the_matrix_refuses_and_lets_the_rest_pass(made: House, relation: Relation) -> None:
    at = situation(made, relation, f"cell {relation}")
    with reading(made.app.engine) as connection:
        assert relation in relations_of(at.actor, place_of(connection, at.review).access)
    for act, call in calls(made, at).items():
        with reading(made.app.engine) as connection:
            where = relations_of(at.actor, place_of(connection, at.review).access)
        try:
            call()
        except AccessDenied:
            # A declared link stays, whatever the matrix lets one ask.
            assert not granted(at.actor.role, act, where) or (act, relation) == ("declare a link", "link declared"), act
        except PrelectureError:
            assert granted(at.actor.role, act, where), f"{act} reached the work before access was asked"
        else:
            assert granted(at.actor.role, act, where), f"{act} passed in {relation}"


def test_what_concerns_no_dossier_is_refused_in_writing_too(made: House) -> None:
    lea = made.app.people.join(made.administrator, "Léa", "candidate")
    refused: dict[Act, Callable[[], object]] = {
        "found a session": lambda: made.app.sessions.found(lea, "x", None, "cycle-client-ia", (), blind_first=False),
        "grant roles": lambda: made.app.people.invite(lea, "x@exemple.fr", "juror"),
        "see people": lambda: made.app.people.profiles(lea),
        "maintain": lambda: made.app.audit.verify(lea),
        "work the queue": lambda: made.app.working.left(lea),
        "keep cohorts": lambda: made.app.cohorts.list(lea),
        "author a référentiel": lambda: made.app.referentiels.begin_from(lea, "cycle-client-ia"),
    }
    for call in refused.values():
        with pytest.raises(AccessDenied):
            call()
    with reading(made.app.engine) as connection:
        entries = [one for one in Audit(connection).entries() if one.actor == lea.person]
    assert [one.detail["refused"] for one in reversed(entries)] == list(refused)


def test_a_refusal_is_written_down_without_a_name(made: House) -> None:
    review = made.jury("refusal")
    with pytest.raises(AccessDenied):
        made.app.reviews.harmony(made.chloe, review)
    with reading(made.app.engine) as connection:
        entry = Audit(connection).entries(review)[0]
    assert (entry.actor, entry.act, entry.detail) == (
        made.chloe.person,
        "refusal",
        {"refused": "read the others' work"},
    )


def test_more_files_than_a_person_may_hand_in_are_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    small = Settings(
        data_dir=tmp_path_factory.mktemp("few"), upload_files=3, upload_files_per_hour=4, upload_megabytes_per_day=1
    )
    few = house(small)
    session = few.founded(few.organiser)

    def hand_in(number: str, count: int, size: int = 10) -> None:
        files = [UploadedFile(f"{number}-{n}.pdf", PDF + b" " * size) for n in range(count)]
        few.app.sessions.add_candidate(few.organiser, session, number, files)

    with pytest.raises(PrelectureError, match="3 fichiers à la fois"):
        hand_in("1", 4)
    with pytest.raises(PrelectureError, match="en un jour"):
        hand_in("2", 1, 2**20 + 1)
    hand_in("3", 3)
    with pytest.raises(PrelectureError, match="en une heure"):
        hand_in("4", 2)
    assert [one.number for one in few.app.sessions.list(few.organiser)[0].candidacies] == ["3"]
    with pytest.raises(PrelectureError, match="3 fichiers à la fois"):
        few.app.previews.for_session(few.organiser, session, [UploadedFile(f"{n}.pdf", PDF) for n in range(4)])


def test_no_role_outside_the_matrix_is_let_through() -> None:
    for act in ACTS:
        if not granted("candidate", act, frozenset({"anyone"})):
            with pytest.raises(AccessDenied):
                allow(Actor("x", "candidate"), act)
