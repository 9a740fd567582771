"""How many days each step took: counted in the database, as a histogram, for pace and waiting times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Func, IntegerField

from goldenthread.casework import pace
from goldenthread.casework.models import Case

WHOLE = "whole"
_SPANS = {
    pace.DECIDE: ("received_on", "decided_to_assess_on"),
    pace.ASSESS: ("decided_to_assess_on", "decided_to_issue_on"),
    pace.DRAFT: ("decided_to_issue_on", "draft_sent_on"),
    pace.FINALISE: ("draft_sent_on", "plan_issued_on"),
    WHOLE: ("received_on", "plan_issued_on"),
}
TITLES = {**pace.TITLES, WHOLE: "Request to final plan"}

Histogram = Mapping[int, int]


class _Days(Func):
    """Whole days from one date column to another."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)


def step_days(step: str, after: date, until: date) -> Histogram:
    """Days taken -> number of cases, for a step that ended after one day and by another.

    A refusal counts for the step that it ends. Steps whose days contradict each other are left out.
    """
    start, end = _SPANS[step]
    taken = Case.objects.filter(**{f"{end}__gt": after, f"{end}__lte": until, f"{start}__lte": F(end)})
    rows = taken.annotate(days=_Days(F(end), F(start))).values("days").annotate(n=Count("*")).order_by("days")
    return dict(rows.values_list("days", "n"))


def measured_pace(as_of: date) -> dict[str, pace.StepPace]:
    """The pace of each step over the year before a day."""
    return pace.measure({step: step_days(step, as_of - pace.YEAR, as_of) for step in pace.STEPS})
