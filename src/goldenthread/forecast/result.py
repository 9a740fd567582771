"""What a run gives: draws of plans and of money, and the ranges and means that people read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.space import CATEGORIES, Floats, Ints, Space

QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)  # the 95% and 80% ranges, and the middle


@dataclass(frozen=True, slots=True)
class Controls:
    """What a run without edits solved for and a run with edits keeps, so that edits change totals.

    Give the whole baseline to `simulate(..., baseline=...)` to spare a scenario from solving it again.
    """

    volume: Floats  # (S, H) joiners before edits
    ends: Floats  # (S, H) share of plans that end beyond the rates, where the outlook asks for fewer plans
    pull: Floats  # (S, H, 7) what the weights of each category are multiplied by, CATEGORIES order


@dataclass(frozen=True, slots=True)
class Result:
    """Heads at each January census (H+1, the base first) and pounds in each financial year (H)."""

    space: Space
    years: tuple[int, ...]
    seed: int
    by_age: Ints  # (S, H+1, A)
    by_need: Ints  # (S, H+1, N)
    by_placement: Ints  # (S, H+1, P)
    mean_stock: Floats  # (H+1, A, N, P), the mean over simulations
    joiners: Ints  # (S, H)
    leavers: Ints  # (S, H)
    movers: Ints  # (S, H)
    overflow: Ints  # (S, H, P) heads for whom there was no place in the placement they were meant for
    spend: Floats  # (S, H, L) by section 251 line, in the order of `lines`
    spend_by_placement: Floats  # (S, H, P)
    lines: tuple[str, ...]
    income: Floats  # (H,) allocation and transfers
    opening_balance: float
    notes: tuple[str, ...] = ()
    controls: Controls | None = None

    def totals(self) -> Ints:
        """Plans at each census: (S, H+1)."""
        totals: Ints = self.by_age.sum(axis=2)
        return totals

    def by_category(self) -> Ints:
        """Plans by DSG category in the order of CATEGORIES: (S, H+1, 7)."""
        index = self.space.category_index()
        parts = [self.by_placement[:, :, index == place].sum(axis=2) for place in range(len(CATEGORIES))]
        return np.stack(parts, axis=2)

    def in_year(self) -> Floats:
        """Income less spending in each financial year, pounds: (S, H). Overspending is negative."""
        balance: Floats = self.income - self.spend.sum(axis=2)
        return balance

    def balance(self) -> Floats:
        """The cumulative balance at the end of each financial year, pounds: (S, H). A deficit is negative."""
        balance: Floats = self.opening_balance + self.in_year().cumsum(axis=1)
        return balance

    def chance_of_deficit(self, above: float) -> Floats:
        """The share of simulations whose cumulative deficit passes `above` pounds, by year: (H,)."""
        share: Floats = (self.balance() < -above).mean(axis=0)
        return share


def ranges(draws: Floats | Ints) -> Floats:
    """Mean, then QUANTILES, over the first axis of draws: (6, ...)."""
    return np.concatenate([draws.mean(axis=0)[None], np.quantile(draws, QUANTILES, axis=0)])
