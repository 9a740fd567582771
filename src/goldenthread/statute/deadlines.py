"""Due dates: the trigger's date in, the due date out. Pure functions; no clock and no stored state.

`due` counts any rule of `statute/data/rules`; the helpers below it combine rules where the law does.
The due date is the last day on which a step is in time (for a period that must be allowed, its last day).
An exception never moves a due date: see `exceptions`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from goldenthread.statute.calendar import (
    add_months,
    add_working_days,
    plain_date,
    subtract_working_days,
    working_days_beginning_with,
)
from goldenthread.statute.rules import Counting, Rule, Unit, rule

Counter = Callable[[date], date]


def due(rule_id: str, trigger: date, *, on: date | None = None) -> date:
    """The due date of a rule whose trigger happened on a day.

    `on` is a day of the law to count by (a case's `law_date(version)`); without it, the newest law.
    Raises UnknownEntryError or NotInForceError for the rule, TypeError for a date with a time.
    """
    if isinstance(trigger, datetime):
        plain_date(trigger)
    return _counter_for(rule_id, on)(trigger)


@lru_cache(maxsize=4096)
def _counter_for(rule_id: str, on: date | None) -> Counter:
    return counter(rule(rule_id, on))


def counter(found: Rule) -> Counter:
    """The function that counts a rule, made once so that each count costs only the arithmetic."""
    if found.counting is Counting.FIXED:
        return _fixed_counter(found)
    if found.unit in (Unit.CALENDAR_DAYS, Unit.WEEKS):
        return _days_counter(found)
    if found.unit is Unit.MONTHS:
        return _months_counter(found)
    return _working_days_counter(found)


def _fixed_counter(found: Rule) -> Counter:
    month, day = found.month or 1, found.day or 1  # both stand in the data: checked at load
    return lambda trigger: date(trigger.year, month, day)


def _days_counter(found: Rule) -> Counter:
    days = found.number * (7 if found.unit is Unit.WEEKS else 1)
    if found.counting is Counting.BEFORE:
        days = -days
    elif found.counting is Counting.BEGINNING_WITH:
        days -= 1
    step = timedelta(days=days)
    return lambda trigger: trigger + step


def _months_counter(found: Rule) -> Counter:
    number = found.number
    if found.counting is Counting.BEFORE:
        return lambda trigger: add_months(trigger, -number)
    if found.counting is Counting.BEGINNING_WITH:
        return lambda trigger: add_months(trigger, number) - timedelta(days=1)
    return lambda trigger: add_months(trigger, number)


def _working_days_counter(found: Rule) -> Counter:
    number, tribunal = found.number, found.unit is Unit.TRIBUNAL_WORKING_DAYS
    count = {
        Counting.BEFORE: subtract_working_days,
        Counting.BEGINNING_WITH: working_days_beginning_with,
    }.get(found.counting, add_working_days)
    return lambda trigger: count(trigger, number, tribunal=tribunal)
