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

from assistant.drafting.clauses import Piece, pieces, plain, sentences, tokens
from assistant.drafting.lexicon import kinds_of, saying, word_stem
from assistant.drafting.told import as_things, without_reported
from assistant.text import content_words, stem

FILE = Path(__file__).with_name("tone.tsv")
BIAS = "(bias)"
CITED = "§"
"""Stands for a word of the cited sentences: it is the candidate's."""
RUN = 3
"""Words of a run that is held to be copied."""
QUOTE_SIGNS = re.compile(r"[«»“”\"]")
PART = 5
"""Letters of a beginning or an end of a word."""
_SMALL = frozenset(
    ["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "a", "au", "aux", "en", "ce", "cet"]
)
_SMALL |= {"cette", "ces", "que", "qu", "se", "s", "y", "n", "ne"}


@dataclass(frozen=True, slots=True)
class Heard:
    """The worst piece of a sentence and the log odds that it judges."""

    score: float
    words: str


SILENCE = Heard(float("-inf"), "")


@lru_cache(maxsize=20_000)
def _parts(token: str) -> tuple[str, ...]:
    if len(token) <= PART or not token.isalpha():
        return ()
    return (f"p:{token[:PART]}", f"s:{token[-PART:]}")


_DESCRIBED = re.compile(
    r"^(?:le|la|l'|les|un|une|ce|cette)\s?(?:dossier|candidate?|texte|document|tableau|page|annexe|passage|schema|graphique)s?\b"
)
_ASKED = re.compile(
    r"^(?:ni )?(?:comment|pourquoi|qu(?:e|'|i|oi)?|quel(?:le)?s?|ou|quand|combien|en quoi|d'ou|a qui|a quoi|de quand"
    r"|sur quo?i?|pouvez-vous|pourriez-vous|avez-vous|y a-t-il|a partir|depuis quand)\b"
)
_INDIRECT = re.compile(
    r"^ni (?:comment|pourquoi|qui|quand|combien|si|ou|quel(?:le)?s?|par qui|a qui|de quel(?:le)?s?)\b"
)
"""A further question that a dossier leaves open; weighed with its sentence only."""
_NEGATED = re.compile(r"\bn(?:e |').{0,40}\b(?:pas|guere|rien|jamais|plus|nullement|aucunement)\b")
_SAYS = frozenset(["describe", "act"])
AFTER = 30
"""Letters after a negation in which its verb is looked for."""
_NONE = re.compile(r"\b(?:aucune?|il n'y a|ne figure|ne se trouve|introuvable)\b|^(?:rien|on ne|ni)\b")
_ABSENT = re.compile(r"\bn(?:e |').{0,40}\b(?:pas|aucune?|ni|que|rien)\b|^(?:aucune?|rien|il n'est pas|on ne|ni)\b")


def about_nothing_found(text: str) -> bool:
    """Whether a text asks, or says what does not stand in the dossier: it need not share a word with what it cites."""
    folded = plain(text)
    return "?" in folded or any(_absent(sentence) for sentence in sentences(folded))


def _absent(clause: str) -> bool:
    """Whether a clause says that something is not said: "n'est pas" before anything but a verb of saying is no such thing."""
    found = _ABSENT.search(clause)
    if not found:
        return False
    negated = clause[found.start() : found.end() + AFTER]
    return bool(_NONE.search(clause)) or any(
        token in saying() or not _SAYS.isdisjoint(kinds_of(token)) for token in tokens(negated)
    )


def surroundings(clause: str, asked: bool) -> frozenset[str]:
    """What is told of a clause to each of its pieces; `asked`: it stands in a question."""
    said = tokens(clause)
    made = {f"len:{min(4, len(said) // 3)}"}
    if asked:
        made.add("question")
    if _ASKED.match(clause):
        made.add("asked")
    if _absent(clause):
        made.add("absent")
    elif _NEGATED.search(clause):
        made.add("negated")
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
        for place in ("described", "question", "absent", "negated", "w:others", "w:number", "across"):
            if place in around:
                made.add(f"k:{kind}@{place}")
    return frozenset(made)


def seen_in(
    text: str, excused: Collection[str] = (), copied: Collection[tuple[str, ...]] = ()
) -> list[tuple[frozenset[str], str]]:
    """The features of every piece of `text`, and its words; words whose stem is in `excused`, and runs of `copied` words
    (`runs_of`), say nothing."""
    read = without_reported(plain(text))
    folded = as_things(read)
    asked = "?" in folded
    made = []
    contexts: dict[str, frozenset[str]] = {}
    for piece, as_read in _as_read(folded, read):
        if _INDIRECT.match(piece.clause) and not piece.across:
            continue
        around = contexts.get(piece.clause)
        if around is None:
            around = contexts[piece.clause] = surroundings(piece.clause, asked)
        if piece.across:
            around = around & {"question", "asked"} | {"across"}
        heard = [CITED if excused and word_stem(one) in excused and one not in _SMALL else one for one in piece.tokens]
        for start in range(len(heard) - RUN + 1) if copied else ():
            if piece.tokens[start : start + RUN] in copied:
                heard[start : start + RUN] = [CITED] * RUN
        made.append((features(heard, around), " ".join(as_read.tokens)))
    return made


def _as_read(folded: str, read: str) -> list[tuple[Piece, Piece]]:
    """Each piece of a text beside its words as they read; itself where a name of a thing was cut otherwise."""
    weighing, reading = pieces(folded), pieces(read)
    return list(zip(weighing, reading if len(reading) == len(weighing) else weighing, strict=True))


def excused_by(cited: Sequence[str]) -> frozenset[str]:
    """Stems of the content words of the cited sentences: they are the candidate's."""
    return frozenset(stem(word) if len(word) > 3 else word for sentence in cited for word in content_words(sentence))


def runs_of(cited: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of RUN words of the cited sentences that is more than grammar."""
    said = [tokens(plain(QUOTE_SIGNS.sub(" ", sentence))) for sentence in cited]
    runs = (tuple(one[start : start + RUN]) for one in said for start in range(len(one) - RUN + 1))
    return frozenset(run for run in runs if content_words(" ".join(run)))


def weighed(
    text: str,
    excused: Collection[str] = (),
    copied: Collection[tuple[str, ...]] = (),
    among: Collection[str] | None = None,
) -> Heard:
    """The worst piece of `text`; given `among`, of those that hold one of these words."""
    weights = _weights()
    return max(
        (
            Heard(fsum([weights[BIAS], *(weights.get(one, 0.0) for one in seen)]), words)
            for seen, words in seen_in(text, excused, copied)
            if among is None or not {*among}.isdisjoint(words.split())
        ),
        key=lambda heard: heard.score,
        default=SILENCE,
    )


@cache
def _weights() -> dict[str, float]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines if not line.startswith("#"))}
