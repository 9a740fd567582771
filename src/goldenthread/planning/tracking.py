"""Actual figures beside the plan: variance, what the year will come to, and what is behind.

The rule of the reforecast, the same for every row: the year will come to what was had so far, divided by the
share of a year that falls by this month. That share is seasonal where the twelve months of the year before
are all known and do not cancel out: the part of them that fell by the same month. Otherwise it is linear,
so many twelfths. A plan for a year is spread over its months by the same shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
# A saving that has come to less than this share of what was planned by now is behind.
BEHIND = Decimal("0.9")
PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tracked:
    """One line or action in one financial year up to a month; pounds."""

    subject: str
    title: str
    planned_year: Decimal | None  # None where there is no plan for it
    planned: Decimal | None  # of it, by the end of the month
    actual: Decimal | None  # None where a month is missing
    missing: tuple[date, ...]  # months without a figure
    share: Decimal  # of a year that falls by the month
    seasonal: bool  # by last year's months rather than twelfths
    is_saving: bool

    @property
    def variance(self) -> Decimal | None:
        """Actual less planned, by the end of the month."""
        if self.actual is None or self.planned is None:
            return None
        return self.actual - self.planned

    @property
    def reforecast(self) -> Decimal | None:
        """What the whole year will come to if it goes on like this."""
        return None if self.actual is None else (self.actual / self.share).quantize(PENNY)

    @property
    def year_variance(self) -> Decimal | None:
        """The reforecast less the plan for the year."""
        if self.reforecast is None or self.planned_year is None:
            return None
        return self.reforecast - self.planned_year

    @property
    def behind(self) -> bool:
        """A saving under nine tenths of what was planned by now, or a cost more than a tenth over it.

        For spending on a line: more than a tenth over plan.
        """
        if self.actual is None or self.planned is None:
            return False
        slack = abs(self.planned) * (1 - BEHIND)
        if self.is_saving:
            return self.actual < self.planned - slack
        return self.actual > self.planned + slack


def months_to(month: date) -> list[date]:
    """The months of a financial year from April up to a month."""
    count = (month.month - 4) % 12 + 1
    first = year_of(month)
    return [date(first + (3 + at) // 12, (3 + at) % 12 + 1, 1) for at in range(count)]


def year_of(month: date) -> int:
    """The year in which the financial year of a month begins."""
    return month.year if month.month >= 4 else month.year - 1


def track(
    *,
    subject: str,
    title: str,
    planned_year: Decimal | None,
    figures: Mapping[date, Decimal],
    month: date,
    is_saving: bool,
) -> Tracked:
    """Lay the monthly `figures` of a subject beside its plan for the year, up to the end of a month."""
    months = months_to(month)
    missing = tuple(one for one in months if one not in figures)
    share, seasonal = _share(figures, month)
    return Tracked(
        subject=subject,
        title=title,
        planned_year=planned_year,
        planned=None if planned_year is None else (planned_year * share).quantize(PENNY),
        actual=None if missing else sum((figures[one] for one in months), ZERO),
        missing=missing,
        share=share,
        seasonal=seasonal,
        is_saving=is_saving,
    )


def _share(figures: Mapping[date, Decimal], month: date) -> tuple[Decimal, bool]:
    """The share of a year that falls by a month, and whether it is by last year's months."""
    months = months_to(month)
    linear = Decimal(len(months)) / 12
    last_year = months_to(date(year_of(month), 3, 1))
    if any(one not in figures for one in last_year):
        return linear, False
    whole = sum((figures[one] for one in last_year), ZERO)
    by_now = sum((figures[one] for one in last_year[: len(months)]), ZERO)
    # A year whose months cancel out, or whose part is none of it, says nothing of a season.
    if not whole or not 0 < by_now / whole <= 1:
        return linear, False
    return by_now / whole, True
