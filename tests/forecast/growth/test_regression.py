"""The statistics under the growth model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecast.regression import (
    NORMAL,
    degrees_of,
    deviation_of,
    fall_with_size,
    robust_ridge,
    robust_spread,
)


def test_spread_by_hand() -> None:
    assert robust_spread(np.array([1.0, 2.0, 3.0, 4.0, 100.0])) == pytest.approx(1.4826)


def test_ridge_without_noise_finds_the_line() -> None:
    x = np.column_stack([np.ones(50), np.linspace(-1, 1, 50)])
    found = robust_ridge(x, x @ np.array([0.3, -2.0]), 0.0, np.zeros(2))
    np.testing.assert_allclose(found, [0.3, -2.0], atol=1e-9)


def test_ridge_is_not_moved_by_a_wrong_figure() -> None:
    numbers = np.random.default_rng(2)
    x = numbers.normal(size=(200, 1))
    y = 0.5 * x[:, 0] + numbers.normal(0, 0.1, 200)
    y[:5] += 50.0
    assert robust_ridge(x, y, 0.0, np.zeros(1))[0] == pytest.approx(0.5, abs=0.05)


def test_a_heavy_penalty_gives_the_prior() -> None:
    x, prior = np.ones((10, 1)), np.array([7.0])
    assert robust_ridge(x, np.zeros(10), 1e9, prior)[0] == pytest.approx(7.0, rel=1e-6)


@pytest.mark.parametrize("degrees", [4.0, 8.0, 30.0])
def test_degrees_and_deviation_are_found_again(degrees: float) -> None:
    errors = np.random.default_rng(3).standard_t(degrees, 200_000) * 0.04
    scaled = 0.04 * np.sqrt(degrees / (degrees - 2))
    assert degrees_of(errors) == degrees
    assert deviation_of(errors, degrees) == pytest.approx(scaled, rel=0.02)


def test_normal_deviation_has_eighty_per_cent_within() -> None:
    errors = np.random.default_rng(4).normal(0, 2.0, 100_000)
    assert deviation_of(errors, NORMAL) == pytest.approx(2.0, rel=0.02)


@given(power=st.floats(-1.0, 0.5))
def test_fall_with_size_is_between_none_and_chance(power: float) -> None:
    size = np.geomspace(100, 10_000, 60)
    found = fall_with_size(size**power, size)
    assert found == pytest.approx(float(np.clip(power, -0.5, 0.0)), abs=1e-9)
