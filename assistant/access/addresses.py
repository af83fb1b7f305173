"""E-mail addresses as roles are given to: one writing of each, and none that could be mistaken for another."""

import re

LONGEST = 200
_PLAIN = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
)


def canonical(address: object) -> str:
    """The address in small letters; "" for what is no address, or holds anything but plain letters, figures and signs.

    Letters beyond ASCII are refused rather than folded: « É » has two writings, « ſ », « K » (kelvin) and « ß » fold to
    letters of other people's addresses, and a Cyrillic « а » looks like ours. So is a dot at the end of the domain.
    """
    written = str(address or "").strip(" ")
    if not written.isascii() or len(written) > LONGEST:
        return ""
    small = written.lower()
    return small if _PLAIN.fullmatch(small) else ""


def reachable(address: object) -> str:
    """The same for an address that mail is to reach: its domain has two parts at least (« luc@x » reaches nobody)."""
    small = canonical(address)
    return small if "." in small.rpartition("@")[2] else ""
