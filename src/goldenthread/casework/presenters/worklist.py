"""Worklists and workload as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.casework.enums import OPEN_REQUEST
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import TITLES, turn_now
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.filters import plural, short_date
from goldenthread.core.ui.parts import Link, NavItem
from goldenthread.core.ui.tables import Column, Row

# `order_by` is what the query calls the order: it sorts by its own indexes.
COLUMNS = (
    Column("name", "Child or young person", sortable=True, breaks=True),
    Column("status", "Stage", sortable=True),
    Column("due", "Next step", sortable=True),
    Column("turn", "Whose turn"),
    Column("forecast", "Forecast finish", sortable=True),
    Column("caseworker", "Plan Co-ordinator", breaks=True),
    Column("reference", "Reference", sortable=True, download_only=True),
    Column("received", "Request received", download_only=True),
    Column("next_due", "Next due date", download_only=True),
    Column("final", "20-week date", download_only=True),
)
TAB_ORDER = (
    "due_this_week",
    "overdue",
    "at_risk",
    "waiting",
    "reviews_due",
    "unallocated",
    "all_open",
    "plans",
)
_SHORT = {
    "at_risk": "At risk",
    "waiting": "Waiting for others",
    "unallocated": "Unallocated",
    "all_open": "All open",
    "plans": "Plans",
}
EMPTY = {
    "due_this_week": ("Nothing is due this week.", "Look at what is overdue or at risk."),
    "overdue": ("Nothing is overdue.", "Every due date is today or later."),
    "at_risk": ("No case is at risk of missing its 20 weeks.", ""),
    "waiting": ("No case waits for anybody else.", ""),
    "reviews_due": ("No review is due in the next eight weeks.", ""),
    "unallocated": ("Every request has a Plan Co-ordinator.", ""),
    "all_open": ("There are no open requests.", "Record a request when one arrives."),
    "plans": ("There are no plans here.", ""),
}


def tab_title(tab: str) -> str:
    """The heading of a worklist."""
    return TITLES[tab]


def rows(cases: Iterable[Case], today: date) -> Iterator[Row]:
    """A row for each case: needs its person and Plan Co-ordinator read, and nothing more."""
    for case in cases:
        due = Due.of(case.next_due_on, today) if case.next_step else None
        step = words.step_words(case.next_step)
        yield Row(
            cells={
                "name": [
                    Link(str(case.person), reverse("case", args=[case.pk])),
                    f"{words.age_words(case.person.birth_date, today)}",
                    case.reference,
                ],
                "status": words.STAGES[case.status],
                "due": [step, due] if due else "Nothing due",
                "turn": words.turn_words(turn_now(case, today)),
                "forecast": _forecast(case),
                "caseworker": case.caseworker.name if case.caseworker else "Unallocated",
                "reference": case.reference,
                "received": case.received_on,
                "next_due": case.next_due_on,
                "final": case.final_due_on,
            },
            id=str(case.pk),
            name=f"{case.person}, {case.reference}",
            tone="late" if due is not None and due.state == "late" else "",
        )


def _forecast(case: Case) -> Any:
    if case.status not in OPEN_REQUEST or case.forecast_on is None:
        return None
    if case.final_due_on is None:
        return short_date(case.forecast_on)
    days = (case.forecast_on - case.final_due_on).days
    if days > 0:
        state, text = "late", f"{plural(days, 'day')} past 20 weeks"
    else:
        state, text = "done", "within 20 weeks"
    return Due(state if days > 0 else "later", text, case.forecast_on)


def tabs(counts: dict[str, int], current: str, href: Any, names: Sequence[str]) -> list[NavItem]:
    """The lists with their counts; overdue is painted red where there is any."""
    return [
        NavItem(
            _SHORT.get(name, TITLES[name]),
            href(name),
            current=name == current,
            count=counts[name],
            count_late=name == "overdue" and counts[name] > 0,
        )
        for name in names
    ]
