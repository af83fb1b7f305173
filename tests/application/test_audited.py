"""Every act leaves its line in the audit, in the transaction of what it records; what leaves none is named here."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.access.actor import OPERATOR, Actor
from assistant.access.grants import ACTS, Act
from assistant.application.auditing import AuditAct
from assistant.application.backup import back_up
from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.places import ROOT
from assistant.settings import Settings
from assistant.store.audit import Audit, AuditEntry
from assistant.store.engine import reading
from tests.application.house import PDF, House, house, items

FILE = UploadedFile("d.pdf", PDF + b"audited")
LEAVES_NONE: dict[Act, str] = {
    "read the catalogue": "concerns nobody",
    "see people": "who is in the installation is no secret to its jurors and organisers",
    "read own work": "one's own words",
    "work the queue": "how each reading ends is written down; a sign of life is nobody's act",
    "read the others' work": "opens with the desk, whose opening is written down",
    "read accommodations": "opens with the desk, whose opening is written down",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(Settings(data_dir=tmp_path_factory.mktemp("audited")))


@pytest.fixture(scope="module")
def theo(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Théo", "trainer")


@pytest.fixture(scope="module")
def lea(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Léa", "candidate")


def written(made: House, since: int = 0) -> list[AuditEntry]:
    """What was added after the entry of that number, the oldest first."""
    with reading(made.app.engine) as connection:
        return [one for one in reversed(Audit(connection).entries()) if one.seq > since]


def agreeing(made: House) -> None:
    review = made.lock(made.jury("agree"), made.anne, made.bruno)
    proposed = made.propose(made.anne, review, Decision(points=1), "Texte")
    made.consent(made.bruno, review, proposed.version)
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")


def authoring(made: House) -> None:
    use, who = made.app.referentiels, made.organiser
    draft = use.begin_from(who, "cycle-client-ia")
    use.name(who, draft, 1, "un-autre")
    use.undo(who, draft, 2)
    use.restore(who, draft, 3, 2)
    use.publish(who, draft, 4, "1")
    use.withdraw(who, "un-autre", "1")
    use.discard(who, draft)


def sharing(made: House, lea: Actor, theo: Actor) -> None:
    preread = made.own(lea).removeprefix("own-")
    made.app.candidates.share(lea, preread, theo.person)
    made.app.candidates.unshare(lea, preread, theo.person)


def cohorts(made: House, lea: Actor, theo: Actor) -> None:
    preread = made.own(lea).removeprefix("own-")
    made.app.candidates.share(lea, preread, theo.person)
    cohort = made.app.cohorts.found(theo, "Automne", "cycle-client-ia")
    with reading(made.app.engine) as connection:
        from assistant.store.prereads import PreReads

        record = PreReads(connection).get(preread)
    assert record is not None
    made.app.cohorts.join(theo, cohort, record.dossier)
    made.app.examples.choose(theo, cohort, preread, "C1", "p4s1")
    made.app.examples.drop(theo, cohort, made.app.examples.chosen(theo, cohort)[0].id)
    made.app.cohorts.view(theo, cohort)
    made.app.examples.workbook(theo, cohort)
    made.app.cohorts.leave(theo, cohort, record.dossier)
    made.app.cohorts.close(theo, cohort)


def organising(made: House) -> None:
    use = made.app.organising
    review = made.jury("organised")
    use.say_complete(made.organiser, review, "complete", "")
    use.say_presence(made.organiser, review, "excused", "")
    made.app.sessions.accommodate(made.organiser, review, "Tiers temps", shown=True)
    made.app.sessions.correct_link(made.organiser, review, made.anne.person, "Erreur")
    made.app.sessions.unseat(made.organiser, review, 2)
    made.app.sessions.replace_file(made.organiser, review, FILE)
    made.app.sessions.withdraw(made.organiser, made.candidate("withdrawn"))
    use.change(made.organiser, made.session, title="Juin", held=None, jury_by=None, notify_by=None)
    use.add_organiser(made.organiser, made.session, made.chloe.person)
    use.archive(made.organiser, made.session, archived=True)
    made.app.audit.case_file(made.organiser, review)
    made.app.lifecycle.purge_candidate(made.organiser, review)
    use.delete(made.organiser, made.founded(made.organiser))


def keeping_phrases(made: House) -> None:
    made.app.phrases.keep(made.anne, "essai", "C1", "À préciser.")
    (kept,) = made.app.phrases.list(made.anne, "essai", "C1")
    made.app.phrases.forget(made.anne, "essai", "C1", kept.id)


def writing_own_work(made: House) -> None:
    review = made.jury("written")
    made.note(made.anne, review, "un mot")
    made.choose(made.anne, review, items()[0], "adopted")
    made.decide(made.anne, review, Decision(points=1))


def unlocking(made: House) -> None:
    made.app.reviews.unlock(made.organiser, made.lock(made.jury("unlocked"), made.anne), made.anne.person, "Oubli")


Doing = Callable[[House, Actor, Actor, Path], object]
LEAVES: dict[Act, tuple[Doing, frozenset[AuditAct]]] = {
    "sign in": (
        lambda made, *_: made.app.signing_in.leave(
            made.app.signing_in.arrive({"iss": "x", "sub": "y", "email": "z@x.fr", "name": "Zoé"}).actor
            or Actor("nobody", "juror", sign_in="")
        ),
        frozenset({"sign in"}),
    ),
    "hand in a dossier": (lambda made, *_: made.own(made.anne), frozenset({"upload"})),
    "keep phrases": (lambda made, *_: keeping_phrases(made), frozenset({"phrase"})),
    "grant roles": (lambda made, *_: made.app.people.join(OPERATOR, "Zoé", "juror"), frozenset({"person added"})),
    "maintain": (
        lambda made, lea, theo, folder: back_up(Installation(made.app.settings), OPERATOR, folder / "copie.zip"),
        frozenset({"backup"}),
    ),
    "author a référentiel": (
        lambda made, *_: authoring(made),
        frozenset({
            "begin a référentiel", "edit a référentiel", "publish a référentiel", "withdraw a référentiel",
            "discard a référentiel",
        }),
    ),
    "found a session": (
        lambda made, *_: made.app.sessions.found(made.anne, "x", None, "cycle-client-ia", (), blind_first=False),
        frozenset({"session"}),
    ),
    "organise": (
        lambda made, *_: organising(made),
        frozenset({
            "candidate", "upload", "seat", "unseat", "completeness", "presence", "accommodations", "link corrected",
            "file replaced", "withdrawn", "session changed", "organiser", "session archived", "session deleted", "purge",
            "case file",
        }),
    ),
    "unlock": (lambda made, *_: unlocking(made), frozenset({"unlock"})),
    "share": (lambda made, lea, theo, _: sharing(made, lea, theo), frozenset({"share", "share ended"})),
    "keep cohorts": (
        lambda made, lea, theo, _: cohorts(made, lea, theo),
        frozenset({"cohort", "cohort dossier", "example", "view", "export", "cohort closed"}),
    ),
    "run the pre-read": (
        lambda made, lea, *_: made.app.candidates.new_version(lea, made.own(lea).removeprefix("own-"), [FILE]),
        frozenset({"upload"}),
    ),
    "read the dossier": (
        lambda made, *_: made.app.reviews.viewed(made.anne, made.jury("viewed")), frozenset({"view"}),
    ),
    "write own work": (lambda made, *_: writing_own_work(made), frozenset({"write", "item", "decision"})),
    "declare a link": (lambda made, *_: made.jury("linked"), frozenset({"link"})),
    "lock": (lambda made, *_: made.lock(made.jury("locked"), made.anne), frozenset({"lock"})),
    "agree": (lambda made, *_: agreeing(made), frozenset({"agreement", "consent", "revocation"})),
    "export": (
        lambda made, lea, *_: made.app.candidates.report(lea, made.own(lea).removeprefix("own-"), "docx"),
        frozenset({"export"}),
    ),
}  # fmt: skip


def test_every_act_of_the_matrix_leaves_a_line_or_is_named_as_one_that_leaves_none() -> None:
    assert set(LEAVES) | set(LEAVES_NONE) == set(ACTS)
    assert not set(LEAVES) & set(LEAVES_NONE)


@pytest.mark.parametrize("act", LEAVES)
def test_an_act_leaves_its_lines(made: House, lea: Actor, theo: Actor, act: Act, tmp_path: Path) -> None:
    done, expected = LEAVES[act]
    made.session = made.founded(made.organiser)
    before = written(made)
    done(made, lea, theo, tmp_path)
    added = written(made, before[-1].seq if before else 0)
    assert expected <= {one.act for one in added}


def test_an_edit_says_who_did_what_to_which_version_and_not_in_what_words(made: House) -> None:
    use = made.app.referentiels
    draft = use.begin_from(made.organiser, "cycle-client-ia")
    use.act(made.organiser, draft, 1, {"do": "correct", "field": "title", "value": "Un titre à part"})
    with reading(made.app.engine) as connection:
        entry = Audit(connection).entries(draft)[0]
    assert (entry.actor, entry.act) == (made.organiser.person, "edit a référentiel")
    assert entry.detail == {"role": "organiser", "did": "correct", "version": 2}


LINES = frozenset({"audited", "taken"})
"""What writes a line; `taken` is an upload with its limits."""
NOBODY_S_ACT = frozenset({
    "coverages._searched_again", "jobs.tell", "jobs._noted", "lifecycle._after", "signing_in.alive",
    "signing_in.only_person", "steps.save", "steps.prune", "shared_queue.__init__", "working.sweep", "working.read",
    "working.go_on", "working.take", "working.alive", "working.gone",
})  # fmt: skip
"""Caches, progress, the queue's own notes and signs of life: nothing that anybody did to anything; and the files
of a purge, whose line was written with its rows."""


def silent(file: Path) -> list[str]:
    """The functions of a module that open a writing transaction in which no line is written."""
    functions = {
        one.name: one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.FunctionDef)
    }

    def called(node: ast.AST, known: frozenset[str] = frozenset()) -> set[str]:
        found: set[str] = set()
        for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            found |= {name}
            if name in functions and name not in known:
                found |= called(functions[name], known | {name})
        return found

    return [
        f"{file.stem}.{name}"
        for name, function in functions.items()
        for block in ast.walk(function)
        if isinstance(block, ast.With)
        and any(ast.unparse(one.context_expr).endswith("nstallation.writing()") for one in block.items)
        and not called(block) & LINES
    ]


def test_no_use_case_writes_without_a_line() -> None:
    files = sorted((ROOT / "assistant" / "application").glob("*.py"))
    assert {name for file in files for name in silent(file)} == NOBODY_S_ACT


def test_the_rule_sees_a_use_case_that_is_silent(tmp_path: Path) -> None:
    source = (
        "def act(self):\n    with self._installation.writing() as connection:\n        Records(connection).close('x')\n"
    )
    (tmp_path / "x.py").write_text(source)
    assert silent(tmp_path / "x.py") == ["x.act"]
