"""A title without its number and its page: what the contents and the headings are compared by."""

import re
from functools import lru_cache

from assistant.text import fold

_NUMBER = re.compile(
    r"^(?:(?:partie|chapitre|section|titre|axe|annexe|figure|fig|tableau|photo|illustration|bloc|etape)\s+)?"
    r"(?:(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)\-:/]+|\d{1,2}|[ivx]{1,5})(?:\d{1,2}[.)]?)*\s*[.)\-:]?\s+"
)


@lru_cache(maxsize=8192)
def title_of(text: str) -> str:
    """The folded title without a number before it or signs around it; empty if it holds no word."""
    folded = fold(text).strip(" .:-_*•·●○■▪◦–—✓➢➤❖")
    bare = _NUMBER.sub("", folded, count=1).strip(" .:-_*•·●○■▪◦–—✓➢➤❖")
    return bare if any(char.isalpha() for char in bare) else ""
