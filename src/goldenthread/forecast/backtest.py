"""How well the published model would have done: forecasts from past Januaries, against what came.

Rolling origin: for each origin the model is fitted anew on what was published then. Scored are the councils
that have at least 100 plans of their own in every January from the one before the first origin to the last in
the data; so the City of London and the Isles of Scilly are left out, and councils that ended or began in
between. Beside the model stand the naive rules on the same councils and years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.naive import CATEGORY_RULES, TOTAL_RULES
from goldenthread.forecast.outlooks import fit_outlooks
from goldenthread.forecast.published.panel import Panel
from goldenthread.forecast.record import MODEL, NAMES, TOTAL, Record, Row
from goldenthread.forecast.result import QUANTILES
from goldenthread.forecast.scores import crps_of_draws, score_draws, score_points
from goldenthread.forecast.signals import SMALLEST
from goldenthread.forecast.space import Floats, Ints

SIMULATIONS: Final = 2000
_RANGES: Final = [0, 1, 3, 4]  # of QUANTILES: the ends of the 95% and 80% ranges
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """All councils with plans at an origin: n of them, horizons as asked, W of NAMES."""

    origin: int
    horizons: tuple[int, ...]
    rows: Ints  # (n,) on the panel's axis of councils
    codes: tuple[str, ...]
    mean: Floats  # (n, horizons, W) heads
    quantiles: Floats  # (5, n, horizons, W) at QUANTILES
    crps: Floats  # (n, horizons, W) against what came, NaN where it is not in the data


@dataclass(frozen=True, slots=True)
class Backtest:
    """What was found, the councils that were scored, and every forecast that was made."""

    record: Record
    councils: tuple[str, ...]
    forecasts: tuple[Forecasts, ...]


def run_backtest(
    panel: Panel,
    origins: Sequence[int],
    horizons: Sequence[int] = (1, 2, 3),
    *,
    seed: int = 1,
    simulations: int = SIMULATIONS,
    progress: Said | None = None,
) -> Backtest:
    """Forecast from each origin and score what has come since. Outcomes may be missing for some.

    Raises PublishedError for an origin that is not in the panel, ForecastError where nothing can be learnt
    before it, ValueError if no origin or horizon is given.
    """
    if not origins or not horizons or min(horizons) < 1:
        raise ValueError("Give at least one origin, and horizons of one year or more.")
    scored = scored_councils(panel, origins)
    made = []
    for origin in origins:
        if progress:
            progress(f"Forecasting from January {origin}")
        made.append(_forecast(panel, origin, tuple(horizons), seed, simulations))
    rows = [
        row
        for horizon in horizons
        for place, name in enumerate(NAMES)
        for row in _rows(panel, made, scored, horizon, place, name)
    ]
    record = Record(
        origins=tuple(origins),
        horizons=tuple(horizons),
        seed=seed,
        simulations=simulations,
        last_year=panel.years[-1],
        councils=len(scored),
        rows=tuple(rows),
    )
    return Backtest(record, tuple(panel.codes[at] for at in scored), tuple(made))


def scored_councils(panel: Panel, origins: Sequence[int]) -> Ints:
    """Return which councils are scored, as places on the panel's axis."""
    span = slice(max(panel.at(min(origins)) - 1, 0), None)
    return np.flatnonzero(
        (panel.own[:, span] & (np.nan_to_num(panel.plans[:, span]) >= SMALLEST)).all(axis=1)
    )


def _outcomes(panel: Panel, year: int) -> Floats:
    """(L, W) heads in a January; NaN in a year that is not in the data."""
    if year > panel.years[-1]:
        return np.full((len(panel.codes), len(NAMES)), np.nan)
    at = panel.at(year)
    own = np.where(panel.own[:, [at]], panel.categories[:, at], np.nan)
    return np.column_stack([np.where(panel.own[:, at], panel.plans[:, at], np.nan), own])


def _forecast(panel: Panel, origin: int, horizons: tuple[int, ...], seed: int, simulations: int) -> Forecasts:
    outlooks = fit_outlooks(panel, origin, max(horizons))
    rows = np.flatnonzero(outlooks.growth.there)
    totals, parts = outlooks.draws(rows, seed, simulations)
    draws = np.concatenate([totals[..., None], parts], axis=3)[:, [ahead - 1 for ahead in horizons]]
    crps = np.stack(
        [
            np.stack(
                [crps_of_draws(draws[:, at, :, what], came[:, what]) for what in range(len(NAMES))], axis=1
            )
            for at, came in enumerate(_outcomes(panel, origin + ahead)[rows] for ahead in horizons)
        ],
        axis=1,
    )
    return Forecasts(
        origin=origin,
        horizons=horizons,
        rows=rows,
        codes=tuple(panel.codes[row] for row in rows),
        mean=draws.mean(axis=2),
        quantiles=np.quantile(draws, QUANTILES, axis=2),
        crps=crps,
    )


def _rows(
    panel: Panel, made: Sequence[Forecasts], scored: Ints, horizon: int, place: int, name: str
) -> Iterator[Row]:
    """The scores of every rule for one horizon and category, all origins together."""
    points: dict[str, list[Floats]] = defaultdict(list)
    ranges, crps, actual, used = [], [], [], []
    rules = TOTAL_RULES if name == TOTAL else CATEGORY_RULES
    for one in made:
        came = _outcomes(panel, one.origin + horizon)[:, place]
        now, before = (_outcomes(panel, one.origin - back)[:, place] for back in (0, 1))
        there = scored[np.isfinite(came[scored] + now[scored] + before[scored])]
        if not len(there):
            continue
        used.append(one.origin)
        actual.append(came[there])
        for rule, forecast in rules.items():
            points[rule].append(forecast(now[there], before[there], horizon))
        mine, ahead = np.searchsorted(one.rows, there), one.horizons.index(horizon)
        points[MODEL].append(one.mean[mine, ahead, place])
        ranges.append(one.quantiles[:, mine, ahead, place][_RANGES])
        crps.append(one.crps[mine, ahead, place])
    if not used:
        return
    came = np.concatenate(actual)
    model = score_draws(
        np.concatenate(points.pop(MODEL)), np.concatenate(ranges, axis=1), np.concatenate(crps), came
    )
    yield Row(MODEL, horizon, name, tuple(used), model)
    for rule, forecasts in points.items():
        yield Row(rule, horizon, name, tuple(used), score_points(np.concatenate(forecasts), came))


FORECAST_COLUMNS: Final = (
    "la_code", "origin", "horizon", "category", "mean", "p2_5", "p10", "p50", "p90", "p97_5",
)  # fmt: skip


def forecast_lines(forecasts: Sequence[Forecasts]) -> Iterator[tuple[str | int | float, ...]]:
    """Every forecast that was made, in FORECAST_COLUMNS, also those whose outcome is not yet known. Heads."""
    for one in forecasts:
        for council, code in enumerate(one.codes):
            for at, horizon in enumerate(one.horizons):
                for place, name in enumerate(NAMES):
                    points = one.quantiles[:, council, at, place]
                    figures = (float(one.mean[council, at, place]), *(float(point) for point in points))
                    yield code, one.origin, horizon, name, *(round(figure, 4) for figure in figures)
