"""The backtest on made-up councils."""

from __future__ import annotations

import numpy as np
import pytest

from goldenthread.forecast.backtest import FORECAST_COLUMNS, forecast_lines, run_backtest, scored_councils
from goldenthread.forecast.naive import half_and_half
from goldenthread.forecast.record import MODEL, NAMES, TOTAL, record_of
from goldenthread.forecast.scores import score_points
from goldenthread.forecast.space import CATEGORIES
from tests.forecast.published.made_up import panel
from tests.forecast.published.test_panel import poisoned

FEW = {"simulations": 200}


def test_scores_are_those_of_the_forecasts_made() -> None:
    made = panel()
    found = run_backtest(made, [2020, 2021], [1, 2], **FEW)
    forecasts, came = [], []
    for one in found.forecasts:
        forecasts.append(one.mean[:, 1, 0])
        came.append(made.plans[:, made.at(one.origin + 2)])
    expected = score_points(np.concatenate(forecasts), np.concatenate(came))
    row = found.record.row(MODEL, 2)
    assert row.origins == (2020, 2021)
    assert (row.scores.n, row.scores.mape) == (80, pytest.approx(expected.mape))
    inside = [
        (one.quantiles[1, :, 1, 0] <= actual) & (actual <= one.quantiles[3, :, 1, 0])
        for one, actual in zip(found.forecasts, came, strict=True)
    ]
    assert row.scores.cover_80 == pytest.approx(100 * np.concatenate(inside).mean())


def test_naive_rows_are_on_the_same_councils() -> None:
    made = panel()
    found = run_backtest(made, [2021], [2], **FEW)
    at = made.at(2021)
    expected = score_points(half_and_half(made.plans[:, at], made.plans[:, at - 1], 2), made.plans[:, at + 2])
    assert found.record.row("half own, half national", 2).scores == expected
    with pytest.raises(KeyError):
        found.record.row("last value", 2)  # of totals it is no rule
    assert found.record.row("last value", 2, "NMISS").scores.n == 40


def test_categories_add_up_to_the_total_in_the_mean() -> None:
    (one,) = run_backtest(panel(), [2022], [1, 2, 3], **FEW).forecasts
    np.testing.assert_allclose(one.mean[:, :, 1:].sum(axis=2), one.mean[:, :, 0])
    assert (np.diff(one.quantiles, axis=0) >= 0).all()


def test_outcomes_not_yet_known_are_forecast_and_not_scored() -> None:
    found = run_backtest(panel(), [2023, 2024], [1, 2], **FEW)
    assert found.record.row(MODEL, 1).origins == (2023,)
    with pytest.raises(KeyError, match="No scores of model 2 years ahead"):
        found.record.row(MODEL, 2)
    with pytest.raises(KeyError, match="No naive scores"):
        found.record.best_naive(2)
    assert [one.origin for one in found.forecasts] == [2023, 2024]
    assert np.isnan(found.forecasts[1].crps).all()


def test_forecasts_do_not_change_when_the_future_does() -> None:
    made = panel()
    one = run_backtest(made, [2021], [1, 2, 3], **FEW)
    other = run_backtest(poisoned(made, 2021, 9), [2021], [1, 2, 3], **FEW)
    np.testing.assert_array_equal(one.forecasts[0].mean, other.forecasts[0].mean)
    np.testing.assert_array_equal(one.forecasts[0].quantiles, other.forecasts[0].quantiles)
    assert one.record.row(MODEL, 1).scores.mape != other.record.row(MODEL, 1).scores.mape


def test_the_same_seed_gives_the_same_record() -> None:
    first, again, other = (run_backtest(panel(), [2022], [1], seed=s, **FEW).record for s in (1, 1, 2))
    assert first == again
    assert first.rows != other.rows


def test_councils_too_small_or_not_there_throughout_are_not_scored() -> None:
    made = panel(councils=6)
    made.plans[0, made.at(2020)] = 99.0
    made.own[1, made.at(2019)] = False
    made.own[2, made.at(2018)] = False  # before the census before the first origin: does not matter
    assert scored_councils(made, [2020, 2022]).tolist() == [2, 3, 4, 5]


def test_placements_not_known_are_left_out_of_their_scores() -> None:
    made = panel()
    made.categories[0, made.at(2023)] = np.nan
    record = run_backtest(made, [2022], [1], **FEW).record
    assert record.row(MODEL, 1, "MmSoA").scores.n == 39
    assert record.row(MODEL, 1).scores.n == 40


def test_lines_have_every_forecast() -> None:
    found = run_backtest(panel(councils=12), [2021, 2024], [1, 3], **FEW)
    lines = [dict(zip(FORECAST_COLUMNS, line, strict=True)) for line in forecast_lines(found.forecasts)]
    assert len(lines) == 12 * 2 * 2 * len(NAMES)
    assert {(line["la_code"], line["origin"], line["horizon"]) for line in lines} == {
        (f"{901 + at}", origin, horizon) for at in range(12) for origin in (2021, 2024) for horizon in (1, 3)
    }
    one = [
        line for line in lines if line["la_code"] == "905" and line["origin"] == 2024 and line["horizon"] == 3
    ]
    total = next(line for line in one if line["category"] == TOTAL)
    parts = sum(float(line["mean"]) for line in one if line["category"] in CATEGORIES)
    assert parts == pytest.approx(float(total["mean"]), abs=0.01)
    assert total["p2_5"] < total["p10"] < total["p50"] < total["p90"] < total["p97_5"]


def test_progress_is_told_and_nothing_asked_is_refused() -> None:
    said: list[str] = []
    run_backtest(panel(), [2022], [1], progress=said.append, **FEW)
    assert said == ["Forecasting from January 2022"]
    for origins, horizons in (([], [1]), ([2022], []), ([2022], [0])):
        with pytest.raises(ValueError, match="at least one origin"):
            run_backtest(panel(), origins, horizons)


def test_a_record_is_the_same_after_keeping() -> None:
    record = run_backtest(panel(), [2022], [1], simulations=2).record
    kept = record_of(record.as_dict())
    assert kept.row(MODEL, 1).scores.n == record.row(MODEL, 1).scores.n
    assert kept.as_dict() == record.as_dict()
    line = next(line for line in record.compared() if line["category"] == TOTAL)
    best = record.best_naive(1, by="mape").scores.mape
    assert line["best_naive_mape"] == pytest.approx(best, abs=1e-4)
    assert line["mape_better"] == (record.row(MODEL, 1).scores.mape < best)
