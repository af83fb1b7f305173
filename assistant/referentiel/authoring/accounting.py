"""Each word of the source is placed or listed; each field's words stand in the source, in order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.referentiel.authoring.draft import Draft
from assistant.referentiel.authoring.sources.pieces import FURNITURE, Paragraph, Source, tokens

OURS = {"id", "version", "kind", "scale", "competences", "activity", "assessed_by", "needs", "kinds"}


@dataclass(frozen=True, slots=True)
class Account:
    """Words of the source: in the référentiel, on the doubt list, and in neither."""

    placed: int
    listed: int
    unaccounted: int


def settle(source: Source, draft: Draft, referentiel: dict[str, Any]) -> Account:
    """Counts the words, and adds to the draft's doubts whatever found no place."""
    inside = Counter(token for text in texts(referentiel) for token in tokens(text))
    raw: dict[int, Counter[str]] = {}
    for page, text in source.words:
        raw.setdefault(page, Counter()).update(tokens(text))
    read: dict[int, Counter[str]] = {}
    placed = 0
    waiting: list[tuple[str, Paragraph]] = []
    rests: dict[int, list[str]] = {}
    for paragraph in source.paragraphs():
        own = Counter(tokens(paragraph.text))
        read.setdefault(paragraph.page, Counter()).update(own)
        fields = draft.used.get(id(paragraph))
        found = own & inside if fields else Counter()
        # A paragraph most of whose words are in no field was let go after all: it is listed whole.
        if fields and 2 * found.total() >= own.total():
            inside -= found
            placed += found.total()
            left = list((own - found).elements())
            if left:
                rests.setdefault(paragraph.page, []).extend(left)
        else:
            waiting.append((_kind(draft, paragraph), paragraph))
    listed = _list(draft, waiting)
    for page, words in rests.items():
        draft.doubt("stripped", " ".join(words), page)
        listed += len(words)
    total = sum(words.total() for words in raw.values())
    everywhere = sum(raw.values(), Counter())
    lost = everywhere - sum(read.values(), Counter())
    if lost:
        draft.doubt("lost", " ".join(lost.elements()), 1)
        listed += lost.total()
    return Account(placed, listed, max(0, total - placed - listed))


def _kind(draft: Draft, paragraph: Paragraph) -> str:
    return "furniture" if paragraph.heading == FURNITURE else draft.asides.get(id(paragraph), "unplaced")


def _list(draft: Draft, waiting: list[tuple[str, Paragraph]]) -> int:
    """One doubt for each run of paragraphs of one page and kind; one for all headings of tables and parts."""
    words = 0
    headings = [paragraph for kind, paragraph in waiting if kind == "headings"]
    if headings:
        draft.doubt("headings", "\n".join(paragraph.text for paragraph in headings), headings[0].page)
        words += sum(len(tokens(paragraph.text)) for paragraph in headings)
    runs: list[tuple[str, int, list[str]]] = []
    for kind, paragraph in ((kind, paragraph) for kind, paragraph in waiting if kind != "headings"):
        words += len(tokens(paragraph.text))
        if runs and runs[-1][:2] == (kind, paragraph.page) and kind == "furniture":
            runs[-1][2].append(paragraph.text)
        else:
            runs.append((kind, paragraph.page, [paragraph.text]))
    for kind, page, parts in runs:
        if tokens(" ".join(parts)):
            draft.doubt(kind, "\n".join(parts), page)
    return words


def texts(value: Any, name: str = "") -> Iterable[str]:
    """Every word of the référentiel that comes from the source."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, name)
    elif name in OURS:
        return
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and name == "points":
        yield f"{value:g}"


def unfaithful(source: Source, referentiel: dict[str, Any]) -> list[str]:
    """The fields whose words do not stand in the source in their order; a text that a page cuts may stand in parts."""
    stream = " " + " ".join(" ".join(tokens(p.text)) for p in source.paragraphs()) + " "
    found = []
    for text in texts({k: v for k, v in referentiel.items() if k != "min_count"}):
        words = tokens(text)
        if words and not _stands(words, stream):
            found.append(text)
    return found


def _stands(words: list[str], stream: str, parts: int = 6) -> bool:
    start = 0
    while start < len(words):
        if parts == 0:
            return False
        end = len(words)
        while end > start and f" {' '.join(words[start:end])} " not in stream:
            end -= 1
        if end == start:
            return False
        start = end
        parts -= 1
    return True
