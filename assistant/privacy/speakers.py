"""Who speaks in a dialogue or a chat: "— Fatou : tu crois ?", "[14:02] youcef : ok", "Philippine : dispo ?"."""

import re
from collections.abc import Iterator, Sequence

from assistant.lexicon.french import proper_nouns
from assistant.privacy.grammar import is_common, is_first
from assistant.privacy.tokens import folded
from assistant.privacy.words import let_through

_NAME = r"(?P<it>[A-Za-zÀ-ÿ][\w’'-]{1,20}(?: [A-ZÀ-Ý][\w’'-]{1,20}){0,2})"
_TIMED = re.compile(
    r"\s*(?:[—–-]\s*|\[?(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?,? )?(?:à )?\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?\]?\s*[-–—]?\s*)"
    rf"{_NAME}\s?: "
)
_AFTER_THE_NAME = re.compile(
    rf"\s*{_NAME},? [\[(]?(?:\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})? )?\d{{1,2}}[:h]\d{{2}}[\])]?\s*:? "
)
_LABELLED = re.compile(r"\s*(?P<it>[A-Za-zÀ-ÿ][\w’'-]{1,20})\s?: (?=[^\d\s])")


def speakers_in(texts: Sequence[str]) -> Iterator[str]:
    """The names as written. Without an hour or a dash, a label is a speaker's where it is a first name; one that is
    also a word counts where somebody else speaks as well."""
    labels: list[str] = []
    others: list[str] = []
    for text in texts:
        if ":" not in text:
            continue
        found = _TIMED.match(text) or _AFTER_THE_NAME.match(text)
        if found is not None:
            if all(_is_nothing_else(word) or is_first(word) for word in found.group("it").split()):
                yield found.group("it")
            continue
        label = _LABELLED.match(text)
        if label is not None:
            (labels if is_first(label.group("it")) else others).append(label.group("it"))
    certain = {folded(name) for name in labels if _is_nothing_else(name) and name.lower() not in proper_nouns()}
    strange = (
        {one for one in others if [folded(other) for other in others].count(folded(one)) > 1 and _is_nothing_else(one)}
        if labels
        else ()
    )
    chat = bool(certain or strange)
    for name in dict.fromkeys(labels):
        if folded(name) in certain or len(certain) > 1 or (chat and labels.count(name) > 1):
            yield name


def _is_nothing_else(word: str) -> bool:
    return not is_common(word) and folded(word) not in let_through()
