"""What was drafted by a machine, item by item: each is adopted, edited or rejected by a person, one at a time."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.result import CriterionPart, Evidence, Search
from assistant.review.values import ChoiceValue, Verdict
from assistant.review.values import ItemKind as ItemKind

CitationState = Literal["word_for_word", "ocr", "none"]


@dataclass(frozen=True, slots=True)
class Item:
    """One drafted statement, gap or question; `id` depends on its words and its sources only.

    `search` is the search record a gap rests on; `prompt` what it was drafted with (None for the extractive drafter).
    """

    id: str
    kind: ItemKind
    text: str
    citations: tuple[str, ...]
    pages: tuple[int, ...]
    state: CitationState
    support: str = "unchecked"
    requirement: str = ""
    search: Search | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person did with an item; `text` is theirs when they edited it.

    `said`, `of` and `pages` are the item's own words, kind and pages when it was chosen: a later reading of the dossier
    may not draft it again, and what was taken over stays.
    """

    verdict: Verdict
    text: str = ""
    said: str = field(default="", compare=False)
    of: ItemKind | None = field(default=None, compare=False)
    pages: tuple[int, ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """What stands in the juror's work: their words, or the item's as they were."""
        return self.text if self.verdict == "edited" else self.said


def choice_of(value: ChoiceValue) -> Choice:
    """A kept choice."""
    return Choice(value.verdict, value.text, value.said, value.of, value.pages)


def items_of(part: CriterionPart) -> tuple[Item, ...]:
    """The drafted items of a criterion, in the order in which they are shown."""
    evidence = {one.id: one for one in part.evidence}
    searches = {requirement.id: requirement.search for requirement in part.requirements}
    items = [_item("observation", s.text, s.citations, evidence, s.support, s.prompt) for s in part.observation]
    for gap in part.gaps:
        made = Item(
            _name("gap", gap.text, (gap.requirement,)), "gap", gap.text, (), (), "none",
            requirement=gap.requirement, search=searches.get(gap.requirement), prompt=gap.prompt,
        )  # fmt: skip
        items.append(made)
    items += [_item("question", q.text, q.citations, evidence, q.support, q.prompt) for q in part.questions]
    return tuple({item.id: item for item in items}.values())


def _item(
    kind: ItemKind,
    text: str,
    citations: tuple[str, ...],
    evidence: Mapping[str, Evidence],
    support: str,
    prompt: str | None,
) -> Item:
    cited = [evidence[sid] for sid in citations if sid in evidence]
    state: CitationState = "none"
    if cited:
        state = "ocr" if any(one.source == "ocr" for one in cited) else "word_for_word"
    pages = tuple(sorted({page for one in cited for page in (one.page, *((one.over.page,) if one.over else ()))}))
    return Item(_name(kind, text, citations), kind, text, citations, pages, state, support, prompt=prompt)


def _name(kind: ItemKind, text: str, sources: tuple[str, ...]) -> str:
    return f"{kind[0]}{hashlib.sha256(json.dumps([kind, text, *sources]).encode()).hexdigest()[:12]}"
