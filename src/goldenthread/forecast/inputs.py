"""All that a forecast is made from. Each part is plain data, so that a run can be kept and done again."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from goldenthread.forecast.money import Money
from goldenthread.forecast.space import Floats, Ints, Space


@dataclass(frozen=True, slots=True)
class History:
    """What was seen between one January census and the next, oldest first; T transitions.

    Ages of `stock`, `left` and `moved` are those at the earlier census; ages of `joined` those at the later.
    """

    stock: Ints  # (T, A, N, P) heads at the earlier census
    joined: Ints  # (T, A, N, P) heads at the later census that had no plan at the earlier
    left: Ints  # (T, A, N, P) heads that have none at the later
    moved: Ints  # (T, A, N, P, P) heads by placement before and after; the diagonal is nought
    population: Floats  # (T, A) all children and young people at the later census


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The way in: what waits at the base census and how requests become plans."""

    requests: Floats  # (T,) requests in each calendar year, newest last
    new_plans: Floats  # (T,) plans begun in each calendar year, newest last
    refused_share: float  # of requests decided, the share that ends without a plan
    waiting: float  # requests open at the base census, heads
    delay_years: float  # request to final plan, years


@dataclass(frozen=True, slots=True)
class Outlook:
    """The distribution of total plans that the joiners are drawn to meet, from `growth.py`.

    `mean` (H,) log growth of the total in each future year; `shared` (H, K) loadings on shocks that all years
    share, so that ranges widen as they should; `own` (H,) standard deviation of what is left in each year.
    `degrees` are those of the Student t that all shocks are drawn from.
    `mix` (H, C) is the expected share of each category (CATEGORIES order), or None to let flows alone decide.
    """

    mean: Floats
    shared: Floats
    own: Floats
    degrees: float = 8.0
    mix: Floats | None = None
    mix_spread: Floats | None = None  # (H, C) standard deviation of the log share


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places that bind. `places` (H+1, P): NaN where nothing binds; `overflow` (P, P): where those go for
    whom there is no place, rows adding up to one for each placement that binds.
    """

    places: Floats
    overflow: Floats


@dataclass(frozen=True, slots=True)
class Inputs:
    """One council's forecast. Year 0 of every future axis is the January census of `base_year`."""

    space: Space
    base_year: int
    horizon: int
    stock: Ints  # (A, N, P) heads at the base census
    population: Floats  # (H+1, A)
    history: History
    money: Money
    pipeline: Pipeline | None = None
    outlook: Outlook | None = None
    capacity: Capacity | None = None
    prior: History | None = None  # neighbours and England pooled: what sparse cells borrow from
    prior_weight: float = 20.0  # heads that the prior counts for in a cell
    notes: tuple[str, ...] = field(default=())  # what was assumed, in plain words, shown with the result

    @property
    def years(self) -> tuple[int, ...]:
        """The census years, the base first: H+1 of them."""
        return tuple(range(self.base_year, self.base_year + self.horizon + 1))


def empty_history(space: Space) -> History:
    """A history of no transitions: the prior decides everything."""
    none: Ints = np.zeros((0, *space.shape), dtype=np.int64)
    moves = np.zeros((0, *space.shape, space.shape[2]), dtype=np.int64)
    return History(none, none, none, moves, np.zeros((0, space.shape[0])))
