"""Right answers, in two formats: the bundled files', and the transcriptions beside example sources."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class GoldCriterion:
    """`owners`: the words of each competence it serves; `any_owner`: one of them is enough."""

    code: str | None
    text: str
    owners: tuple[str, ...]
    bloc: str | None
    points: float | None
    any_owner: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    name: str
    criteria: tuple[GoldCriterion, ...]
    deliverables: tuple[str, ...]
    competences: tuple[str, ...]
    competence_codes: tuple[str, ...]
    title: str | None


def bundled(path: Path) -> Gold:
    """A file in the bundled format, in the letters of its source."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    criteria: list[GoldCriterion] = []
    deliverables: list[str] = []
    competences: list[str] = []
    codes: list[str] = []
    for bloc in raw["blocs"]:
        texts = {c["id"]: c.get("source_text") or c["text"] for c in bloc.get("competences", ())}
        competences += texts.values()
        codes += [c["id"] for c in bloc.get("competences", ())]
        title = bloc.get("source_text") or bloc.get("title")
        for one in bloc.get("criteria", ()):
            said = one.get("source_text") or one["text"]
            raws = one.get("indicators_source_text") or [None] * len(one.get("indicators", ()))
            items = [raw or item for item, raw in zip(one.get("indicators", ()), raws, strict=True)]
            owners = tuple(texts[c] for c in one["competences"])
            criteria.append(
                GoldCriterion(
                    one.get("source_code"), " ".join([said, *items]), owners, title, one.get("points"), len(owners) > 1
                )
            )
        deliverables += [
            d.get("source_text") or d["text"] for m in bloc.get("modalities", ()) for d in m.get("deliverables", ())
        ]
    for modality in raw.get("general_modalities", ()):
        deliverables += [d.get("source_text") or d["text"] for d in modality.get("deliverables", ())]
    return Gold(path.stem, tuple(criteria), tuple(deliverables), tuple(competences), tuple(codes), raw.get("title"))


def transcription(path: Path) -> Gold:
    """A `gold.yaml` beside its source."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    criteria: list[GoldCriterion] = []
    deliverables: list[str] = []
    competences: list[str] = []
    codes: list[str] = []
    for bloc in raw["blocs"]:
        texts = {str(c.get("code") or c.get("id")): c["text"] for c in bloc.get("competences") or ()}
        competences += texts.values()
        codes += [c["code"] for c in bloc.get("competences") or () if c.get("code")]
        for one in [*(bloc.get("criteria") or ()), *(bloc.get("shared") or ())]:
            owners = tuple(texts.get(str(c), str(c)) for c in one.get("competences") or ())
            loose = bool(raw.get("attachment") or bloc.get("attachment") or one.get("attachment")) or len(owners) > 1
            criteria.append(
                GoldCriterion(one.get("code"), one["text"], owners, bloc.get("title"), one.get("points"), loose)
            )
        deliverables += [_text(d) for d in bloc.get("deliverables") or ()]
    for modality in raw.get("modalities") or ():
        deliverables += [_text(d) for d in modality.get("deliverables") or ()]
    return Gold(
        path.parent.name, tuple(criteria), tuple(deliverables), tuple(competences), tuple(codes), raw.get("title")
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.get("text", ""))
