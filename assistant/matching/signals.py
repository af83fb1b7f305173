"""What speaks for a sentence as evidence of a requirement: one number per signal, requirement and sentence.

Every signal is about words, places and turns of phrase; none is about how good the candidate is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.model import Dossier, Passage, Sentence
from assistant.matching.concepts import spoken_of
from assistant.matching.lexical import LexicalIndex, Query, Scores, coverage, query_of
from assistant.matching.question import Question
from assistant.matching.weights import Array
from assistant.text import stems

SIGNALS: Mapping[str, str] = {
    "clues": "BM25 of the sentence for the requirement's words and clues, in standard deviations over the dossier",
    "requirement": "BM25 of the sentence for the requirement's words alone, in standard deviations",
    "criterion": "BM25 of the sentence for the criterion's words alone, in standard deviations",
    "passage": "BM25 of the passage around it for requirement, criterion and clues, in standard deviations",
    "section": "BM25 of the section it stands in for the same words, in standard deviations",
    "title": "BM25 of that section's title for the same words, in standard deviations",
    "clue_share": "largest share of one clue's words that it holds, each word by its rarity, 0 to 1",
    "vector": "cosine of the question with the passage's vector, in standard deviations over the passages",
    "vector_raw": "the same cosine as it is, -1 to 1",
    "reverse": "best cosine of the passage with any one clue of the requirement, 0 to 1",
    "neighbours": "fit (a sum of the signals above) of the better of the two sentences beside it in its section",
    "competition": "fit for this criterion less the fit for the best other criterion, -4 to 4",
    "number": "chunks with a figure in it, 0 to 3; 0 where the requirement calls for no figure",
    "layout": "1 if it is a table row, caption, form field or read in a picture and the requirement calls for that",
    "lived": "1 if it tells what was done or counted (« j’ai mesuré »), else 0",
    "rule": "1 if it states a rule that is followed (« dès que », « chaque lundi »), else 0",
    "reason": "1 if it gives a reason or a choice (« parce que », « plutôt que »), else 0",
    "intention": "1 if it announces or wishes (« à terme », « il faudrait »), else 0",
    "slogan": "1 if it is a generality of the trade (« au cœur de nos valeurs »), else 0",
    "lack": "1 if it says that something is missing, else 0",
    "length": "logarithm of one plus its words",
    "heading": "1 if it is a heading, else 0",
    "counter": "share of the best counter-clue less share of the best clue, 0 to 1",
    "echo": "share of the criterion's own words it repeats beyond a free third, 0 to 0.7; 0.3 of that beside a figure",
    "concrete": "chunks with a figure in it, 0 to 4, whatever is asked",
    "names": "capitalised words inside it (people, places, tools), 0 to 4",
    "around": "mean fit of the three sentences before and after it in its section",
    "section_fit": "BM25 of its section for this criterion less that for the best other criterion, -4 to 4",
    "laid_out": "1 if it is a table row, caption, form field or read in a picture, whatever is asked",
}
"""Every signal by name: what it measures and in what unit."""
NAMES = tuple(SIGNALS)


AROUND = 3
LEAST_WORDS = 2
"""Content words without which a sentence ("1.", "Oui.") says nothing that can be cited."""
LEAST_ECHO = 3
ECHO_FREE = 0.3
"""Share of a criterion's words that any sentence on its subject may well use."""
_ACTS = re.compile(
    r"(?i)(?:^|[^\w’'])(?:je|nous|on)\s(?!(?:doit|devons|dois|peut|pouvons|peux|devrait|devrais)\b)\w|\bj[’']\w"
)
_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÉÈÀ][\w’'-]+")


@dataclass(frozen=True, slots=True)
class EvidenceCandidates:
    """The sentences that may be evidence, with the passage and the section each stands in."""

    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    passages: tuple[Passage, ...]
    passage_of: NDArray[np.int64]
    sections: tuple[str, ...]
    titles: tuple[str, ...]
    section_of: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VectorSignals:
    """From the vector store: `forward[q, p]` cosine of question q with passage p; `reverse[q, p]` its best clue's."""

    forward: Array
    reverse: Array


@dataclass(frozen=True, slots=True)
class Indexes:
    """What words stand where: in the sentences, the passages, the sections and their titles of one dossier."""

    texts: LexicalIndex
    passages: LexicalIndex
    sections: LexicalIndex
    titles: LexicalIndex


def indexes_of(field: EvidenceCandidates) -> Indexes:
    """The lexical indexes of a dossier: made once, asked for criteria and for deliverables."""
    return Indexes(
        LexicalIndex(field.texts),
        LexicalIndex([f"{p.section} {p.text}" for p in field.passages]),
        LexicalIndex(field.sections),
        LexicalIndex(field.titles),
    )


def evidence_candidates(dossier: Dossier) -> EvidenceCandidates:
    """Body sentences that say something: headers, official wording, list numbers and the like are never evidence."""
    inside = {sid: place for place, passage in enumerate(dossier.passages) for sid in passage.sentence_ids}
    sentences = tuple(
        s for s in dossier.sentences if s.role == "body" and s.id in inside and len(stems(s.text)) >= LEAST_WORDS
    )
    runs = [list(run) for _, run in groupby(sentences, key=lambda s: s.section)]
    return EvidenceCandidates(
        sentences,
        tuple(searchable(s) for s in sentences),
        dossier.passages,
        np.array([inside[s.id] for s in sentences], dtype=np.int64),
        tuple(" ".join([run[0].section, *(s.text for s in run)]) for run in runs),
        tuple(run[0].section for run in runs),
        np.array([place for place, run in enumerate(runs) for _ in run], dtype=np.int64),
    )


def searchable(sentence: Sentence) -> str:
    """A sentence with the column headings it stands under."""
    return sentence.text


def standard(scores: Scores) -> Array:
    """Each row centred and scaled, so that requirements with many words do not shout."""
    if scores.size == 0:
        return scores
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray(
        (scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 1e-6, spread, 1.0), dtype=np.float32
    )


def compute_features(
    questions: Sequence[Question], field: EvidenceCandidates, vectors: VectorSignals, indexes: Indexes | None = None
) -> Array:
    """All signals: an array of shape (questions, sentences, len(NAMES)). `indexes`: those of `field`, where made before."""
    indexes = indexes or indexes_of(field)
    full = [searched(q, q.asked, q.subject, *q.clues) for q in questions]
    own = [query_of([q.asked]) for q in questions]
    index = indexes.texts
    clues = standard(index.scores([searched(q, q.asked, *q.clues) for q in questions]))
    requirement = standard(index.scores(own))
    criterion = standard(index.scores([query_of([q.subject]) for q in questions]))
    passage = standard(indexes.passages.scores(full))[:, field.passage_of]
    section = standard(indexes.sections.scores(full))[:, field.section_of]
    title = standard(indexes.titles.scores(full))[:, field.section_of]
    share = clue_share(index, questions, field.texts)
    vector = standard(vectors.forward)[:, field.passage_of]
    reverse = vectors.reverse[:, field.passage_of]
    fused = (clues + 0.5 * requirement + 0.5 * passage + 0.5 * vector + 3.0 * share) / 2.5
    neighbours = _neighbours(fused, field)
    columns = [
        clues, requirement, criterion, passage, section, title, share, vector,
        vectors.forward[:, field.passage_of], reverse, neighbours, _competition(fused, questions),
        *_turns(questions, field), _counter(index, questions, field.texts, share),
        _echo(questions, field), *_concrete(field, len(questions)),
        _around(fused, field), _competition(section, questions),
        _laid_out(field, len(questions)),
    ]  # fmt: skip
    return np.stack(columns, axis=2).astype(np.float32)


def searched(question: Question, *texts: str) -> Query:
    """One query out of some texts of a question, and what it was lent."""
    query = query_of(texts)
    for token, weight in question.lent:
        query[token] = query.get(token, 0.0) + weight
    return query


def clue_share(index: LexicalIndex, questions: Sequence[Question], texts: Sequence[str]) -> Array:
    """The best share of any one clue (or of the requirement's own words) that a sentence holds."""
    return _best_share(index, [[q.asked, *q.clues] for q in questions], texts)


def _counter(index: LexicalIndex, questions: Sequence[Question], texts: Sequence[str], share: Array) -> Array:
    """How much nearer a sentence is to a counter-clue than to any clue."""
    counter = _best_share(index, [list(q.counter_clues) for q in questions], texts)
    return np.asarray(np.maximum(counter - share, 0.0), dtype=np.float32)


def _best_share(index: LexicalIndex, phrasings: Sequence[Sequence[str]], texts: Sequence[str]) -> Array:
    shares = coverage(index, [phrase for group in phrasings for phrase in group], texts)
    best = np.zeros((len(phrasings), len(texts)), dtype=np.float32)
    start = 0
    for row, group in enumerate(phrasings):
        if group:
            best[row] = shares[start : start + len(group)].max(axis=0)
        start += len(group)
    return best


def _echo(questions: Sequence[Question], field: EvidenceCandidates) -> Array:
    """How much of the criterion's own words a sentence without figures repeats: candidates show, slogans repeat."""
    said = [frozenset(spoken_of(text).tokens) for text in field.texts]
    bare = np.array(
        [0.3 if spoken_of(text).numbers or _ACTS.search(text) else 1.0 for text in field.texts], dtype=np.float32
    )
    echo = np.zeros((len(questions), len(said)), dtype=np.float32)
    for row, question in enumerate(questions):
        asked = {token for token in spoken_of(question.subject).tokens if not token.startswith("§")}
        if len(asked) >= LEAST_ECHO:
            echo[row] = [max(0.0, len(asked & words) / len(asked) - ECHO_FREE) for words in said]
    return echo * bare


def _concrete(field: EvidenceCandidates, questions: int) -> list[Array]:
    """Figures, and names of people, places and tools: what tells an account from a generality."""
    shape = (questions, len(field.texts))
    numbers = np.array([min(4.0, spoken_of(text).numbers) for text in field.texts], dtype=np.float32)
    names = np.array([min(4.0, len(_NAME.findall(text))) for text in field.texts], dtype=np.float32)
    return [np.broadcast_to(numbers, shape), np.broadcast_to(names, shape)]


def _neighbours(fused: Array, field: EvidenceCandidates) -> Array:
    """The better of the sentences just before and just after, within the same section."""
    best = np.full_like(fused, -1.0)
    if fused.shape[1] > 1:
        same = field.section_of[1:] == field.section_of[:-1]
        best[:, 1:] = np.where(same, fused[:, :-1], -1.0)
        best[:, :-1] = np.maximum(best[:, :-1], np.where(same, fused[:, 1:], -1.0))
    return best


def _laid_out(field: EvidenceCandidates, questions: int) -> Array:
    """Table rows, captions, form fields and what was read in pictures: what is shown rather than told."""
    shown = [float(s.kind in {"row", "caption", "form"} or s.source == "ocr") for s in field.sentences]
    return np.broadcast_to(np.array(shown, dtype=np.float32), (questions, len(shown)))


def _around(fused: Array, field: EvidenceCandidates) -> Array:
    """The mean fit of the sentences around, within the same section: evidence comes in runs."""
    total, count = np.zeros_like(fused), np.zeros(fused.shape[1], dtype=np.float32)
    for step in range(1, AROUND + 1):
        same = field.section_of[step:] == field.section_of[:-step]
        total[:, step:] += np.where(same, fused[:, :-step], 0.0)
        total[:, :-step] += np.where(same, fused[:, step:], 0.0)
        count[step:] += same
        count[:-step] += same
    return np.asarray(total / np.maximum(count, 1.0), dtype=np.float32)


def _competition(fused: Array, questions: Sequence[Question]) -> Array:
    """How much better a sentence fits this criterion than the best of the others."""
    groups = [list(rows) for _, rows in groupby(range(len(questions)), key=lambda i: questions[i].subject_id)]
    if len(groups) < 2:
        return np.zeros_like(fused)
    best = np.stack([fused[rows].max(axis=0) for rows in groups])
    ranked = np.sort(best, axis=0)
    rivals = np.where(best == ranked[-1], ranked[-2], ranked[-1])
    margin = np.empty_like(fused)
    for group, rows in enumerate(groups):
        margin[rows] = fused[rows] - rivals[group]
    return np.clip(margin, -4, 4)


def _turns(questions: Sequence[Question], field: EvidenceCandidates) -> list[Array]:
    """Figures, layout and turns of phrase; the first two only count where the requirement calls for them."""
    readings = [spoken_of(text) for text in field.texts]
    shape = (len(questions), len(readings))
    wants_number = np.array([["number" in q.kinds] for q in questions])
    wants_layout = np.array([[bool({"table", "figure", "screenshot", "prompt"} & set(q.kinds))] for q in questions])

    def spread(values: Sequence[float]) -> Array:
        return np.broadcast_to(np.array(values, dtype=np.float32), shape)

    def says(name: str) -> Array:
        return spread([float(f"§{name}" in reading.discourse) for reading in readings])

    number = np.where(wants_number, spread([min(3.0, r.numbers) for r in readings]), 0.0)
    laid_out = _laid_out(field, len(questions))
    length = spread([float(np.log1p(len(text.split()))) for text in field.texts])
    heading = spread([float(s.kind == "heading") for s in field.sentences])
    return [
        number, np.where(wants_layout, laid_out, 0.0), np.maximum(says("vecu"), says("preuve")), says("regle"),
        says("choix"), says("intention"), says("slogan"), says("manque"), length, heading,
    ]  # fmt: skip
