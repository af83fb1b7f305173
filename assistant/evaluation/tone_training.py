"""Learns the weights of `drafting/tone.py` from the sentences in `tone/` beside it: run as a module, it writes `tone.tsv`.

A logistic regression by accelerated gradient descent (Nesterov, 1983), with an L2 penalty on all weights but the bias.
The sentences of `tests/drafting/tone/unseen_*.txt` are never read here: the tests measure on them.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.drafting.tone import BIAS, FILE, features

TABLES = Path(__file__).parent / "tone"
VERDICTS = ("gate_verdicts.txt", "verdicts.txt")
HARMLESS = ("gate_harmless.txt", "harmless.txt")
"""The first of each is the table the gate answers for; its harmless sentences count twice."""
DRAFTED = "drafted.txt"
"""What models drafted for the recordings, and short gaps and questions of that kind: the very text the gate is for."""
COUNTED = 4
"""Times each drafted sentence counts: they are few beside the written ones."""
PENALTY, TURNS, SEEN, LEAST = 0.1, 160, 2, 0.05
"""`SEEN`: a feature must occur in so many sentences; `LEAST`: smaller weights are left out of the file."""


def learned(verdicts: Sequence[str], harmless: Sequence[str]) -> dict[str, float]:
    """Weights by feature, and the bias."""
    every = [features(text) for text in (*verdicts, *harmless)]
    counts = Counter(name for one in every for name in one)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    places = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(every), len(names) + 1), dtype=np.float32)
    for row, one in enumerate(every):
        known = [places[name] for name in one if name in places]
        table[row, known] = 1 / np.sqrt(max(1, len(known)))
        table[row, -1] = 1
    judged = np.array([1.0] * len(verdicts) + [0.0] * len(harmless), dtype=np.float32)
    weights = _descended(table, judged)
    kept = {name: float(weights[place]) for name, place in places.items() if abs(weights[place]) >= LEAST}
    return {**kept, BIAS: float(weights[-1])}


def _descended(table: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", judged: np.ndarray) -> np.ndarray:
    penalty = np.full(table.shape[1], PENALTY, dtype=np.float32)
    penalty[-1] = 0.0
    slope = 0.25 * float(np.linalg.norm(table, 2)) ** 2 + PENALTY
    weights = ahead = np.zeros(table.shape[1], dtype=np.float32)
    for turn in range(TURNS):
        chance = 1 / (1 + np.exp(-(table @ ahead)))
        fresh = ahead - (table.T @ (chance - judged) + penalty * ahead) / slope
        ahead = fresh + turn / (turn + 3) * (fresh - weights)
        weights = fresh
    return weights


def sentences(files: Sequence[str], folder: Path = TABLES) -> list[str]:
    """The lines of the tables, each once."""
    lines = [line.strip() for name in files for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def main() -> None:
    """Learns and writes the weights."""
    harmless = sentences(HARMLESS) + sentences(HARMLESS[:1]) + COUNTED * sentences([DRAFTED])
    weights = learned(sentences(VERDICTS), harmless)
    lines = [f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} weights written to {FILE.name}")


if __name__ == "__main__":
    main()
