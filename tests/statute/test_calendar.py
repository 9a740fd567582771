"""Working days, bank holidays, closed seasons, months."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.statute import calendar
from goldenthread.statute.calendar import CalendarRangeError, add_months
from goldenthread.statute.datafile import StatuteDataError

FIRST, LAST = date(2012, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_bank_holidays_are_those_published_on_govuk() -> None:
    published = {
        found["date"]
        for found in BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    }
    last_year = max(published).year

    assert {day for day in calendar.bank_holidays() if day.year <= last_year} == published


def test_bank_holidays_on_weekdays_are_those_of_the_holidays_package() -> None:
    expected = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2036))

    assert set(calendar.bank_holidays()) == {day for day in expected if day.weekday() < 5}


def test_every_year_has_eight_bank_holidays_or_more() -> None:
    for year in range(2012, 2036):
        assert sum(day.year == year for day in calendar.bank_holidays()) >= 8


@pytest.mark.parametrize(
    ("day", "working", "tribunal"),
    [
        (date(2026, 4, 2), True, True),  # Thursday before Easter
        (date(2026, 4, 3), False, False),  # Good Friday
        (date(2026, 4, 4), False, False),  # Saturday
        (date(2026, 4, 6), False, False),  # Easter Monday
        (date(2026, 7, 31), True, True),
        (date(2026, 8, 3), True, False),  # August
        (date(2026, 8, 31), False, False),  # summer bank holiday
        (date(2026, 9, 1), True, True),
        (date(2026, 12, 24), True, True),
        (date(2026, 12, 25), False, False),
        (date(2026, 12, 28), False, False),  # Boxing Day's substitute
        (date(2026, 12, 29), True, False),  # between Christmas and New Year
        (date(2027, 1, 1), False, False),
        (date(2027, 1, 4), True, True),
        (date(2022, 9, 19), False, False),  # state funeral
        (date(2023, 5, 8), False, False),  # coronation
    ],
)
def test_working_days(day: date, working: bool, tribunal: bool) -> None:
    assert calendar.is_working_day(day) is working
    assert calendar.is_working_day(day, tribunal=True) is tribunal


def test_closed_season_is_august_and_25_december_to_1_january() -> None:
    closed = {(day.month, day.day) for day in EVERY_DAY if calendar.in_tribunal_closed_season(day)}

    assert closed == {
        *((8, day) for day in range(1, 32)),
        *((12, day) for day in range(25, 32)),
        (1, 1),
    }


@given(st.dates(date(2013, 1, 1), date(2034, 12, 31)), st.integers(1, 60), st.booleans())
def test_working_days_out_and_back_again(day: date, number: int, tribunal: bool) -> None:
    there = calendar.add_working_days(day, number, tribunal=tribunal)
    between = [day + timedelta(days=n) for n in range(1, (there - day).days + 1)]

    assert sum(calendar.is_working_day(one, tribunal=tribunal) for one in between) == number
    assert calendar.is_working_day(there, tribunal=tribunal)
    if calendar.is_working_day(day, tribunal=tribunal):
        assert calendar.subtract_working_days(there, number, tribunal=tribunal) == day
        assert calendar.working_days_beginning_with(day, number + 1, tribunal=tribunal) == there


def test_next_working_day_is_the_day_itself_if_it_is_one() -> None:
    assert calendar.next_working_day(date(2026, 4, 2)) == date(2026, 4, 2)
    assert calendar.next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert calendar.next_working_day(date(2026, 8, 3), tribunal=True) == date(2026, 9, 1)


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2036, 1, 1)])
def test_working_days_outside_the_known_years_are_refused(day: date) -> None:
    with pytest.raises(CalendarRangeError, match="known from 2012 to 2035"):
        calendar.is_working_day(day)


def test_counting_past_the_known_years_is_refused() -> None:
    with pytest.raises(CalendarRangeError, match="add the bank holidays"):
        calendar.add_working_days(date(2035, 12, 20), 15)
    with pytest.raises(CalendarRangeError):
        calendar.subtract_working_days(date(2012, 1, 10), 15)


@pytest.mark.parametrize(
    "count",
    [
        calendar.add_working_days,
        calendar.subtract_working_days,
        calendar.working_days_beginning_with,
        calendar.beginning_with,
    ],
)
def test_counting_no_days_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="one"):
        count(date(2026, 1, 5), 0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 12), 1, date(2026, 2, 12)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),  # not the end of March: the corresponding date
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 12, 15), 2, date(2027, 2, 15)),
        (date(2026, 7, 31), -5, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-60, 60))
def test_months_keep_the_day_unless_the_month_is_too_short(day: date, number: int) -> None:
    found = add_months(day, number)

    assert (found.year - day.year) * 12 + found.month - day.month == number
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_weeks_and_days_beginning_with() -> None:
    assert calendar.add_weeks(date(2026, 1, 5), 20) == date(2026, 5, 25)
    assert calendar.beginning_with(date(2026, 4, 1), 15) == date(2026, 4, 15)
    assert calendar.beginning_with(date(2026, 4, 1), 1) == date(2026, 4, 1)


HOLIDAY = '[[holiday]]\ndate = 2030-01-01\nname = "New Year"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HOLIDAY + HOLIDAY, "2030-01-01 stands twice"),
        (HOLIDAY + '[[holiday]]\ndate = 2032-01-01\nname = "New Year"\n', "no holidays for 2031"),
        ('[[holiday]]\ndate = "2030-01-01"\nname = "New Year"\n', "date must be date, not str"),
    ],
)
def test_wrong_bank_holidays_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bank_holidays.toml").write_text(text, encoding="utf-8")

    with pytest.raises(StatuteDataError, match=message):
        calendar.load_bank_holidays(tmp_path)


def test_a_season_across_the_new_year_is_refused(tmp_path: Path) -> None:
    text = """[[season]]
id = "winter"
title = "Winter"
source = "Rules"
mark = "memory"
from_month = 12
from_day = 25
to_month = 1
to_day = 1
"""
    (tmp_path / "closed_seasons.toml").write_text(text, encoding="utf-8")

    with pytest.raises(StatuteDataError, match="winter: the season ends before it begins"):
        calendar.load_closed_seasons(tmp_path)
