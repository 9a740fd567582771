"""Ages, school years, and what hangs on a birth date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.statute import ages

births = st.dates(date(1985, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2010, 5, 3), date(2026, 5, 2), 15),
        (date(2010, 5, 3), date(2026, 5, 3), 16),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age_on_a_day(birth: date, on: date, age: int) -> None:
    assert ages.age_on(birth, on) == age


def test_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before the date of birth"):
        ages.age_on(date(2026, 1, 2), date(2026, 1, 1))


@given(births, st.integers(0, 30))
def test_age_changes_on_the_birthday(birth: date, age: int) -> None:
    day = ages.birthday(birth, age)

    assert ages.age_on(birth, day) == age
    if age:
        assert ages.age_on(birth, day - timedelta(days=1)) == age - 1


def test_school_year_turns_on_1_september() -> None:
    assert ages.school_year(date(2026, 8, 31)) == 2025
    assert ages.school_year(date(2026, 9, 1)) == 2026
    assert ages.school_year_name(date(2026, 1, 5)) == "2025 to 2026"


@pytest.mark.parametrize(
    ("birth", "on", "year"),
    [
        (date(2021, 8, 31), date(2025, 9, 1), 0),  # four, just: reception
        (date(2021, 9, 1), date(2025, 9, 1), -1),
        (date(2014, 9, 1), date(2026, 6, 1), 6),
        (date(2014, 8, 31), date(2026, 6, 1), 7),
        (date(2008, 2, 29), date(2026, 1, 5), 13),
        (date(2012, 1, 10), date(2025, 9, 1), 9),
    ],
)
def test_national_curriculum_year(birth: date, on: date, year: int) -> None:
    assert ages.national_curriculum_year(birth, on) == year


@given(births, st.integers(-4, 20))
def test_year_group_starts_on_the_1_september_that_puts_the_person_in_it(birth: date, year: int) -> None:
    starts = ages.starts_year(birth, year)

    assert (starts.month, starts.day) == (9, 1)
    assert ages.national_curriculum_year(birth, starts) == year
    assert ages.national_curriculum_year(birth, starts - timedelta(days=1)) == year - 1


@given(births)
def test_compulsory_school_age_ends_on_the_last_friday_of_june(birth: date) -> None:
    ends = ages.compulsory_school_age_ends(birth)

    assert (ends.month, ends.weekday()) == (6, 4)
    assert (ends + timedelta(days=7)).month == 7
    assert ages.national_curriculum_year(birth, ends) == 11


def test_young_person_is_over_compulsory_school_age_and_under_25() -> None:
    birth = date(2009, 10, 12)

    assert not ages.is_young_person(birth, date(2026, 6, 26))
    assert ages.is_young_person(birth, date(2026, 6, 27))
    assert ages.is_young_person(birth, date(2034, 10, 11))
    assert not ages.is_young_person(birth, date(2034, 10, 12))


@given(births, st.booleans())
def test_last_day_of_a_plan_is_within_the_year_after_the_25th_birthday(birth: date, college: bool) -> None:
    end = ages.end_of_year_of_25th_birthday(birth, further_education=college)

    assert (end.month, end.day) == ((7, 31) if college else (8, 31))
    assert 0 <= (end - ages.birthday(birth, 25)).days <= 365


@pytest.mark.parametrize(
    ("age", "day"), [(16, date(2024, 2, 29)), (17, date(2025, 3, 1)), (18, date(2026, 3, 1))]
)
def test_a_birthday_on_29_february_falls_on_1_march_in_other_years(age: int, day: date) -> None:
    assert ages.birthday(date(2008, 2, 29), age) == day


@pytest.mark.parametrize(
    ("birth", "college", "end"),
    [
        (date(2000, 8, 31), False, date(2025, 8, 31)),  # 25 on the last day: that day
        (date(2000, 9, 1), False, date(2026, 8, 31)),
        (date(2000, 7, 31), True, date(2025, 7, 31)),
        (date(2000, 8, 1), True, date(2026, 7, 31)),
    ],
)
def test_a_25th_birthday_at_the_end_of_the_academic_year(birth: date, college: bool, end: date) -> None:
    assert ages.end_of_year_of_25th_birthday(birth, further_education=college) == end
