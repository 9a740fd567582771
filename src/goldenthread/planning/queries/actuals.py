"""Actual figures beside the plan and the budget."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.forecast.money import LINES
from goldenthread.planning import permissions
from goldenthread.planning.enums import ActualKind, InputKind, RowKind
from goldenthread.planning.models import ActualBatch, ActualFigure
from goldenthread.planning.queries.inputs import newest, rows_of
from goldenthread.planning.queries.recovery import plan
from goldenthread.planning.stated import StatedPlan
from goldenthread.planning.tracking import ZERO, Tracked, track, year_of

THOUSAND = Decimal(1000)
Figures = dict[tuple[str, str], dict[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Variance:
    """Spending by line and savings by action in a financial year, up to the end of a month."""

    month: date
    year: int  # in which the financial year begins
    lines: tuple[Tracked, ...]
    savings: tuple[Tracked, ...]
    in_plan: bool  # whether the plan has figures for this year

    @property
    def behind(self) -> tuple[Tracked, ...]:
        """The actions whose savings are behind."""
        return tuple(one for one in self.savings if one.behind)

    def total(self, rows: tuple[Tracked, ...], what: str) -> Decimal | None:
        """The sum over rows of planned_year, planned, actual or reforecast; None if one row lacks it."""
        values = [getattr(row, what) for row in rows]
        return None if None in values or not values else sum(values, ZERO)


def variance(by: Actor, slug: str, month: date) -> Variance:
    """How spending and savings stand against budget and plan. Raises NotPermitted, NotFound, InvalidInput."""
    permissions.check_can_view(by)
    if month.day != 1:
        raise InvalidInput("Give a month by its first day.", field="month")
    stated = plan(by, slug).stated
    figures, year = _figures(slug), year_of(month)
    budget = _budget(year)
    lines = [line for line in LINES if line in budget or ("line", line) in figures]
    return Variance(
        month=month,
        year=year,
        lines=tuple(
            track(
                subject=line,
                title=LINES[line],
                planned_year=budget.get(line),
                figures=figures.get((ActualKind.LINE.value, line), {}),
                month=month,
                is_saving=False,
            )
            for line in lines
        ),
        savings=tuple(_savings(stated, figures, month)),
        in_plan=year in stated.all_years(),
    )


def _savings(stated: StatedPlan, figures: Figures, month: date) -> list[Tracked]:
    years = stated.all_years()
    year = year_of(month)
    tracked = []
    for row in stated.of(RowKind.SAVING):
        planned = row.figures[years.index(year)] if year in years else None
        tracked.append(
            track(
                subject=row.reference,
                title=row.title,
                planned_year=None if planned is None else planned * THOUSAND,
                figures=figures.get((ActualKind.SAVING.value, row.reference), {}),
                month=month,
                is_saving=True,
            )
        )
    return tracked


def latest_month(by: Actor, slug: str) -> date | None:
    """The newest month for which anything was recorded; None where nothing was. Raises NotPermitted."""
    permissions.check_can_view(by)
    return _of_plan(slug).order_by("-month").values_list("month", flat=True).first()


def actual_batches(by: Actor) -> QuerySet[ActualBatch]:
    """Every file of monthly figures, the newest first. Raises NotPermitted."""
    permissions.check_can_view(by)
    return ActualBatch.objects.order_by("-created_at")


def monthly(by: Actor, slug: str) -> Figures:
    """The figure in force of each month by kind and subject, in pounds. Raises NotPermitted."""
    permissions.check_can_view(by)
    return _figures(slug)


def _figures(slug: str) -> Figures:
    found: Figures = defaultdict(dict)
    rows = _of_plan(slug).order_by("version").values_list("kind", "subject", "month", "pounds")
    for kind, subject, month, pounds in rows:
        found[kind, subject][month] = pounds  # a later version takes the place of the one before
    return found


def _of_plan(slug: str) -> QuerySet[ActualFigure]:
    return ActualFigure.objects.filter(plan_slug__in=("", slug))


def _budget(year: int) -> dict[str, Decimal]:
    version = newest(InputKind.BUDGET)
    if version is None:
        return {}
    return {one["line"]: Decimal(str(one["amount"])) for one in rows_of(version) if one["year"] == year}
