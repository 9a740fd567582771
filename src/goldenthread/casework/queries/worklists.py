"""Worklists: which cases need somebody's attention, as lists, counts and workload.

Every list is a queryset served by an index, also at the size of England. Due dates are stored on the case;
late, at risk and due this week are said here, of a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from goldenthread.casework.enums import Stage, Turn
from goldenthread.casework.models import Case
from goldenthread.casework.queries.cases import visible_to
from goldenthread.casework.queries.first_pages import KeysFirst
from goldenthread.core import clock as site_clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.people.names import fold

WEEK = timedelta(days=6)  # today and the six days after it
REVIEWS_AHEAD = timedelta(weeks=8)
NOBODY = "nobody"
_HIGHEST = "\U0010ffff"
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")


def _due_this_week(today: date) -> Q:
    return Q(next_due_on__gte=today, next_due_on__lte=today + WEEK)


def _overdue(today: date) -> Q:
    return Q(next_due_on__lt=today)


def _at_risk(today: date) -> Q:
    return Q(stage=Stage.REQUEST, final_due_on__gte=today, forecast_on__gt=F("final_due_on"))


def _waiting(today: date) -> Q:
    others = [Turn.ADVISER, Turn.FAMILY, Turn.SETTING]
    return Q(stage=Stage.REQUEST, turn__in=others) & (Q(turn_until=None) | Q(turn_until__gte=today))


def _unallocated(today: date) -> Q:
    return Q(caseworker=None, stage=Stage.REQUEST)


def _all_open(today: date) -> Q:
    return Q(stage=Stage.REQUEST)


def _reviews_due(today: date) -> Q:
    return Q(stage=Stage.PLAN, next_due_on__lte=today + REVIEWS_AHEAD)


def _plans(today: date) -> Q:
    return Q(stage=Stage.PLAN)


TABS: dict[str, Callable[[date], Q]] = {
    "due_this_week": _due_this_week,
    "overdue": _overdue,
    "at_risk": _at_risk,
    "waiting": _waiting,
    "unallocated": _unallocated,
    "all_open": _all_open,
    "reviews_due": _reviews_due,
    "plans": _plans,
}
TITLES = {
    "due_this_week": "Due this week",
    "overdue": "Overdue",
    "at_risk": "At risk of missing 20 weeks",
    "waiting": "Waiting for others",
    "unallocated": "Unallocated requests",
    "all_open": "All open requests",
    "reviews_due": "Reviews due",
    "plans": "Plans maintained",
}
_SORTS = {
    "due": ("next_due_on", "pk"),
    "received": ("received_on", "pk"),
    "final": ("final_due_on", "pk"),
    "forecast": ("forecast_on", "pk"),
    "name": ("person__surname_key", "person__forename_key", "pk"),
    "reference": ("reference",),
    "status": ("status", "next_due_on", "pk"),
}
SORTS = tuple(_SORTS)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a worklist is narrowed to. `caseworker`: a user's key, NOBODY, or empty for all; `sort` may begin
    with a minus sign."""

    tab: str = "due_this_week"
    caseworker: str = ""
    status: str = ""
    stage: str = ""
    search: str = ""
    sort: str = "due"
    turn: str = ""
    need: str = ""  # a code of the main type of need of the plan


def worklist(by: Actor, filters: Filters, today: date | None = None) -> QuerySet[Case]:
    """The cases of one tab, each with its person and caseworker read: no further query a row.

    Raises InvalidInput for a tab or order that there is not.
    """
    today = today or site_clock.today()
    if filters.tab not in TABS:
        raise InvalidInput(f"There is no list called “{filters.tab}”.", "Choose one of the lists.", "tab")
    cases = visible_to(by).filter(TABS[filters.tab](today))
    cases = _narrow(cases, filters, today)
    keys_first = KeysFirst(Case, query=cases.query)
    return keys_first.select_related("person", "caseworker").order_by(*_order(filters.sort))


def _narrow(cases: QuerySet[Case], filters: Filters, today: date) -> QuerySet[Case]:
    if filters.caseworker:
        cases = cases.filter(caseworker=_key(filters.caseworker))
    if filters.status:
        cases = cases.filter(status=filters.status)
    if filters.stage:
        cases = cases.filter(stage=filters.stage)
    if filters.need:
        cases = cases.filter(plan__primary_need=filters.need)
    if filters.turn:
        cases = cases.filter(_turn(filters.turn, today))
    return _searched(cases, filters.search) if filters.search.strip() else cases


def _turn(turn: str, today: date) -> Q:
    """As `turn_now` says it: a turn that has run out is the council's."""
    over = Q(turn_until__lt=today)
    return Q(turn=turn) | over if turn == Turn.COUNCIL else Q(turn=turn) & ~over


def _key(caseworker: str) -> UUID | None:
    if caseworker == NOBODY:
        return None
    try:
        return UUID(caseworker)
    except ValueError:
        raise InvalidInput(
            "There is no such Plan Co-ordinator.", "Choose one from the list.", "caseworker"
        ) from None


def _order(sort: str) -> list[Any]:
    names = _SORTS.get(sort.removeprefix("-"))
    if names is None:
        raise InvalidInput(
            f"The list can't be put in order of “{sort}”.", "Choose one of its columns.", "sort"
        )
    return [f"-{name}" for name in names] if sort.startswith("-") else list(names)


def _searched(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """A reference, a UPN, or the beginnings of words of the name in any order."""
    digits = text.strip().upper().removeprefix("EHC-").removeprefix("EHC")
    if digits.isdigit():
        return cases.filter(reference=f"EHC-{int(digits):06d}")
    upn = text.replace(" ", "").upper()
    if _UPN.fullmatch(upn):
        return cases.filter(person__upn=upn)
    tokens = apps.get_model("people.PersonToken")
    for word in fold(text).split():
        begins = tokens._default_manager.filter(token__token__gte=word, token__token__lt=word + _HIGHEST)
        cases = cases.filter(person_id__in=begins.values_list("person_id"))
    return cases


def worklist_counts(by: Actor, filters: Filters | None = None, today: date | None = None) -> dict[str, int]:
    """How many cases each tab holds, in one query; narrowed by everything of `filters` but its tab."""
    today = today or site_clock.today()
    filters = filters or Filters()
    base = _narrow(visible_to(by), filters, today)
    if filters.search.strip():
        # Those who are called so are looked up once, not once for each tab.
        found = {tab: Count("pk", filter=condition(today)) for tab, condition in TABS.items()}
        return base.order_by().aggregate(**found)
    names: list[str] = []
    parts: list[str] = []
    params: list[Any] = []
    for tab, condition in TABS.items():
        try:
            sql, values = base.filter(condition(today)).order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        names.append(tab)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL, values apart
        params += values
    if not names:
        return dict.fromkeys(TABS, 0)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        row = cursor.fetchone()
    return dict.fromkeys(TABS, 0) | dict(zip(names, row, strict=True))


def turn_now(case: Case, today: date | None = None) -> Turn:
    """Whose turn it is on a day: what others may do only until a day goes back to the council after it."""
    today = today or site_clock.today()
    if case.turn_until is not None and case.turn_until < today:
        return Turn.COUNCIL
    return Turn(case.turn)
