"""What is known of a council's next years at a January census, from the published tables alone.

Each signal has its reason in how plans come about, not in the scores of the years forecast; see the decision
on the growth model. All are taken against the other councils at the same census.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from goldenthread.forecast.published.panel import Panel
from goldenthread.forecast.space import Bools, Floats

SIGNALS: Final[dict[str, str]] = {
    "growth": "growth of the council's plans in the last year",
    "region": "the same of the other councils of its region",
    "way_in": "requests less refusals in the last calendar year, as a share of plans",
    "in_time": "share of the last calendar year's plans issued in 20 weeks: where it is low, more wait",
    "prevalence": "percentage of pupils with a plan: where it is low, plans grow faster",
}
SMALLEST: Final = 100  # plans; smaller councils are forecast, but nothing is learnt from their growth
_FAR: Final = 3.0  # robust standard deviations beyond which a signal counts no more


def learnt_from(panel: Panel, year: int) -> Bools:
    """Return which councils (L,) figures of this January are learnt from."""
    at = panel.at(year)
    plans = panel.plans[:, at]
    enough: Bools = panel.own[:, at] & (np.nan_to_num(plans) >= SMALLEST)
    return enough


def log_growth(panel: Panel, year: int, years: int = 1) -> Floats:
    """Return log growth of plans (L,) over the `years` up to a January; NaN where a census is not known."""
    at = panel.at(year)
    if at < years:
        return np.full(len(panel.codes), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth: Floats = np.log(panel.plans[:, at] / panel.plans[:, at - years])
    return np.where(np.isfinite(growth), growth, np.nan)


def raw_signals(panel: Panel, year: int) -> Floats:
    """Return the signals (L, K) in the order of SIGNALS, NaN where a table gives no figure."""
    at = panel.at(year)
    flows = {name: values[:, at - 1] if at else np.full(len(panel.codes), np.nan)
             for name, values in panel.flows.items()}  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        way_in = (flows["requests"] - flows["refused"]) / panel.plans[:, at]
        in_time = flows["in_time"] / flows["issued"]
    growth = log_growth(panel, year)
    region = _of_region(growth, panel.regions, learnt_from(panel, year))
    table = np.column_stack([growth, region, way_in, in_time, panel.prevalence[:, at]])
    return np.where(np.isfinite(table), table, np.nan)


def signals(panel: Panel, year: int) -> Floats:
    """Return an intercept and the signals (L, 1+K) in robust standard deviations from the middle council.

    A signal that is not known is taken to be in the middle.
    """
    table, used = raw_signals(panel, year), learnt_from(panel, year)
    scaled = np.ones((len(table), 1 + table.shape[1]))
    for column, values in enumerate(table.T):
        scaled[:, 1 + column] = standardised(values, used)
    return scaled


def standardised(values: Floats, used: Bools) -> Floats:
    """Return values (L,) in robust deviations from the median of the `used` ones, 0 where not known."""
    seen = values[used & np.isfinite(values)]
    if not len(seen):
        return np.zeros(len(values))
    middle = np.median(seen)
    spread = 1.4826 * np.median(np.abs(seen - middle))
    scaled = np.clip((values - middle) / (spread or 1.0), -_FAR, _FAR)
    return np.where(np.isfinite(scaled), scaled, 0.0)


def way_in_known(panel: Panel, year: int) -> bool:
    """Whether most councils' requests and refusals before this January are published: from 2017 on."""
    used = learnt_from(panel, year)
    known = np.isfinite(raw_signals(panel, year)[used, list(SIGNALS).index("way_in")])
    return bool(used.any() and known.mean() > 0.5)


def _of_region(growth: Floats, regions: tuple[str, ...], used: Bools) -> Floats:
    """The mean growth of the other councils of each council's region (L,)."""
    names, index = np.unique(np.array(regions), return_inverse=True)
    counted = used & np.isfinite(growth)
    value = np.where(counted, growth, 0.0)
    totals = np.bincount(index, weights=value, minlength=len(names))[index] - value
    others = np.bincount(index, weights=counted, minlength=len(names))[index] - counted
    return np.where(others > 0, totals / np.maximum(others, 1), np.nan)
