"""OpenTelemetry, off unless it is set: how long what takes, how often what ends how; the only module that knows it.

Spans and metrics are made from the lines of the log (`logs.py`) and from nothing else: their fields are a closed set of ids,
words of the program and numbers, so that no text of a dossier, no file name and no person can be in them. Ids stand in
spans; metrics carry words only. No provider is set for the whole process: what libraries would trace themselves goes nowhere.
"""

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant import __version__, logs

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import MetricReader
    from opentelemetry.sdk.trace import SpanProcessor

WORDS = ("step", "state", "kind", "engine", "reason")
"""Fields that a metric is told apart by: few values each. Never a person, not even by id."""
COUNTED = ("pages", "unread", "calls", "input_tokens", "output_tokens")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
"""Stricter than the log: what looks like the name of a file is no word of the program."""
NOBODY = frozenset({"person"})
"""Ids that do not leave."""
PATIENCE = 1.0
"""Seconds that a collector is waited for: a process that ends waits that long for each of the two at most."""
SECOND = 1_000_000_000
PREFIX = "prelecture."


@contextmanager
def exporting(program: str, endpoint: str | None) -> Iterator[None]:
    """Sends what the block does to the collector at `endpoint` (OTLP over HTTP); None: nothing is loaded or sent.

    What is left is sent when the block ends. What a collector does not take within PATIENCE is lost. A process
    that is forked meanwhile begins with a block of its own. Raises SettingsError where the modules are not installed.
    """
    if endpoint is None:
        yield
        return
    from assistant.errors import SettingsError

    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            "L’envoi de mesures demande ses modules\u00a0: installez Prélecture avec l’option «\u00a0server\u00a0», ou "
            "retirez PRELECTURE_TELEMETRY_ENDPOINT."
        ) from error
    base = endpoint.rstrip("/")
    with recording(
        program,
        BatchSpanProcessor(OTLPSpanExporter(f"{base}/v1/traces", timeout=PATIENCE)),
        PeriodicExportingMetricReader(OTLPMetricExporter(f"{base}/v1/metrics", timeout=PATIENCE)),
    ):
        yield


@contextmanager
def recording(program: str, spans: "SpanProcessor", metrics: "MetricReader") -> Iterator[None]:
    """Every line of the log inside the block becomes a span, where it says how long something took, and metrics."""
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    # Not Resource.create: it would add what the environment and the machine say of themselves.
    who = Resource({"service.name": "prelecture", "service.version": __version__, "prelecture.program": program})
    traced, metered = (
        TracerProvider(resource=who, shutdown_on_exit=False),
        MeterProvider([metrics], resource=who, shutdown_on_exit=False),
    )
    traced.add_span_processor(spans)
    handler = _Telling(traced.get_tracer("prelecture"), metered.get_meter("prelecture"))
    logger = logging.getLogger(logs.LOGGER)
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        traced.shutdown()
        metered.shutdown()


class _Telling(logging.Handler):
    """Lines of this process only: one that is forked with it says nothing here."""

    def __init__(self, tracer: Any, meter: Any) -> None:
        super().__init__(logging.INFO)
        self._tracer, self._process = tracer, os.getpid()
        self._events = meter.create_counter(f"{PREFIX}events", description="lines of the log, by what they say")
        self._seconds = meter.create_histogram(f"{PREFIX}seconds", "s", "how long it took, by what and how it ended")
        self._counts = {name: meter.create_counter(f"{PREFIX}{name}") for name in COUNTED}

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "fields", None)
        if record.name != logs.LOGGER or not isinstance(fields, dict) or os.getpid() != self._process:
            return
        name = _word(str(record.msg))
        words = {"event": name, **{key: _word(fields[key]) for key in WORDS if isinstance(fields.get(key), str)}}
        self._events.add(1, words)
        for key, counter in self._counts.items():
            if isinstance(fields.get(key), int):
                counter.add(fields[key], {"event": name})
        if isinstance(fields.get("seconds"), float | int):
            self._seconds.record(fields["seconds"], words)
            self._span(name, fields, round(record.created * SECOND))

    def _span(self, name: str, fields: dict[str, Any], end: int) -> None:
        """Those of one pre-read are in one trace, whichever processes they come from."""
        said = {
            f"{PREFIX}{key}": value if key in logs.IDS or not isinstance(value, str) else _word(value)
            for key, value in fields.items()
            if value is not None and key not in NOBODY
        }
        span = self._tracer.start_span(
            name, context=_trace_of(str(fields.get("preread", ""))), attributes=said,
            start_time=end - round(fields["seconds"] * SECOND),
        )  # fmt: skip
        span.end(end)


def _word(value: str) -> str:
    return value if _WORD.fullmatch(value) else logs.HIDDEN


def _trace_of(preread: str) -> Any:
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    if not preread:
        return None
    made = hashlib.sha256(preread.encode()).digest()
    place = SpanContext(
        int.from_bytes(made[:16]),
        int.from_bytes(made[16:24]),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
    return set_span_in_context(NonRecordingSpan(place))
