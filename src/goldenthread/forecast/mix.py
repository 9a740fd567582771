"""Which placements the plans of the coming years will be in: each council's shares of the seven categories.

England's drift of each log share goes on, soon damped, towards what a growing total does to it:
where a council grows faster than others, its special schools fill and their share falls, mainstream's rises.
That elasticity is learnt across councils from the years before. A council keeps its own shares, with a slow
pull towards the middle council's. Shares add up to one, so categories add up to the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.growth import Growth
from goldenthread.forecast.published.panel import Panel
from goldenthread.forecast.regression import NORMAL, deviation_of, fall_with_size, robust_ridge, robust_spread
from goldenthread.forecast.signals import learnt_from, log_growth, standardised
from goldenthread.forecast.space import CATEGORIES, Bools, Floats

PENALTY: Final = 100.0  # rows, of some 145 a year
DAMPING: Final = 0.3  # of England's drift, each year
TRUST: Final = 0.5  # of the elasticity, taken as the drift in the long run
FIRST: Final = 2017  # the January from which further education is in the categories as it is since
_RECENT: Final = 3  # years whose middle drift is taken
_BORROWED: Final = 20.0  # plans in England's shares added to every council's, so that no share is nought
_SPREAD: Final = 0.3  # of a log share, where no earlier year can be learnt from


@dataclass(frozen=True, slots=True)
class Mix:
    """Expected shares and standard deviations of log shares: (L, H, 7), in the order of CATEGORIES."""

    shares: Floats
    spread: Floats
    elasticity: Floats  # (7,) log share by log growth of the total


@dataclass(frozen=True, slots=True)
class _History:
    """Log shares (L, Y, 7) of the councils, (Y, 7) of England; `first` is the first place to learn from."""

    panel: Panel
    log_shares: Floats
    england: Floats
    first: int

    def change(self, start: int, ahead: int, category: int) -> tuple[Floats, Floats, Bools]:
        """Change of the log share and of the log total over `ahead` years, and who is learnt from."""
        year = self.panel.years[start]
        change = self.log_shares[:, start + ahead, category] - self.log_shares[:, start, category]
        total = log_growth(self.panel, year + ahead, ahead)
        used = learnt_from(self.panel, year) & learnt_from(self.panel, year + ahead)
        return change, total, used & np.isfinite(change) & np.isfinite(total)


def fit_mix(panel: Panel, growth: Growth) -> Mix:
    """Forecast the mix for the origin and horizon of `growth`, with what was published then and no later."""
    known = panel.known_at(growth.origin)
    history, used = _history(known), learnt_from(known, growth.origin)
    horizon = growth.mean.shape[1]
    totals = growth.mean.cumsum(axis=1)
    faster = totals - np.median(totals[used], axis=0)
    elasticity = np.array([_elasticity(history, category) for category in range(len(CATEGORIES))])
    logs = _latest(history)[:, None] + _drift(history, elasticity, horizon, growth.england)
    logs = logs + faster[:, :, None] * elasticity
    spread = np.empty(logs.shape)
    for category in range(len(CATEGORIES)):
        pull, errors = _pull(history, category, elasticity[category], horizon)
        now = _latest(history)[:, category]
        level = standardised(now, used)[:, None]
        logs[:, :, category] += np.arange(1, horizon + 1) * (pull[:, 0] + level * pull[:, 1])
        heads = np.exp(now) * np.nan_to_num(growth.plans, nan=1.0)
        spread[:, :, category] = np.hypot(
            _spread(errors, heads, horizon), _surprise(history, category, horizon)
        )
    shares = np.exp(logs)
    return Mix(shares / shares.sum(axis=2, keepdims=True), spread, elasticity)


def _history(known: Panel) -> _History:
    heads = known.categories
    counted = np.isfinite(heads).all(axis=2, keepdims=True)
    totals = np.where(counted, heads, 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        england = totals / totals.sum(axis=1, keepdims=True)
        smoothed = (heads + _BORROWED * england) / (heads.sum(axis=2, keepdims=True) + _BORROWED)
        first = max(FIRST - known.years[0], 0)
        return _History(known, np.log(smoothed), np.log(england), first)


def _latest(history: _History) -> Floats:
    """Each council's log shares (L, 7) at the origin; where not known the last known, or else England's."""
    known = history.log_shares[:, history.first :]
    latest = np.repeat(history.england[[-1]], len(known), axis=0)
    for year in range(known.shape[1]):
        there = np.isfinite(known[:, year]).all(axis=1)
        latest[there] = known[there, year]
    return latest


def _elasticity(history: _History, category: int) -> float:
    """How a council's log share moves with its own total, against the other councils, year by year.

    Drawn towards nought by as much of its square as chance alone would give.
    """
    x, y = [], []
    for start in range(history.first, len(history.panel.years) - 1):
        change, total, used = history.change(start, 1, category)
        if used.any():
            x.append(total[used] - np.median(total[used]))
            y.append(change[used] - np.median(change[used]))
    if not x:
        return 0.0
    moved, by = np.concatenate(y), np.concatenate(x)
    seen = float(robust_ridge(by[:, None], moved, 1e-9, np.zeros(1))[0])
    chance = robust_spread(moved - seen * by) ** 2 / float(by @ by)
    return seen * max(1.0 - chance / max(seen**2, 1e-12), 0.0)


def _changes(history: _History) -> Floats:
    """England's yearly changes of the log shares (years, 7), of the years that have them."""
    changes = np.diff(history.england[history.first :], axis=0)
    known: Floats = changes[np.isfinite(changes).all(axis=1)]
    return known


def _surprise(history: _History, category: int, horizon: int) -> Floats:
    """How far England's log share strays from its drift, for each year ahead (H,)."""
    changes = _changes(history)[:, category]
    stray: Floats = (robust_spread(changes) if len(changes) else 0.0) * np.sqrt(np.arange(1, horizon + 1))
    return stray


def _drift(history: _History, elasticity: Floats, horizon: int, england: float) -> Floats:
    """England's expected change of each log share up to each year ahead: (H, 7)."""
    changes = _changes(history)[-_RECENT:]
    recent = np.median(changes, axis=0) if len(changes) else np.zeros(len(CATEGORIES))
    kept = DAMPING ** np.arange(1, horizon + 1)[:, None]
    drift: Floats = (kept * recent + (1.0 - kept) * TRUST * elasticity * england).cumsum(axis=0)
    return drift


def _pull(history: _History, category: int, elasticity: float, horizon: int) -> tuple[Floats, list[Floats]]:
    """Yearly intercept and pull by the level of the share (H, 2); errors (n, 2) with heads, by horizon."""
    weights, errors = np.zeros((horizon, 2)), []
    prior = np.zeros(2)
    for ahead in range(1, horizon + 1):
        rows = [
            _pull_rows(history, category, elasticity, start, ahead)
            for start in range(history.first, len(history.panel.years) - ahead)
        ]
        rows = [row for row in rows if len(row[1])]
        if rows:
            x, y, heads = (np.concatenate(parts) for parts in zip(*rows, strict=True))
            prior = robust_ridge(x, y, PENALTY, prior)
            errors.append(np.column_stack([ahead * (y - x @ prior), heads]))
        weights[ahead - 1] = prior
    return weights, errors


def _pull_rows(
    history: _History, category: int, elasticity: float, start: int, ahead: int
) -> tuple[Floats, Floats, Floats]:
    change, total, used = history.change(start, ahead, category)
    level = history.log_shares[:, start, category]
    x = np.column_stack([np.ones(len(level)), standardised(level, used)])[used]
    rest = (change - elasticity * total)[used]
    heads = np.exp(level[used]) * history.panel.plans[used, start]
    return x, (rest - np.median(rest)) / ahead if len(rest) else rest, heads


def _spread(errors: list[Floats], heads: Floats, horizon: int) -> Floats:
    """Standard deviations of the log share (L, H): wider for few heads and further ahead."""
    if not errors:
        return np.repeat(_SPREAD * np.sqrt(np.arange(1, horizon + 1))[None], len(heads), axis=0)
    first, size = errors[0].T
    power = fall_with_size(first, np.maximum(size, 1.0))
    by_horizon = [
        deviation_of(miss / np.maximum(n, 1.0) ** power, NORMAL) for miss, n in (one.T for one in errors)
    ]
    while len(by_horizon) < horizon:
        last = len(by_horizon)
        by_horizon.append(by_horizon[-1] * float(np.sqrt((last + 1) / last)))
    spread: Floats = np.maximum(heads, 1.0)[:, None] ** power * np.array(by_horizon)[None, :horizon]
    return spread
