"""Scores by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecast.scores import crps_of_draws, score_draws, score_points


def test_points_by_hand() -> None:
    scores = score_points(np.array([110.0, 180.0, 4.0]), np.array([100.0, 200.0, 5.0]))
    assert (scores.n, scores.n_mape) == (3, 2)  # of five heads a percentage says nothing
    assert scores.mape == pytest.approx(10.0)
    assert scores.wape == pytest.approx(100 * 31 / 305)
    assert scores.bias == pytest.approx(100 * -11 / 305)
    assert scores.crps == pytest.approx(31 / 3)
    assert scores.cover_80 is None


def test_ranges_by_hand() -> None:
    actual = np.array([10.0, 20.0, 30.0, 40.0])
    ranges = np.array([[5, 5, 5, 5], [10, 21, 10, 10], [20, 30, 30, 39], [50, 50, 50, 50.0]])
    scores = score_draws(actual, ranges, np.zeros(4), actual)
    assert scores.cover_80 == 50.0  # the ends count as within
    assert scores.cover_95 == 100.0


def test_crps_by_hand() -> None:
    # draws 1 and 3 against 2: mean distance 1; pairs (0, 2, 2, 0) are 1 apart on average, half of it 0.5
    assert crps_of_draws(np.array([[1.0, 3.0]]), np.array([2.0])).tolist() == [0.5]
    # against 5: mean distance 3, less 0.5
    assert crps_of_draws(np.array([[3.0, 1.0]]), np.array([5.0])).tolist() == [2.5]


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=12), st.floats(0, 1000))
def test_crps_is_all_pairs_and_never_below_nought(draws: list[float], actual: float) -> None:
    pairs = np.abs(np.subtract.outer(draws, draws)).mean() / 2
    expected = np.abs(np.array(draws) - actual).mean() - pairs
    found = crps_of_draws(np.array([draws]), np.array([actual]))[0]
    assert found == pytest.approx(expected, abs=1e-9)
    assert found >= -1e-9


@given(st.floats(1, 1000), st.floats(1, 1000))
def test_crps_of_one_certain_value_is_its_error(value: float, actual: float) -> None:
    found = crps_of_draws(np.full((1, 7), value), np.array([actual]))[0]
    assert found == pytest.approx(abs(value - actual), abs=1e-9)


def test_what_cannot_be_scored_is_refused() -> None:
    one, none, unknown = np.ones(1), np.ones(0), np.array([np.nan])
    for forecast, actual in ((none, none), (one, np.ones(2)), (unknown, one), (one, unknown)):
        with pytest.raises(ValueError, match=r"as many forecasts|all be numbers"):
            score_points(forecast, actual)


def test_nothing_to_divide_by_is_not_a_number_and_none_in_json() -> None:
    scores = score_points(np.array([1.0]), np.array([0.0]))
    assert np.isnan(scores.mape)
    assert np.isnan(scores.wape)
    assert json.loads(json.dumps(scores.as_dict()))["mape"] is None
