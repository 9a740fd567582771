"""Shares of the seven categories, and the outlooks that have them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.outlooks import fit_outlooks
from goldenthread.forecast.space import CATEGORIES
from tests.forecast.published.made_up import panel
from tests.forecast.published.test_panel import poisoned


@settings(max_examples=8, deadline=None)
@given(origin=st.integers(2019, 2022), seed=st.integers(0, 2**32 - 1))
def test_the_future_is_not_seen(origin: int, seed: int) -> None:
    made = panel()
    one, other = fit_outlooks(made, origin, 3), fit_outlooks(poisoned(made, origin, seed), origin, 3)
    for name in ("shares", "spread", "elasticity"):
        np.testing.assert_array_equal(getattr(one.mix, name), getattr(other.mix, name), err_msg=name)


def test_shares_add_up_to_one_and_stay_near_the_last_known() -> None:
    made = panel()
    mix = fit_outlooks(made, 2022, 5).mix
    np.testing.assert_allclose(mix.shares.sum(axis=2), 1.0)
    assert (mix.shares > 0).all()
    assert (np.diff(mix.spread, axis=1) >= -0.05).all()
    last = made.categories[:, made.at(2022)] / made.plans[:, [made.at(2022)]]
    assert np.abs(mix.shares[:, 0] - last).max() < 0.1


def test_a_council_that_grows_loses_the_share_that_others_lost() -> None:
    made = panel(councils=60)
    place = list(CATEGORIES).index("MdSSA")
    made.categories[:, :, place] = 300.0  # places that do not grow with the plans
    rest = [at for at in range(len(CATEGORIES)) if at != place]
    made.categories[:, :, rest] *= ((made.plans - 300) / made.categories[:, :, rest].sum(axis=2))[..., None]
    mix = fit_outlooks(made, 2023, 1).mix
    assert mix.elasticity[place] == pytest.approx(-1.0, abs=0.15)


def test_a_council_without_placements_has_its_last_known_or_englands() -> None:
    made = panel()
    last = made.at(2022)
    before = made.categories[0, last - 1] / made.plans[0, last - 1]
    made.categories[0, last] = np.nan
    made.categories[1] = np.nan
    mix = fit_outlooks(made, 2022, 1).mix
    assert np.abs(mix.shares[0, 0] - before).max() < 0.1
    england = np.nansum(made.categories[:, last], axis=0) / np.nansum(made.categories[:, last])
    assert np.abs(mix.shares[1, 0] - england).max() < 0.1
    assert np.isfinite(mix.shares).all()
    assert np.isfinite(mix.spread).all()


def test_no_place_of_a_kind_is_a_small_share_not_an_error() -> None:
    made = panel()
    made.categories[0, :, 6] += made.categories[0, :, 4]
    made.categories[0, :, 4] = 0.0
    mix = fit_outlooks(made, 2022, 2).mix
    assert 0 < mix.shares[0, 0, 4] < 0.01


def test_draws_are_the_same_for_a_seed_and_add_up() -> None:
    outlooks = fit_outlooks(panel(), 2022, 3)
    rows = np.arange(5)
    totals, parts = outlooks.draws(rows, seed=7, simulations=400)
    again, _ = outlooks.draws(rows, seed=7, simulations=400)
    other, _ = outlooks.draws(rows, seed=8, simulations=400)
    np.testing.assert_array_equal(totals, again)
    assert not np.array_equal(totals, other)
    np.testing.assert_allclose(parts.sum(axis=3), totals)
    assert (totals > 0).all()


def test_draws_have_the_middle_that_was_forecast() -> None:
    outlooks = fit_outlooks(panel(), 2022, 3)
    growth = outlooks.growth
    totals, parts = outlooks.draws(np.arange(40), seed=1, simulations=4000)
    middle = growth.plans[:, None] * np.exp(growth.mean.cumsum(axis=1))
    np.testing.assert_allclose(np.median(totals, axis=2), middle, rtol=0.005)
    share = (parts / totals[..., None]).mean(axis=2)
    assert np.abs(share - outlooks.mix.shares).max() < 0.01


def test_an_outlook_is_one_councils_part() -> None:
    outlooks = fit_outlooks(panel(), 2022, 4)
    one = outlooks.outlook("903")
    np.testing.assert_array_equal(one.mean, outlooks.growth.mean[2])
    assert one.shared.shape == (4, 5)
    assert one.mix is not None
    assert one.mix.shape == (4, 7)
    later = outlooks.outlook("903", skip=1)
    np.testing.assert_array_equal(later.mean, one.mean[1:])
    assert later.mix is not None
    assert len(later.mix) == len(later.own) == len(later.shared) == 3


@pytest.mark.parametrize("code", ["999", "902"])
def test_a_council_that_was_not_there_has_no_outlook(code: str) -> None:
    made = panel()
    made.own[1, made.at(2022)] = False
    with pytest.raises(ForecastError, match=f"{code} has no plans published for January 2022"):
        fit_outlooks(made, 2022, 1).outlook(code)


def test_before_there_is_a_year_to_learn_from_england_is_taken() -> None:
    made = panel()
    mix = fit_outlooks(made, 2016, 2).mix
    england = made.categories[:, made.at(2016)].sum(axis=0) / made.plans[:, made.at(2016)].sum()
    np.testing.assert_allclose(mix.shares, np.broadcast_to(england, mix.shares.shape), rtol=1e-6)
    assert (mix.elasticity == 0.0).all()
    assert (mix.spread[:, 1] > mix.spread[:, 0]).all()
