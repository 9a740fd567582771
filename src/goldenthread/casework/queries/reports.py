"""Reports on requests and plans, as plain values: timeliness, waiting times and backlog.

Each figure says what it counts; docs/reports.md has the definitions beside DfE's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from goldenthread.casework import pace
from goldenthread.casework.enums import OPEN_REQUEST, Status
from goldenthread.casework.models import Case
from goldenthread.casework.queries.durations import TITLES, step_days

TWENTY_WEEKS = 140
FIFTY_TWO_WEEKS = 364


@dataclass(frozen=True, slots=True)
class Timeliness:
    """First plans issued in a period, by how long after the request: plan start less day received.

    Counted as DfE does: in time is 140 days or fewer; 'excluding exceptions' leaves out plans to which an
    exception to the 20 weeks applied (SEN2 Week20). Plans that came from another council, and plans whose
    request is not known, are not counted.
    """

    period: str
    issued: int = 0
    within_20_weeks: int = 0
    exceptions: int = 0
    within_20_weeks_excluding_exceptions: int = 0
    from_20_to_52_weeks: int = 0
    over_52_weeks: int = 0

    @property
    def issued_excluding_exceptions(self) -> int:
        """Plans to which no exception applied."""
        return self.issued - self.exceptions

    @property
    def percent(self) -> float | None:
        """Share issued within 20 weeks, in per cent to one place; None without plans."""
        return _percent(self.within_20_weeks, self.issued)

    @property
    def percent_excluding_exceptions(self) -> float | None:
        """The same without plans to which an exception applied."""
        return _percent(self.within_20_weeks_excluding_exceptions, self.issued_excluding_exceptions)

    def as_dict(self) -> dict[str, Any]:
        """The keys of `manage timeliness --json`."""
        return {
            "period": self.period,
            "issued": self.issued,
            "within_20_weeks": self.within_20_weeks,
            "percent_within_20_weeks": self.percent,
            "exceptions": self.exceptions,
            "issued_excluding_exceptions": self.issued_excluding_exceptions,
            "within_20_weeks_excluding_exceptions": self.within_20_weeks_excluding_exceptions,
            "percent_within_20_weeks_excluding_exceptions": self.percent_excluding_exceptions,
            "from_20_to_52_weeks": self.from_20_to_52_weeks,
            "over_52_weeks": self.over_52_weeks,
        }


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def timeliness(year: int) -> Timeliness:
    """Plans issued in a calendar year."""
    return _timeliness(str(year), date(year, 1, 1), date(year, 12, 31))


def timeliness_by_month(year: int) -> list[Timeliness]:
    """The same for each month, January first: one query."""
    rows = _plans(date(year, 1, 1), date(year, 12, 31)).values("plan_issued_on__month").order_by()
    found: dict[int, Any] = {row["plan_issued_on__month"]: row for row in rows.annotate(**_COUNTS)}
    return [_counted(f"{year}-{month:02d}", found.get(month, {})) for month in range(1, 13)]


def timeliness_by_year(first: int, last: int) -> list[Timeliness]:
    """The same for several years."""
    return [timeliness(year) for year in range(first, last + 1)]


_IN_TIME, _EXCEPTED = Q(days_to_plan__lte=TWENTY_WEEKS), Q(week20_exception=True)
_COUNTS = {
    "issued": Count("*"),
    "within_20_weeks": Count("plan_issued_on", filter=_IN_TIME),
    "exceptions": Count("plan_issued_on", filter=_EXCEPTED),
    "excepted_in_time": Count("plan_issued_on", filter=_IN_TIME & _EXCEPTED),
    "over_52_weeks": Count("plan_issued_on", filter=Q(days_to_plan__gt=FIFTY_TWO_WEEKS)),
}


def _plans(first: date, last: date) -> QuerySet[Case]:
    return Case.objects.filter(plan_issued_on__range=(first, last), days_to_plan__isnull=False)


def _timeliness(period: str, first: date, last: date) -> Timeliness:
    return _counted(period, _plans(first, last).aggregate(**_COUNTS))


def _counted(period: str, row: Mapping[str, int]) -> Timeliness:
    counts = {name: row.get(name, 0) for name in _COUNTS}
    excepted_in_time = counts.pop("excepted_in_time")
    late = counts["issued"] - counts["within_20_weeks"]
    return Timeliness(
        period=period,
        within_20_weeks_excluding_exceptions=counts["within_20_weeks"] - excepted_in_time,
        from_20_to_52_weeks=late - counts["over_52_weeks"],
        **counts,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long one step took for the cases that finished it in a year, in days."""

    year: int
    step: str
    title: str
    n: int
    median: int | None
    p80: int | None
    longest: int | None


def waiting_times(first: int, last: int) -> list[Waiting]:
    """Each step and the whole way, for each year from first to last."""
    found = []
    for year in range(first, last + 1):
        for step, title in TITLES.items():
            days = step_days(step, date(year - 1, 12, 31), date(year, 12, 31))
            found.append(_waiting(year, step, title, dict(days)))
    return found


def _waiting(year: int, step: str, title: str, days: dict[int, int]) -> Waiting:
    if not days:
        return Waiting(year, step, title, 0, None, None, None)
    p50, p80 = pace.percentile(days, 50), pace.percentile(days, 80)
    return Waiting(year, step, title, sum(days.values()), p50, p80, max(days))


# Weeks open: from the first number up to and without the second.
AGE_BANDS = ((0, 6), (6, 16), (16, 20), (20, 26), (26, 52), (52, None))


@dataclass(frozen=True, slots=True)
class Backlog:
    """Open requests at one status by how many weeks they have been open."""

    status: str
    title: str
    by_band: dict[str, int] = field(default_factory=dict)
    not_known: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_band.values()) + self.not_known


def band_name(first: int, last: int | None) -> str:
    """Such as '6 to 16 weeks'."""
    if last is None:
        return f"{first} weeks or more"
    return f"under {last} weeks" if first == 0 else f"{first} to {last} weeks"


def backlog(today: date) -> list[Backlog]:
    """Open requests as they stand, by status and weeks since the request."""
    counts: dict[str, Any] = {}
    for number, (first, last) in enumerate(AGE_BANDS):
        open_for = (
            Q(received_on__lte=today - timedelta(weeks=first)) if first else Q(received_on__isnull=False)
        )
        if last is not None:
            open_for &= Q(received_on__gt=today - timedelta(weeks=last))
        counts[f"band_{number}"] = Count("status", filter=open_for)
    counts["not_known"] = Count("status", filter=Q(received_on=None))
    rows = Case.objects.filter(status__in=OPEN_REQUEST).order_by().values("status").annotate(**counts)
    found: dict[str, dict[str, Any]] = {row["status"]: dict(row) for row in rows}
    return [_backlog(status, found.get(status, {})) for status in Status if status in OPEN_REQUEST]


def _backlog(status: Status, row: dict[str, Any]) -> Backlog:
    by_band = {band_name(*ends): row.get(f"band_{number}", 0) for number, ends in enumerate(AGE_BANDS)}
    return Backlog(str(status), str(status.label), by_band, row.get("not_known", 0))
