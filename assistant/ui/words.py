"""Foreign text on a page."""


def plain(text: str) -> str:
    """A text shown as it is: no character of it may act as formatting."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:" else c for c in text)
