"""Learns the weights of `drafting/tone.py` from the sentences in `tone/` beside it: run as a module, it writes `tone.tsv`.

A sentence judges when one of its pieces does, and which one is not told (multiple-instance learning: Dietterich and others,
1997): each round fits a logistic regression with an L1 penalty, by scikit-learn, on every piece of the harmless sentences and
on the piece of each verdict that the round before held the worst. Sentences are also put together (a verdict with a fact, a
fact with a fact), so that a verdict is told from the facts around it. Each is learned as it stands and beside a citation: the
one of its table, or else one that is taken to hold some of its plain words, since a statement takes up those it cites. The
sentences of `tests/drafting/tone` are never read here: the tests measure on them.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from assistant.drafting.clauses import plain
from assistant.drafting.lexicon import kinds_of, word_stem
from assistant.drafting.tone import BIAS, FILE, excused_by, runs_of, seen_in
from assistant.evaluation.tone_grammar import Side, made
from assistant.text import content_words

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

TABLES = Path(__file__).parent / "tone"
VERDICTS = ("gate_verdicts.txt", "verdicts.txt", "verdicts_clauses.txt", "irony.txt", "irony_more.txt")
HARMLESS = ("gate_harmless.txt", "harmless.txt", "harmless_drafts.txt", "facts.txt", "facts_more.txt")
"""The first of each is the table the gate answers for."""
DRAFTED = "drafted.txt"
"""What models drafted for the recordings, and short gaps and questions of that kind: the very text the gate is for."""
CITED = ("cited_verdicts.jsonl", "cited_harmless.jsonl")
"""Sentences with those they cite."""
SHARED_FACT, SHARED_VERDICT = 0.6, 0.5
"""How many of the plain words of a fact, or of what a verdict is about, are taken to stand in what it cites."""
SUBJECT = frozenset(["work", "thing", "act", "others", "describe", "measure"])
"""Kinds of words by which a verdict says what it is about."""
COUNTED = 4
"""Times each drafted sentence counts: they are few beside the written ones."""
TIMES_CITED = 2
"""Times each sentence with a true citation counts."""
MIXED_VERDICTS, MIXED_HARMLESS = 1800, 2200
"""Sentences put together of two."""
ROUNDS, SEEN, STRENGTH = 3, 3, 1.6
"""`SEEN`: a feature must occur in so many sentences; `STRENGTH`: scikit-learn's C, the smaller the fewer weights."""
MOST, LEAST = 2_900, 0.005
"""Weights that ship at most, the heaviest; a lighter one than `LEAST` says nothing."""
WORST, BURDEN = 0.7, 1.2
"""The part of a harmless sentence's weight that lies on its worst piece; what one weighs beside a verdict."""
VERSION = 4
HEAVY = frozenset(["praise", "blame", "merit", "weigh", "degree", "level", "verdict", "idiom", "either"])
Bag = list[frozenset[str]]
_SUBJECT = re.compile(r"^(Le candidat|La candidate|Le dossier|L[’']analyse|L[ea] [a-zéèà]+) (?=[a-zéèêà])")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what stands in those it cites: stems of words, runs of words."""

    text: str
    words: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()


def learned(
    verdicts: Sequence[str],
    harmless: Sequence[str],
    cited: tuple[Sequence[Told], Sequence[Told]] = ((), ()),
    strength: float = STRENGTH,
) -> dict[str, float]:
    """Weights by feature, and the bias; `cited`: verdicts and harmless statements with what they cite."""
    chance = random.Random(3)
    facts = [text for text in harmless if not text.endswith("?")]
    beside = [chance.choice(facts) for _ in range(min(len(verdicts), MIXED_VERDICTS))]
    mixed = [
        Told(diluted(text, fact, chance), _shared(fact, SHARED_FACT, chance) if chance.random() < 0.5 else frozenset())
        for text, fact in zip(chance.sample(verdicts, len(beside)), beside, strict=True)
    ]
    joined = [diluted(text, chance.choice(facts), chance) for text in chance.choices(facts, k=MIXED_HARMLESS)]
    verdict_bags = [
        *_bags([Told(text) for text in verdicts]),
        *_bags(mixed),
        *_bags([Told(text, _shared(text, SHARED_VERDICT, chance, SUBJECT)) for text in verdicts]),
        *_bags(cited[0]) * TIMES_CITED,
    ]
    harmless_bags = [
        *_bags([Told(text) for text in (*harmless, *joined)]),
        *_bags([Told(text, _shared(text, SHARED_FACT, chance)) for text in (*harmless, *joined)]),
        *_bags(cited[1]) * TIMES_CITED,
    ]
    counts = Counter(name for bag in (*verdict_bags, *harmless_bags) for name in frozenset().union(*bag))
    places = {name: place for place, name in enumerate(sorted(name for name, count in counts.items() if count >= SEEN))}
    bad, good = _table(verdict_bags, places), _table(harmless_bags, places)
    model = _fitted(bad, _ends(verdict_bags), good, _ends(harmless_bags), strength)
    weights = {name: float(model.coef_[0][place]) for name, place in places.items()}
    heaviest = sorted(weights, key=lambda name: (-abs(weights[name]), name))[:MOST]
    return {
        **{name: weights[name] for name in heaviest if abs(weights[name]) >= LEAST},
        BIAS: float(model.intercept_[0]),
    }


def diluted(text: str, fact: str, chance: random.Random) -> str:
    """`text` and a factual sentence made into one: before, behind, in brackets, after a colon, or in the middle."""
    turn = chance.randrange(9)
    said, told = text.rstrip(". !?"), fact.rstrip(". ?")
    subject, other = _SUBJECT.match(text), _SUBJECT.match(told)
    if turn >= 7 and subject:
        middle = f"qui {told[other.end() :]}" if other else f"comme l’indique la page 6 où {_lower(told)}"
        return f"{subject.group(1)}, {middle}, {text[subject.end() :]}"
    ways = (
        f"{told}, et {_lower(said)}.",
        f"{said}, {_lower(told)}.",
        f"{told} ; {_lower(said)}.",
        f"{said}, car {_lower(told)}.",
        f"{told}. {said}.",
        f"{told}, ce qui fait que {_lower(said)}.",
        f"{told} ({_lower(said)}).",
        f"{told} : {_lower(said)}.",
        f"{told}, {_lower(said)}.",
    )
    return ways[turn]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _bags(said: Sequence[Told]) -> list[Bag]:
    return [[seen for seen, _ in seen_in(one.text, one.words, one.runs)] for one in said]


def _shared(text: str, part: float, chance: random.Random, kinds: frozenset[str] = frozenset()) -> frozenset[str]:
    """Stems of some plain words of `text` (of these kinds, where given), as if what it cites held them."""
    plain_ones = (
        word
        for word in content_words(plain(text))
        if (not kinds or kinds.intersection(kinds_of(word))) and not HEAVY.intersection(kinds_of(word))
    )
    return frozenset(word_stem(word) for word in plain_ones if chance.random() < part)


def cited_table(name: str) -> list[Told]:
    """The sentences of a table with those they cite."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [Told(row["sentence"], excused_by(row["cited"]), runs_of(row["cited"])) for row in rows]


def _table(bags: Sequence[Bag], places: dict[str, int]) -> sp.csr_matrix:
    rows, columns = [], []
    pieces = [piece for bag in bags for piece in bag]
    for row, piece in enumerate(pieces):
        known = [places[name] for name in piece if name in places]
        rows += [row] * len(known)
        columns += known
    table = sp.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(pieces), len(places)))
    table.sort_indices()  # sets have no order: without this two runs differ in the last digits, then in the worst pieces
    return table


def _ends(bags: Sequence[Bag]) -> np.ndarray:
    return np.cumsum([0, *(len(bag) for bag in bags)])


def _fitted(
    bad: sp.csr_matrix, bad_ends: np.ndarray, good: sp.csr_matrix, good_ends: np.ndarray, strength: float
) -> "LogisticRegression":
    from sklearn.linear_model import LogisticRegression

    worst = bad_ends[:-1]
    share = np.concatenate([np.full(end - start, 1 / (end - start)) for start, end in pairwise(good_ends)])
    model = LogisticRegression(penalty="l1", C=strength, solver="liblinear", max_iter=100, random_state=0)
    for _ in range(ROUNDS):
        table = sp.vstack([bad[worst], good]).tocsr()
        judged = np.concatenate([np.ones(len(worst)), np.zeros(good.shape[0])])
        model.fit(table, judged, sample_weight=np.concatenate([np.ones(len(worst)), share * BURDEN]))
        heard, calm = model.decision_function(bad), model.decision_function(good)
        worst = np.array([start + int(np.argmax(heard[start:end])) for start, end in pairwise(bad_ends)])
        share = np.concatenate([_shares(calm[start:end]) for start, end in pairwise(good_ends)])
    return model


def _shares(scores: np.ndarray) -> np.ndarray:
    shares = np.full(len(scores), (1 - WORST) / max(1, len(scores) - 1))
    shares[int(np.argmax(scores))] = WORST
    return shares


def sentences(files: Sequence[str], folder: Path = TABLES) -> list[str]:
    """The lines of the tables, each once."""
    lines = [line.strip() for name in files for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def _of_grammar(side: Side) -> list[str]:
    return [text for texts in made(side).values() for text in texts]


def main() -> None:
    """Learns and writes the weights."""
    weights = learned(
        sentences(VERDICTS) + _of_grammar("verdicts"),
        sentences(HARMLESS) + COUNTED * sentences([DRAFTED]) + _of_grammar("harmless"),
        (cited_table(CITED[0]), cited_table(CITED[1])),
    )
    lines = [f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items())]
    FILE.write_text(f"# version {VERSION}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} weights written to {FILE.name}")


if __name__ == "__main__":
    main()
