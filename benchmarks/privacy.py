"""What leaves in spite of the mask, and what is masked without need: on tables by a hand that never saw the code.

Odd lines are the half that was looked at while working, even lines the half kept back. A harmless table's lines are read
together, as the sentences of one dossier. Three further tables, by three other hands, mark in each text what is hidden and
what is harmless; their halves kept back are files of their own, of which only counts are printed.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.health import HEALTH
from assistant.privacy.known import KnownIdentity
from assistant.text import word_count

TABLES = Path(__file__).parent.parent / "tests" / "privacy" / "tables"
PAGES, WORDS_A_PAGE = 66, 450
MARKED = ("second", "third", "fourth")
LEAST_COVERED = 0.75
"""Share of a string's letters below which a part of it counts as left."""
_BEGINS = re.compile(r"(?i)(?:(?:mme|mr|m\.|mlle|le|la|l['’]|née? (?:en|le)|association|cabinet) ?)*")


@dataclass(frozen=True, slots=True)
class Leak:
    """A string that left, the kind it is of, and whether it is the candidate's own."""

    kind: str
    written: str
    sentence: str
    own: bool


def half(lines: Sequence[str], kept_back: bool) -> list[str]:
    """Every other line: the even ones are those kept back."""
    return list(lines[1::2] if kept_back else lines[0::2])


def personal(kept_back: bool) -> tuple[list[Leak], int]:
    """The strings that left, and how many there are. Each line is a dossier of its own, masked with what was given for it."""
    leaks, strings = [], 0
    for line in half((TABLES / "personal.jsonl").read_text(encoding="utf-8").splitlines(), kept_back):
        entry = json.loads(line)
        known = _known(entry.get("given", {}))
        left = str(mask_of([entry["sentence"]], {}, known=known).hide(entry["sentence"]))
        for written in entry["hidden"]:
            strings += 1
            if written in left:
                leaks.append(Leak(entry["kind"], written, entry["sentence"], bool(entry.get("own"))))
    return leaks, strings


def harmless(kept_back: bool) -> tuple[list[tuple[str, str]], int]:
    """The harmless words that were masked, with their sentence, and how many words there are."""
    sentences = half((TABLES / "harmless.txt").read_text(encoding="utf-8").splitlines(), kept_back)
    mask = mask_of(sentences, {})
    masked = [(sentence[span.start : span.end], sentence) for sentence in sentences for span in mask.spans(sentence)]
    return masked, sum(map(word_count, sentences))


@dataclass(slots=True)
class Marked:
    """Counts over a table of marked texts: strings by kind, those that left whole and in part, harmless words, those masked,
    and the masked ones that are facts of health, hidden beside a name by design."""

    strings: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    partly: Counter[str] = field(default_factory=Counter)
    words: int = 0
    masked: int = 0
    of_health: int = 0
    told: list[str] = field(default_factory=list)
    """What is missed or masked without need, to be printed of the half that may be looked at."""


def marked(table: str, kept_back: bool) -> Marked:
    """Each text a dossier of its own, its lines the sentences; with `rest`, all else in it is harmless."""
    counts = Marked()
    file = TABLES / f"marked_{table}_{'kept_back' if kept_back else 'looked_at'}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = entry["text"]
        covered = _covered(text, _known(entry.get("given", {})))
        for one in entry["hidden"]:
            counts.strings[one["kind"]] += 1
            shares = [
                _share(covered, match.start(), match.end(), text)
                for match in re.finditer(re.escape(one["written"]), text)
            ]
            if shares and min(shares) < LEAST_COVERED:
                (counts.missed if min(shares) == 0 else counts.partly)[one["kind"]] += 1
                counts.told.append(f"{one['kind']}: {one['written']!r} in {text}")
        for start, end in _harmless(entry):
            kinds = {covered[at] for at in range(start, end)} - {""}
            size = word_count(text[start:end])
            counts.words += size
            counts.masked += size if kinds else 0
            counts.of_health += size if kinds == {HEALTH} else 0
            if kinds - {HEALTH}:
                counts.told.append(f"masked: {text[start:end]!r} in {text}")
    return counts


def _harmless(entry: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where the harmless words of a text stand."""
    text = entry["text"]
    if entry.get("rest"):
        hidden = [match.span() for one in entry["hidden"] for match in re.finditer(re.escape(one["written"]), text)]
        words = (match.span() for match in re.finditer(r"\w+", text))
        return [(start, end) for start, end in words if not any(a < end and start < b for a, b in hidden)]
    found = (re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in entry.get("harmless", ()))
    return [match.span() for match in found if match]


def _known(given: Mapping[str, str]) -> KnownIdentity:
    """What the installation knows of the candidate and those around."""
    people = tuple(given[name] for name in ("candidate", "trainer") if given.get(name))
    return KnownIdentity(people, tuple([given["company"]] if given.get("company") else []))


def _covered(text: str, known: KnownIdentity) -> list[str]:
    """For each letter of a text the kind of what hides it, or ""."""
    lines = text.split("\n")
    mask = mask_of([line for line in lines if line.strip()], {}, known=known)
    covered = [""] * len(text)
    start = 0
    for line in lines:
        for span in mask.spans(line):
            covered[start + span.start : start + span.end] = [span.kind] * (span.end - span.start)
        start += len(line) + 1
    return covered


def _share(covered: Sequence[str], start: int, end: int, text: str) -> float:
    """The share of letters and figures of a string that are hidden, without the civility or article it begins with."""
    start += len(_BEGINS.match(text[start:end]).group())  # type: ignore[union-attr]
    told = [at for at in range(start, end) if text[at].isalnum()]
    return sum(bool(covered[at]) for at in told) / max(1, len(told))


def seconds() -> float:
    """Seconds of one processor to make the mask of 66 pages, the model already loaded."""
    sentences = (TABLES / "harmless.txt").read_text(encoding="utf-8").splitlines()
    sentences += [
        json.loads(line)["sentence"] for line in (TABLES / "personal.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    whole: list[str] = []
    while sum(map(word_count, whole)) < PAGES * WORDS_A_PAGE:
        # No sentence twice: a dossier does not repeat itself.
        whole += [f"{sentence} ({len(whole)})" for sentence in sentences]
    mask_of(sentences[:5], {})
    start = time.process_time()
    mask_of(whole, {})
    return time.process_time() - start


def main(details: bool = False) -> None:
    """Prints misses by kind and over-masking for both halves, the misses themselves for the one that may be looked at."""
    for kept_back in (False, True):
        leaks, strings = personal(kept_back)
        masked, words = harmless(kept_back)
        over = sum(word_count(written) for written, _ in masked)
        name = "kept back" if kept_back else "looked at"
        own = sum(leak.own for leak in leaks)
        print(f"{name}: {len(leaks)} of {strings} strings leave ({100 * len(leaks) / strings:.1f} %), "
              f"{own} of the candidate's own; "
              f"{over} of {words} harmless words masked ({100 * over / words:.2f} %)")  # fmt: skip
        print("  by kind:", dict(Counter(leak.kind for leak in leaks).most_common()))
        if details and not kept_back:
            for leak in leaks:
                print(f"    {leak.kind}: {leak.written!r} in {leak.sentence}")
            for written, sentence in masked:
                print(f"    masked: {written!r} in {sentence}")
    for table in MARKED:
        for kept_back in (False, True):
            _tell(table, kept_back, details)
    print(f"mask of {PAGES} pages: {seconds():.1f} s of processor time")


def _tell(table: str, kept_back: bool, details: bool) -> None:
    counts = marked(table, kept_back)
    strings, missed, partly = (sum(one.values()) for one in (counts.strings, counts.missed, counts.partly))
    print(f"{table} table, {'kept back' if kept_back else 'looked at'}: {missed} of {strings} strings leave "
          f"({100 * missed / strings:.1f} %), {partly} more in part; {counts.masked} of {counts.words} harmless words "
          f"masked ({100 * counts.masked / counts.words:.2f} %), {counts.of_health} of them facts of health")  # fmt: skip
    print("  by kind:", dict((counts.missed + counts.partly).most_common()))
    if details and not kept_back:
        print("    " + "\n    ".join(counts.told))


if __name__ == "__main__":
    main("--details" in sys.argv)
