"""A verdict cannot come in by another door: any field of an answer, a key of its own, a refusal, what a file is called."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from assistant.application.context import LoadedPreRead
from assistant.commands.review import _summary
from assistant.drafting.structure import structural_faults
from assistant.llm.answers import SCHEMAS
from assistant.llm.stub import Reply, Script, StubModel, answer_to, completion
from assistant.referentiel.catalogue import load
from assistant.result import PreRead
from assistant.review.items import items_of
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf
from tests.installed import pre_read, read_once

VERDICT = "Critère acquis, 18/20"
SAID = ["Nous relançons les clients chaque mardi par SMS.", "La ressaisie des devis prend neuf heures par semaine."]


def everywhere(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every text in an answer."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from everywhere(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node[:1]):
            yield from everywhere(value, (*path, place))
    elif isinstance(node, str):
        yield path


def put(node: Any, path: tuple[Any, ...]) -> None:
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = VERDICT


def with_verdict_in(field: str) -> Script:
    """Answers whose texts named `field` are the verdict, wherever they stand."""

    def script(request: dict[str, Any], number: int) -> Reply | None:
        answer = answer_to(request)
        for path in everywhere(answer):
            if field in path:
                put(answer, path)
        return completion(request, json.dumps(answer, ensure_ascii=False))

    return script


def with_key(request: dict[str, Any], number: int) -> Reply | None:
    return completion(request, json.dumps({**answer_to(request), VERDICT: VERDICT}, ensure_ascii=False))


def in_prose(request: dict[str, Any], number: int) -> Reply | None:
    return completion(request, f"{VERDICT}. Bravo.")


def refusing(request: dict[str, Any], number: int) -> Reply | None:
    return Reply(400, json.dumps({"error": {"message": VERDICT, "code": VERDICT}}).encode())


def read_with(script: Script, settings: Settings) -> LoadedPreRead:
    with StubModel(script) as model:
        chosen = settings.model_copy(
            update={"model": "stub", "model_base_url": model.address, "model_patience": 0.0, "ocr": "off"}
        )
        return read_once("doors").pre_read(chosen, pdf(lines(SAID)), blocs=("B0",))


def shown(opened: LoadedPreRead) -> str:
    """All that reaches a person: the file, the page, the command line."""
    out = StringIO()
    _summary(Console(file=out, width=300), opened)
    return opened.preread.to_json() + out.getvalue()


FIELDS = ["sentence", "requirement", "relation", "criterion", "sentences", "first", "text", "citations", "supported"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_verdict_in_any_field_of_an_answer_is_not_shown(field: str, settings: Settings) -> None:
    assert "18/20" not in shown(read_with(with_verdict_in(field), settings))


@pytest.mark.parametrize("script", [with_key, in_prose, refusing], ids=lambda one: one.__name__)
def test_a_key_of_the_model_s_own_its_prose_and_its_refusals_are_not_shown(script: Script, settings: Settings) -> None:
    said = shown(read_with(script, settings))
    assert "18/20" not in said
    assert "Bravo" not in said


def texts_of(schema: dict[str, Any]) -> set[str]:
    """The names of the fields of a schema that hold text."""
    parts = [schema, *schema.get("$defs", {}).values()]
    fields = [(name, one) for part in parts for name, one in part["properties"].items()]
    return {name for name, one in fields if "string" in (one.get("type"), one.get("items", {}).get("type"))}


def test_no_field_of_an_answer_about_a_dossier_is_left_out_above() -> None:
    about = {name: kind for name, kind in SCHEMAS.items() if name != "clues"}
    assert set().union(*(texts_of(kind.model_json_schema()) for kind in about.values())) == {*FIELDS, "second"}


def test_what_a_referentiel_asks_holds_no_mark() -> None:
    for name in ("cycle-client-ia",):
        for criterion in load(name).content.criteria():
            for one in criterion.asked:
                told = [
                    fault for text in (one.text, one.name) for fault in structural_faults(text) if fault.why == "form"
                ]
                assert told == [], one.id


def test_the_command_line_prints_no_count_that_reads_like_a_mark(settings: Settings) -> None:
    out = StringIO()
    opened = pre_read(settings.model_copy(update={"ocr": "off"}), pdf(lines(SAID)), blocs=("B0",))
    _summary(Console(file=out, width=300), opened)
    rows = [line for line in out.getvalue().splitlines() if "Cr" in line]
    assert rows
    assert not [row for row in rows if re.search(r"\d+ ?(?:/|sur) ?\d+|\d ?%|\d+ (?:exigence|trouv|absent)", row)]


def test_evidence_has_a_place_and_no_score(settings: Settings) -> None:
    written = read_with(lambda request, number: None, settings).preread
    assert isinstance(written, PreRead)
    told = json.loads(written.to_json())
    for part in told["criteria"]:
        assert [one["rank"] for one in part["evidence"]] == list(range(1, len(part["evidence"]) + 1))
    assert not re.search(r'"(?:score|mark|grade|level|note|points|percent\w*)"', written.to_json())


def test_a_file_named_like_a_verdict_is_told_as_a_file_name(settings: Settings) -> None:
    chosen = settings.model_copy(update={"ocr": "off"})
    opened = pre_read(chosen, pdf(lines(SAID)), name="Critère acquis 18-20.pdf", blocs=("B0",))
    drafted = [item.text for part in opened.preread.criteria for item in items_of(part)]
    assert drafted
    assert not [text for text in drafted if "acquis" in text or "18-20" in text]
