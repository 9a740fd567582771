"""When an entry must be checked again: pure functions of the day it was last checked.

Reminders go at 10, 11 and 12 months. Nothing is unpublished by itself: a family would rather know that a
page is old than find it gone.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from goldenthread.localoffer.enums import Rung


def after_months(on: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    total = on.year * 12 + on.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def next_check(checked_on: date) -> date:
    """When it is due: 12 months on."""
    return after_months(checked_on, Rung.TWELVE)


def rung_of(checked_on: date, today: date) -> Rung | None:
    """The highest reminder whose day has come; None before the first."""
    reached = [rung for rung in Rung if after_months(checked_on, rung) <= today]
    return max(reached) if reached else None
