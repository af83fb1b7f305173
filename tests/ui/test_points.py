"""Points are written as French people write them."""

import pytest

from assistant.errors import InvalidInput
from assistant.ui.referentiels.criteria import number_of, written


@pytest.mark.parametrize(("points", "text"), [(None, ""), (2.0, "2"), (1.5, "1,5"), (0.25, "0,25")])
def test_points_are_shown_with_a_comma_and_read_back(points: float | None, text: str) -> None:
    assert written(points) == text
    assert number_of(text) == points


def test_a_point_is_a_comma_and_a_word_is_refused() -> None:
    assert number_of(" 1.5 ") == 1.5
    for text in ("deux", "-1", "nan", "inf", "1,5,2"):
        with pytest.raises(InvalidInput, match="n’est pas un nombre de points"):
            number_of(text)
