"""How fast each council's plans will grow: one model for all of England, from what was known at the time.

England's growth goes on, a little damped. A council differs from England by what its way in says (see
`signals`): the weights are learnt by a robust ridge regression on all councils and earlier years, one horizon
after the other, each drawn towards the one before. How far the forecasts miss is learnt from the same years:
errors of each year, errors that stay (a council on another path), and England's, which all councils share.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.published.panel import Panel
from goldenthread.forecast.regression import NORMAL, degrees_of, deviation_of, fall_with_size, robust_ridge
from goldenthread.forecast.signals import learnt_from, log_growth, signals, way_in_known
from goldenthread.forecast.space import Bools, Floats

PENALTY: Final = 30.0  # rows that the prior counts for, of some 145 a year
FADE: Final = 0.8  # of the last year's difference from England, each year beyond those learnt from
_RATIOS: Final = 5  # years whose growth is set against the growth before to see the damping
_DAMPING: Final = (0.8, 0.95, 1.0)  # least, where too little is known, most
_ENGLAND: Final = 0.01  # log growth: the shock where too few years are known
_NORM: Final = 1000.0  # plans of the council whose errors the spreads are stated for


@dataclass(frozen=True, slots=True)
class Growth:
    """The forecast of all L councils over H years from January `origin`; log growth, as in Outlook.

    Columns of `shared`: first the council's own path, then for each year the shock to England's growth that
    stays from then on. Those columns are England's: councils drawn together share them.
    """

    origin: int
    codes: tuple[str, ...]
    there: Bools  # (L,) councils that have plans of their own at the origin
    plans: Floats  # (L,) at the origin
    mean: Floats  # (L, H) log growth of each year
    shared: Floats  # (L, H, 1+H)
    own: Floats  # (L, H)
    degrees: float
    weights: Floats  # (fitted horizons, 1+K) yearly log growth by a robust deviation of each signal
    england: float  # log growth of England in the year up to the origin
    damping: float
    england_shock: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """The relative model: weights by horizon, and its errors with the sizes of the councils they are of."""

    weights: list[Floats]
    errors: list[Floats]
    sizes: list[Floats]


def fit_growth(panel: Panel, origin: int, horizon: int) -> Growth:
    """Forecast growth from January `origin` with what was published then, and nothing later.

    Raises PublishedError for a year that is not in the panel, ForecastError if nothing can be learnt.
    """
    known = panel.known_at(origin)
    fit = _fitted(known, origin, horizon)
    england, damping, shock = _england(known)
    path = england * damping ** np.arange(1, horizon + 1)
    relative = _relative(signals(known, origin), fit.weights, horizon)
    shared, own, degrees = _spreads(fit, known.plans[:, -1], horizon, shock)
    return Growth(
        origin=origin,
        codes=known.codes,
        there=known.own[:, -1] & (np.nan_to_num(known.plans[:, -1]) > 0),
        plans=known.plans[:, -1],
        mean=path + relative,
        shared=shared,
        own=own,
        degrees=degrees,
        weights=np.array(fit.weights),
        england=england,
        damping=damping,
        england_shock=shock,
    )


def _fitted(known: Panel, origin: int, horizon: int) -> _Fit:
    """Weights for each horizon that has outcomes, each fitted with the one before as its prior."""
    years = [year for year in known.years[1:] if way_in_known(known, year)]
    fit = _Fit([], [], [])
    prior: Floats | None = None
    for ahead in range(1, horizon + 1):
        rows = [_rows(known, year, ahead) for year in years if year + ahead <= origin]
        if not rows:
            break
        x, y, sizes = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        prior = robust_ridge(x, y, PENALTY, np.zeros(x.shape[1]) if prior is None else prior)
        fit.weights.append(prior)
        fit.errors.append(ahead * (y - x @ prior))
        fit.sizes.append(sizes)
    if not fit.weights:
        raise ForecastError(
            f"Nothing can be learnt before January {origin}: it takes a census with the requests of the year "
            "before it, and the census after. Choose a later origin, or give the tables of earlier years."
        )
    return fit


def _rows(known: Panel, year: int, ahead: int) -> tuple[Floats, Floats, Floats]:
    """Signals at a January, the yearly growth that followed against the other councils', and plans then."""
    after = log_growth(known, year + ahead, ahead) / ahead
    used = learnt_from(known, year) & learnt_from(known, year + ahead) & np.isfinite(after)
    return signals(known, year)[used], after[used] - after[used].mean(), known.plans[used, known.at(year)]


def england_growth(known: Panel, year: int) -> float:
    """Return log growth of all councils together up to a January, of those that both censuses have."""
    at = known.at(year)
    before, after = known.plans[:, at - 1], known.plans[:, at]
    both = np.isfinite(before) & np.isfinite(after)
    return float(np.log(after[both].sum() / before[both].sum())) if at and both.any() else float("nan")


def _england(known: Panel) -> tuple[float, float, float]:
    """England's last log growth, its damping, and the robust size of a year's surprise."""
    growth = np.array([england_growth(known, year) for year in known.years[1:]])
    growth = growth[np.isfinite(growth)]
    if not len(growth):
        raise ForecastError("England's growth cannot be seen: it takes two censuses that follow each other.")
    least, usual, most = _DAMPING
    ratios = (growth[1:] / growth[:-1])[-_RATIOS:]
    damping = float(np.clip(np.median(ratios), least, most)) if len(ratios) >= _RATIOS - 2 else usual
    surprises = np.abs(growth[1:] - damping * growth[:-1])
    shock = 1.4826 * float(np.median(surprises)) if len(surprises) >= _RATIOS - 1 else _ENGLAND
    return float(growth[-1]), damping, shock


def _relative(now: Floats, weights: list[Floats], horizon: int) -> Floats:
    """Each year's growth (L, H) beyond England's. Past the horizons learnt, the last difference fades."""
    paths = [np.zeros(len(now)), *(ahead * (now @ one) for ahead, one in enumerate(weights, 1))]
    steps = [after - before for before, after in pairwise(paths)]
    while len(steps) < horizon:
        steps.append(FADE * steps[-1])
    return np.column_stack(steps)


def _spreads(fit: _Fit, plans: Floats, horizon: int, shock: float) -> tuple[Floats, Floats, float]:
    """Shared loadings (L, H, 1+H), own deviations (L, H) and degrees, wider for councils with few plans."""
    power = fall_with_size(fit.errors[0], fit.sizes[0])
    scaled = [error / (size / _NORM) ** power for error, size in zip(fit.errors, fit.sizes, strict=True)]
    degrees = degrees_of(np.concatenate([error / (deviation_of(error, NORMAL) or 1.0) for error in scaled]))
    each_year, lasting = _parted([deviation_of(error, degrees) for error in scaled])
    factor = (np.maximum(np.nan_to_num(plans, nan=_NORM), 1.0) / _NORM) ** power
    shared = np.zeros((len(plans), horizon, 1 + horizon))
    shared[:, :, 0] = lasting * factor[:, None]
    shared[:, :, 1:] = shock * np.tri(horizon)
    return shared, np.repeat((each_year * factor)[:, None], horizon, axis=1), degrees


def _parted(deviations: list[float]) -> tuple[float, float]:
    """Part errors by horizon h into those of each year (variance grows with h) and lasting ones (with h²)."""
    ahead = np.arange(1.0, len(deviations) + 1.0)
    yearly = np.array(deviations) ** 2 / ahead  # = each + lasting * ahead
    if len(deviations) == 1:
        half = float(np.sqrt(yearly[0] / 2.0))
        return half, half
    slope = float(np.polyfit(ahead, yearly, 1)[0])
    slope = min(max(slope, 0.0), float((yearly / ahead).mean()))
    each = max(float((yearly - slope * ahead).mean()), 0.0)
    return float(np.sqrt(each)), float(np.sqrt(slope))
