"""Plans as spans of time, and the way from requests to plans: what a forecast counts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Avg, CharField, Count, Q
from django.db.models.functions import Cast, Coalesce, ExtractYear

from goldenthread.casework.models import Case, Plan


class PlanSpan(NamedTuple):
    """One plan: whose, from when to when, and the need recorded now. It is not maintained on `ceased_on`."""

    case: str  # keys as text: a forecast only tells people apart, and text is read several times faster
    person: str
    birth_date: date
    primary_need: str
    begun_on: date
    ceased_on: date | None


def plan_spans(since: date) -> list[PlanSpan]:
    """Every plan that was maintained at some time after a day, as `caseload.maintained` counts: one query."""
    rows = Plan.objects.filter(Q(ceased_on=None) | Q(ceased_on__gt=since)).order_by()
    values = rows.values_list(
        Cast("case_id", CharField()),
        Cast("person_id", CharField()),
        "person__birth_date",
        "primary_need",
        Coalesce("transferred_on", "started_on"),
        "ceased_on",
    )
    return [PlanSpan(*row) for row in values.iterator(chunk_size=5000)]


@dataclass(frozen=True, slots=True)
class WayIn:
    """Requests and plans by calendar year, oldest first, and how requests end."""

    years: tuple[int, ...]
    requests: tuple[int, ...]
    new_plans: tuple[int, ...]
    refused_share: (
        float | None
    )  # of requests that ended in the last two years, without a plan; None: none did
    mean_days: float | None  # from request to plan, of plans issued in the last year


def way_in(first: int, last: int) -> WayIn:
    """The way in for the calendar years from `first` to `last`: three queries.

    Requests are counted by the day received, new plans by the day the first plan was sent (plans that came
    from another council are not new). A case that was closed without a plan counts as refused, whoever ended
    it: refused at either decision, withdrawn, or moved away.
    """
    years = tuple(range(first, last + 1))
    span = (date(first, 1, 1), date(last, 12, 31))
    received = _by_year("received_on", span)
    issued = _by_year("plan_issued_on", span)
    recent = (date(last - 1, 1, 1), span[1])
    ended = Case.objects.aggregate(
        issued=Count("pk", filter=Q(plan_issued_on__range=recent)),
        refused=Count("pk", filter=Q(plan=None, closed_on__range=recent)),
        days=Avg("days_to_plan", filter=Q(plan_issued_on__range=(date(last, 1, 1), span[1]))),
    )
    total = ended["issued"] + ended["refused"]
    return WayIn(
        years=years,
        requests=tuple(received.get(year, 0) for year in years),
        new_plans=tuple(issued.get(year, 0) for year in years),
        refused_share=ended["refused"] / total if total else None,
        mean_days=float(ended["days"]) if ended["days"] is not None else None,
    )


def _by_year(column: str, span: tuple[date, date]) -> dict[int, int]:
    rows = Case.objects.filter(**{f"{column}__range": span}).order_by()
    counted = rows.annotate(year=ExtractYear(column)).values_list("year").annotate(n=Count("pk"))
    return dict(counted)
