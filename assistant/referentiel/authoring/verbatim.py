"""`referentiel check --source`: is each text of a référentiel in the file that it comes from, word for word?"""

from typing import Any

from assistant.referentiel.authoring.accounting import unfaithful
from assistant.referentiel.authoring.sources.pieces import Source
from assistant.referentiel.model import Referentiel

OWN = {"requirements", "notes", "min_counts", "source_code"}
"""What people here have written, or counted."""


def strays(content: Referentiel, source: Source) -> list[str]:
    """The texts whose words do not stand in `source` in their order; restored letters are looked up as printed."""
    return unfaithful(source, _printed(content.model_dump(exclude_none=True)))


def _printed(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_printed(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _printed(inner) for key, inner in value.items() if key not in OWN}
    printed = kept.pop("source_text", None)
    if printed is not None:
        order = ("title",) if "criteria" in kept else ("description", "text", "title")
        restored = next(key for key in order if key in kept)
        kept[restored] = printed
    for name in ("indicators", "tasks", "accommodations"):
        raw = kept.pop(f"{name}_source_text", None)
        if isinstance(raw, str):
            kept[name] = raw
        elif raw:
            kept[name] = [one or said for one, said in zip(raw, kept[name], strict=True)]
    return kept
