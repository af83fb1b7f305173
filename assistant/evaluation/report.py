"""The table `prelecture evaluate` prints: per case and overall, beside what a user would do instead."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant.evaluation.metrics import Tally, share

SHOWN: tuple[tuple[str, str, str], ...] = (
    ("recall", "unfolded_found", "labelled"),
    ("labelled", "unfolded_useful", "unfolded_pieces"),
    ("of the dossier", "unfolded_words", "dossier_words"),
    ("with drafted words", "words_unfolded_in_all", "dossier_words"),
    ("requirements called unfound", "unfound", "asked"),
)
"""What a juror sees without a click; the last one counts the requirements of addressed criteria."""
RESAMPLES = 1000
SEED = 20260101
METRICS: tuple[tuple[str, str, str], ...] = (
    ("found in 250 words", "found_250", "labelled"),
    ("found in 500 words", "found_500", "labelled"),
    ("found in 800 words", "found_800", "labelled"),
    ("evidence labelled", "useful", "shown"),
    ("evidence misleading", "misleading", "shown"),
    ("states agreed", "states_agreed", "states"),
    ("false absences", "false_absences", "present"),
    ("false presences", "false_presences", "absent"),
    ("gaps named", "gaps_named", "gaps"),
    ("citations exact", "citations_exact", "citations"),
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report: a case (or all of them) under one way of searching, criterion by criterion."""

    case: str
    way: str
    tallies: tuple[Tally, ...]

    @property
    def total(self) -> Tally:
        return sum(self.tallies, Tally())


def figures(line: ReportLine) -> dict[str, float | None]:
    """Each metric as a share, None where the labels hold nothing to count."""
    counts = asdict(line.total)
    return {name: share(counts[part], counts[whole]) for name, part, whole in METRICS}


def interval(line: ReportLine, part: str, whole: str) -> tuple[float, float] | None:
    """95 % bootstrap interval over criteria (Efron, 1979), with a fixed seed so that a report can be reproduced."""
    pairs = [(getattr(t, part), getattr(t, whole)) for t in line.tallies]
    if not sum(count for _, count in pairs):
        return None
    chance = random.Random(SEED)
    values = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(pairs, k=len(pairs))
        total = sum(count for _, count in drawn)
        if total:
            values.append(sum(hit for hit, _ in drawn) / total)
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def shown_figures(line: ReportLine) -> dict[str, float | None]:
    """What is shown unfolded, as shares, and its words per criterion."""
    counts = asdict(line.total)
    counts["words_unfolded_in_all"] = counts["unfolded_words"] + counts["drafted_words"]
    figures_ = {name: share(counts[part], counts[whole]) for name, part, whole in SHOWN}
    return {**figures_, "words per criterion": share(counts["unfolded_words"], counts["criteria"])}


def shown_table(lines: Sequence[ReportLine]) -> str:
    """What is shown unfolded, for a terminal: one row per case."""
    heads = ["shown", *(name for name, _, _ in SHOWN), "words per criterion"]
    rows = [heads]
    for line in lines:
        values = shown_figures(line)
        cells = ["-" if (value := values[name]) is None else f"{100 * value:.0f} %" for name, _, _ in SHOWN]
        rows.append([line.case, *cells, f"{values['words per criterion'] or 0:.0f}"])
    return _aligned(rows)


def overall(lines: Sequence[ReportLine], way: str) -> ReportLine:
    """All cases of one way of searching together."""
    return ReportLine("overall", way, tuple(tally for line in lines if line.way == way for tally in line.tallies))


def as_json(lines: Sequence[ReportLine], intervals: bool) -> list[Mapping[str, object]]:
    """The report as data: counts, shares and, where asked, intervals."""
    return [
        {
            "case": line.case,
            "way": line.way,
            "criteria": line.total.criteria,
            "words_per_criterion": round(line.total.words / max(1, line.total.criteria)),
            "shares": figures(line),
            "shown": shown_figures(line),
            **(
                {"intervals": {name: interval(line, part, whole) for name, part, whole in METRICS}} if intervals else {}
            ),
        }
        for line in lines
    ]


def as_table(lines: Sequence[ReportLine], intervals: bool) -> str:
    """The report for a terminal: one row per case and way, one column per metric, in per cent."""
    heads = [
        "case",
        "way",
        "250 w",
        "500 w",
        "800 w",
        "useful",
        "mislead",
        "states",
        "f.abs",
        "f.pres",
        "gaps",
        "cited",
    ]
    rows = [heads]
    for line in lines:
        rows.append([line.case, line.way, *(_percent(line, part, whole, intervals) for _, part, whole in METRICS)])
    return _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _percent(line: ReportLine, part: str, whole: str, intervals: bool) -> str:
    counts = asdict(line.total)
    value = share(counts[part], counts[whole])
    if value is None:
        return "-"
    text = f"{100 * value:.0f}"
    bounds = interval(line, part, whole) if intervals else None
    return f"{text} [{100 * bounds[0]:.0f}-{100 * bounds[1]:.0f}]" if bounds else text
