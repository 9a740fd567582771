"""A whole history gives each year's return what was known and in scope at its census."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.returns.sen2.checks import Checker, Context
from goldenthread.returns.sen2.records import HeaderRecord, PersonRecord, RequestRecord
from goldenthread.returns.sen2.scope import strict_scope
from goldenthread.returns.sen2.write_xml import write_return

from .builders import HEADER, active_plan, assessment, named_plan, person, placement, read_all, request
from .strategies import PERSONS


def _scoped(year: int, **changes: object) -> RequestRecord | None:
    found = list(strict_scope([person(requests=[request(**changes)])], year))
    return found[0].requests[0] if found else None


def test_an_active_plan_of_the_year_is_told_as_it_was() -> None:
    assert list(strict_scope([person()], 2027)) == [person()]


def test_an_older_plan_becomes_historical() -> None:
    found = _scoped(2028)
    assert found is not None
    assert found.assessment is not None
    assert (found.outcome, found.outcome_date, found.received_date) == ("H", None, date(2026, 2, 2))
    assert (found.assessment.outcome, found.assessment.outcome_date) == ("H", None)
    assert found.assessment.named_plan == named_plan()
    assert found.active_plan == active_plan()


def test_an_assessment_agreed_before_the_year_has_a_historical_request() -> None:
    found = _scoped(2027, received_date=date(2025, 10, 1), outcome_date=date(2025, 11, 5))
    assert found is not None
    assert found.assessment is not None
    assert (found.outcome, found.assessment.outcome) == ("H", "Y")


@pytest.mark.parametrize(("year", "there"), [(2026, False), (2027, True), (2028, False)])
def test_a_refusal_is_in_one_return(year: int, there: bool) -> None:
    found = _scoped(year, outcome="N", assessment=None, active_plan=None)
    assert (found is not None) == there


@pytest.mark.parametrize(("year", "there"), [(2026, False), (2027, True), (2028, True), (2030, True)])
def test_an_open_request_stays_until_it_is_decided(year: int, there: bool) -> None:
    found = _scoped(year, outcome="A", outcome_date=None, assessment=None, active_plan=None)
    assert (found is not None) == there


@pytest.mark.parametrize(("year", "there"), [(2027, True), (2028, True), (2029, False)])
def test_a_ceased_plan_is_in_the_return_of_its_year(year: int, there: bool) -> None:
    ended = named_plan(cease_date=date(2027, 6, 1), cease_reason="5")
    found = _scoped(year, assessment=assessment(named_plan=ended))
    assert (found is not None) == there
    if year == 2027:
        assert found is not None
        assert found.assessment is not None
        assert found.assessment.named_plan == named_plan()


def test_what_came_after_the_census_is_not_known() -> None:
    found = _scoped(2027, outcome_date=date(2027, 1, 22))
    assert found is not None
    assert (found.outcome, found.outcome_date, found.assessment, found.active_plan) == ("A", None, None, None)
    found = _scoped(2027, assessment=assessment(outcome_date=date(2027, 1, 22)))
    assert found is not None
    assert found.assessment is not None
    assert (found.outcome, found.assessment.outcome, found.active_plan) == ("Y", "A", None)
    assert _scoped(2027, received_date=date(2027, 1, 22)) is None
    undecided = _scoped(2027, received_date=date(2027, 1, 21), outcome_date=date(2027, 3, 1))
    assert undecided is not None
    assert undecided.outcome == "A"


def test_a_plan_that_ceased_on_the_first_day_is_in_scope() -> None:
    for ended, there in ((date(2026, 1, 1), True), (date(2025, 12, 31), False)):
        plan = named_plan(start_date=date(2020, 1, 1), cease_date=ended, cease_reason="5")
        assert (_scoped(2027, assessment=assessment(named_plan=plan)) is not None) == there


def test_places_are_those_attended_in_the_period() -> None:
    ended = placement(entry_date=date(2020, 9, 1), leaving_date=date(2025, 12, 31))
    moved = placement(entry_date=date(2025, 9, 1), leaving_date=date(2026, 1, 1))
    leaving = placement(leaving_date=date(2027, 7, 1))
    coming = placement(entry_date=date(2027, 9, 1))
    found = _scoped(2027, active_plan=active_plan(placements=[ended, moved, leaving, coming]))
    assert found is not None
    assert found.active_plan is not None
    assert found.active_plan.placements == [moved, replace(leaving, leaving_date=None)]


def test_a_review_decided_after_the_census_is_left_out() -> None:
    reviewed = active_plan(review_meeting=date(2027, 1, 5), review_outcome="M", last_review=date(2027, 1, 25))
    found = _scoped(2027, active_plan=reviewed)
    assert found is not None
    assert found.active_plan == active_plan(review_meeting=date(2027, 1, 5))


@settings(max_examples=150, deadline=None)
@given(records=st.lists(PERSONS, max_size=3), year=st.integers(2023, 2028))
def test_scope_is_settled_and_leaves_the_records_alone(records: list[PersonRecord], year: int) -> None:
    before = copy.deepcopy(records)
    found = list(strict_scope(records, year))
    assert records == before
    assert list(strict_scope(found, year)) == found
    checker = Checker(Context.of(HeaderRecord(year=year)), "f")
    broken = {rule.id for each in found for rule, _, _ in checker.findings(each)}
    assert "L42" not in broken


def test_a_scoped_return_is_clean(tmp_path: Path) -> None:
    history = [
        person(1),
        person(2, requests=[
            request(received_date=date(2020, 2, 3), outcome_date=date(2020, 3, 13), assessment=assessment(
                outcome_date=date(2020, 6, 19), named_plan=named_plan(start_date=date(2020, 6, 19))))
        ]),
    ]  # fmt: skip
    history[1].forename = "Kim"
    write_return(tmp_path / "return.xml", HEADER, strict_scope(history, 2027))
    kept, issues = read_all(tmp_path / "return.xml")
    assert [each.requests[0].outcome for each in kept] == ["Y", "H"]
    assert issues == []
