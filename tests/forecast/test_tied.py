"""Rounded tables whose totals are the sums of their parts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.space import Floats, Ints
from goldenthread.forecast.tied import tie, tie_counts

_VALUES = st.one_of(
    st.floats(0, 40, allow_nan=False, width=32),
    st.sampled_from([0.0, 0.5, 1.0, 1 / 3, 2 / 3, 0.999999, 1e-9]),
)


def tables(axes: int) -> st.SearchStrategy[Floats]:
    """Tables of means with few, sparse and awkward cells."""
    shapes = arrays.array_shapes(min_dims=axes, max_dims=axes, max_side=5)
    return arrays.arrays(np.float64, shapes, elements=_VALUES)


def neighbours(whole: Ints, means: Floats) -> bool:
    """Whether each number is the whole number just below or above its mean, as counted in millionths."""
    means = np.rint(means * 1e6) / 1e6
    return bool(((whole - means) < 1 - 1e-7).all() and ((means - whole) < 1 - 1e-7).all())


def test_a_table_by_hand() -> None:
    means = np.array([[1.5, 0.5], [0.5, 1.5]])  # every total is 2: nearest rounding would give 1 or 3

    whole = tie(means)

    assert whole.sum(axis=0).tolist() == whole.sum(axis=1).tolist() == [2, 2]


def test_the_largest_remainder_gets_the_unit() -> None:
    assert tie(np.array([[0.2, 0.7, 0.1]])).tolist() == [[0, 1, 0]]
    assert tie(np.array([[2.3, 3.5, 1.2]])).tolist() == [[2, 4, 1]]


@given(tables(2))
def test_every_total_goes_to_a_neighbour(means: Floats) -> None:
    whole = tie(means)
    exact = np.rint(means * 1e6) / 1e6

    assert neighbours(whole, exact)
    for axis in (0, 1):
        assert neighbours(whole.sum(axis=axis), exact.sum(axis=axis))
    assert neighbours(whole.sum(), exact.sum())


@settings(max_examples=60)
@given(arrays.arrays(np.float64, (2, 3), elements=st.floats(0, 2, width=16)))
def test_no_other_rounding_changes_less(means: Floats) -> None:
    exact = np.rint(means * 1e6) / 1e6
    parts = _parts(exact)
    least = min(
        np.abs(_parts(np.array(try_).reshape(2, 3)) - parts).sum()
        for try_ in itertools.product(*({int(np.floor(v)), int(np.ceil(v))} for v in exact.ravel()))
        if neighbours(_parts(np.array(try_).reshape(2, 3)), parts)
    )

    assert np.abs(_parts(tie(means)) - parts).sum() == pytest.approx(least, abs=1e-9)


def _parts(table: Floats | Ints) -> Floats:
    """Every cell and every total."""
    return np.concatenate([table.ravel(), table.sum(axis=0), table.sum(axis=1), [table.sum()]]).astype(float)


@given(tables(3))
def test_two_tables_of_the_same_groups_agree(means: Floats) -> None:
    tied = tie_counts(means)
    exact = np.rint(means * 1e6) / 1e6

    assert tied.first.sum(axis=1).tolist() == tied.second.sum(axis=1).tolist()
    for whole, mean in ((tied.first, exact.sum(axis=2)), (tied.second, exact.sum(axis=1))):
        assert neighbours(whole, mean)
        assert neighbours(whole.sum(axis=0), mean.sum(axis=0))
        assert neighbours(whole.sum(axis=1), mean.sum(axis=1))
        assert neighbours(whole.sum(), mean.sum())


def test_whole_numbers_stay() -> None:
    counts = np.random.default_rng(1).integers(0, 9, (7, 5, 13)).astype(float)
    tied = tie_counts(counts)

    assert np.array_equal(tied.first, counts.sum(axis=2))
    assert np.array_equal(tied.second, counts.sum(axis=1))


def test_the_same_table_is_rounded_the_same_way() -> None:
    means = np.random.default_rng(2).gamma(1, 3, (7, 5, 13))

    assert np.array_equal(tie_counts(means).second, tie_counts(means.copy()).second)


@pytest.mark.parametrize("wrong", [-0.5, np.nan, np.inf])
def test_what_is_no_count_is_refused(wrong: float) -> None:
    with pytest.raises(ForecastError, match="negative or missing"):
        tie(np.array([[1.0, wrong]]))


def test_a_table_of_other_axes_is_refused() -> None:
    with pytest.raises(ForecastError, match="3 axes"):
        tie_counts(np.ones((2, 2)))
