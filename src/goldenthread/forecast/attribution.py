"""What each mitigation saves where they overlap, so that no pound is counted twice.

A mitigation's saving depends on which others are there already. Its share is the mean of what it adds over
all orders in which the plan could be built up (Shapley's value): shares add up to the whole saving, and
overlaps are halved between those who overlap. All runs have the same random numbers, so a difference is the
mitigation and nothing else. See docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import factorial
from typing import Final

import numpy as np

from goldenthread.forecast.costs import spend
from goldenthread.forecast.engine import prepare
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.mitigation import Kind, Mitigation, in_order
from goldenthread.forecast.parallel import Progress, Stop
from goldenthread.forecast.result import ranges
from goldenthread.forecast.running import Simulate, watched
from goldenthread.forecast.scenario import edits_for
from goldenthread.forecast.space import Floats, Ints

# Kinds that change prices alone: the children are where they were, and only the bill is made out again.
PRICE_ALONE: Final = frozenset({Kind.PRICE, Kind.REPRICE, Kind.INFLATION_CAP, Kind.FIXED})
EXACT_RUNS: Final = 128  # up to so many runs of the engine, all orders are taken: seven that move children
EXACT_SUBSETS: Final = 2048  # and up to so many bills: eleven mitigations in all
ORDERS: Final = 24  # beyond that, so many orders drawn by the seed, each with its reverse

Subset = frozenset[int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Savings in pounds by simulation and financial year; a cost is negative. M mitigations."""

    references: tuple[str, ...]
    years: tuple[int, ...]  # the years in which the financial years begin
    shares: Floats  # (M, S, H) each one's share; they add up to `total`
    alone: Floats  # (M, S, H) what each saves with no other there
    as_is: Floats  # (S, H) spending without mitigations
    mitigated: Floats  # (S, H) spending with all
    orders: int  # how many orders the shares are the mean of; nought for all of them

    @property
    def total(self) -> Floats:
        """What all save together: (S, H)."""
        saved: Floats = self.as_is - self.mitigated
        return saved

    @property
    def interaction(self) -> Floats:
        """The sum of what each saves alone, less what all save: what adding up would count twice. (S, H)."""
        twice: Floats = self.alone.sum(axis=0) - self.total
        return twice

    def share_ranges(self) -> Floats:
        """Mean, then the 95%, 80% and middle quantiles as in `result.QUANTILES`: (6, M, H)."""
        return ranges(self.shares.transpose(1, 0, 2))

    def total_ranges(self) -> Floats:
        """The same of all together: (6, H)."""
        return ranges(self.total)


def attribute(
    inputs: Inputs,
    mitigations: Sequence[Mitigation],
    simulate: Simulate,
    *,
    simulations: int = 200,
    seed: int = 1,
    workers: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Attribution:
    """Share the saving of a plan among its mitigations.

    Runs the engine once for each set of those that move children, and makes out the bill for each set of all.
    Whole runs are handed to `workers` processes (`simulate` must then be a function of a module); `progress`
    hears of each. Raises ForecastError for a plan that cannot be, and for one of which a part cannot be
    without the rest; `parallel.Stopped` if `stop` says so.
    """
    ordered = in_order(mitigations)
    bills = _Bills(inputs, ordered, simulate, simulations, seed)
    subsets, orders = _subsets(bills, seed)
    flows = sorted(
        {bills.moving(subset) for subset in subsets}, key=lambda subset: (len(subset), sorted(subset))
    )
    tasks = [(flow, [subset for subset in subsets if bills.moving(subset) == flow]) for flow in flows]
    spent: dict[Subset, Floats] = {}
    for bill in watched(bills.bills, tasks, workers=workers, progress=progress, stop=stop):
        spent |= bill
    everyone = frozenset(range(len(ordered)))
    as_is = spent[frozenset()]
    return Attribution(
        references=tuple(mitigation.reference for mitigation in ordered),
        years=inputs.years[:-1],
        shares=_over_orders(spent, orders) if orders else _over_subsets(spent, len(ordered)),
        alone=np.array([as_is - spent[frozenset({one})] for one in range(len(ordered))]),
        as_is=as_is,
        mitigated=spent[everyone],
        orders=len(orders),
    )


class _Bills:
    """Runs the engine for a set of mitigations and makes out the bill."""

    def __init__(
        self,
        inputs: Inputs,
        mitigations: Sequence[Mitigation],
        simulate: Simulate,
        simulations: int,
        seed: int,
    ) -> None:
        if not mitigations:
            raise ForecastError("There is no mitigation to share a saving among. Add one to the plan.")
        self.inputs, self.mitigations, self.simulate = inputs, mitigations, simulate
        self.simulations, self.seed = simulations, seed
        self.expected = prepare(inputs)
        self.base = simulate(inputs, None, simulations=simulations, seed=seed)
        self.bare = [_price_alone(mitigation) for mitigation in mitigations]
        self.movers = frozenset(
            index
            for index, mitigation in enumerate(mitigations)
            if any(effect.kind not in PRICE_ALONE for effect in mitigation.effects)
        )
        edits_for(inputs, mitigations, self.expected)  # refuse a plan that cannot be before the long part

    def moving(self, subset: Subset) -> Subset:
        """Those of a set that change where children are."""
        return subset & self.movers

    def bills(self, task: tuple[Subset, list[Subset]]) -> dict[Subset, Floats]:
        """Run the engine for those that move children, and make out the bill for each set with them."""
        flow, subsets = task
        plans = self.plans(flow)
        return {subset: self.bill(subset, plans) for subset in subsets}

    def plans(self, flow: Subset) -> Ints:
        """(S, H+1, P) under a set of mitigations that move children."""
        if not flow:
            return self.base.by_placement
        chosen = [self.mitigations[index] for index in sorted(flow)]
        try:
            edits = edits_for(self.inputs, chosen, self.expected)
            result = self.simulate(
                self.inputs,
                edits,
                simulations=self.simulations,
                seed=self.seed,
                baseline=self.base,
            )
        except ForecastError as error:
            names = ", ".join(mitigation.reference for mitigation in chosen)
            raise ForecastError(
                f"Savings cannot be shared out: with {names} alone of the plan, {error} A mitigation that "
                "needs another should be made one with it."
            ) from error
        return result.by_placement

    def bill(self, subset: Subset, plans: Ints) -> Floats:
        """(S, H) pounds."""
        edits = edits_for(self.inputs, [self.bare[index] for index in sorted(subset)], self.expected)
        lines, _ = spend(self.inputs.money, self.inputs.space, plans, edits, self.seed, 0)
        total: Floats = lines.sum(axis=2)
        return total


def _price_alone(mitigation: Mitigation) -> Mitigation:
    """The mitigation without what moves children: enough to make out the bill for where they are."""
    return replace(
        mitigation, effects=tuple(effect for effect in mitigation.effects if effect.kind in PRICE_ALONE)
    )


def _subsets(bills: _Bills, seed: int) -> tuple[list[Subset], list[tuple[int, ...]]]:
    """The sets to make out bills for, and the orders if not all orders are taken."""
    count = len(bills.mitigations)
    if 2 ** len(bills.movers) <= EXACT_RUNS and 2**count <= EXACT_SUBSETS:
        return list(_all_subsets(count)), []
    random = np.random.default_rng([seed, count])
    drawn = [tuple(int(one) for one in random.permutation(count)) for _ in range(ORDERS // 2)]
    orders = [order for each in drawn for order in (each, each[::-1])]
    needed = {frozenset(order[:length]) for order in orders for length in range(count + 1)}
    needed |= {frozenset({one}) for one in range(count)}
    return list(needed), orders


def _all_subsets(count: int) -> Iterator[Subset]:
    for bits in range(2**count):
        yield frozenset(one for one in range(count) if bits >> one & 1)


def _over_subsets(spent: dict[Subset, Floats], count: int) -> Floats:
    """Shapley's value in full: each set weighs as the share of orders in which it comes first. (M, S, H)."""
    shares = np.zeros((count, *spent[frozenset()].shape))
    for subset, before in spent.items():
        if len(subset) == count:
            continue
        weight = factorial(len(subset)) * factorial(count - len(subset) - 1) / factorial(count)
        for one in set(range(count)) - subset:
            shares[one] += weight * (before - spent[subset | {one}])
    return shares


def _over_orders(spent: dict[Subset, Floats], orders: list[tuple[int, ...]]) -> Floats:
    """The mean over drawn orders; each order's steps add up to the whole, so their mean does. (M, S, H)."""
    shares = np.zeros((len(orders[0]), *spent[frozenset()].shape))
    for order in orders:
        for length, one in enumerate(order):
            shares[one] += spent[frozenset(order[:length])] - spent[frozenset(order[: length + 1])]
    return shares / len(orders)
