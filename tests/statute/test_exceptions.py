"""Grounds: which limit each lifts, and whether a claim's dates fit. Requests here come on 1 June 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.statute import exceptions
from goldenthread.statute.datafile import UnknownEntryError
from goldenthread.statute.deadlines import due
from goldenthread.statute.exceptions import Claim, Finding
from goldenthread.statute.grounds import all_grounds
from goldenthread.statute.rules import all_rules

RECEIVED = date(2026, 6, 1)
CLOSED, REOPENS = date(2026, 7, 23), date(2026, 9, 2)
LAST_CLOSED = REOPENS - timedelta(days=1)


def _check(
    ground: str, rule_id: str = "issue_final_plan", *, as_of: date | None = None, **dates: date | str
) -> Finding:
    claim = Claim(ground, rule_id, **dates)  # type: ignore[arg-type]
    return exceptions.check_claim(claim, trigger=RECEIVED, as_of=as_of)


def _closed(asked: date, **changes: date) -> Finding:
    dates = {"starts_on": CLOSED, "ends_on": LAST_CLOSED, "advice_requested_on": asked, **changes}
    return _check("E1", **dates)


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        (CLOSED - timedelta(days=8), False),
        (CLOSED - timedelta(days=7), True),
        (CLOSED, True),
        (date(2026, 8, 10), True),
        (REOPENS - timedelta(days=7), True),
        (REOPENS - timedelta(days=6), False),
    ],
)
def test_closure_counts_from_a_week_before_closing_to_a_week_before_reopening(
    asked: date, stands: bool
) -> None:
    found = _closed(asked)

    assert found.stands is stands
    assert found.reason.startswith(
        "School or" if stands else "The setting must have been asked for advice between"
    )


def test_closure_must_last_four_weeks() -> None:
    four_weeks = CLOSED + timedelta(days=27)

    assert _closed(CLOSED, ends_on=four_weeks).stands
    found = _closed(CLOSED, ends_on=four_weeks - timedelta(days=1))
    assert not found.stands
    assert "at least 28 days in a row" in found.reason


def test_closure_needs_all_its_dates() -> None:
    found = _check("E2", starts_on=CLOSED, ends_on=LAST_CLOSED)

    assert not found.stands
    assert found.reason.startswith("Give the first and last day closed")


def test_closure_needs_advice_asked_within_the_period_of_the_limit() -> None:
    dates = {"starts_on": CLOSED, "ends_on": LAST_CLOSED, "advice_requested_on": date(2026, 8, 10)}

    found = _check("E1", "decide_whether_to_assess", **dates)  # the 6 weeks end on 13 July

    assert not found.stands
    assert "within the period of the limit" in found.reason


@pytest.mark.parametrize(
    ("days", "stands"),
    [(27, False), (28, True), (60, True)],
)
def test_absence_must_last_four_weeks(days: int, stands: bool) -> None:
    away = date(2026, 7, 1)

    found = _check("E4", starts_on=away, ends_on=away + timedelta(days=days - 1))

    assert found.stands is stands
    assert stands or "27 of its days are in it" in found.reason


def test_only_the_days_of_an_absence_within_the_period_count() -> None:
    long_before = date(2026, 4, 1)

    assert not _check("E4", starts_on=long_before, ends_on=date(2026, 6, 27)).stands  # 27 days from 1 June
    assert _check("E4", starts_on=long_before, ends_on=date(2026, 6, 28)).stands
    assert "; 0 of its days" in _check("E4", starts_on=long_before, ends_on=date(2026, 5, 20)).reason


def test_an_absence_that_goes_on_counts_to_the_day_asked_about() -> None:
    away = date(2026, 7, 1)

    assert not _check("E4", starts_on=away, as_of=date(2026, 7, 27)).stands
    assert _check("E4", starts_on=away, as_of=date(2026, 7, 28)).stands
    assert _check("E4", starts_on=away).stands
    assert _check("E4").reason.startswith("Give the first day away")


def test_two_weeks_away_are_enough_after_a_tribunal_order() -> None:
    away = date(2026, 6, 3)

    assert not _check("T2", "tribunal_order_make_final", starts_on=away, ends_on=date(2026, 6, 15)).stands
    assert _check("T2", "tribunal_order_make_final", starts_on=away, ends_on=date(2026, 6, 16)).stands
    assert _check("U2", "unopposed_appeal_contents", starts_on=away, ends_on=date(2026, 6, 16)).stands


def test_circumstances_need_words_and_a_day_that_touches_the_period() -> None:
    began = date(2026, 5, 1)

    assert _check("E3", starts_on=began, explanation="A bereavement in the family").stands
    assert not _check("E3", starts_on=began).stands
    assert not _check("E3", starts_on=began, explanation="  ").stands
    assert not _check("E3", explanation="A bereavement in the family").stands
    past = _check("E3", starts_on=began, ends_on=date(2026, 5, 31), explanation="A bereavement in the family")
    assert past.reason == "The circumstances must touch the period of the limit."


def test_a_missed_appointment_excuses_the_adviser_in_the_six_weeks() -> None:
    assert _check("A3", "advice_returned", starts_on=date(2026, 7, 13)).stands
    assert not _check("A3", "advice_returned", starts_on=date(2026, 7, 14)).stands
    assert _check("A3", "advice_returned").reason == "Give the day on which it happened."


def test_a_missed_appointment_does_not_excuse_the_council() -> None:
    found = _check("A3", "issue_final_plan", starts_on=date(2026, 7, 1))

    assert not found.stands
    assert found.reason.endswith("does not lift this limit: Send the final plan.")


def test_dates_the_wrong_way_round_are_refused() -> None:
    found = _check("E4", starts_on=date(2026, 8, 1), ends_on=date(2026, 7, 1))

    assert found.reason == "The last day is before the first. Check both dates."


@pytest.mark.parametrize("ground", [one.id for one in all_grounds()])
def test_a_ground_lifts_the_limits_it_names_and_no_other(ground: str) -> None:
    lifted = {found.id for found in all_rules() if exceptions.may_lift(ground, found.id)}

    assert lifted == {one for found in all_grounds() if found.id == ground for one in found.lifts}


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownEntryError, match="no ground called 'E9'"):
        exceptions.may_lift("E9", "issue_final_plan")
    with pytest.raises(UnknownEntryError, match="no rule called 'issue'"):
        exceptions.may_lift("E1", "issue")


def test_a_limit_is_excused_by_one_claim_on_it_that_stands() -> None:
    away = Claim("E4", "issue_final_plan", starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 15))
    too_short = Claim("E4", "issue_final_plan", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 5))
    elsewhere = Claim("E4", "tell_not_issuing", starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 15))

    both = exceptions.excused("issue_final_plan", [too_short, away, elsewhere], trigger=RECEIVED)
    assert both
    assert [(one.claim, one.stands) for one in both.findings] == [(too_short, False), (away, True)]
    assert not exceptions.excused("issue_final_plan", [too_short, elsewhere], trigger=RECEIVED)
    assert not exceptions.excused("issue_final_plan", [], trigger=RECEIVED).excused


def test_a_claim_is_tested_by_the_law_of_its_day() -> None:
    told = date(2015, 2, 2)
    claim = Claim("U2", "unopposed_appeal_contents", starts_on=date(2015, 2, 23), ends_on=date(2015, 3, 20))

    assert not exceptions.check_claim(claim, trigger=told, on=told).stands  # 4 weeks: 8 days in it
    assert exceptions.check_claim(claim, trigger=told).stands  # 5 weeks: 15 days in it


@given(st.dates(date(2015, 1, 1), date(2026, 12, 31)), st.integers(-200, 200), st.integers(0, 200))
def test_absence_stands_exactly_when_28_days_lie_in_the_period(received: date, gap: int, length: int) -> None:
    starts = received + timedelta(days=gap)
    ends = starts + timedelta(days=length)
    period = {received + timedelta(days=n) for n in range(113)}
    inside = sum(starts + timedelta(days=n) in period for n in range(length + 1))
    claim = Claim("E4", "tell_not_issuing", starts_on=starts, ends_on=ends)

    assert exceptions.check_claim(claim, trigger=received).stands is (inside >= 28)
    assert due("tell_not_issuing", received) == received + timedelta(days=112)
