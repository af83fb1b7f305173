"""What a menu calls its options. Streamlit knows an option by its label alone: of two alike it takes the last one."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K", str, int)
MARK = 6
"""Characters of an id that tell two people, sessions or texts of one name apart."""


def distinct(labels: Mapping[K, str]) -> dict[K, str]:
    """The labels by option, no two of them alike: those that are get a piece of what they are known by."""
    alike = Counter(labels.values())
    marked = {one: f"{label} ({str(one)[:MARK]})" if alike[label] > 1 else label for one, label in labels.items()}
    still = Counter(marked.values())
    return {one: f"{labels[one]} ({one})" if still[label] > 1 else label for one, label in marked.items()}
