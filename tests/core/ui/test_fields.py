"""The date field: what it takes, and what it says of the rest."""

import calendar
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.fields import DateField, DateParts

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def clean(day: str, month: str, year: str, **options: object) -> date | None:
    field = DateField(label="Date of birth", **options)  # type: ignore[arg-type]
    data = QueryDict(mutable=True)
    data.update({"d-day": day, "d-month": month, "d-year": year})
    return field.clean(field.widget.value_from_datadict(data, {}, "d"))


@given(DAYS, st.sampled_from(["{m}", "{m:02}", "{name}", "{short}", " {name} "]))
def test_every_day_is_read_back(day: date, month: str) -> None:
    typed = month.format(
        m=day.month, name=calendar.month_name[day.month], short=calendar.month_abbr[day.month]
    )
    assert clean(str(day.day), typed, f"{day.year:04}") == day


@given(DAYS)
def test_a_whole_date_is_read_too(day: date) -> None:
    field = DateField()
    assert field.clean(field.widget.value_from_datadict(QueryDict(f"d={day.isoformat()}"), {}, "d")) == day


@pytest.mark.parametrize(
    ("typed", "words", "parts"),
    [
        (("31", "2", "2024"), "must be a real date: February 2024 has 29 days", ["day"]),
        (("29", "2", "2023"), "must be a real date: February 2023 has 28 days", ["day"]),
        (("", "2", "2024"), "must include a day", ["day"]),
        (("1", "", ""), "must include a month and a year", ["month", "year"]),
        (("1", "13", "2024"), "must have a month from 1 to 12", ["month"]),
        (("1", "Febtober", "2024"), "must have a month from 1 to 12", ["month"]),
        (("1", "2", "24"), "must have a year with 4 digits", ["year"]),
        (("1", "2", "0000"), "must have a year with 4 digits", ["year"]),
        (("٣", "2", "2024"), "must be a real date", ["day"]),
        (("-1", "2", "2024"), "must be a real date", ["day"]),
    ],
)
def test_a_wrong_date_is_explained(typed: tuple[str, str, str], words: str, parts: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        clean(*typed)
    assert caught.value.messages[0].startswith(f"Date of birth {words}")
    assert caught.value.params["date_parts"] == parts  # type: ignore[index]


def test_bounds_are_inclusive() -> None:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    assert clean("1", "1", "2024", earliest=first, latest=last) == first
    assert clean("31", "12", "2024", earliest=first, latest=last) == last
    with pytest.raises(ValidationError, match="must be 1 January 2024 or later"):
        clean("31", "12", "2023", earliest=first)
    with pytest.raises(ValidationError, match="must be 31 December 2024 or earlier"):
        clean("1", "1", "2025", latest=last)


def test_an_empty_date_is_none_or_asked_for() -> None:
    assert clean("", " ", "", required=False) is None
    with pytest.raises(ValidationError):
        clean("", "", "")


@given(st.tuples(st.text(), st.text(), st.text()))
def test_nonsense_never_crashes(typed: tuple[str, str, str]) -> None:
    try:
        value = clean(*typed, required=False)
    except ValidationError:
        return
    assert value is None or isinstance(value, date)


def test_a_date_knows_whether_it_changed() -> None:
    field = DateField()
    assert not field.has_changed(date(2024, 3, 5), DateParts("05", "March", "2024"))
    assert field.has_changed(date(2024, 3, 5), DateParts("6", "3", "2024"))
    assert field.has_changed(None, DateParts("x", "", ""))
