"""The growth model: what it learns, what it does not see, and how wide its ranges are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.growth import FADE, Growth, england_growth, fit_growth
from goldenthread.forecast.signals import SIGNALS
from tests.forecast.published.made_up import panel
from tests.forecast.published.test_panel import poisoned

WAY_IN = 1 + list(SIGNALS).index("way_in")


def test_requests_are_learnt_to_lead_growth() -> None:
    found = fit_growth(panel(), 2022, 3)
    others = np.delete(found.weights[0], [0, WAY_IN])
    assert found.weights[0, WAY_IN] > 0.01  # 0.5 times the spread of the way in, which is about 0.04
    assert np.abs(others).max() < found.weights[0, WAY_IN] / 3


def test_next_year_is_forecast_better_than_by_repeating_growth() -> None:
    made = panel(councils=80)
    found = fit_growth(made, 2022, 1)
    came, before = made.plans[:, made.at(2023)], made.plans[:, made.at(2021)]
    mine = np.abs(found.plans * np.exp(found.mean[:, 0]) / came - 1).mean()
    again = np.abs(found.plans**2 / before / came - 1).mean()
    assert mine < 0.8 * again


@settings(max_examples=8, deadline=None)
@given(origin=st.integers(2018, 2022), seed=st.integers(0, 2**32 - 1))
def test_the_future_is_not_seen(origin: int, seed: int) -> None:
    made = panel()
    one, other = fit_growth(made, origin, 4), fit_growth(poisoned(made, origin, seed), origin, 4)
    assert_same(one, other)


def assert_same(one: Growth, other: Growth) -> None:
    for name in ("mean", "shared", "own", "weights", "plans"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    assert (one.damping, one.england, one.degrees) == (other.damping, other.england, other.degrees)


def test_what_was_known_is_seen() -> None:
    made = panel()
    changed = replace(made, flows={**made.flows, "requests": made.flows["requests"].copy()})
    changed.flows["requests"][0, made.at(2021)] *= 1.5
    one, other = fit_growth(made, 2022, 1), fit_growth(changed, 2022, 1)
    assert other.mean[0, 0] > one.mean[0, 0] + 0.005


def test_england_goes_on_damped() -> None:
    made = panel()
    made.plans[:] = 1000.0 * np.exp(np.cumsum(0.1 * 0.9 ** np.arange(len(made.years))))
    found = fit_growth(made, 2022, 3)
    assert found.england == pytest.approx(england_growth(made, 2022))
    assert found.damping == pytest.approx(0.9)
    np.testing.assert_allclose(found.mean[0], found.england * 0.9 ** np.arange(1, 4), rtol=1e-6)
    assert found.england_shock == pytest.approx(0.0, abs=1e-9)


def test_growth_of_england_leaves_out_who_is_in_one_census_only() -> None:
    made = panel(councils=3)
    made.plans[0, made.at(2020)] = np.nan
    both = made.plans[1:, made.at(2021)].sum() / made.plans[1:, made.at(2020)].sum()
    assert england_growth(made, 2021) == pytest.approx(np.log(both))


def test_beyond_what_was_seen_the_difference_from_england_fades() -> None:
    found = fit_growth(panel(first=2017), 2021, 9)
    learnt = len(found.weights)
    relative = found.mean - found.england * found.damping ** np.arange(1, 10)
    assert learnt < 9
    np.testing.assert_allclose(relative[:, learnt:], relative[:, learnt - 1 : -1] * FADE)


def test_ranges_widen_and_small_councils_have_wider_ones() -> None:
    made = panel(councils=80)
    small = made.plans[:, 0] < np.median(made.plans[:, 0])
    for year in range(1, len(made.years)):  # chance moves few plans further
        noise = np.random.default_rng(year).normal(0, 0.05, 80) * small
        made.plans[:, year] = np.round(made.plans[:, year] * np.exp(noise))
    found = fit_growth(made, 2022, 5)
    variance = (found.shared.cumsum(axis=1) ** 2).sum(axis=2) + (found.own**2).cumsum(axis=1)
    assert (np.diff(variance, axis=1) > 0).all()
    order = np.argsort(found.plans)
    assert found.own[order[0], 0] > found.own[order[-1], 0]


def test_too_early_an_origin_is_refused() -> None:
    with pytest.raises(ForecastError, match="Nothing can be learnt before January 2015"):
        fit_growth(panel(first=2014), 2015, 1)
    with pytest.raises(ForecastError, match="no figures of 2030"):
        fit_growth(panel(), 2030, 1)
