"""Writes `drafting/ordinary.txt`: the stems of words that a harmless statement may add to what it cites.

They are the words of the harmless tables and of `tone/common_words.txt`, but for those that the lexicon holds to weigh and
those that stand more often in verdicts. Run as a module, after any change of the tables.
"""

from collections import Counter
from collections.abc import Iterable

from assistant.drafting.added import FILE
from assistant.drafting.clauses import plain, tokens
from assistant.drafting.lexicon import NO_KINDS, lexicon, word_stem
from assistant.evaluation.tone_training import CITED, DRAFTED, HARMLESS, TABLES, VERDICTS, cited_table, sentences
from assistant.text import STOPWORDS, fold

WEIGHING = ("praise", "blame", "merit", "weigh", "degree", "level", "verdict", "idiom", "either")


def ordinary() -> list[str]:
    """The stems, sorted."""
    kinds = {name: _stems([words]) for name, words in lexicon().items() if name not in NO_KINDS}
    weighing = set().union(*(kinds[name] for name in WEIGHING))
    good, bad = (
        Counter(_each(files, table)) for files, table in (((*HARMLESS, DRAFTED), CITED[1]), (VERDICTS, CITED[0]))
    )
    common = (TABLES / "common_words.txt").read_text(encoding="utf-8").splitlines()
    seen = {word for word, count in good.items() if count >= bad[word]}
    given = _stems([line for line in common if not line.startswith("#")]) | _stems(STOPWORDS)
    given |= set().union(*(words for name, words in kinds.items() if name not in WEIGHING))
    return sorted((seen | given) - weighing)


def _each(files: Iterable[str], table: str) -> list[str]:
    """The stems of each sentence, but those that stand in what it cites."""
    alone = [word for text in sentences(tuple(files)) for word in _stems([text])]
    return alone + [word for one in cited_table(table) for word in _stems([one.text]) - one.words]


def _stems(texts: Iterable[str]) -> set[str]:
    return {word_stem(token) for text in texts for token in tokens(plain(fold(text))) if token.isalpha()}


def main() -> None:
    """Writes the stems."""
    stems = ordinary()
    FILE.write_text("\n".join(stems) + "\n", encoding="utf-8")
    print(f"{len(stems)} stems written to {FILE.name}")


if __name__ == "__main__":
    main()
