"""The neutrality gate on sentences by another hand: verdicts alone, diluted and quoted, and harmless statements.

Every second line of `tests/drafting/tone/blind_*.txt` and of `cited_*.jsonl` was kept from whoever tuned the gate; the other
half was looked at while tuning. The second tables give each sentence with the sentences of a dossier that it cites, and hold
irony and understatement apart. A third colleague's tables, by kind (`third_*.jsonl`), and a fourth's (`fourth_*.jsonl`), were
worked on by every second line: what stands here is the other half, never looked at. A fifth hand's (`fifth_*.txt`) stand
alone; `fifth_*_seen.txt` was worked on. Run as a module, it prints the shares alone.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.drafting.clauses import QUOTE
from assistant.drafting.neutrality import faults, is_neutral

TABLES = Path(__file__).parents[1] / "tests/drafting/tone"
CITED = ("Le gérant relit chaque devis avant l’envoi.",)
"""A sentence that holds none of the quotations."""


def table(name: str, held_back: bool) -> list[str]:
    """One half of a table: the second, fourth, sixth… line is held back."""
    lines = (TABLES / f"blind_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines[held_back::2] if line.strip()]


class Cited(NamedTuple):
    """A statement, the sentences it cites, and words of the référentiel that it quotes."""

    sentence: str
    cited: tuple[str, ...]
    asked: tuple[str, ...] = ()


def cited_table(name: str, held_back: bool) -> list[Cited]:
    """One half of a table whose sentences cite."""
    lines = (TABLES / f"cited_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[held_back::2] if line.strip()]
    return [Cited(row["sentence"], tuple(row["cited"])) for row in rows]


def kept_table(which: str, name: str) -> list[Cited]:
    """The kept half of the "third" or "fourth" tables: "verdicts" or "harmless"."""
    lines = (TABLES / f"{which}_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Cited(row["sentence"], tuple(row["cited"]), tuple(row.get("asked", ()))) for row in rows]


def fifth_table(name: str, held_back: bool) -> list[str]:
    """One half of the fifth tables, which cite nothing: "verdicts" or "harmless"."""
    file = TABLES / f"fifth_{name}{'' if held_back else '_seen'}.txt"
    return file.read_text(encoding="utf-8").splitlines()


def through_cited(verdicts: Sequence[Cited]) -> float:
    """The share of verdicts that pass beside what they cite."""
    return sum(not faults(*one) for one in verdicts) / len(verdicts)


def withheld_cited(harmless: Sequence[Cited]) -> float:
    """The share of harmless statements that are withheld beside what they cite."""
    return sum(bool(faults(*one)) for one in harmless) / len(harmless)


def through(verdicts: Sequence[str]) -> float:
    """The share of verdicts that the gate lets pass."""
    return sum(is_neutral(text) for text in verdicts) / len(verdicts)


def through_quoted(verdicts: Sequence[str]) -> float:
    """The same for verdicts put into the candidate's mouth, with and without a citation."""
    said = [f"Le dossier rapporte un retour du tuteur : « {text} »" for text in verdicts]
    return sum(is_neutral(text) or is_neutral(text, CITED) for text in said) / len(said)


def withheld(harmless: Sequence[str]) -> float:
    """The share of harmless statements that the gate withholds; their quotations are taken for the dossier's."""
    return sum(bool(faults(text, quoted(text))) for text in harmless) / len(harmless)


def quoted(text: str) -> list[str]:
    """The spans of a text in quotation marks."""
    return [match[1:-1] for match in QUOTE.findall(text)]


def print_neutrality() -> None:
    """Prints the four shares for both halves, and the time of a statement."""
    print("\nNeutrality gate, sentences by another hand (goals: 3 % of verdicts through, 2 % of harmless withheld)")
    for held_back, name in ((True, "held back"), (False, "seen while tuning")):
        plain, diluted, harmless = (table(one, held_back) for one in ("verdicts", "diluted", "harmless"))
        said = (
            f"verdicts through {through(plain):6.1%} of {len(plain)}, diluted {through(diluted):6.1%} of {len(diluted)}"
        )
        rest = f"quoted {through_quoted(plain):6.1%}; harmless withheld {withheld(harmless):6.1%} of {len(harmless)}"
        print(f"  {name:18} {said}, {rest}")
    for held_back, name in ((True, "held back"), (False, "seen while tuning")):
        shares = []
        for kind in ("verdicts", "diluted", "litotes"):
            rows = cited_table(kind, held_back)
            alone = through([one.sentence for one in rows])
            shares.append(f"{kind} through {through_cited(rows):5.1%} of {len(rows)} (alone {alone:5.1%})")
        rows = cited_table("harmless", held_back)
        alone = withheld([one.sentence for one in rows])
        shares.append(f"harmless withheld {withheld_cited(rows):5.1%} of {len(rows)} (alone {alone:5.1%})")
        print(f"  with citations, {name}: {'; '.join(shares)}")
    for which, kinds in (("third", 13), ("fourth", 10)):
        verdicts, facts = kept_table(which, "verdicts"), kept_table(which, "harmless")
        said = f"verdicts of {kinds} kinds through {through_cited(verdicts):5.1%} of {len(verdicts)}"
        print(f"  {which} tables, kept half: {said}, harmless withheld {withheld_cited(facts):5.1%} of {len(facts)}")
    for held_back, name in ((True, "kept"), (False, "seen")):
        judged, told = fifth_table("verdicts", held_back), fifth_table("harmless", held_back)
        said = f"verdicts through {through(judged):5.1%} of {len(judged)}"
        print(f"  fifth tables, alone, {name}: {said}, harmless withheld {withheld(told):5.1%} of {len(told)}")
    every = table("harmless", True)
    start = time.process_time()
    for text in every:
        faults(text)
    print(f"  a statement: {(time.process_time() - start) / len(every) * 1000:.2f} ms of processor")


if __name__ == "__main__":
    print_neutrality()
