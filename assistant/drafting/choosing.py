"""Which of the found sentences are shown unfolded: a model's choice and the ranking together, or the ranking alone.

Two judges order the same finds: a reader who chose the few that a juror would underline, and the calibrated ranking. What
both put first comes first; where the two places add up to the same, the reader decides (Borda's count, cut at the number of
places the reader is asked for: beyond it neither order says much). A long sentence takes the room of two, so its words count
against it. The criteria of one competence share their room: one of which little was found leaves words to the others.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from assistant.drafting.contradictions import conflicting_figures
from assistant.drafting.task import OpposedPair, Task
from assistant.drafting.windows import leans
from assistant.text import stems, word_count, words

ASKED = 8
"""Places that a reader names at most, best first; neighbouring sentences named one after the other share a place."""
WORDS_A_PLACE = 10
"""Words of a sentence that weigh as much as one place further down."""
MOST_SENTENCES = 7
"""Shown of a criterion; a sentence beside one that is shown counts with it."""
MEAN_WORDS = 130
"""Shown of a criterion, on the average of those of one competence."""
MOST_WORDS = 170
"""Shown of one criterion where others of its competence leave room."""
ALONE_WORDS = 150
"""Shown of a criterion for which no model chose: as many as without a model."""
FEW_WORDS = 50
"""Finds of so few words are all shown: nothing is to choose."""
MENTIONS = 3
"""Sentences that only mention a requirement, offered where nothing answers it."""
LONGEST_PIECE = 3
"""Neighbouring sentences that are shown together or left; of a longer series, as many as there is room for."""
STEP = 5
"""Words by which the room of a competence's criteria is made smaller until they hold."""
ALIKE, LEAST_ALIKE = 0.75, 4
"""Two sentences that share this part of the shorter one's content words (at least so many) and its figures say the same."""


def found_sentences(task: Task) -> tuple[str, ...]:
    """Everything that was found for a criterion, each sentence once, in reading order."""
    found = dict.fromkeys(
        sid for finding in task.findings for sid in (*finding.sentences, *finding.against, *finding.admits)
    )
    rank = {sid: place for place, sid in enumerate(task.match.evidence)}
    return tuple(sorted(found, key=lambda sid: rank.get(sid, len(rank))))


def mentioning(task: Task) -> tuple[str, ...]:
    """Sentences that only speak in passing of a requirement that nothing answers."""
    return tuple(
        dict.fromkeys(sid for finding in task.findings if not finding.sentences for sid in finding.mentions[:MENTIONS])
    )


def nothing_to_choose(task: Task) -> bool:
    """Whether all that was found is short enough to be shown, or nothing was, not even a mention."""
    found = found_sentences(task)
    if not found:
        return not mentioning(task)
    return len(found) == 1 or _words(task, found) <= FEW_WORDS


def spread(task: Task, ids: Sequence[str], room: int) -> tuple[str, ...]:
    """The first of `ids` within `room` words, taken in turn from the sections they stand in.

    Sections go by their best sentence, so that one long chapter does not take all the room.
    """
    sections: dict[str, list[str]] = {}
    for sid in ids:
        sections.setdefault(task.sentences[sid].section, []).append(sid)
    kept: list[str] = []
    for turn in zip_longest(*sections.values()):
        for sid in turn:
            if sid is not None and _words(task, [*kept, sid]) <= room:
                kept.append(sid)
    return tuple(kept) or tuple(ids[:1])


def chosen_by_rank(task: Task) -> tuple[str, ...]:
    """What is shown when no model chose."""
    return _within(task, found_sentences(task), ALONE_WORDS)


def at_odds(task: Task) -> tuple[OpposedPair, ...]:
    """Sentences that may contradict each other, looked for by program: among all finds and what stands nearest in words,
    however far apart; one of each pair at least was found."""
    found = [*found_sentences(task), *(sid for finding in task.findings for sid in finding.mentions)]
    near = [sid for finding in task.findings for sid in finding.nearest] + list(task.match.evidence)
    known = [task.sentences[sid] for sid in dict.fromkeys([*found, *near]) if sid in task.sentences]
    return conflicting_figures(known, frozenset(found))


def put_forward(task: Task, answered: Sequence[str]) -> tuple[str, ...]:
    """What may be shown of a criterion for which a model answered these sentences, the first to be shown first.

    An answer without a sentence that stands is believed where nothing answers the criterion; else the ranking chooses.
    """
    beside = (sid for pair in at_odds(task) for sid in (pair.first, pair.second))
    allowed = {*found_sentences(task), *mentioning(task), *beside}
    named = [sid for sid in dict.fromkeys(answered) if sid in allowed]
    ranked = _answering(task)
    return tuple(_by_both(task, named, ranked[:ASKED])) if named else tuple(ranked)


def accepted(task: Task, answered: Sequence[str], room: int = ALONE_WORDS) -> tuple[str, ...]:
    """What is shown of one criterion for which a model answered these sentences, best first."""
    return _within(task, put_forward(task, answered), room)


def shared_out(forward: Sequence[tuple[Task, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    """What is shown of each criterion of a competence: as much as holds in MEAN_WORDS on average, MOST_WORDS for one."""
    shown: dict[str, tuple[str, ...]] = {}
    for room in range(MOST_WORDS, MEAN_WORDS - 1, -STEP):
        shown = {task.criterion.id: _within(task, ids, room) for task, ids in forward}
        if sum(_words(task, shown[task.criterion.id]) for task, _ in forward) <= MEAN_WORDS * len(forward):
            break
    return shown


def shown_unfolded(
    task: Task, chosen: Sequence[str], cited: Iterable[Sequence[str]], contrary: Sequence[OpposedPair] = ()
) -> tuple[str, ...]:
    """What the desk shows: what was chosen, then of each statement (`cited`: what each rests on) what it cannot do without.

    That is one sentence of a statement that rests on nothing chosen, and both sides of a contradiction (`contrary`: named by
    whoever chose); the other sentences of a statement are one click away. Where that makes more words than MEAN_WORDS and
    than were chosen, the last of what was chosen and no statement cites gives way, a piece of neighbours as a whole.
    """
    kept = [sid for sid in dict.fromkeys(chosen) if sid in task.sentences]
    room = max(MEAN_WORDS, _words(task, kept))
    against = {sid for finding in task.findings for sid in finding.against}
    opposed = (*contrary, *at_odds(task))
    proof: set[str] = set()
    for citations in cited:
        known = [sid for sid in dict.fromkeys(citations) if sid in task.sentences]
        proof.update(known)
        told = {sid for pair in opposed if {pair.first, pair.second} <= {*known} for sid in (pair.first, pair.second)}
        needed = [sid for sid in known if sid in against | told]
        if not {*kept, *needed}.intersection(known):
            needed = known[:1]
        kept += [sid for sid in needed if sid not in kept]
    uncited = [piece for piece in _runs(task, kept) if proof.isdisjoint(piece)]
    beside = [(sid,) for sid in kept if sid not in proof and not any(sid in piece for piece in uncited)]
    spare = [*beside, *uncited]
    while spare and len(kept) > len(spare[-1]) and _words(task, kept) > room:
        piece = spare.pop()
        kept = [sid for sid in kept if sid not in piece]
    return tuple(kept)


def _answering(task: Task) -> list[str]:
    """The sentences that answer a requirement, by rank."""
    answering = {sid for finding in task.findings for sid in finding.sentences}
    return [sid for sid in found_sentences(task) if sid in answering]


def _by_both(task: Task, named: Sequence[str], ranked: Sequence[str]) -> list[str]:
    """What either judge put forward, by the sum of its two places and its length; what the reader named as one piece stays
    together, at the better place that the ranking gives it and with the mean of its lengths."""
    pieces = _runs(task, named)
    mine = {piece: place for place, piece in enumerate(pieces)}
    theirs = {sid: place for place, sid in enumerate(ranked)}
    alone = [(sid,) for sid in ranked if sid not in {*named}]

    def places(piece: tuple[str, ...]) -> tuple[float, int, int]:
        first, second = mine.get(piece, ASKED), min(theirs.get(sid, ASKED) for sid in piece)
        return first + second + _words(task, piece) / len(piece) / WORDS_A_PLACE, first, second

    return [sid for piece in sorted([*pieces[:ASKED], *alone], key=places) for sid in piece]


def _runs(task: Task, ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Sentences of a section that follow each other both in `ids` and in the dossier, as one piece, in its order."""
    order = _order(task)
    runs: list[list[str]] = []
    for number, sid in enumerate(ids):
        last = ids[number - 1] if number else sid
        if abs(order[sid] - order[last]) == 1 and task.sentences[sid].section == task.sentences[last].section:
            runs[-1].append(sid)
        else:
            runs.append([sid])
    return [tuple(sorted(run, key=order.__getitem__)) for run in runs]


def _order(task: Task) -> dict[str, int]:
    """The places of sentences among those that are labelled: a page's header between two makes them no less neighbours."""
    number = -1
    places: dict[str, int] = {}
    for sid, sentence in task.sentences.items():
        number += sentence.role == "body"
        places[sid] = number
    return places


def _within(task: Task, ids: Sequence[str], room: int) -> tuple[str, ...]:
    """The first of `ids` that hold in `room` words and the other limits, none that says what another says; a sentence that
    leans on the one before it comes after that one where both were put forward. A piece of a few neighbouring sentences is
    shown whole or not at all."""
    place = _order(task)
    named = {place[sid]: sid for sid in ids}
    kept: list[str] = []
    for piece in _runs(task, ids):
        before = named.get(place[piece[0]] - 1)
        led = [before] if before and before not in kept and _continues(task, before, piece[0]) else []
        parts: list[Sequence[str]] = [[*led, *piece], piece]
        parts += [[sid] for sid in piece] if len(piece) > LONGEST_PIECE else []
        for run in parts:
            fresh = [one for one in run if one not in kept and not _already_said(task, one, kept)]
            if fresh and _fit(task, kept, fresh, place.__getitem__, room):
                kept += fresh
    return tuple(kept) or tuple(ids[:1])


def _continues(task: Task, before: str, sid: str) -> bool:
    return leans(task.sentences[sid]) and task.sentences[before].section == task.sentences[sid].section


def _fit(task: Task, kept: Sequence[str], fresh: Sequence[str], place: Callable[[str], int], room: int) -> bool:
    whole = [*kept, *fresh]
    return _words(task, whole) <= room and _pieces([place(sid) for sid in whole]) <= MOST_SENTENCES


def _already_said(task: Task, sid: str, kept: Sequence[str]) -> bool:
    return any(says_the_same(task.sentences[sid].text, task.sentences[one].text) for one in kept)


def _pieces(places: Sequence[int]) -> int:
    """Runs of neighbouring sentences."""
    taken = set(places)
    return sum(one - 1 not in taken for one in taken)


def says_the_same(one: str, other: str) -> bool:
    """Whether two sentences tell one thing: most words of the shorter one, and each of its figures, stand in the other."""
    said, told = _told(one), _told(other)
    shorter, longer = sorted((said, told), key=len)
    figures = {word for word in shorter if word[0].isdigit()}
    shared = len(shorter & longer)
    return figures <= longer and shared >= LEAST_ALIKE and shared / len(shorter) >= ALIKE


def _told(text: str) -> set[str]:
    return {*stems(text), *(word for word in words(text) if word.isdigit())}


def _words(task: Task, ids: Iterable[str]) -> int:
    return sum(word_count(task.sentences[sid].text) for sid in ids)
