"""From requests to plans: who waits, how many are refused, and when the rest begin.

A request becomes a plan, or not, `delay_years` after it was made. Requests come evenly through a year, so of
those made in a year the share that ends in a given later year is the overlap of two intervals. Those who wait
at the base census were made evenly over the delay before it: if there are more than requests of that long,
there is a backlog, and it too is worked off over one delay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Pipeline
from goldenthread.forecast.space import Floats

DAMPING: Final = 0.8  # of a year's growth in requests, how much the next year keeps
HELD: Final = 2.0  # years of no growth that the growth seen is held against


@dataclass(frozen=True, slots=True)
class Coming:
    """Heads by future year, (H,) each."""

    requests: Floats  # made in the year
    from_waiting: Floats  # plans begun for those who wait at the base census
    from_new: Floats  # plans begun for requests made since

    @property
    def total(self) -> Floats:
        """All plans begun in the year."""
        total: Floats = self.from_waiting + self.from_new
        return total


def expected_plans(pipeline: Pipeline, horizon: int) -> Coming:
    """Return the plans that the pipeline should begin in each of `horizon` years.

    Requests go on from the last year by a damped trend. How many of the requests that should have ended were
    plans in past years corrects the refused share. Raises ForecastError for a share that is none, or a
    number below nought.
    """
    _refuse(pipeline)
    delay = pipeline.delay_years
    requests = _requests(pipeline.requests, horizon)
    granted = (1.0 - pipeline.refused_share) * _correction(pipeline)
    ends = np.array([_overlap(year, delay) for year in range(horizon)])
    waiting = pipeline.waiting * granted * ends
    lags = _lags(delay, horizon)
    new = np.array([float(requests[: year + 1] @ lags[year::-1]) for year in range(horizon)])
    return Coming(requests, waiting, granted * new)


def _refuse(pipeline: Pipeline) -> None:
    if not 0.0 <= pipeline.refused_share <= 1.0:
        raise ForecastError(
            f"The share of requests refused is {pipeline.refused_share:g}. "
            "Give it between 0 and 1: 25% is 0.25."
        )
    for name, value in (("waiting", pipeline.waiting), ("delay_years", pipeline.delay_years)):
        if not 0.0 <= value < np.inf:
            raise ForecastError(
                f"The pipeline's {name} is {value:g}. Give a number that is not below nought."
            )


def _requests(past: Floats, horizon: int) -> Floats:
    """Requests of future years from those of past years, newest last; none known, none expected."""
    known = past[past > 0]
    if not len(known):
        return np.zeros(horizon)
    growth = float(np.diff(np.log(known)).sum()) / (len(known) - 1 + HELD)
    reach = np.cumsum(DAMPING ** np.arange(1, horizon + 1))
    ahead: Floats = known[-1] * np.exp(growth * reach)
    return ahead


def _overlap(year: int, delay: float) -> float:
    """Of those who wait, the share that ends in a future year: evenly over one delay from now."""
    if delay <= 0:
        return 1.0 if year == 0 else 0.0
    return max(0.0, min(year + 1.0, delay) - year) / delay


def _lags(delay: float, years: int) -> Floats:
    """Of requests made evenly through a year, the share that ends that year, the next, and so on."""
    shares = [max(0.0, 1.0 - abs(lag - delay)) for lag in range(years)]
    return np.array(shares)


def _correction(pipeline: Pipeline) -> float:
    """Plans begun in past years over those that this rule gives, held towards one by a year's worth."""
    years = min(len(pipeline.requests), len(pipeline.new_plans))
    requests = pipeline.requests[len(pipeline.requests) - years :]
    lags = _lags(pipeline.delay_years, years)
    first = int(np.ceil(pipeline.delay_years))
    given = [float(requests[: year + 1] @ lags[year::-1]) for year in range(years)][first:]
    expected = (1.0 - pipeline.refused_share) * float(np.sum(given))
    begun = float(pipeline.new_plans[len(pipeline.new_plans) - years :][first:].sum())
    if expected <= 0 or begun <= 0:
        return 1.0
    held = expected / len(given)
    return (begun + held) / (expected + held)
