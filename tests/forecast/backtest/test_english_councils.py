"""Every English council, from DfE's published tables: the protocol, and what the model is held to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goldenthread.forecast.backtest import Backtest, run_backtest
from goldenthread.forecast.outlooks import fit_outlooks
from goldenthread.forecast.published import Panel, read_panel
from goldenthread.forecast.record import MODEL, TOTAL, published_record
from goldenthread.forecast.space import CATEGORIES
from tests.forecast.published.test_panel import poisoned

DFE = Path(__file__).parents[3].parent / "shared" / "data" / "dfe"
needs_files = pytest.mark.skipif(
    not DFE.exists(), reason="the published DfE files are not beside this checkout (../shared/data/dfe)"
)


@pytest.fixture(scope="module")
def english() -> Panel:
    return read_panel(DFE)


@pytest.fixture(scope="module")
def measured(english: Panel) -> Backtest:
    return run_backtest(english, range(2020, 2024), (1, 2, 3), simulations=1000)


# Naive rules on 145 councils, origins January 2020 to 2023, MAPE %: as measured by another program before
# this one was written.
@needs_files
@pytest.mark.parametrize(
    ("horizon", "n", "own", "national", "half"),
    [(1, 580, 4.43, 3.89, 3.66), (2, 435, 7.86, 6.22, 6.04), (3, 290, 11.95, 8.22, 8.26)],
)
def test_naive_rows_are_the_reference(
    measured: Backtest, horizon: int, n: int, own: float, national: float, half: float
) -> None:
    rows = {"own growth again": own, "national growth again": national, "half own, half national": half}
    for rule, expected in rows.items():
        scores = measured.record.row(rule, horizon).scores
        assert scores.n == n
        assert round(scores.mape, 2) == expected
    assert measured.record.councils == 145


@needs_files
@pytest.mark.parametrize(("horizon", "most"), [(1, 3.4), (2, 5.6), (3, 7.8)])
def test_errors_and_ranges_are_within_the_bars(measured: Backtest, horizon: int, most: float) -> None:
    scores = measured.record.row(MODEL, horizon).scores
    assert scores.mape <= most
    assert 76 <= (scores.cover_80 or 0) <= 84
    assert 92 <= (scores.cover_95 or 0) <= 97


@needs_files
@pytest.mark.parametrize(("horizon", "least"), [(1, 5), (2, 4), (3, 5)])
def test_categories_are_mostly_better_than_the_best_naive_rule(
    measured: Backtest, horizon: int, least: int
) -> None:
    record = measured.record
    better = [
        record.row(MODEL, horizon, name).scores.wape < record.best_naive(horizon, name).scores.wape
        for name in CATEGORIES
    ]
    assert sum(better) >= least


@needs_files
@pytest.mark.parametrize("origin", [2020, 2022])
def test_forecasts_of_real_councils_do_not_see_the_future(english: Panel, origin: int) -> None:
    one = fit_outlooks(english, origin, 3)
    other = fit_outlooks(poisoned(english, origin, 4), origin, 3)
    there = np.flatnonzero(one.growth.there)
    for left, right in zip(one.draws(there, 1, 50), other.draws(there, 1, 50), strict=True):
        np.testing.assert_array_equal(left, right)


@needs_files
def test_the_record_that_ships_is_what_is_measured(measured: Backtest) -> None:
    for horizon in (1, 2, 3):
        shipped = published_record().row(MODEL, horizon).scores
        now = measured.record.row(MODEL, horizon).scores
        assert shipped.mape == pytest.approx(now.mape, abs=0.05)
        assert shipped.cover_80 == pytest.approx(now.cover_80, abs=1.5)


@needs_files
def test_known_figures_of_one_council(english: Panel) -> None:
    at = english.council("937")
    assert english.plans[at, english.at(2019) :].tolist() == [3848, 4299, 4563, 4768, 5314, 6054]
    requests = english.flows["requests"][at, english.at(2019) : english.at(2024)]
    assert requests.tolist() == [827, 722, 690, 1349, 2007]
    assert english.categories[at, english.at(2024)].sum() == 6054


def test_the_record_that_ships_says_what_a_page_needs() -> None:
    record = published_record()
    assert record.origins == (2020, 2021, 2022, 2023)
    assert record.made_on
    assert record.row(MODEL, 1, TOTAL).scores.n == 580
    for horizon in record.horizons:
        for name in (TOTAL, *CATEGORIES):
            assert record.best_naive(horizon, name).scores.mape > 0
