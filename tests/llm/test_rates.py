"""In no minute does an endpoint get more calls or tokens than it takes, whoever asks; and nobody waits without need."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.rates import MINUTE, Leave, Rates, earliest

SIZES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 400)), max_size=40)


def left(asked: list[tuple[int, int]], rates: Rates) -> list[Leave]:
    """When each leaves, of calls asked for one after the other: (seconds since the one before, tokens)."""
    now, gone = 0.0, list[Leave]()
    for after, tokens in asked:
        now += after
        gone.append(Leave(earliest(gone, tokens, now, rates), tokens))
    return gone


@given(SIZES, st.integers(1, 5), st.integers(100, 500))
def test_no_minute_holds_more_than_the_endpoint_takes(asked: list[tuple[int, int]], calls: int, tokens: int) -> None:
    gone = left(asked, Rates(calls, tokens))
    for last in gone:
        minute = [one.tokens for one in gone if last.at - MINUTE < one.at <= last.at]
        assert len(minute) <= calls
        assert sum(minute) <= tokens or len(minute) == 1


@given(SIZES)
def test_calls_leave_in_the_order_in_which_they_were_asked_for(asked: list[tuple[int, int]]) -> None:
    moments = [one.at for one in left(asked, Rates(3, 500))]
    assert moments == sorted(moments)


def test_nobody_waits_while_there_is_room() -> None:
    assert earliest([], 10**9, 5.0, Rates(1, 10)) == 5.0
    assert earliest([Leave(0.0, 60)], 40, 5.0, Rates(2, 100)) == 5.0
    assert earliest([Leave(0.0, 60)], 10**9, 5.0, Rates(None, None)) == 5.0


def test_who_must_wait_leaves_as_soon_as_a_minute_has_room_again() -> None:
    assert earliest([Leave(0.0, 60), Leave(10.0, 30)], 40, 20.0, Rates(None, 100)) == 60.0
    assert earliest([Leave(0.0, 60), Leave(10.0, 30)], 90, 20.0, Rates(None, 100)) == 70.0
    assert earliest([Leave(0.0, 1)], 1, 20.0, Rates(1, None)) == 60.0
