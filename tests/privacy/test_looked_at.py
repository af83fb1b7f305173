"""Tables by hands that never saw the code, of which these halves were looked at: what must stay true of them."""

import json
from pathlib import Path

from assistant.privacy.dossier_mask import mask_of
from assistant.text import word_count

TABLES = Path(__file__).parent / "tables"
MOST_LEAVING = 0.04
MOST_MASKED = 0.02


def test_little_of_the_second_table_leaves() -> None:
    leaving, strings = [], 0
    for line in (TABLES / "looked_at.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        left = str(mask_of([entry["sentence"]], {}).hide(entry["sentence"]))
        strings += len(entry["hidden"])
        leaving += [written for written in entry["hidden"] if written in left]
    assert len(leaving) <= MOST_LEAVING * strings, leaving


def test_few_harmless_words_of_it_are_masked() -> None:
    sentences = (TABLES / "looked_at_harmless.txt").read_text(encoding="utf-8").splitlines()
    mask = mask_of(sentences, {})
    masked = [sentence[span.start : span.end] for sentence in sentences for span in mask.spans(sentence)]
    assert sum(map(word_count, masked)) <= MOST_MASKED * sum(map(word_count, sentences)), masked


def test_little_of_the_marked_texts_leaves() -> None:
    leaving, strings = [], 0
    for line in (TABLES / "marked_fourth_looked_at.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        lines = [one for one in entry["text"].split("\n") if one.strip()]
        mask = mask_of(lines, {})
        left = "\n".join(mask.hide(one) for one in lines)
        strings += len(entry["hidden"])
        leaving += [one["written"] for one in entry["hidden"] if one["written"] in left]
    assert len(leaving) <= MOST_LEAVING * strings, leaving
