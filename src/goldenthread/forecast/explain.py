"""What moved between two runs, and why: population, age, rate, mix and price.

Plans at a census are the number of children, times the share of them at each age, times the plans per child
of that age, times the share of those plans in each need and placement; spending is those plans times what one
costs. Each of the five is swapped from the run before to the run after, in every order, and a factor is given
the mean of what its swap changes: the parts add up to the whole change. Means over simulations are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Final

import numpy as np

from goldenthread.forecast.costs import BEFORE_SEPTEMBER, FROM_SEPTEMBER, unit_costs
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import Floats

FACTORS: Final = {
    "population": "How many children and young people there are",
    "age": "How old they are",
    "rate": "How many of an age have a plan",
    "mix": "Which needs they have and where they are placed",
    "price": "What a plan costs",
}
FIXED: Final = "fixed"  # spending that follows no plan and one-off costs: beside the five, in money alone
_ORDERS: Final = tuple(permutations(range(len(FACTORS))))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Mean changes from the run before to the run after; those of FACTORS add up to the whole.

    Y census years and Z financial years are those that both runs have. Price moves no plans.
    """

    census_years: tuple[int, ...]
    financial_years: tuple[int, ...]
    plans: dict[str, Floats]  # factor -> (Y,) heads
    plans_change: Floats  # (Y,)
    plans_by_placement: dict[str, Floats]  # factor -> (Y, P)
    spend: dict[str, Floats]  # factor, and FIXED -> (Z,) pounds
    spend_change: Floats  # (Z,)


@dataclass(frozen=True, slots=True)
class _Parts:
    """One run, taken apart, for the years that both have; the order is that of FACTORS."""

    population: Floats  # (Y,)
    age: Floats  # (Y, A)
    rate: Floats  # (Y, A)
    mix: Floats  # (Y, A, N, P)
    price: Floats  # (Z, P)

    def swapped(self, other: _Parts, which: tuple[bool, ...]) -> _Parts:
        """Take the parts named true from `other`."""
        names = list(FACTORS)
        return _Parts(
            *(getattr(other if there else self, name) for name, there in zip(names, which, strict=True))
        )

    def plans(self) -> Floats:
        """(Y, P)."""
        by_age: Floats = self.population[:, None] * self.age * self.rate
        placed: Floats = (by_age[:, :, None, None] * self.mix).sum(axis=(1, 2))
        return placed

    def spend(self) -> Floats:
        """(Z,) what plans cost."""
        plans = self.plans()
        average = BEFORE_SEPTEMBER * plans[:-1] + FROM_SEPTEMBER * plans[1:]
        cost: Floats = (average * self.price).sum(axis=1)
        return cost


def explain(inputs_before: Inputs, before: Result, inputs_after: Inputs, after: Result) -> Explanation:
    """Return why `after` differs from `before`, over the years that both cover.

    Raises ForecastError if their spaces differ, if they share no year, or if there are plans at an age of
    which the population has nobody.
    """
    if inputs_before.space != inputs_after.space:
        raise ForecastError(
            "The two runs have other ages, needs or placements. Run both with the same and compare again."
        )
    years = tuple(year for year in before.years if year in after.years)
    if not years:
        raise ForecastError(
            f"The runs share no year: one covers {before.years[0]} to {before.years[-1]}, the other "
            f"{after.years[0]} to {after.years[-1]}. Choose two that do."
        )
    old, new = _parts(inputs_before, before, years), _parts(inputs_after, after, years)
    _fill(old, new)
    plans = _shared(old, new, _Parts.plans)
    money = _shared(old, new, _Parts.spend)
    money[FIXED] = _fixed(after, years) - _fixed(before, years)
    return Explanation(
        census_years=years,
        financial_years=years[:-1],
        plans={factor: parts.sum(axis=1) for factor, parts in plans.items()},
        plans_change=_total(after, years) - _total(before, years),
        plans_by_placement=plans,
        spend=money,
        spend_change=_spent(after, years) - _spent(before, years),
    )


def _shared(old: _Parts, new: _Parts, outcome: Callable[[_Parts], Floats]) -> dict[str, Floats]:
    """Each factor's mean change of an outcome over all orders of swapping."""
    names = tuple(FACTORS)
    seen: dict[tuple[bool, ...], Floats] = {}

    def at(which: tuple[bool, ...]) -> Floats:
        if which not in seen:
            seen[which] = outcome(old.swapped(new, which))
        return seen[which]

    shares = {name: np.zeros_like(at((False,) * len(names))) for name in names}
    for order in _ORDERS:
        which = [False] * len(names)
        for factor in order:
            earlier = at(tuple(which))
            which[factor] = True
            shares[names[factor]] += (at(tuple(which)) - earlier) / len(_ORDERS)
    return shares


def _parts(inputs: Inputs, result: Result, years: tuple[int, ...]) -> _Parts:
    census = [result.years.index(year) for year in years]
    stock, people = result.mean_stock[census], inputs.population[census]
    by_age: Floats = stock.sum(axis=(2, 3))
    nobody = np.argwhere((by_age > 0) & (people <= 0))
    if len(nobody):
        year, age = years[int(nobody[0][0])], inputs.space.ages[int(nobody[0][1])]
        raise ForecastError(
            f"There are plans at age {age} in {year}, and nobody of that age in the population. "
            "Mend the population."
        )
    everyone = people.sum(axis=1)
    cells = by_age[:, :, None, None]
    # What has no plans has no mix or price of its own: NaN, to be taken from the other run.
    mix = np.divide(stock, cells, out=np.full_like(stock, np.nan), where=cells > 0)
    spent = result.spend_by_placement.mean(axis=0)[census[:-1]]
    plans = stock.sum(axis=(1, 2))
    average = BEFORE_SEPTEMBER * plans[:-1] + FROM_SEPTEMBER * plans[1:]
    price = np.divide(spent, average, out=np.full_like(spent, np.nan), where=average > 0)
    return _Parts(
        population=everyone,
        age=people / everyone[:, None],
        rate=np.divide(by_age, people, out=np.zeros_like(by_age), where=people > 0),
        mix=mix,
        price=np.where(np.isnan(price), unit_costs(inputs.money, inputs.space)[census[:-1]], price),
    )


def _fill(old: _Parts, new: _Parts) -> None:
    """Give ages without plans the mix of the other run, so that all of their change is one of rate."""
    for mine, other in ((old.mix, new.mix), (new.mix, old.mix)):
        empty = np.isnan(mine)
        mine[empty] = np.nan_to_num(other[empty])


def _total(result: Result, years: tuple[int, ...]) -> Floats:
    census = [result.years.index(year) for year in years]
    total: Floats = result.mean_stock[census].sum(axis=(1, 2, 3))
    return total


def _spent(result: Result, years: tuple[int, ...]) -> Floats:
    spent: Floats = result.spend.sum(axis=2).mean(axis=0)[[result.years.index(year) for year in years[:-1]]]
    return spent


def _fixed(result: Result, years: tuple[int, ...]) -> Floats:
    placed = result.spend_by_placement.sum(axis=2).mean(axis=0)
    fixed: Floats = _spent(result, years) - placed[[result.years.index(year) for year in years[:-1]]]
    return fixed
