"""How good forecasts were: errors, ranges and bias. A forecast is a point, or draws of what may come."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from goldenthread.forecast.space import Floats

FEWEST = 10.0  # heads: a percentage of fewer says nothing, so MAPE leaves them out


@dataclass(frozen=True, slots=True)
class Scores:
    """Over n forecasts. Percentages, but for `crps` (heads). None where a point has no range.

    `mape` is the mean of |forecast - actual| / actual, over the `n_mape` actuals of ten heads or more; `wape`
    the sum of errors over the sum of actuals; `bias` the sum of forecast less actual over that sum, above
    nought where forecasts are too high. `crps` is the continuous ranked probability score, from draws; a
    point's is its absolute error. `cover_80` and `cover_95` are how many actuals were within the ranges.
    """

    n: int
    n_mape: int
    mape: float
    wape: float
    bias: float
    crps: float
    cover_80: float | None = None
    cover_95: float | None = None

    def as_dict(self) -> dict[str, float | int | None]:
        """As plain data, rounded to what the number of councils can tell."""
        return {key: _rounded(value) for key, value in asdict(self).items()}


def score_points(forecast: Floats, actual: Floats) -> Scores:
    """Score point forecasts (n,). Raises ValueError if there are none, or one is not a number."""
    _check(forecast, actual)
    return _scored(forecast, actual, float(np.abs(forecast - actual).mean()))


def score_draws(mean: Floats, ranges: Floats, crps: Floats, actual: Floats) -> Scores:
    """Score forecasts by their means (n,), their 2.5, 10, 90 and 97.5% points (4, n) and CRPS (n,).

    Raises ValueError if there are none, or one is not a number.
    """
    _check(mean, actual)
    _check(ranges, np.broadcast_to(actual, ranges.shape))
    inside_80 = (ranges[1] <= actual) & (actual <= ranges[2])
    inside_95 = (ranges[0] <= actual) & (actual <= ranges[3])
    covers = 100.0 * float(inside_80.mean()), 100.0 * float(inside_95.mean())
    return _scored(mean, actual, float(crps.mean()), *covers)


def crps_of_draws(draws: Floats, actual: Floats) -> Floats:
    """Return the CRPS (n,) of draws (n, S): the mean distance to the actual less half that between two draws.

    Source: Gneiting and Raftery, "Strictly proper scoring rules", 2007, equation 21; over all pairs.
    """
    size = draws.shape[1]
    ordered = np.sort(draws, axis=1)
    weights = 2.0 * np.arange(1, size + 1) - size - 1.0
    between = ordered @ weights / size**2  # half the mean distance between two draws
    distance: Floats = np.abs(draws - actual[:, None]).mean(axis=1)
    crps: Floats = distance - between
    return crps


def _scored(
    forecast: Floats,
    actual: Floats,
    crps: float,
    cover_80: float | None = None,
    cover_95: float | None = None,
) -> Scores:
    counted = actual >= FEWEST
    errors = np.abs(forecast - actual)
    share = errors[counted] / actual[counted]
    total = float(actual.sum()) or math.nan
    return Scores(
        n=len(actual),
        n_mape=int(counted.sum()),
        mape=100.0 * float(share.mean()) if len(share) else math.nan,
        wape=100.0 * float(errors.sum()) / total,
        bias=100.0 * float((forecast - actual).sum()) / total,
        crps=crps,
        cover_80=cover_80,
        cover_95=cover_95,
    )


def _rounded(value: float | None) -> float | int | None:
    """NaN is not in JSON: what cannot be said is None there."""
    if not isinstance(value, float):
        return value
    return None if math.isnan(value) else round(value, 4)


def _check(forecast: Floats, actual: Floats) -> None:
    if forecast.shape != actual.shape or not actual.size:
        raise ValueError("There must be as many forecasts as actuals, and at least one.")
    if not (np.isfinite(forecast).all() and np.isfinite(actual).all()):
        raise ValueError("Forecasts and actuals must all be numbers: leave out what is not known.")
