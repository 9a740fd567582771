"""How many days each step took: counted in the database, as a histogram, for pace and waiting times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.db.models import Count, F

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


# Whole days between two days of one row of `pairs`.
_DAYS = {
    "sqlite": "CAST(julianday(ended) - julianday(began) AS INTEGER)",
    "postgresql": "ended - began",
}


def step_days(step: str, after: date, until: date) -> Histogram:
    """Days taken -> number of cases, for a step that ended after one day and by another.

    A refusal counts for the step that it ends. Steps whose days contradict each other are left out.
    """
    start, end = _SPANS[step]
    taken = Case.objects.filter(**{f"{end}__gt": after, f"{end}__lte": until, f"{start}__lte": F(end)})
    # Many cases share both days: counted first by the two, in the order of an index that holds both.
    pairs = taken.order_by().values(ended=F(end), began=F(start)).annotate(n=Count("*"))
    sql, params = pairs.query.sql_with_params()
    days = _DAYS[connection.vendor]
    with connection.cursor() as cursor:
        # Django's own SQL and ours, values apart.
        cursor.execute(f"SELECT {days}, SUM(n) FROM ({sql}) AS pairs GROUP BY 1 ORDER BY 1", params)  # noqa: S608
        return {int(taken_days): int(number) for taken_days, number in cursor.fetchall()}


def measured_pace(as_of: date) -> dict[str, pace.StepPace]:
    """The pace of each step over the year before a day."""
    return pace.measure({step: step_days(step, as_of - pace.YEAR, as_of) for step in pace.STEPS})
