"""How much a sentence sounds like a judgment: a linear model over its words, for wordings that no rule foresees.

The weights stand in `tone.tsv`, one feature a line, learned by `assistant.evaluation.tone_training` from the sentences in
`evaluation/tone`. It is a logistic regression; nothing in it depends on any dossier or référentiel.
"""

import re
from collections.abc import Iterator
from functools import cache
from math import sqrt
from pathlib import Path

from assistant.text import fold, stem

FILE = Path(__file__).with_name("tone.tsv")
THRESHOLD = 0.5
"""Above this a sentence is taken for a judgment. Chosen by leaving out each author of training sentences in turn."""
EXCUSED = 4.0
"""The same for a sentence that states an absence or asks an open question: what a draft is there for."""
BIAS = "(bias)"
_SAYS = (
    "decri(?:t|vent)|precise|donne|cite|mentionne|montre|nomme|indique|chiffre|explique|detaille|presente|explicite|compare"
    "|parle|aborde|justifie|liste|comporte|propose|evoque|compte|mesure|date|contien(?:t|nent)|fourni(?:t|ssent)|di(?:t|sent)"
    "|prevoi(?:t|ent)|join(?:t|gnent)|figure|fai(?:t|t pas) etat"
)
_SAID = (
    "decrit|precise|donne|cite|mentionne|montre|nomme|indique|chiffre|explique|detaille|presente|explicite|compare|aborde"
    "|justifie|liste|propose|evoque|compte|mesure|date|fourni|dit|prevu|joint|trouve|repere"
)
_ABSENCE = re.compile(
    rf"\bn(?:e |')(?:en |y )?(?:{_SAYS})(?:nt)?\b|\bn(?:e |')(?:est|sont|a|ont)(?: pas| plus)?(?: ete)? (?:{_SAID})e?s?\b"
)
_OPEN_QUESTION = re.compile(
    r"^(?:comment|pourquoi|qu(?:e|'|i|oi)?|quel(?:le)?s?|ou|quand|combien|en quoi|d'ou|a qui|a quoi|de quand|pouvez-vous"
    r"|avez-vous|y a-t-il)\b[^.]*\?$"
)
_QUOTE = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+|[«%€/]")
GRAMS = (4, 5)


def features(text: str) -> frozenset[str]:
    """Stems, pairs of stems, and parts of words (so that an unknown word is judged by its kin); quotes are left out."""
    tokens = _TOKEN.findall(_plain(text))
    stems = ["#" if token[0].isdigit() else stem(token) if len(token) > 3 else token for token in tokens]
    made = {f"u:{one}" for one in stems}
    made |= {f"b:{a}_{b}" for a, b in zip(["<s>", *stems], [*stems, "</s>"], strict=True)}
    made |= {f"c:{gram}" for token in tokens for gram in _grams(token)}
    made.add(f"len:{min(6, len(tokens) // 4)}")
    if "?" in text:
        made.add("question")
    return frozenset(made)


def _grams(token: str) -> Iterator[str]:
    if token.isalpha() and len(token) > 4:
        whole = f"^{token}$"
        for size in GRAMS:
            yield from (whole[start : start + size] for start in range(len(whole) - size + 1))


def score(text: str) -> float:
    """The log odds that a sentence judges; see THRESHOLD."""
    weights = _weights()
    known = [weights[one] for one in features(text) if one in weights]
    return weights[BIAS] + (sum(known) / sqrt(len(known)) if known else 0.0)


def judges(text: str) -> bool:
    """Whether a sentence sounds like a judgment."""
    plain = _plain(text)
    calm = _ABSENCE.search(plain) or _OPEN_QUESTION.match(plain)
    return score(text) > (EXCUSED if calm else THRESHOLD)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(_QUOTE.sub(" « » ", text)).replace("’", "'")).strip()


@cache
def _weights() -> dict[str, float]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines)}
