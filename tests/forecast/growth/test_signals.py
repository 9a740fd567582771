"""What is known of a council at a January."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.signals import (
    SIGNALS,
    learnt_from,
    log_growth,
    raw_signals,
    signals,
    standardised,
    way_in_known,
)
from tests.forecast.published.made_up import panel


def test_signals_by_hand() -> None:
    made = panel(councils=4, first=2021, last=2023)
    made.plans[:] = [[100, 110, 121], [200, 200, 220], [400, 400, 400], [800, 880, 880]]
    made = replace(made, regions=("North", "North", "South", "North"))
    made.flows["requests"][0, 1], made.flows["refused"][0, 1] = 30, 6  # calendar 2022
    made.flows["issued"][0, 1], made.flows["in_time"][0, 1] = 20, 5
    made.prevalence[0, 2] = 4.5
    found = dict(zip(SIGNALS, raw_signals(made, 2023)[0], strict=True))
    assert found["growth"] == pytest.approx(np.log(1.1))
    assert found["region"] == pytest.approx((np.log(1.1) + 0.0) / 2)  # of the two others in the North
    assert found["way_in"] == pytest.approx(24 / 121)
    assert found["in_time"] == pytest.approx(0.25)
    assert found["prevalence"] == 4.5
    assert np.isnan(raw_signals(made, 2023)[2, 1])  # alone in its region


def test_a_signal_not_known_is_in_the_middle() -> None:
    made = panel(councils=9)
    made.flows["requests"][3] = np.nan
    table = signals(made, 2020)
    assert table[3, 1 + list(SIGNALS).index("way_in")] == 0.0
    assert np.isfinite(table).all()
    assert (table[:, 0] == 1.0).all()


def test_standardised_by_hand() -> None:
    values = np.array([1.0, 2.0, 3.0, np.nan, 1000.0])
    used = np.array([True, True, True, True, False])
    found = standardised(values, used)
    np.testing.assert_allclose(found, [-1 / 1.4826, 0.0, 1 / 1.4826, 0.0, 3.0])
    assert (standardised(values, np.zeros(5, dtype=np.bool_)) == 0.0).all()


def test_small_councils_and_forebears_are_not_learnt_from() -> None:
    made = panel(councils=3)
    made.plans[0] = 99.0
    made.own[1] = False
    assert learnt_from(made, 2020).tolist() == [False, False, True]


def test_growth_before_the_first_census_is_not_known() -> None:
    made = panel(councils=2, first=2020)
    assert np.isnan(log_growth(made, 2020)).all()
    assert np.isnan(log_growth(made, 2021, 2)).all()


def test_the_way_in_has_to_be_known_of_most() -> None:
    made = panel(councils=4)
    assert way_in_known(made, 2020)
    made.flows["requests"][:2, made.at(2019)] = np.nan
    assert not way_in_known(made, 2020)
    assert not way_in_known(made, made.years[0])
