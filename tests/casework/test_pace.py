"""The pace of work and the forecast that stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.casework import actions, pace
from goldenthread.casework.actions import NewCase, bulk_create_cases
from goldenthread.casework.enums import Status
from goldenthread.casework.facts import CaseFacts, PlanFacts
from goldenthread.casework.models import Case, Pace
from goldenthread.casework.queries import Filters, worklist
from goldenthread.casework.queries.durations import measured_pace, step_days
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user

D = make.RECEIVED
ASKED = CaseFacts(law_version="2014-09-01", received_on=D)
SLOW = {
    name: pace.StepPace(50, days, days + 20) for name, days in zip(pace.STEPS, (40, 100, 20, 30), strict=True)
}
SPREAD = st.dictionaries(st.integers(0, 500), st.integers(1, 20), min_size=1)


def on(number):
    return D + timedelta(days=number)


@given(SPREAD, st.integers(1, 100))
def test_a_percentile_is_the_nearest_rank(days, percent):
    flat = sorted(value for value, n in days.items() for _ in range(n))
    found = pace.percentile(days, percent)
    assert found in days
    assert sum(value <= found for value in flat) * 100 >= percent * len(flat)
    assert sum(value < found for value in flat) * 100 < percent * len(flat)


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        pace.percentile({}, 50)


def test_too_few_cases_leave_the_time_the_law_gives():
    found = pace.measure({pace.DECIDE: {10: 4}, pace.ASSESS: {10: 5}})
    assert (found[pace.DECIDE], found[pace.ASSESS]) == (pace.StepPace(4, 42, 42), pace.StepPace(5, 10, 10))


def test_a_case_that_keeps_the_law_finishes_on_day_140():
    assert pace.forecast_finish(ASKED, pace.LAWFUL, D) == on(140)


def test_what_is_done_counts_as_it_was_and_the_rest_at_recent_pace():
    assert pace.forecast_finish(ASKED, SLOW, D) == on(190)
    early = replace(ASKED, assess=True, assess_on=on(10))
    assert pace.forecast_finish(early, SLOW, on(10)) == on(10 + 150)
    drafting = replace(early, issue=True, issue_on=on(50))
    assert pace.forecast_finish(drafting, SLOW, on(50)) == on(100)
    assert pace.forecast_finish(replace(drafting, draft_sent_on=on(60)), SLOW, on(60)) == on(90)


def test_past_its_median_a_step_takes_longer():
    assert pace.forecast_finish(ASKED, SLOW, on(40)) == on(40 + 150)
    assert pace.forecast_finish(ASKED, SLOW, on(41)) == on(60 + 150)
    assert pace.forecast_finish(ASKED, SLOW, on(61)) == on(61 + 10 + 150)


def test_only_open_requests_have_a_forecast():
    refused = replace(ASKED, assess=False, assess_on=on(9))
    planned = replace(ASKED, plan=PlanFacts(started_on=on(99)))
    assert [pace.forecast_finish(one, SLOW, on(100)) for one in (refused, planned)] == [None, None]


@given(st.integers(0, 600), st.integers(0, 600))
def test_a_forecast_is_never_past_and_never_comes_nearer_by_waiting(first, more):
    soon, late = on(first), on(first + more)
    before, after = (pace.forecast_finish(ASKED, SLOW, day) for day in (soon, late))
    assert before >= soon
    assert after >= before


def test_at_risk_is_likely_late_but_not_late_yet():
    due = on(140)
    assert pace.at_risk(on(141), due, on(140))
    assert not pace.at_risk(on(140), due, on(139))
    assert not pace.at_risk(on(200), due, on(141))
    assert not pace.at_risk(None, due, on(1))


def decided(days, ended):
    """Cases whose decision on assessing took so many days and came on a day."""
    for number in days:
        child = make.person()
        yield NewCase(
            person_id=child.pk,
            birth_date=child.birth_date,
            status=Status.NOT_ASSESSING,
            received_on=ended - timedelta(number),
            decided_to_assess_on=ended,
        )


@pytest.mark.django_db
def test_days_are_counted_in_the_database():
    bulk_create_cases(decided([10, 10, 400], date(2024, 3, 1)), by=System.IMPORT)
    assert step_days(pace.DECIDE, date(2024, 2, 29), date(2024, 3, 1)) == {10: 2, 400: 1}
    assert step_days(pace.DECIDE, date(2024, 3, 1), date(2024, 4, 1)) == {}


@pytest.mark.django_db
def test_measuring_looks_at_the_year_before_and_moves_the_forecasts():
    today = date(2024, 6, 3)
    last_year = today - timedelta(366)
    bulk_create_cases(decided([40, 50, 60, 70, 80], date(2024, 3, 1)), by=System.IMPORT)
    bulk_create_cases(decided([1] * 9, last_year), by=System.IMPORT)
    assert measured_pace(today)[pace.DECIDE] == pace.StepPace(5, 60, 70)
    with clock.fixed(today):
        case = make.request(on=today)
        assert case.forecast_on == today + timedelta(140)
        assert worklist(System.COMMAND, Filters(tab="at_risk")).count() == 0
        assert actions.refresh_pace(by=System.SCHEDULER) == 1
        assert actions.refresh_pace(by=System.SCHEDULER) == 0
        assert Case.objects.get(pk=case.pk).forecast_on == today + timedelta(158)
        assert worklist(System.COMMAND, Filters(tab="at_risk")).count() == 1
        assert make.request(on=today).forecast_on == today + timedelta(158)
    assert Pace.objects.get().steps["decide"] == {"n": 5, "p50": 60, "p80": 70}
    with pytest.raises(NotPermitted):
        actions.refresh_pace(by=user(Role.ANALYST))
