"""The little statistics that the published model needs: robust, pooled, and the same on every machine."""

from __future__ import annotations

from typing import Final

import numpy as np

from goldenthread.forecast.space import Floats

# Student's t: degrees, and the quantiles that leave 10% and 2.5% above. Source: tables of the distribution.
_STUDENT: Final = (
    (4.0, 1.533, 2.776),
    (5.0, 1.476, 2.571),
    (6.0, 1.440, 2.447),
    (8.0, 1.397, 2.306),
    (10.0, 1.372, 2.228),
    (15.0, 1.341, 2.131),
    (30.0, 1.310, 2.042),
)
NORMAL: Final = 30.0  # degrees, near enough
_TO_DEVIATION: Final = 1.4826  # of a normal distribution, from its median absolute deviation


def robust_spread(values: Floats) -> float:
    """Return the standard deviation that the middle half of the values tells of, about their median."""
    return float(_TO_DEVIATION * np.median(np.abs(values - np.median(values))))


def robust_ridge(x: Floats, y: Floats, penalty: float, prior: Floats, rounds: int = 8) -> Floats:
    """Return coefficients (K,) of y (n,) on x (n, K), drawn to `prior` with the weight of `penalty` rows.

    Errors beyond one robust standard deviation count by their size, not its square (Huber): forecasts are
    judged by absolute error, and single councils' figures are often wrong.
    """
    coefficients = prior
    for _ in range(rounds):
        errors = np.abs(y - x @ coefficients)
        limit = _TO_DEVIATION * float(np.median(errors))
        weights = np.minimum(1.0, limit / np.maximum(errors, 1e-12))
        normal = x.T @ (weights[:, None] * x) + penalty * np.eye(x.shape[1])
        coefficients = prior + np.linalg.solve(normal, x.T @ (weights * (y - x @ prior)))
    return coefficients


def degrees_of(errors: Floats) -> float:
    """Return the degrees of the Student t whose tails are as long as those of the errors, from 4 to 30.

    Judged by how much farther out their 95% lies than their 80%.
    """
    middle, far = np.quantile(np.abs(errors), [0.8, 0.95])
    if not middle:
        return NORMAL
    return min(_STUDENT, key=lambda row: abs(row[2] / row[1] - far / middle))[0]


def deviation_of(errors: Floats, degrees: float) -> float:
    """Return the standard deviation of a Student t that has 80% of the errors within its middle 80%."""
    ninety = next(row[1] for row in _STUDENT if row[0] == degrees)
    unit = ninety * float(np.sqrt((degrees - 2.0) / degrees))  # of a t scaled to deviation 1
    return float(np.quantile(np.abs(errors), 0.8)) / unit


def fall_with_size(errors: Floats, size: Floats) -> float:
    """Return the power of size that errors fall with: from -0.5 (chance alone) to 0 (not at all)."""
    x = np.log(size) - np.log(size).mean()
    y = np.log(np.maximum(np.abs(errors), 1e-6))
    return float(np.clip((x @ (y - y.mean())) / (x @ x), -0.5, 0.0))
