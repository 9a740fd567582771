"""Whole numbers shared out exactly."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.demo.apportion import EvenSpread, Shares, Urn, largest_remainder, with_limits

weights = st.dictionaries(st.integers(0, 30), st.floats(0.01, 100), min_size=1)


@given(st.integers(0, 10_000), weights)
def test_shares_add_up_and_are_within_one_of_exact(total: int, given_weights: dict[int, float]) -> None:
    shares = largest_remainder(total, given_weights)
    whole = sum(given_weights.values())
    assert sum(shares.values()) == total
    assert all(abs(shares[key] - total * weight / whole) < 1.001 for key, weight in given_weights.items())


@given(st.integers(0, 500), weights, st.data())
def test_limits_are_kept_and_filled(total: int, given_weights: dict[int, float], data: st.DataObject) -> None:
    most = {key: data.draw(st.integers(0, 40)) for key in given_weights}
    shares = with_limits(total, given_weights, most)
    assert sum(shares.values()) == min(total, sum(most.values()))
    assert all(0 <= shares[key] <= most[key] for key in shares)


def test_nothing_can_be_shared_among_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        largest_remainder(3, {"a": 0.0})
    assert largest_remainder(0, {"a": 0.0}) == {"a": 0}
    with pytest.raises(ValueError, match="negative"):
        largest_remainder(-1, {"a": 1.0})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 20), min_size=1), st.integers())
def test_an_urn_gives_back_exactly_what_went_in(counts: dict[str, int], seed: int) -> None:
    urn, random = Urn(counts), Random(seed)
    drawn = [urn.draw(random) for _ in range(sum(counts.values()))]
    assert all(drawn.count(kind) == count for kind, count in counts.items())
    with pytest.raises(LookupError):
        urn.draw(random)


def test_shares_stand_in_order_along_the_line() -> None:
    shares = Shares({"a": 1, "b": 0, "c": 3})
    assert [shares.at(point) for point in (0.0, 0.24, 0.26, 0.999, 1.0)] == ["a", "a", "c", "c", "c"]


def test_points_fill_the_space_evenly() -> None:
    spread = EvenSpread(Random(1))
    points = [spread.next() for _ in range(1000)]
    for axis in range(3):
        below = sum(point[axis] < 0.3 for point in points)
        assert 290 <= below <= 310
