"""What the whole dossier shows of each word, against which one sentence's capital is weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.privacy.tokens import Token, folded
from assistant.privacy.words import ARTICLES, LOCATIVES


@dataclass(slots=True)
class Shown:
    """How often one folded word stands so."""

    lower: int = 0
    after_article: int = 0
    after_locative: int = 0
    inside: int = 0
    """Times written with a capital that no sentence's beginning explains."""


def shown_in(lines: Sequence[Sequence[Token]]) -> Mapping[str, Shown]:
    """For each folded word of these lines."""
    seen: dict[str, Shown] = {}
    for line in lines:
        before = ""
        for place, token in enumerate(line):
            one = seen.setdefault(folded(token.text), Shown())
            if token.text[0].islower():
                one.lower += 1
            else:
                one.after_article += before in ARTICLES and not _is_particle(line, place - 1)
                one.after_locative += before in LOCATIVES
                one.inside += place > 0 and not token.text.isupper() and not line[place - 1].ends
            before = token.text.lower()
    return seen


def _is_particle(line: Sequence[Token], at: int) -> bool:
    """Whether an article belongs to a name: its capital stands inside a sentence ("chez Le Dréau")."""
    return line[at].text[0].isupper() and at > 0 and not line[at - 1].ends and line[at].joined
