"""Taking apart what is typed into the search box."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.people.queries.typed import MAX_WORDS, Typed, read

TODAY = date(2024, 1, 18)
BORN = date(2015, 3, 12)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Smith", Typed(words=("smith",))),
        ("12/3/2015", Typed(born=BORN)),
        ("12.03.2015", Typed(born=BORN)),
        ("2015-03-12", Typed(born=BORN)),
        ("12 March 2015", Typed(born=BORN)),
        ("12th mar 2015", Typed(born=BORN)),
        ("12/3/15", Typed(born=BORN)),
        ("12/3/98", Typed(born=date(1998, 3, 12))),
        ("smith 2015", Typed(words=("smith",), born_year=2015)),
        ("robin example ZZ99 1AA", Typed(words=("robin", "example"), postcode="ZZ991AA")),
        ("zz991aa robin", Typed(words=("robin",), postcode="ZZ991AA")),
        ("example ZZ99", Typed(words=("example",), outward="ZZ99")),
        ("H801200001001", Typed(upn="H801200001001")),
        ("h80 1200 001 001", Typed(upn="H801200001001")),
        ("943 476 5919", Typed(number="9434765919")),
        ("O'Brien, May 12/3/2015", Typed(words=("obrien", "may"), born=BORN)),
        ("May 2015", Typed(words=("may",), born_year=2015)),
        ("Smith smith", Typed(words=("smith",))),
        ("", Typed()),
        ("  ,.; ", Typed()),
    ],
)
def test_each_part_is_recognised_in_any_order(text: str, typed: Typed) -> None:
    assert read(text, today=TODAY) == typed


def test_a_date_that_is_none_is_said_so() -> None:
    typed = read("robin 31/02/2015", today=TODAY)
    assert typed.words == ("robin",)
    assert typed.notes == ("There is no such date. Type it as day, month, year: 12/3/2015.",)


@given(st.text(max_size=400))
def test_anything_may_be_typed(text: str) -> None:
    typed = read(text, today=TODAY)
    assert len(typed.words) <= MAX_WORDS


@given(st.dates(date(1999, 1, 1), date(2024, 1, 18)))
def test_every_way_of_writing_a_date_is_the_same_day(day: date) -> None:
    ways = (
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%d.%m.%y}",
    )
    assert {read(way, today=TODAY).born for way in ways} == {day}
