"""Due dates: every rule over every day of twelve years against plain counting, then the combined dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.statute import deadlines
from goldenthread.statute.calendar import in_tribunal_closed_season, is_working_day
from goldenthread.statute.datafile import UnknownEntryError
from goldenthread.statute.deadlines import due
from goldenthread.statute.rules import Counting, NotInForceError, Rule, Unit, all_rules, rule

FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
DAY = timedelta(days=1)
RULES = {found.id: found for found in all_rules()}


def _walk(day: date, number: int, step: int, *, tribunal: bool) -> date:
    """The plainest count of working days: day by day."""
    while number:
        day += step * DAY
        number -= is_working_day(day, tribunal=tribunal)
    return day


def _months(day: date, number: int) -> date:
    """The corresponding date, found by trying the day number and then ever smaller ones."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for number_of_day in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number_of_day)
        except ValueError:
            continue
    raise AssertionError


def _counted_plainly(found: Rule, day: date) -> date:
    if found.counting is Counting.FIXED:
        return date(day.year, found.month or 0, found.day or 0)
    sign = -1 if found.counting is Counting.BEFORE else 1
    if found.unit is Unit.MONTHS:
        end = _months(day, sign * found.number)
        if found.closed_season_rolls and in_tribunal_closed_season(end):
            return _walk(end, 1, 1, tribunal=True)
        return end
    if found.unit in (Unit.WORKING_DAYS, Unit.TRIBUNAL_WORKING_DAYS):
        start = day - DAY if found.counting is Counting.BEGINNING_WITH else day
        return _walk(start, found.number, sign, tribunal=found.unit is Unit.TRIBUNAL_WORKING_DAYS)
    days = found.number * (7 if found.unit is Unit.WEEKS else 1)
    if found.counting is Counting.BEGINNING_WITH:
        days -= 1
    return day + sign * days * DAY


def test_every_rule_counts_every_day_of_twelve_years_as_plain_counting_does() -> None:
    wrong = [
        (found.id, day)
        for found in RULES.values()
        for day in EVERY_DAY
        if due(found.id, day) != _counted_plainly(found, day)
    ]

    assert wrong == []


@pytest.mark.parametrize("rule_id", [name for name, one in RULES.items() if not one.closed_season_rolls])
def test_due_never_runs_backwards_as_the_trigger_moves_on(rule_id: str) -> None:
    dates = [due(rule_id, day) for day in EVERY_DAY]

    assert all(earlier <= later for earlier, later in pairwise(dates))


@pytest.mark.parametrize("rule_id", [name for name, one in RULES.items() if one.unit is Unit.WEEKS])
def test_weeks_keep_the_weekday(rule_id: str) -> None:
    assert all(due(rule_id, day).weekday() == day.weekday() for day in EVERY_DAY)


@pytest.mark.parametrize(
    "rule_id",
    [
        name
        for name, one in RULES.items()
        if one.unit is Unit.CALENDAR_DAYS and one.counting is Counting.BEGINNING_WITH
    ],
)
def test_beginning_with_counts_the_day_itself(rule_id: str) -> None:
    days = RULES[rule_id].number

    assert all((due(rule_id, day) - day).days == days - 1 for day in EVERY_DAY)


@pytest.mark.parametrize(
    ("rule_id", "days"),
    [
        ("decide_whether_to_assess", 42),
        ("advice_returned", 42),
        ("tell_not_issuing", 112),
        ("issue_final_plan", 140),
        ("views_on_draft", 14),
        ("views_on_amendments", 14),
        ("setting_consultation_reply", 15),
        ("review_invitation", -14),
        ("review_report", 14),
        ("review_decision", 28),
        ("review_final_amended", 56),
        ("review_final_from_meeting", 84),
        ("reassess_decision", 15),
        ("reassess_final_plan", 98),
        ("mediation_held", 30),
        ("tribunal_order_make_draft", 35),
        ("tribunal_order_make_final", 77),
        ("move_tell_family", 42),
    ],
)
def test_limits_are_as_many_days_as_the_law_says(rule_id: str, days: int) -> None:
    assert {(due(rule_id, day) - day).days for day in EVERY_DAY} == {days}


def test_appeal_limits_never_end_in_a_closed_season() -> None:
    for day in EVERY_DAY:
        for rule_id in ("appeal_after_notice", "appeal_after_certificate"):
            assert not in_tribunal_closed_season(due(rule_id, day))


def test_appeal_limits_run_backwards_only_at_a_weekend_that_follows_a_closed_season() -> None:
    """A limit that ends on Sunday 1 September stays; one that ends the day before runs to the Monday."""
    back = [
        (due(rule_id, earlier), due(rule_id, later))
        for rule_id in ("appeal_after_notice", "appeal_after_certificate")
        for earlier, later in pairwise(EVERY_DAY)
        if due(rule_id, later) < due(rule_id, earlier)
    ]

    assert (date(2019, 9, 2), date(2019, 9, 1)) in back
    assert all(not is_working_day(after) and (before - after).days <= 2 for before, after in back)


def test_tribunal_reply_never_ends_on_a_day_the_tribunal_does_not_count() -> None:
    assert all(is_working_day(due("tribunal_reply", day), tribunal=True) for day in EVERY_DAY)


def test_phase_transfer_dates_are_15_february_and_31_march_of_the_year_of_the_move() -> None:
    for day in EVERY_DAY:
        assert due("phase_transfer", day) == date(day.year, 2, 15)
        assert due("post16_transfer", day) == date(day.year, 3, 31)


def test_due_counts_by_the_law_of_the_day_given() -> None:
    notified = date(2015, 2, 2)

    assert due("unopposed_appeal_contents", notified, on=notified) == notified + timedelta(weeks=4)
    assert due("unopposed_appeal_contents", notified) == notified + timedelta(weeks=5)
    assert due("unopposed_appeal_contents", notified, on=date(2015, 4, 1)) == notified + timedelta(weeks=5)


def test_due_refuses_a_rule_before_it_was_law() -> None:
    with pytest.raises(NotInForceError, match="was not the law on 02 April 2018"):
        due("recommendation_answer", date(2018, 4, 2), on=date(2018, 4, 2))


def test_due_refuses_an_unknown_rule() -> None:
    with pytest.raises(UnknownEntryError, match="no rule called 'issue_plan'"):
        due("issue_plan", FIRST)


def test_due_refuses_a_date_with_a_time() -> None:
    with pytest.raises(TypeError, match="local date"):
        due("issue_final_plan", datetime(2026, 1, 5, 23, 30))


def test_counting_months_beginning_with_a_day_ends_the_day_before_the_corresponding_date() -> None:
    count = deadlines.counter(replace(rule("annual_review"), counting=Counting.BEGINNING_WITH))

    assert count(date(2025, 3, 14)) == date(2026, 3, 13)


days_of_twelve_years = st.dates(FIRST, LAST)


@given(days_of_twelve_years, st.none() | st.integers(0, 120))
def test_appeal_deadline_is_the_later_of_the_two_and_outside_closed_seasons(
    notice: date, gap: int | None
) -> None:
    certificate = None if gap is None else notice + timedelta(days=gap)

    deadline = deadlines.appeal_deadline(notice, certificate)

    assert deadline >= _months(notice, 2)
    assert certificate is None or deadline >= _months(certificate, 1)
    assert not in_tribunal_closed_season(deadline)
    assert deadlines.plan_kept_until(notice, certificate) >= deadline
    assert is_working_day(deadlines.plan_kept_until(notice, certificate))


def test_appeal_deadline_refuses_a_certificate_before_the_notice() -> None:
    with pytest.raises(ValueError, match="before the decision notice"):
        deadlines.appeal_deadline(date(2026, 3, 10), date(2026, 3, 9))


@given(days_of_twelve_years, st.integers(-60, 60))
def test_move_transfer_is_never_before_the_move_nor_before_the_council_knew(moved: date, gap: int) -> None:
    learned = moved + timedelta(days=gap)

    found = deadlines.move_transfer_due(moved, learned)

    assert found >= moved
    assert found >= learned
    if gap > 0:
        assert found == _walk(learned - DAY, 15, 1, tribunal=False)


def test_move_known_exactly_15_working_days_ahead_passes_on_the_day() -> None:
    moved = date(2026, 6, 26)  # a Friday; 15 working days before is Friday 5 June

    assert deadlines.move_transfer_due(moved, date(2026, 6, 5)) == moved
    assert deadlines.move_transfer_due(moved, date(2026, 6, 8)) == moved  # day 15 of 15 is the move itself
    assert deadlines.move_transfer_due(moved, date(2026, 6, 9)) == date(2026, 6, 29)


def test_move_review_is_the_later_of_the_year_and_three_months() -> None:
    transferred = date(2026, 9, 1)

    assert deadlines.move_review_due(transferred, date(2026, 3, 1)) == date(2027, 3, 1)
    assert deadlines.move_review_due(transferred, date(2024, 3, 1), date(2025, 10, 1)) == date(2026, 12, 1)


def test_annual_review_runs_from_the_last_review_but_not_from_one_before_the_plan() -> None:
    made = date(2025, 5, 1)

    assert deadlines.annual_review_due(made) == date(2026, 5, 1)
    assert deadlines.annual_review_due(made, date(2026, 4, 1)) == date(2027, 4, 1)
    assert deadlines.annual_review_due(made, date(2025, 4, 1)) == date(2026, 5, 1)


def test_review_without_a_notice_yet_is_due_12_weeks_from_the_meeting() -> None:
    assert deadlines.review_amended_due(date(2026, 2, 2)) == date(2026, 4, 27)


def test_views_close_at_the_end_of_the_fifteenth_day() -> None:
    assert deadlines.views_close(date(2026, 4, 1)) == date(2026, 4, 15)


def test_next_phase_transfer_walks_through_the_phases_and_ends() -> None:
    born = date(2015, 5, 3)

    on_the_way = [
        deadlines.next_phase_transfer(born, day)
        for day in (date(2018, 1, 1), date(2026, 8, 31), date(2026, 9, 1), date(2031, 9, 1))
    ]

    assert [(move.entering_year, move.due) if move else None for move in on_the_way] == [
        (0, date(2019, 2, 15)),
        (7, date(2026, 2, 15)),
        (12, date(2031, 3, 31)),
        None,
    ]


def test_next_phase_transfer_knows_junior_schools_and_late_years() -> None:
    found = deadlines.next_phase_transfer(
        date(2015, 5, 3), date(2020, 1, 1), entering_years=(7, 3, 0), deferred_years=1
    )

    assert found == deadlines.PhaseTransfer(0, date(2020, 9, 1), date(2020, 2, 15), "phase_transfer")


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("dismiss_ceasing_appeal", [date(2026, 1, 5)]),
        ("assess", [date(2026, 1, 19), date(2026, 3, 16), date(2026, 4, 13)]),
        ("reassess", [date(2026, 1, 19), date(2026, 3, 16), date(2026, 4, 13)]),
        ("make_plan", [date(2026, 2, 9), date(2026, 3, 23)]),
        ("reconsider", [date(2026, 1, 19)]),
        ("amend_contents", [date(2026, 2, 9)]),
        ("change_setting", [date(2026, 1, 19)]),
        ("continue_plan", [date(2026, 1, 5)]),
        ("continue_and_amend_plan", [date(2026, 1, 5), date(2026, 2, 9)]),
    ],
)
def test_orders_set_off_their_steps(kind: str, steps: list[date]) -> None:
    ordered = date(2026, 1, 5)

    assert [step.due for step in deadlines.order_due(kind, ordered)] == steps
    assert deadlines.mediation_agreement_due(kind, ordered) == deadlines.order_due(kind, ordered)


def test_every_kind_of_order_is_tested_here() -> None:
    assert set(deadlines.order_kinds()) == {
        *("dismiss_ceasing_appeal", "assess", "reassess", "make_plan", "reconsider", "amend_contents"),
        *("change_setting", "continue_plan", "continue_and_amend_plan"),
    }


@pytest.mark.parametrize(
    ("kind", "weeks"),
    [
        ("assess", [2, 10, 14]),
        ("reassess", [2, 10, 14]),
        ("contents", [5]),
        ("not_amending", [5]),
        ("setting", [2]),
        ("setting_and_contents", [5]),
        ("make_plan", [5, 11]),
        ("ceasing", [0]),
        ("ceasing_and_amend", [0, 5]),
    ],
)
def test_unopposed_appeals_set_off_their_steps(kind: str, weeks: list[int]) -> None:
    told = date(2026, 1, 5)

    assert [(step.due - told).days for step in deadlines.unopposed_appeal_due(kind, told)] == [
        7 * number for number in weeks
    ]


@pytest.mark.parametrize("count", [deadlines.order_due, deadlines.unopposed_appeal_due])
def test_an_unknown_kind_of_order_is_refused_with_the_kinds_there_are(
    count: Callable[[str, date], object],
) -> None:
    with pytest.raises(UnknownEntryError, match=r"no kind 'costs'. Use one of .*make_plan"):
        count("costs", FIRST)
