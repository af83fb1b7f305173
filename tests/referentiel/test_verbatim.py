"""Every text of a référentiel stands in its published source, word for word."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import available

SOURCES = Path(__file__).parent.parent / "sources"
TEXTS = (
    "title",
    "audience",
    "accommodations",
    "certifier",
    "modalities_intro",
    "description",
    "remark",
    "text",
    "lead",
    "part",
)
LISTS = ("prerequisites", "jury_rules", "tasks", "indicators")
PARTS = (
    "blocs",
    "general_modalities",
    "modalities",
    "deliverables",
    "expected",
    "activities",
    "competences",
    "criteria",
)
MOST_PIECES = 3
"""A text that runs over a page of the source is found in pieces, the page's furniture lying between them."""


def folded(text: str) -> str:
    text = re.sub(r"(\w-)[ \t]*\n\s*", r"\1", re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"\s+", " ", text).strip()


def texts(entry: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key in TEXTS:
        if isinstance(entry.get(key), str):
            source = entry.get("accommodations_source_text") if key == "accommodations" else None
            own = (
                key == "text"
                or (key == "title" and "description" not in entry)
                or (key == "description" and "kind" in entry)
            )
            yield f"{path}.{key}", source or (entry.get("source_text") if own else None) or entry[key]
    for key in LISTS:
        values = entry.get(key) or []
        sources = entry.get(f"{key}_source_text") or [None] * len(values)
        for number, (value, source) in enumerate(zip(values, sources, strict=True)):
            yield f"{path}.{key}[{number}]", source or value
    for key in PARTS:
        for part in entry.get(key) or []:
            if isinstance(part, dict):
                yield from texts(part, f"{path}/{part['id']}")


def pieces(text: str, source: str) -> int | None:
    """How many runs of whole words of the source make up `text`; None when some word is not there."""
    words, count, start = text.split(" "), 0, 0
    while start < len(words):
        end = len(words)
        while end > start and " ".join(words[start:end]) not in source:
            end -= 1
        if end == start:
            return None
        start, count = end, count + 1
    return count


@pytest.mark.parametrize("name", available())
def test_every_text_stands_in_the_source(name: str) -> None:
    source = folded((SOURCES / f"{name}.txt").read_text(encoding="utf-8"))
    raw = yaml.safe_load((REFERENTIELS / f"{name}.yaml").read_text(encoding="utf-8"))
    lost = []
    for path, text in texts(raw):
        found = pieces(text, source) or (pieces(text.lower(), source.lower()) if path == ".title" else None)
        if found is None or found > MOST_PIECES:
            lost.append((path, text[:80]))
    assert lost == []


@pytest.mark.parametrize("name", available())
def test_printed_codes_stand_in_the_source(name: str) -> None:
    source = re.sub(r"\W", "", (SOURCES / f"{name}.txt").read_text(encoding="utf-8")).lower()
    raw = yaml.safe_load((REFERENTIELS / f"{name}.yaml").read_text(encoding="utf-8"))
    codes = [c["source_code"] for bloc in raw["blocs"] for c in bloc["criteria"] if c.get("source_code")]
    assert [code for code in codes if re.sub(r"\W", "", code).lower() not in source] == []


def test_a_changed_word_is_noticed() -> None:
    source = folded((SOURCES / "cycle-client-ia.txt").read_text(encoding="utf-8"))
    assert pieces("Le candidat cartographie les étapes du cycle client", source) == 1
    assert pieces("Le candidat cartographie les phases du cyclotron", source) is None
