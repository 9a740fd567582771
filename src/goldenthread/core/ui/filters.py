"""How values are written on pages: dates, counts and shares, in plain British English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

NOTHING = "–"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day(value: date) -> date:
    """The calendar day in local time."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def long_date(value: date | None) -> str:
    """`5 March 2024`; a dash for no date."""
    if not value:
        return NOTHING
    day = _day(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(value: date | None) -> str:
    """`5 Mar 2024`, for tables; a dash for no date."""
    if not value:
        return NOTHING
    day = _day(value)
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def month(value: date | None) -> str:
    """`March 2024`; a dash for no date."""
    if not value:
        return NOTHING
    day = _day(value)
    return f"{_MONTHS[day.month - 1]} {day.year}"


def clock_time(value: datetime | None) -> str:
    """`2:05pm` in local time, `midday` and `midnight` by name; a dash for no time."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def plural(count: float, one: str, many: str = "") -> str:
    """`1 case`, `2 cases`, `1,200 cases`: the count with its word; `many` is `one` + s unless given."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def _span(days: int) -> str:
    return plural(days, "day")


def ago(value: date | None, today: date) -> str:
    """`today`, `yesterday`, `9 days ago`, or `in 3 days` for a day to come; a dash for no date."""
    if not value:
        return NOTHING
    days = (today - _day(value)).days
    if days < 0:
        return "tomorrow" if days == -1 else f"in {_span(-days)}"
    return {0: "today", 1: "yesterday"}.get(days, f"{_span(days)} ago")


def days_left(value: date | None, today: date) -> str:
    """`3 days left`, `due today`, `9 days late`; a dash for no date. Counts calendar days."""
    if not value:
        return NOTHING
    days = (_day(value) - today).days
    if days == 0:
        return "due today"
    return f"{_span(days)} left" if days > 0 else f"{_span(-days)} late"


def number(value: float | Decimal | None, places: int | None = None) -> str:
    """`1,234`, with `places` decimals where asked; a dash for nothing. True minus sign."""
    if value is None:
        return NOTHING
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.replace("-", "−")


def percent(value: float | Decimal | None, places: int = 1) -> str:
    """A share from 0 to 1 as `45.7%`; a dash where there is no share, never 0%."""
    return NOTHING if value is None else f"{number(value * 100, places)}%"


def pounds(value: float | Decimal | None) -> str:
    """Money for people: `£12.35m` (from £100,000 up), else `£12,345`; a dash for nothing. True minus sign."""
    if value is None:
        return NOTHING
    amount = float(value)
    sign = "−" if amount <= -0.5 else ""
    size = abs(amount)
    return f"{sign}£{size / 1e6:,.2f}m" if size >= 100_000 else f"{sign}£{size:,.0f}"


def yes_no(value: Any) -> str:
    """`Yes`, `No`, or `Not known` for None."""
    if value is None:
        return "Not known"
    return "Yes" if value else "No"
