"""Counting days, weeks, months and working days. Pure arithmetic on dates; bank holidays are data.

Months follow the corresponding date rule (Dodds v Walker [1981] 1 WLR 1027): a month after the 12th ends on
the 12th; where the month has no such day it ends on its last day, so a month after 31 January ends on 28 or
29 February, and a year after 29 February ends on 28 February.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from goldenthread.statute.datafile import DATA, Mark, StatuteDataError, entries

ONE_DAY = timedelta(days=1)


class CalendarRangeError(ValueError):
    """A working day was asked for outside the years for which bank holidays are known."""


def load_bank_holidays(folder: Path = DATA) -> dict[date, str]:
    """Bank holidays in England, each with its name. Raises StatuteDataError when the data is wrong."""
    found: dict[date, str] = {}
    for entry in entries(folder / "bank_holidays.toml", "holiday"):
        day = entry.day("date")
        entry.refuse_twice(day, found)
        found[day] = entry.text("name")
        entry.finish()
    years = {day.year for day in found}
    missing = sorted(set(range(min(years), max(years) + 1)) - years)
    if missing:
        raise StatuteDataError(f"bank_holidays.toml: no holidays for {missing[0]}; every year has some")
    return found


@cache
def bank_holidays() -> dict[date, str]:
    """Bank holidays in England by day, 2012 to 2035; those after the last proclaimed year are as expected."""
    return load_bank_holidays()


class _Days:
    """The working days of the known years in order, so that counting is a search and not a walk."""

    def __init__(self, is_working: Callable[[date], bool]) -> None:
        self.first = date(min(bank_holidays()).year, 1, 1)
        self.last = date(max(bank_holidays()).year, 12, 31)
        every = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        self._days = [day for day in every if is_working(day)]
        self._set = frozenset(self._days)

    def holds(self, day: date) -> bool:
        self._check(day)
        return day in self._set

    def after(self, day: date, number: int) -> date:
        """The working day that is `number` working days after a day, not counting that day."""
        self._check(day)
        return self._at(bisect_right(self._days, day) + number - 1)

    def beginning_with(self, day: date, number: int) -> date:
        """The last of `number` working days, the first being the day itself or the next working day."""
        self._check(day)
        return self._at(bisect_left(self._days, day) + number - 1)

    def before(self, day: date, number: int) -> date:
        """The working day that is `number` working days before a day, not counting that day."""
        self._check(day)
        return self._at(bisect_left(self._days, day) - number)

    def _at(self, index: int) -> date:
        if not 0 <= index < len(self._days):
            raise CalendarRangeError(self._message())
        return self._days[index]

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarRangeError(self._message())

    def _message(self) -> str:
        return (
            f"Working days are known from {self.first.year} to {self.last.year}. Check the date; "
            "for later years add the bank holidays to the statute data."
        )


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def load_closed_seasons(folder: Path = DATA) -> frozenset[tuple[int, int]]:
    """The month and day of every day in the tribunal's closed seasons. Raises StatuteDataError when wrong."""
    found: set[tuple[int, int]] = set()
    for entry in entries(folder / "closed_seasons.toml", "season"):
        for field in ("id", "title", "source"):
            entry.text(field)
        entry.choice("mark", Mark)
        first = (entry.number("from_month"), entry.number("from_day"))
        last = (entry.number("to_month"), entry.number("to_day"))
        entry.finish()
        whole_year = (date(2000, 1, 1) + timedelta(days=n) for n in range(366))
        days = {(day.month, day.day) for day in whole_year if first <= (day.month, day.day) <= last}
        if not days:
            raise entry.fail("the season ends before it begins; split one that crosses the new year")
        found |= days
    return frozenset(found)


@cache
def _closed_days() -> frozenset[tuple[int, int]]:
    return load_closed_seasons()


def in_tribunal_closed_season(day: date) -> bool:
    """Whether a day is in August or from 25 December to 1 January, when the tribunal's time does not run out.

    Source: Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008, r.12 and r.20 (second hand), held in
    `data/closed_seasons.toml`.
    """
    return (day.month, day.day) in _closed_days()


@cache
def _working() -> _Days:
    return _Days(_is_working)


@cache
def _tribunal() -> _Days:
    return _Days(lambda day: _is_working(day) and not in_tribunal_closed_season(day))


def _kind(tribunal: bool) -> _Days:
    return _tribunal() if tribunal else _working()


def is_working_day(day: date, *, tribunal: bool = False) -> bool:
    """Monday to Friday and not a bank holiday in England; for the tribunal also not in its closed season.

    Raises CalendarRangeError outside the years whose bank holidays are known; so do the functions below.
    """
    return _kind(tribunal).holds(day)


def add_working_days(day: date, number: int, *, tribunal: bool = False) -> date:
    """The day that is `number` (one or more) working days after a day, which itself is day 0."""
    if number < 1:
        raise ValueError("The number of working days must be one or more.")
    return _kind(tribunal).after(day, number)


def working_days_beginning_with(day: date, number: int, *, tribunal: bool = False) -> date:
    """The last of `number` (one or more) working days counted with the day itself, if it is one, as day 1."""
    if number < 1:
        raise ValueError("The number of working days must be one or more.")
    return _kind(tribunal).beginning_with(day, number)


def subtract_working_days(day: date, number: int, *, tribunal: bool = False) -> date:
    """The day that is `number` (one or more) working days before a day."""
    if number < 1:
        raise ValueError("The number of working days must be one or more.")
    return _kind(tribunal).before(day, number)


def next_working_day(day: date, *, tribunal: bool = False) -> date:
    """The day itself if it is a working day, else the next that is."""
    return _kind(tribunal).beginning_with(day, 1)


def add_weeks(day: date, number: int) -> date:
    """`number` weeks after a day (7 days each; weekends and holidays count); the day itself is day 0."""
    return day + timedelta(days=7 * number)


def beginning_with(day: date, number: int) -> date:
    """The last of `number` (one or more) calendar days of which the day itself is the first."""
    if number < 1:
        raise ValueError("A period beginning with a day has at least one day.")
    return day + timedelta(days=number - 1)


def add_months(day: date, number: int) -> date:
    """The corresponding date `number` months on (back, if negative), or the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
