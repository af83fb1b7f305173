"""What leaves in spite of the mask, and what is masked without need: on tables by a hand that never saw the code.

Odd lines are the half that was looked at while working, even lines the half kept back. A harmless table's lines are read
together, as the sentences of one dossier.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.known import KnownIdentity
from assistant.text import word_count

TABLES = Path(__file__).parent.parent / "tests" / "privacy" / "tables"
PAGES, WORDS_A_PAGE = 66, 450


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
        given = entry.get("given", {})
        known = KnownIdentity(
            tuple(given[name] for name in ("candidate", "trainer") if given.get(name)),
            tuple([given["company"]] if given.get("company") else []),
        )
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
    print(f"mask of {PAGES} pages: {seconds():.1f} s of processor time")


if __name__ == "__main__":
    main("--details" in sys.argv)
