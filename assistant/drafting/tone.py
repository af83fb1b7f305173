"""How much a piece of a sentence sounds like a judgment: a small linear model, for wordings that no rule foresees.

It sees stems, pairs of stems, beginnings and ends of words, and the kinds of words (`lexicon.yaml`) that stand together. The
weights stand in `tone.tsv`, one feature a line, learned by `assistant.evaluation.tone_training` from the sentences in
`evaluation/tone`: a logistic regression that knows no dossier and no référentiel. The worst piece of a sentence decides.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise
from math import fsum
from pathlib import Path

import yaml

from assistant.drafting.clauses import pieces, plain, tokens
from assistant.text import stem

FILE = Path(__file__).with_name("tone.tsv")
LEXICON = Path(__file__).with_name("lexicon.yaml")
BIAS = "(bias)"
CITED = "§"
"""Stands for a word of the cited sentences: it is the candidate's."""
PART = 5
"""Letters of a beginning or an end of a word."""
_SMALL = frozenset(
    ["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "a", "au", "aux", "en", "ce", "cet"]
)
_SMALL |= {"cette", "ces", "que", "qu", "se", "s", "y", "n", "ne"}

_MISTAKEN = frozenset(["sur", "notamment", "sommes", "ton", "egalement", "as"])
"""Grammatical words that have the stem of another word."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The worst piece of a sentence and the log odds that it judges."""

    score: float
    words: str


PLAIN_ALONE = "plain_alone"
"""The list of the lexicon that is no kind: words that judge nothing by themselves."""


@cache
def lexicon() -> dict[str, str]:
    """The words of each kind, as they stand in the file."""
    read: dict[str, str] = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return read


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Kinds of words by stem."""
    kinds: dict[str, list[str]] = {}
    for kind, words in lexicon().items():
        if kind == PLAIN_ALONE:
            continue
        for word in dict.fromkeys(words.split()):
            for part in word.split("-")[:1]:
                kinds.setdefault(word_stem(part), []).append(kind)
    return {name: tuple(dict.fromkeys(found)) for name, found in kinds.items()}


@lru_cache(maxsize=20_000)
def word_stem(token: str) -> str:
    """The stem by which a folded word is compared; one sign for every number."""
    if token[0].isdigit():
        return "#"
    return stem(token) if len(token) > 3 else token


@lru_cache(maxsize=20_000)
def _parts(token: str) -> tuple[str, ...]:
    if len(token) <= PART or not token.isalpha():
        return ()
    return (f"p:{token[:PART]}", f"s:{token[-PART:]}")


@lru_cache(maxsize=20_000)
def kinds_of(token: str) -> tuple[str, ...]:
    """What the lexicon holds a folded word to be."""
    found = () if token in _MISTAKEN else _lexicon().get(word_stem(token), ())
    if token[0].isdigit():
        found = (*found, "number")
    return found


_DESCRIBED = re.compile(
    r"^(?:le|la|l'|les|un|une|ce|cette)\s?(?:dossier|candidate?|texte|document|tableau|page|annexe|passage|schema|graphique)s?\b"
)
_ASKED = re.compile(
    r"^(?:comment|pourquoi|qu(?:e|'|i|oi)?|quel(?:le)?s?|ou|quand|combien|en quoi|d'ou|a qui|a quoi|de quand|sur quo?i?"
    r"|pouvez-vous|pourriez-vous|avez-vous|y a-t-il|a partir|depuis quand)\b"
)
_ABSENT = re.compile(r"\bn(?:e |').{0,40}\b(?:pas|aucune?|ni|que|rien)\b|^(?:aucune?|rien|il n'est pas|on ne)\b")


def about_nothing_found(text: str) -> bool:
    """Whether a text asks, or says what does not stand in the dossier: it need not share a word with what it cites."""
    folded = plain(text)
    return "?" in folded or bool(_ABSENT.search(folded))


def surroundings(clause: str, asked: bool) -> frozenset[str]:
    """What is told of a clause to each of its pieces; `asked`: it stands in a question."""
    said = tokens(clause)
    made = {f"len:{min(4, len(said) // 3)}"}
    if asked:
        made.add("question")
    if _ASKED.match(clause):
        made.add("asked")
    if _ABSENT.search(clause):
        made.add("absent")
    if _DESCRIBED.match(clause):
        made.add("described")
    kinds = {kind for token in said for kind in kinds_of(token)}
    made |= {f"w:{kind}" for kind in kinds & {"others", "describe", "act", "who", "number", "work", "verdict"}}
    return frozenset(made)


def features(piece: Sequence[str], around: Collection[str]) -> frozenset[str]:
    """What the model sees of one piece."""
    stems = [word_stem(token) for token in piece]
    made = set(around)
    made |= {f"u:{one}" for one in stems}
    made |= {f"b:{a}_{b}" for a, b in pairwise(stems)}
    kinds: list[str] = []
    for token in piece:
        made.update(_parts(token))
        kinds += kinds_of(token)
    seen = sorted(set(kinds))
    made |= {f"k:{kind}" for kind in seen} or {"k:none"}
    made |= {f"k:{a}+{b}" for a, b in combinations(seen, 2)}
    made.add(f"n:{min(8, len(piece))}")
    full = [token for token in piece if token not in _SMALL]
    unknown = sum(1 for token in full if not kinds_of(token))
    made.add(f"x:{min(4, unknown)}")
    if full and (first := kinds_of(full[0])):
        made |= {f"f:{kind}" for kind in first}
    for kind in seen:
        for place in ("described", "question", "absent", "w:others", "w:number", "across"):
            if place in around:
                made.add(f"k:{kind}@{place}")
    return frozenset(made)


def seen_in(text: str, excused: Collection[str] = ()) -> list[tuple[frozenset[str], str]]:
    """The features of every piece of `text`, and its words; words whose stem is in `excused` say nothing."""
    folded = plain(text)
    asked = "?" in folded
    made = []
    contexts: dict[str, frozenset[str]] = {}
    for piece in pieces(folded):
        around = contexts.get(piece.clause)
        if around is None:
            around = contexts[piece.clause] = surroundings(piece.clause, asked)
        if piece.across:
            around = around & {"question", "asked"} | {"across"}
        heard = [CITED if excused and word_stem(one) in excused and one not in _SMALL else one for one in piece.tokens]
        made.append((features(heard, around), " ".join(piece.tokens)))
    return made


def weighed(text: str, excused: Collection[str] = ()) -> Heard:
    """The worst piece of `text`."""
    weights = _weights()
    return max(
        (
            Heard(fsum([weights[BIAS], *(weights.get(one, 0.0) for one in seen)]), words)
            for seen, words in seen_in(text, excused)
        ),
        key=lambda heard: heard.score,
    )


@cache
def _weights() -> dict[str, float]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines if not line.startswith("#"))}
