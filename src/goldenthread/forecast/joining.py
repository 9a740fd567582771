"""Who joins: how many a head of population by age, which way that is going, and what they need.

The volume is the ratio of plans begun in a year to those that the average rates by age and that year's
population would give: growth of the population and growth of the rate are kept apart. Its logarithm is
followed (see `trend`); its yearly change is held towards the prior's, and dies away by DAMPING a year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from goldenthread.forecast.borrow import IGNORANCE, borrowed, posterior
from goldenthread.forecast.cells import BANDS, NOWHERE, Cells
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import History, Inputs
from goldenthread.forecast.pipeline import expected_plans
from goldenthread.forecast.space import Floats, Ints
from goldenthread.forecast.trend import USUAL, USUAL_YEARS, Volume, followed

DAMPING: Final = 0.8  # of a year's growth, how much the next year keeps (Gardner and McKenzie's damped trend)
MEMORY: Final = 0.8  # weight of a year's joiners by age against the next year's
PIPELINE_TRUST: Final = (
    0.5  # the pipeline's weight against the trend in the first year; squared in the second
)


@dataclass(frozen=True, slots=True)
class Joining:
    """Joiners a year: population times `rate`, times the exponential of the volume and its shocks."""

    rate: Floats  # (A,) joiners a year for each head of population, at the volume of the past on average
    rate_heads: Floats  # (A,) joiners that the rate rests on: its gamma's shape
    volume: Volume  # log volume of the last year, its yearly change, and its shocks
    reach: Floats  # (H,) how many yearly changes have come in by each future year
    lift: Floats  # (H,) log volume added by the pipeline
    loading: Floats  # (A,) how far each age follows a shock
    mix: Floats  # (C,) need and placement of joiners at each age, shares adding up to one at every age
    mix_heads: Floats  # (C,) heads that the mix rests on in the cell's age band, for each need and placement
    mix_group: Ints  # (C,) the number of that band, need and placement
    notes: tuple[str, ...] = ()

    def expected(self, population: Floats) -> Floats:
        """Return joiners expected by future year and age (H, A); `population` (H+1, A)."""
        level, change = self.volume.expected()
        path = level + change * self.reach + self.lift
        heads: Floats = population[1:] * self.rate * np.exp(path)[:, None]
        return heads


def joining_of(inputs: Inputs, cells: Cells) -> Joining:
    """Return the joining of a council; raises ForecastError as `rates.estimate` does."""
    shape, heads = _by_age(inputs.history, inputs.prior, inputs)
    band = np.searchsorted(BANDS, np.array(inputs.space.ages), side="right").astype(np.int64)
    volume = _volume(inputs.history, inputs.prior, shape)
    mix, mix_heads, mix_group = _mix(inputs, cells, band)
    joining = Joining(
        rate=shape,
        rate_heads=heads,
        volume=volume,
        reach=np.cumsum(DAMPING ** np.arange(1, inputs.horizon + 1)),
        lift=np.zeros(inputs.horizon),
        loading=_loading(inputs.history, shape, band),
        mix=mix,
        mix_heads=mix_heads,
        mix_group=mix_group,
    )
    return _with_pipeline(joining, inputs)


def _joined(history: History) -> Floats:
    """(T, A)."""
    heads: Floats = history.joined.sum(axis=(2, 3)).astype(np.float64)
    return heads


def _by_age(history: History, prior: History | None, inputs: Inputs) -> tuple[Floats, Floats]:
    """Joiners a head by age, and the heads that each rests on."""
    for past, what in ((history, "history"), (prior, "prior")):
        if past is not None:
            _refuse_none_to_join(past, inputs, what)
    ages = inputs.space.shape[0]
    start = np.full(ages, 1.0)
    if prior is not None:
        start = _ratio(_joined(prior).sum(axis=0) + 0.5 / ages, prior.population.sum(axis=0))
    years = len(history.joined)
    if not years:
        return start if prior is not None else np.zeros(ages), np.full(ages, inputs.prior_weight)
    weights = MEMORY ** np.arange(years - 1, -1, -1.0)
    joined, people = weights @ _joined(history), weights @ history.population
    even = start * (joined.sum() + 0.5) / max(float((people * start).sum()), 1e-9)
    weight = inputs.prior_weight if prior is not None else 1.0
    rate = even * (joined + weight) / (even * people + weight)
    scale = (joined.sum() + 0.5) / max(float((rate * people).sum()), 1e-9)
    return rate * scale, joined + weight


def _refuse_none_to_join(history: History, inputs: Inputs, what: str) -> None:
    heads = _joined(history)
    wrong = np.argwhere((heads > 0) & ~(history.population > 0))
    if len(wrong):
        year, age = map(int, wrong[0])
        raise ForecastError(
            f"In the {what}, {heads[year, age]:g} joined at age {inputs.space.ages[age]} in "
            f"{inputs.base_year - len(heads) + year + 1}, where the population is "
            f"{history.population[year, age]:g}. Mend the population or the age of the joiners."
        )


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _volumes(history: History, rate: Floats) -> tuple[Floats, Floats]:
    """Log volume of each year, and the variance that counting alone gives it."""
    joined = _joined(history).sum(axis=1) + 0.5
    return np.log(joined / (history.population @ rate + 0.5)), 1.0 / joined


def _volume(history: History, prior: History | None, rate: Floats) -> Volume:
    """What the past says of the volume; the prior's mean change is what it is held towards."""
    toward = 0.0
    if prior is not None and len(prior.joined) > 1:
        toward = float(np.diff(_volumes(prior, rate)[0]).mean())
    return followed(*_volumes(history, rate), toward)


def _loading(history: History, rate: Floats, band: Ints) -> Floats:
    """How far each age band follows the volume's changes: a regression held towards one."""
    volumes, _ = _volumes(history, rate)
    whole = np.diff(volumes)
    heads, expected = _joined(history), history.population * rate
    loading = np.ones(int(band.max()) + 1)
    for number in range(len(loading)):
        mine = band == number
        own = np.diff(np.log((heads[:, mine].sum(axis=1) + 0.5) / (expected[:, mine].sum(axis=1) + 0.5)))
        hold = USUAL_YEARS * USUAL**2
        loading[number] = (float((own * whole).sum()) + hold) / (float((whole**2).sum()) + hold)
    return loading[band]


def _mix(inputs: Inputs, cells: Cells, band: Ints) -> tuple[Floats, Floats, Ints]:
    """Need and placement by age, the heads behind them, and the group that those are counted in."""
    ages, needs, places = inputs.space.shape
    whole = needs * places
    start: Floats = (cells.table != NOWHERE).reshape(ages, whole).astype(np.float64)
    groups = [np.zeros(ages, dtype=np.int64), band, np.arange(ages)]
    allowed = start > 0
    pasts = [past for past in (inputs.prior, inputs.history) if past is not None]
    for number, past in enumerate(pasts):
        seen = past.joined.sum(axis=0).reshape(ages, whole) * allowed
        if not number:
            start = borrowed(seen, start, groups[:1], IGNORANCE)
        start = borrowed(seen, start, groups, inputs.prior_weight)
    counts = np.zeros((int(band.max()) + 1, whole))
    np.add.at(counts, band, inputs.history.joined.sum(axis=0).reshape(ages, whole) * allowed)
    even = np.zeros_like(counts)
    np.add.at(even, band, start)
    rows = np.bincount(band, minlength=len(counts))[:, None]
    heads = posterior(counts, even / np.maximum(rows, 1), inputs.prior_weight)
    outcome = cells.need * places + cells.placement
    group = cells.band * whole + outcome
    return cells.flat(start.reshape(ages, needs, places)), heads[cells.band, outcome], group


def _with_pipeline(joining: Joining, inputs: Inputs) -> Joining:
    """Draw the first years' volume towards what waits in the pipeline; an outlook has its own volume."""
    if inputs.pipeline is None:
        return joining
    coming = expected_plans(inputs.pipeline, inputs.horizon)
    note = (
        f"Of some {coming.total[0]:.0f} plans that the pipeline should begin in the first year, "
        f"{coming.from_waiting[0]:.0f} are requests that wait already."
    )
    if inputs.outlook is not None:
        return replace(joining, notes=(note,))
    trend = joining.expected(inputs.population).sum(axis=1)
    trust = np.where(trend > 0, PIPELINE_TRUST ** np.arange(1, inputs.horizon + 1), 0.0)
    ratio = np.log(np.maximum(coming.total, 0.5) / np.where(trend > 0, trend, 1.0))
    return replace(joining, lift=trust * ratio, notes=(note,))
