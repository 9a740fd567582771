"""Where the volume of joiners stands, which way it goes, and how far it jumps: all three with their doubt.

The log volume of a year is last year's, plus a change that lasts, plus a shock that stays; counting adds its
own noise to what is seen. For each size of shock on a grid Kalman's filter gives level and change together;
sizes are weighed by how well they explain the years seen and by what is usual. With few years, or few
joiners, the usual decides and the doubt is wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.space import Floats

USUAL: Final = 0.15  # a year's log change of volume beyond the trend, before any year was seen
USUAL_YEARS: Final = 8.0  # years that this counts for
TREND_YEARS: Final = 2.0  # years of change that the trend given from outside counts for
_GRID: Final = np.geomspace(0.03, 0.4, 13)
_ANYWHERE: Final = 100.0  # variance of a level of which nothing is known


@dataclass(frozen=True, slots=True)
class Volume:
    """What is known of the log volume, for each of G sizes of shock."""

    shock: Floats  # (G,) standard deviation of a year's own change
    chance: Floats  # (G,) of that size
    mean: Floats  # (G, 2) level of the last year, and yearly change
    root: Floats  # (G, 2, 2) lower root of their covariance

    def expected(self) -> Floats:
        """Return the expected level and change (2,)."""
        both: Floats = np.einsum("g,gi->i", self.chance, self.mean)
        return both

    def drawn(self, numbers: np.random.Generator, size: int) -> tuple[Floats, Floats, Floats]:
        """Draw level, change and size of shock, (size,) each."""
        which = np.searchsorted(np.cumsum(self.chance)[:-1], numbers.random(size), side="right")
        both = self.mean[which] + np.einsum(
            "sij,sj->si", self.root[which], numbers.standard_normal((size, 2))
        )
        return both[:, 0], both[:, 1], self.shock[which]


def certain_volume(shock: float) -> Volume:
    """Return a volume at its average, without a trend, that is known for certain but for its shocks."""
    return Volume(np.array([shock]), np.ones(1), np.zeros((1, 2)), np.zeros((1, 2, 2)))


def followed(volumes: Floats, counting: Floats, toward: float) -> Volume:
    """Return what the log volumes (T,) of past years say, each seen with a variance of `counting` (T,).

    `toward` is the yearly change that is expected before any was seen. With no years the level is nought,
    give or take one shock.
    """
    means, roots, scores = [], [], []
    for shock in _GRID:
        mean, spread, score = _filtered(volumes, counting, toward, float(shock))
        means.append(mean)
        roots.append(np.linalg.cholesky(spread))
        scores.append(score - USUAL_YEARS * (np.log(shock) + USUAL**2 / shock**2 / 2.0))
    chance = np.exp(np.array(scores) - max(scores))
    return Volume(_GRID, chance / chance.sum(), np.array(means), np.array(roots))


def _filtered(volumes: Floats, counting: Floats, toward: float, shock: float) -> tuple[Floats, Floats, float]:
    """Mean (2,) and covariance (2, 2) of level and change, and the log likelihood of the years."""
    on = np.array([[1.0, 1.0], [0.0, 1.0]])
    jump = np.array([[shock**2, 0.0], [0.0, 0.0]])
    known = shock**2 if not len(volumes) else _ANYWHERE
    mean, spread, score = np.array([0.0, toward]), np.diag([known, shock**2 / TREND_YEARS]), 0.0
    for year, (seen, noise) in enumerate(zip(volumes, counting, strict=True)):
        if year:
            mean, spread = on @ mean, on @ spread @ on.T + jump
        variance = spread[0, 0] + noise
        off = float(seen - mean[0])
        score -= 0.5 * (float(np.log(variance)) + off**2 / float(variance))
        gain = spread[:, 0] / variance
        mean, spread = mean + gain * off, spread - np.outer(gain, spread[0])
    return mean, (spread + spread.T) / 2.0, score
