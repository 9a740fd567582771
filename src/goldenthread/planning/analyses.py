"""What is kept beside a forecast: what each mitigation saves, what the deficit hangs on, what moved and why.

Means and ranges as plain lists, so that they can be kept as JSON; money in pounds, by financial year (H).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from goldenthread.forecast.attribution import Attribution
from goldenthread.forecast.explain import Explanation
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.result import QUANTILES, Result
from goldenthread.forecast.sensitivity import Tornado
from goldenthread.planning.summary import Summary

Row = tuple[float, ...]
_LOW, _HIGH = 1 + QUANTILES.index(0.1), 1 + QUANTILES.index(0.9)


def _row(values: Any) -> Row:
    return tuple(round(float(value), 2) for value in values)


def _rows(values: Any) -> tuple[Row, ...]:
    return tuple(_row(one) for one in values)


@dataclass(frozen=True, slots=True)
class Savings:
    """Each mitigation's share of what all save; `low` and `high` are the ends of its 80% range.

    M mitigations in the order of `references`. `as_is` and `mitigated` are what is spent, of as many
    simulations as `simulations` says. `interaction` is what adding up each one's saving alone counts twice.
    """

    references: tuple[str, ...]
    years: tuple[int, ...]
    mean: tuple[Row, ...]  # (M, H)
    low: tuple[Row, ...]
    high: tuple[Row, ...]
    alone: tuple[Row, ...]
    as_is: Row
    mitigated: Row
    interaction: Row
    total_low: Row
    total_high: Row
    orders: int
    simulations: int

    @classmethod
    def of(cls, found: Attribution, simulations: int) -> Self:
        """What is kept of an attribution."""
        ranges, total = found.share_ranges(), found.total_ranges()
        return cls(
            references=found.references,
            years=found.years,
            mean=_rows(ranges[0]),
            low=_rows(ranges[_LOW]),
            high=_rows(ranges[_HIGH]),
            alone=_rows(found.alone.mean(axis=1)),
            as_is=_row(found.as_is.mean(axis=0)),
            mitigated=_row(found.mitigated.mean(axis=0)),
            interaction=_row(found.interaction.mean(axis=0)),
            total_low=_row(total[_LOW]),
            total_high=_row(total[_HIGH]),
            orders=found.orders,
            simulations=simulations,
        )

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        nested = {name: tuple(tuple(one) for one in kept[name]) for name in ("mean", "low", "high", "alone")}
        flat = ("references", "years", "as_is", "mitigated", "interaction", "total_low", "total_high")
        return cls(**{**kept, **{name: tuple(kept[name]) for name in flat}, **nested})

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Swing:
    """One input moved down and up alone: by how much, and the deficit that comes of each."""

    code: str
    title: str
    unit: str
    low: float
    high: float
    deficit_low: float
    deficit_high: float


@dataclass(frozen=True, slots=True)
class Hangs:
    """What the cumulative deficit at the end hangs on, the widest first; pounds."""

    deficit: float
    swings: tuple[Swing, ...]
    simulations: int

    @classmethod
    def of(cls, found: Tornado, simulations: int) -> Self:
        """What is kept of a tornado."""
        swings = [
            Swing(bar.swing.code, bar.swing.title, bar.swing.unit, bar.swing.low, bar.swing.high,
                  round(bar.low, 2), round(bar.high, 2))
            for bar in found.bars
        ]  # fmt: skip
        return cls(round(found.deficit, 2), tuple(swings), simulations)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        return cls(kept["deficit"], tuple(Swing(**one) for one in kept["swings"]), kept["simulations"])

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Moved:
    """Why a forecast differs from the one before: changes by factor and year, which add up to the whole."""

    previous: str
    census_years: tuple[int, ...]
    financial_years: tuple[int, ...]
    plans: dict[str, Row]
    plans_change: Row
    spend: dict[str, Row]
    spend_change: Row

    @classmethod
    def of(cls, found: Explanation, previous: str) -> Self:
        """What is kept of an explanation; `previous` is the key of the run before."""
        return cls(
            previous=previous,
            census_years=found.census_years,
            financial_years=found.financial_years,
            plans={name: _row(values) for name, values in found.plans.items()},
            plans_change=_row(found.plans_change),
            spend={name: _row(values) for name, values in found.spend.items()},
            spend_change=_row(found.spend_change),
        )

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        flat = ("census_years", "financial_years", "plans_change", "spend_change")
        by_factor = {
            part: {name: tuple(row) for name, row in kept[part].items()} for part in ("plans", "spend")
        }
        return cls(**{**kept, **{name: tuple(kept[name]) for name in flat}, **by_factor})

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Before:
    """EHC plans at the censuses before the base, the oldest first."""

    years: tuple[int, ...]
    plans: tuple[int, ...]

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """What the history of a forecast has."""
        totals = inputs.history.stock.sum(axis=(1, 2, 3))
        years = range(inputs.base_year - len(totals), inputs.base_year)
        return cls(tuple(years), tuple(int(total) for total in totals))

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        return cls(tuple(kept["years"]), tuple(kept["plans"]))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def as_result(summary: Summary) -> Result:
    """The means of a kept forecast as a result of one simulation, which is all that `explain` reads."""

    def heads(levels: Any) -> Any:
        return np.rint(levels[0]).astype(np.int64)[None]

    return Result(
        space=summary.space,
        years=summary.years,
        seed=summary.seed,
        by_age=heads(summary.by_age),
        by_need=heads(summary.by_need),
        by_placement=heads(summary.by_placement),
        mean_stock=summary.mean_stock,
        joiners=heads(summary.joiners),
        leavers=heads(summary.leavers),
        movers=heads(summary.movers),
        overflow=heads(summary.overflow),
        spend=summary.spend_by_line[0][None],
        spend_by_placement=summary.spend_by_placement[0][None],
        lines=summary.lines,
        income=summary.income,
        opening_balance=summary.opening_balance,
        notes=summary.notes,
    )
