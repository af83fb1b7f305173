"""Measures for who looks after an installation: off by default, and never a word of a dossier, a file name or a person."""

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant import logs, telemetry
from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.places import ROOT
from assistant.progress import silent
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf

TEXT = "Marguerite Delacroix relance chaque client de la menuiserie Pelletier sous deux jours."
FILE = "dossier-Delacroix.pdf"


@dataclass
class Recorded:
    """What was told: spans, and data points of metrics, each as (name, attributes)."""

    spans: InMemorySpanExporter
    metrics: InMemoryMetricReader

    def all(self) -> list[tuple[str, dict[str, Any]]]:
        told = [(span.name, dict(span.attributes or {})) for span in self.spans.get_finished_spans()]
        data = self.metrics.get_metrics_data()
        assert data is not None
        for resource in data.resource_metrics:
            for scope in resource.scope_metrics:
                told += [
                    (one.name, dict(point.attributes or {})) for one in scope.metrics for point in one.data.data_points
                ]
        return told


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    made = Recorded(InMemorySpanExporter(), InMemoryMetricReader())
    with telemetry.recording("test", SimpleSpanProcessor(made.spans), made.metrics):
        yield made


def test_a_whole_pre_read_leaves_durations_and_no_word_of_the_dossier(settings: Settings, recorded: Recorded) -> None:
    app = Application(settings.model_copy(update={"ocr": "off"}))
    preread = app.prereads.add(LOCAL, [UploadedFile(FILE, pdf(lines([TEXT])))], "cycle-client-ia")
    app.jobs.run(LOCAL, preread, silent)
    told = recorded.all()
    assert {"step", "preread"} <= {name for name, _ in told}
    assert {"prelecture.seconds", "prelecture.events", "prelecture.pages"} <= {name for name, _ in told}
    said = " ".join(f"{name} {key} {value}" for name, attributes in told for key, value in attributes.items())
    private = {word.casefold() for word in re.findall(r"\w{4,}", f"{TEXT} {FILE}")} - {"dossier"}
    assert not private & set(re.findall(r"\w+", said.casefold()))
    assert len({span.context.trace_id for span in recorded.spans.get_finished_spans() if span.name == "step"}) == 1


def test_whatever_a_line_is_given_nothing_but_ids_words_of_the_program_and_numbers_leaves(recorded: Recorded) -> None:
    logs.event("step", step=TEXT, kind=FILE, seconds=1.5, pages=3, person="0a1b", preread="Marguerite")
    logging.getLogger(logs.LOGGER).info("ligne de %s", TEXT)
    logging.getLogger("library").error(TEXT)
    told = recorded.all()
    assert {value for _, attributes in told for value in attributes.values()} == {"step", "?", 1.5, 3}
    assert not [key for _, attributes in told for key in attributes if key.endswith("person")]


def test_metrics_carry_no_id(recorded: Recorded) -> None:
    logs.event("preread", preread="0a1b2c", seconds=1.0)
    data = recorded.metrics.get_metrics_data()
    assert "0a1b2c" not in str(data)


def test_nothing_is_loaded_or_sent_unless_it_is_set(settings: Settings) -> None:
    assert settings.telemetry_endpoint is None
    code = (
        "import sys; from assistant import telemetry\n"
        "with telemetry.exporting('app', None): print([one for one in sys.modules if 'opentelemetry' in one])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_collector_that_is_not_there_changes_nothing() -> None:
    with telemetry.exporting("app", "http://127.0.0.1:9"):
        logs.event("step", step="dossier", seconds=0.1)
