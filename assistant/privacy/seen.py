"""A text as it is read for forms: other spaces and hyphens as the plain ones, and, where a scan took figures for letters,
the figures. Letter for letter as long as the text, so that a place in one is the same place in the other."""

import re

_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2212", "-")
    | {ord("\uff20"): "@"}
)
_AT_MISREAD = re.compile(r"(?<=\w)[©®](?=\w)")
_FIGURES_MISREAD = re.compile(r"(?<![^\W\dOolISB])(?=[OolISB]{0,6}\d)[\dOolISB]{2,20}(?![^\W\dOolISB])")
_READ_SO = str.maketrans("OolISB", "001158")
_HAS_MISREAD = re.compile(r"\d[OolISB]|[OolISB]\d")


def plain(text: str) -> str:
    """`text` with plain spaces and hyphens, and "@" where a scan read "©" inside a word."""
    return _AT_MISREAD.sub("@", text.translate(_PLAIN))


def figures_read(text: str) -> str:
    """`text` with the figures that a scan took for the letters O, o, l, I, S, B beside other figures."""
    if _HAS_MISREAD.search(text) is None:
        return text
    return _FIGURES_MISREAD.sub(lambda match: match.group().translate(_READ_SO), text)
