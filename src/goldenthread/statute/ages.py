"""Ages, school years and the dates that hang on a birth date.

A person born on 29 February reaches an age on 1 March in a year without a 29 February.
School years run from 1 September to 31 August and are named by the year in which they start.
"""

from __future__ import annotations

from calendar import FRIDAY
from datetime import date, timedelta

RECEPTION = 0
END_OF_COMPULSORY_AGE = 16
LAST_AGE = 25


def birthday(birth_date: date, age: int) -> date:
    """The day on which a person reaches an age."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def age_on(birth_date: date, on: date) -> int:
    """Age in whole years on a day. Raises ValueError when the day is before the birth."""
    if on < birth_date:
        raise ValueError("The day is before the date of birth. Check both dates.")
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday


def school_year(on: date) -> int:
    """The year in which the school year of a day starts: 31 August 2026 is in 2025, the next day in 2026."""
    return on.year if on.month >= 9 else on.year - 1


def school_year_name(on: date) -> str:
    """The school year as people write it: '2025 to 2026'."""
    start = school_year(on)
    return f"{start} to {start + 1}"


def national_curriculum_year(birth_date: date, on: date) -> int:
    """The year group of someone taught with their age group: 0 is reception, 12 and over post-16.

    Negative before reception, which is the school year in which the child turns 5. A child taught
    out of their age group has a different year; that is a fact to record, not to work out.
    """
    return school_year(on) - school_year(birth_date) - 5


def starts_year(birth_date: date, year_group: int) -> date:
    """The 1 September on which someone taught with their age group starts a year group."""
    return date(school_year(birth_date) + 5 + year_group, 9, 1)


def compulsory_school_age_ends(birth_date: date) -> date:
    """The last Friday of June of the school year in which a person turns 16.

    From the day after, the rights pass from the parent to the young person. Source: CoP 8.10 (second hand).
    """
    turns = school_year(birthday(birth_date, END_OF_COMPULSORY_AGE))
    last_of_june = date(turns + 1, 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - FRIDAY) % 7)


def is_young_person(birth_date: date, on: date) -> bool:
    """Whether someone is over compulsory school age and under 25 on a day (CFA s.83(2), from memory)."""
    return compulsory_school_age_ends(birth_date) < on < birthday(birth_date, LAST_AGE)


def end_of_year_of_25th_birthday(birth_date: date, *, further_education: bool = False) -> date:
    """The last day to which a plan may run: the end of the academic year in which the person turns 25.

    31 August, or 31 July where the person attends a further education institution (R46, from memory).
    Source: CFA s.46.
    """
    turns = birthday(birth_date, LAST_AGE)
    month, day = (7, 31) if further_education else (8, 31)
    end = date(turns.year, month, day)
    return end if turns <= end else end.replace(year=turns.year + 1)
