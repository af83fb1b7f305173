"""How fast this machine works, so that ceilings fit it."""

from functools import cache
from time import thread_time

ROUNDS = 3
USUAL_SECONDS = 0.0052
"""What `_work` takes on a processor where a heavy but sound page takes HEAVY_PAGE seconds."""
HEAVY_PAGE = 0.25
SHARE = 3
LEAST_SECONDS_PER_PAGE = 1.0


@cache
def slowness() -> float:
    """How many times slower than usual this machine is, at least 1; measured once, in a hundredth of a second."""
    return max(1.0, min(_work() for _ in range(ROUNDS)) / USUAL_SECONDS)


def seconds_per_page() -> float:
    """Processor seconds that a file may take for each of its pages: SHARE times what a heavy page needs here."""
    return max(LEAST_SECONDS_PER_PAGE, SHARE * HEAVY_PAGE * slowness())


def _work() -> float:
    """Seconds of this thread for a fixed piece of work."""
    start = thread_time()
    words: dict[str, int] = {}
    for number in range(20_000):
        word = str(number % 977)
        words[word] = words.get(word, 0) + len(word)
    return thread_time() - start
