"""Plan sections, kinds of advice, SEN2 census days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goldenthread.statute import census, plan
from goldenthread.statute.datafile import StatuteDataError, UnknownEntryError


def test_sections_run_from_a_to_k() -> None:
    assert " ".join(one.id for one in plan.plan_sections()) == "A B C D E F G H1 H2 I J K"
    assert [one.id for one in plan.plan_sections() if one.adulthood] == ["F", "G", "H1", "H2"]
    assert plan.plan_section("I").source == "R12(1)(i)"


def test_unknown_section_and_advice_are_refused() -> None:
    with pytest.raises(UnknownEntryError, match=r"no section 'L'. It has A, B"):
        plan.plan_section("L")
    with pytest.raises(UnknownEntryError, match=r"no advice 'legal'. There is family, educational"):
        plan.advice_kind("legal")


ALWAYS = ["family", "educational", "medical", "psychological", "social_care"]


@pytest.mark.parametrize(
    ("on", "sensory", "kinds"),
    [
        (date(2025, 8, 31), False, ALWAYS),
        (date(2025, 9, 1), False, [*ALWAYS, "adulthood"]),  # year 9 begins
        (date(2025, 8, 31), True, [*ALWAYS, "sensory"]),
        (date(2026, 1, 5), True, [*ALWAYS, "adulthood", "sensory"]),
    ],
)
def test_advice_needed(on: date, sensory: bool, kinds: list[str]) -> None:
    born = date(2012, 1, 10)

    assert [one.id for one in plan.advice_needed(born, on, sensory_impairment=sensory)] == kinds


def test_advice_that_somebody_asks_for_is_listed_but_not_always_needed() -> None:
    assert {one.id for one in plan.advice_kinds()} == {*ALWAYS, "adulthood", "sensory", "requested", "other"}
    assert plan.advice_kind("requested").when is plan.Needed.FAMILY_ASKS


@pytest.mark.parametrize(
    ("year", "day", "deadline"),
    [
        (2023, date(2023, 1, 19), None),
        (2024, date(2024, 1, 18), date(2024, 3, 14)),
        (2025, date(2025, 1, 16), date(2025, 3, 14)),
        (2026, date(2026, 1, 15), date(2026, 3, 12)),
        (2027, date(2027, 1, 21), date(2027, 3, 11)),
    ],
)
def test_census_days(year: int, day: date, deadline: date | None) -> None:
    found = census.census(year)

    assert (found.reference_date, found.deadline) == (day, deadline)
    assert found in census.censuses()
    assert (found.activity_from, found.activity_to) == (date(year - 1, 1, 1), date(year - 1, 12, 31))


def test_census_days_are_thursdays() -> None:
    assert {one.reference_date.weekday() for one in census.censuses()} == {3}


def test_unknown_census_is_refused() -> None:
    with pytest.raises(UnknownEntryError, match=r"of 2022 is not known. Known years: 2023"):
        census.census(2022)


def test_a_census_day_outside_its_year_is_refused(tmp_path: Path) -> None:
    text = '[[census]]\nid = "2028"\nreference_date = 2027-01-20\nsource = "x"\nmark = "memory"\n'
    (tmp_path / "sen2_census.toml").write_text(text, encoding="utf-8")

    with pytest.raises(StatuteDataError, match="2028: reference_date must lie in the collection year"):
        census.load_censuses(tmp_path)
