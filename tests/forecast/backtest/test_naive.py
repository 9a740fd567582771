"""The naive rules by hand."""

from __future__ import annotations

import numpy as np
import pytest

from goldenthread.forecast.naive import half_and_half, last_value, national_growth, own_growth

NOW, BEFORE = np.array([110.0, 330.0]), np.array([100.0, 300.0]) * np.array([1.0, 0.8])  # +10%, +37.5%


def test_rules_by_hand() -> None:
    national = 440 / 340
    np.testing.assert_allclose(own_growth(NOW, BEFORE, 2), [110 * 1.1**2, 330 * 1.375**2])
    np.testing.assert_allclose(national_growth(NOW, BEFORE, 2), NOW * national**2)
    half = (np.array([0.1, 0.375]) + national - 1) / 2
    np.testing.assert_allclose(half_and_half(NOW, BEFORE, 1), NOW * (1 + half))
    np.testing.assert_array_equal(last_value(NOW, BEFORE, 3), NOW)


@pytest.mark.parametrize("rule", [own_growth, national_growth, half_and_half])
def test_nobody_the_year_before_means_no_growth(rule) -> None:  # type: ignore[no-untyped-def]
    np.testing.assert_array_equal(rule(np.array([5.0]), np.array([0.0]), 2), [5.0])
