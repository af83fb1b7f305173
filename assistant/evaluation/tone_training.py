"""Learns the weights of `drafting/tone.py` from the sentences in `tone/` beside it: run as a module, it writes `tone.tsv`.

A sentence judges when one of its pieces does, and which one is not told (multiple-instance learning: Dietterich and others,
1997): each round fits a logistic regression with an L1 penalty, by scikit-learn, on every piece of the harmless sentences and
on the piece of each verdict that the round before held the worst. Sentences are also put together (a verdict with a fact, a
fact with a fact), so that a verdict is told from the facts around it. The sentences of `tests/drafting/tone` are never read
here: the tests measure on them.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from assistant.drafting.tone import BIAS, FILE, seen_in
from assistant.evaluation.tone_grammar import Side, made

TABLES = Path(__file__).parent / "tone"
VERDICTS = ("gate_verdicts.txt", "verdicts.txt", "verdicts_clauses.txt", "irony.txt")
HARMLESS = ("gate_harmless.txt", "harmless.txt", "harmless_drafts.txt", "facts.txt")
"""The first of each is the table the gate answers for."""
DRAFTED = "drafted.txt"
"""What models drafted for the recordings, and short gaps and questions of that kind: the very text the gate is for."""
COUNTED = 4
"""Times each drafted sentence counts: they are few beside the written ones."""
MIXED_VERDICTS, MIXED_HARMLESS = 1800, 2200
"""Sentences put together of two."""
ROUNDS, SEEN, STRENGTH = 3, 3, 1.6
"""`SEEN`: a feature must occur in so many sentences; `STRENGTH`: scikit-learn's C, the smaller the fewer weights."""
WORST, BURDEN = 0.7, 1.2
"""The part of a harmless sentence's weight that lies on its worst piece; what one weighs beside a verdict."""
VERSION = 3
Bag = list[frozenset[str]]
_SUBJECT = re.compile(r"^(Le candidat|La candidate|Le dossier|L[’']analyse|L[ea] [a-zéèà]+) (?=[a-zéèêà])")


def learned(verdicts: Sequence[str], harmless: Sequence[str], strength: float = STRENGTH) -> dict[str, float]:
    """Weights by feature, and the bias."""
    chance = random.Random(3)
    facts = [text for text in harmless if not text.endswith("?")]
    mixed = [
        diluted(text, chance.choice(facts), chance)
        for text in chance.sample(verdicts, min(len(verdicts), MIXED_VERDICTS))
    ]
    joined = [diluted(text, chance.choice(facts), chance) for text in chance.choices(facts, k=MIXED_HARMLESS)]
    bad, good = ([_bag(text) for text in texts] for texts in ((*verdicts, *mixed), (*harmless, *joined)))
    counts = Counter(name for bag in (*bad, *good) for name in frozenset().union(*bag))
    places = {name: place for place, name in enumerate(sorted(name for name, count in counts.items() if count >= SEEN))}
    model = _fitted(_table(bad, places), _ends(bad), _table(good, places), _ends(good), strength)
    weights = {name: float(model.coef_[0][place]) for name, place in places.items()}
    return {
        **{name: weight for name, weight in weights.items() if abs(weight) >= 0.005},
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


def _bag(text: str) -> Bag:
    return [seen for seen, _ in seen_in(text)]


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
) -> LogisticRegression:
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
    )
    lines = [f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items())]
    FILE.write_text(f"# version {VERSION}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} weights written to {FILE.name}")


if __name__ == "__main__":
    main()
