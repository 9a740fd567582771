"""Level, change and shocks of the volume of joiners, with their doubt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.draws import Process, stream
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.rates import estimate
from goldenthread.forecast.synthetic import council, small_space
from goldenthread.forecast.trend import TREND_YEARS, USUAL, certain_volume, followed

SURE = 1e-8  # variance of a count so large that it is exact


def _drawn(volume):
    return volume.drawn(stream(1, 0, 0, Process.PARAMETERS), 20_000)


def test_nothing_seen_is_the_trend_given_and_the_usual_shock():
    volume = followed(np.zeros(0), np.zeros(0), 0.03)
    assert volume.expected() == pytest.approx([0.0, 0.03])
    level, change, shock = _drawn(volume)
    assert np.sqrt((shock**2).mean()) == pytest.approx(USUAL * np.sqrt(8 / 6), rel=0.15)  # its 8 years
    assert np.median(shock) == pytest.approx(USUAL, rel=0.2)
    assert level.std() == pytest.approx(np.sqrt((shock**2).mean()), rel=0.05)
    assert change.mean() == pytest.approx(0.03, abs=0.005)


def test_years_seen_exactly_give_level_and_a_change_held_towards_the_one_given():
    seen = np.array([0.0, 0.2, 0.4, 0.6])
    level, change = followed(seen, np.full(4, SURE), 0.0).expected()
    assert level == pytest.approx(0.6, abs=1e-4)
    assert change == pytest.approx(3 * 0.2 / (3 + TREND_YEARS), abs=1e-4)


def test_small_counts_are_followed_less():
    seen = np.array([0.0, 0.0, 0.0, 0.5])
    exact = followed(seen, np.full(4, SURE), 0.0).expected()[0]
    noisy = followed(seen, np.full(4, 0.1), 0.0).expected()[0]
    assert noisy < 0.6 * exact


def test_uneven_years_mean_larger_shocks():
    even = followed(np.zeros(8), np.full(8, SURE), 0.0)
    uneven = followed(np.array([0.0, 0.4] * 4), np.full(8, SURE), 0.0)
    assert _drawn(even)[2].mean() < USUAL < _drawn(uneven)[2].mean()
    assert np.median(_drawn(uneven)[2]) == pytest.approx(0.35, abs=0.1)


def test_draws_have_the_covariance_of_level_and_change():
    volume = followed(np.array([0.0, 0.1, 0.3]), np.full(3, 0.02), 0.0)
    level, change, _ = _drawn(volume)
    within = np.einsum("g,gik,gjk->ij", volume.chance, volume.root, volume.root)
    among = np.cov(volume.mean.T, aweights=volume.chance, ddof=0)
    assert np.cov(level, change) == pytest.approx(within + among, rel=0.1, abs=2e-4)
    assert [level.mean(), change.mean()] == pytest.approx(volume.expected(), abs=0.01)


def test_joiners_of_a_run_vary_by_the_shock_and_more_each_year():
    inputs = council(small_space(), 5000, 3)
    rates = estimate(inputs)
    sure = replace(rates, certain=True, joining=replace(rates.joining, volume=certain_volume(0.3)))
    joiners = np.log(simulate(inputs, simulations=1000, rates=sure).joiners)
    assert joiners.std(axis=0) == pytest.approx(0.3 * np.sqrt([1, 2, 3]), rel=0.1)


def test_a_run_begins_at_the_level_of_the_last_years():
    inputs = council(small_space(), 3000, 1)
    more = replace(inputs.history, joined=inputs.history.joined.copy())
    more.joined[-2:] *= 2
    usual, risen = (
        simulate(replace(inputs, history=history), simulations=250).joiners.mean()
        for history in (inputs.history, more)
    )
    assert 2.0 < risen / usual < 2.6  # twice as many, and some of the growth goes on
