"""The rules to beat: last year's growth once more, of the council, of all councils, or half of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from goldenthread.forecast.space import Floats

Rule = Callable[[Floats, Floats, int], Floats]


def own_growth(now: Floats, before: Floats, ahead: int) -> Floats:
    """Each council's (n,) last growth, again and again; none where it had nobody the year before."""
    return now * (1.0 + _own(now, before)) ** ahead


def national_growth(now: Floats, before: Floats, ahead: int) -> Floats:
    """The last growth of all these councils together, for each."""
    return now * (1.0 + _national(now, before)) ** ahead


def half_and_half(now: Floats, before: Floats, ahead: int) -> Floats:
    """The mean of the two growths."""
    return now * (1.0 + (_own(now, before) + _national(now, before)) / 2.0) ** ahead


def last_value(now: Floats, before: Floats, ahead: int) -> Floats:
    """No change."""
    return now.copy()


TOTAL_RULES: Final[dict[str, Rule]] = {
    "own growth again": own_growth,
    "national growth again": national_growth,
    "half own, half national": half_and_half,
}
CATEGORY_RULES: Final[dict[str, Rule]] = {**TOTAL_RULES, "last value": last_value}


def _own(now: Floats, before: Floats) -> Floats:
    growth: Floats = np.divide(now, before, out=np.ones_like(now), where=before > 0) - 1.0
    return growth


def _national(now: Floats, before: Floats) -> float:
    return float(now.sum() / before.sum()) - 1.0 if before.sum() else 0.0
