"""An installation of the version before: what people wrote is read, exported and harmonised as it was."""

import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.access.actor import LOCAL, Actor
from assistant.application.door import Application
from assistant.application.exports import Whose
from assistant.settings import Settings

FIXTURE = Path(__file__).parent.parent / "store" / "fixtures" / "before-house" / "installation.tar.xz"
Opened = tuple[Application, Mapping[str, Any]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(folder)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Application(Settings(data_dir=folder / "data")), expected


def actor(opened: Opened, name: str) -> Actor:
    application, expected = opened
    found = application.people.enter(LOCAL, expected["people"][name]["person"])
    assert found is not None
    return found


GRIDS: dict[str, tuple[str, Whose]] = {
    "individuelle-Anne": ("anne", "individual"),
    "individuelle-Bruno": ("bruno", "individual"),
    "collegiale": ("anne", "collegial"),
}


def texts(row: Mapping[str, Any], heading: str) -> set[tuple[str, tuple[int, ...]]]:
    return {(one["text"], tuple(one["pages"])) for one in row[heading]}


@pytest.mark.parametrize("name", GRIDS)
def test_an_export_says_what_it_said(opened: Opened, name: str) -> None:
    application, expected = opened
    who, whose = GRIDS[name]
    was = json.loads(expected["exports"][name]["json"])
    made = application.exports.file(actor(opened, who), expected["candidacy"], whose, "grid", "json")
    now = json.loads(made.data)
    assert [row["id"] for row in now["rows"]] == [row["id"] for row in was["rows"]]
    for old, new in zip(was["rows"], now["rows"], strict=True):
        for part in ("text", "decision", "points", "motivation", "most_points"):
            assert new[part] == old[part], (old["id"], part)
        for heading in ("observations", "gaps", "questions"):
            assert texts(new, heading) == texts(old, heading), (old["id"], heading)
        quotes = [{(one["page"], one["quote"]) for one in row["quotes"]} for row in (old, new)]
        assert quotes[0] == quotes[1], old["id"]
    for part in ("total", "most_total", "session", "candidate", "accommodations", "referentiel_version", "file_sha256"):
        assert now[part] == was[part], part
    assert [(one["name"], one["locked"]) for one in now["jury"]] == [
        (one["name"], one["locked"]) for one in was["jury"]
    ]
    assert {name: now["ai_assisted"][name] for name in ("adopted", "edited", "rejected")} == {
        name: was["ai_assisted"][name] for name in ("adopted", "edited", "rejected")
    }


@pytest.mark.parametrize("who", ["anne", "bruno"])
def test_a_desk_shows_each_note_and_lock_as_they_were(opened: Opened, who: str) -> None:
    application, expected = opened
    me = actor(opened, who)
    was = expected["works"][me.person]
    view = application.reviews.desk(me, expected["candidacy"])
    assert view.locked is not None
    assert view.ignores_drafts.value == was["ignores_ai"]
    assert view.accommodations
    for criterion, own in was["criteria"].items():
        now = view.work[criterion]
        # Half a character cannot be sent to a browser: a replacement sign stands for it.
        noted = str(own["note"]["value"] or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        assert now.note.text == noted
        assert {item for item, choice in now.choices.items() if choice.verdict} == set(own["choices"])
        assert [one.text for one in now.own_texts] == [one["text"] for one in own["own"]]
        assert [(one.page, one.quote) for one in now.own_evidence] == [
            (one["page"], one["quote"]) for one in own["evidence"]
        ]
        assert now.model_dump_json()


def test_what_the_jury_agreed_on_stands_with_its_consents(opened: Opened) -> None:
    application, expected = opened
    agreed = application.reviews.harmony(actor(opened, "bruno"), expected["candidacy"]).agreed
    assert {name: (one.text, one.decision.points, set(one.consents)) for name, one in agreed.items()} == {
        name: (one["text"], one["decision"]["points"], set(one["consents"])) for name, one in expected["agreed"].items()
    }


def test_a_candidate_finds_their_own_check_again_and_the_local_person_theirs(opened: Opened) -> None:
    application, expected = opened
    for me, run in ((actor(opened, "chloe"), "candidate"), (LOCAL, "own")):
        assert expected["runs"][run] in [line.id for line in application.prereads.list(me)]
        review = application.prereads.review_id(me, expected["runs"][run])
        assert any(own.note.text for own in application.reviews.desk(me, review).work.values())


def test_a_candidacy_whose_run_was_gone_is_shown_and_can_be_withdrawn_or_given_its_file(opened: Opened) -> None:
    application, expected = opened
    organiser = actor(opened, "odile")
    (session,) = application.sessions.list(organiser)
    refused = next(one for one in session.candidacies if one.id == expected["refused_candidacy"])
    assert refused.status in {None, "failed", "stopped", "queued"}
