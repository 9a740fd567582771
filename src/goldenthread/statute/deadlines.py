"""Due dates: the trigger's date in, the due date out. Pure functions; no clock and no stored state.

`due` counts any rule of `statute/data/rules`; the helpers below it combine rules where the law does.
The due date is the last day on which a step is in time (for a period that must be allowed, its last day).
An exception never moves a due date: see `exceptions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from goldenthread.statute.ages import starts_year
from goldenthread.statute.calendar import (
    add_months,
    add_working_days,
    in_tribunal_closed_season,
    next_working_day,
    subtract_working_days,
    working_days_beginning_with,
)
from goldenthread.statute.datafile import UnknownEntryError
from goldenthread.statute.rules import Counting, Rule, Unit, rule, rules_in_stage

Counter = Callable[[date], date]


def due(rule_id: str, trigger: date, *, on: date | None = None) -> date:
    """The due date of a rule whose trigger happened on a day.

    `on` is a day of the law to count by (a case's `law_date(version)`); without it, the newest law.
    Raises UnknownEntryError or NotInForceError for the rule, TypeError for a date with a time.
    """
    if isinstance(trigger, datetime):
        raise TypeError("Give a date, not a date and time: turn the moment into a local date first.")
    return _counter_for(rule_id, on)(trigger)


@lru_cache(maxsize=4096)
def _counter_for(rule_id: str, on: date | None) -> Counter:
    return counter(rule(rule_id, on))


def counter(found: Rule) -> Counter:
    """The function that counts a rule, made once so that each count costs only the arithmetic."""
    if found.counting is Counting.FIXED:
        return _fixed_counter(found)
    if found.unit in (Unit.CALENDAR_DAYS, Unit.WEEKS):
        return _days_counter(found)
    if found.unit is Unit.MONTHS:
        count = _months_counter(found)
        return _rolled(count) if found.closed_season_rolls else count
    return _working_days_counter(found)


def _rolled(count: Counter) -> Counter:
    def rolled(trigger: date) -> date:
        end = count(trigger)
        return next_working_day(end, tribunal=True) if in_tribunal_closed_season(end) else end

    return rolled


def _fixed_counter(found: Rule) -> Counter:
    month, day = found.month or 1, found.day or 1  # both stand in the data: checked at load
    return lambda trigger: date(trigger.year, month, day)


def _days_counter(found: Rule) -> Counter:
    days = found.number * (7 if found.unit is Unit.WEEKS else 1)
    if found.counting is Counting.BEFORE:
        days = -days
    elif found.counting is Counting.BEGINNING_WITH:
        days -= 1
    step = timedelta(days=days)
    return lambda trigger: trigger + step


def _months_counter(found: Rule) -> Counter:
    number = found.number
    if found.counting is Counting.BEFORE:
        return lambda trigger: add_months(trigger, -number)
    if found.counting is Counting.BEGINNING_WITH:
        return lambda trigger: add_months(trigger, number) - timedelta(days=1)
    return lambda trigger: add_months(trigger, number)


def _working_days_counter(found: Rule) -> Counter:
    number, tribunal = found.number, found.unit is Unit.TRIBUNAL_WORKING_DAYS
    count = {
        Counting.BEFORE: subtract_working_days,
        Counting.BEGINNING_WITH: working_days_beginning_with,
    }.get(found.counting, add_working_days)
    return lambda trigger: count(trigger, number, tribunal=tribunal)


def views_close(served: date) -> date:
    """The last day of the 15 the family has for its views, the day of service being day 1 (R13(1), R22(2)).

    The plan may go out from the day after. The same for a draft and for proposed amendments.
    """
    return due("views_on_draft", served)


def annual_review_due(plan_made: date, last_review: date | None = None) -> date:
    """The day by which the annual review must be complete: 12 months from the later event (CFA s.44(1)).

    `last_review` is the day of the council's decision notice, not of the meeting. An amended plan, even one
    ordered by the tribunal, does not restart the year: never pass its date as `plan_made`.
    """
    return due("annual_review", plan_made if last_review is None else max(plan_made, last_review))


def review_amended_due(meeting: date, notice_sent: date | None = None) -> date:
    """The day by which the final amended plan is due after a review meeting.

    8 weeks from the amendment notice, and in any case 12 weeks from the meeting: a late notice does not buy
    time. Source: R20(10), R22; L, M & P v Devon [2022] EWHC 493 (Admin).
    """
    outer = due("review_final_from_meeting", meeting)
    return outer if notice_sent is None else min(outer, due("review_final_amended", notice_sent))


# Reaching this year group means leaving secondary school: R18(1)(a) and its 31 March apply.
_POST_16 = 12


@dataclass(frozen=True, slots=True)
class PhaseTransfer:
    """A move to the next phase of education that is to come."""

    entering_year: int  # the year group begun with the move: 0 reception, 7 secondary, 12 post-16
    moves_on: date
    due: date  # the reviewed and amended plan is due by then
    rule_id: str


def phase_transfer(birth_date: date, *, entering_year: int, deferred_years: int = 0) -> PhaseTransfer:
    """The move into a year group of someone taught with their age group, or so many years behind it."""
    moves_on = starts_year(birth_date, entering_year + deferred_years)
    rule_id = "post16_transfer" if entering_year >= _POST_16 else "phase_transfer"
    return PhaseTransfer(entering_year, moves_on, due(rule_id, moves_on), rule_id)


def phase_transfer_due(birth_date: date, *, entering_year: int, deferred_years: int = 0) -> date:
    """The day by which the plan must be amended before the move into a year group (R18(1)).

    15 February of the year of the move, or 31 March for the move from secondary school to post-16 (year 12).
    """
    return phase_transfer(birth_date, entering_year=entering_year, deferred_years=deferred_years).due


def next_phase_transfer(
    birth_date: date, on: date, *, entering_years: tuple[int, ...] = (0, 7, 12), deferred_years: int = 0
) -> PhaseTransfer | None:
    """The next move after a day, or None when there is none left.

    `entering_years` are the year groups that begin a phase in the person's schools: add 3 for a junior
    school, 5 or 9 where there are middle schools.
    """
    moves = (
        phase_transfer(birth_date, entering_year=year, deferred_years=deferred_years)
        for year in sorted(entering_years)
    )
    return next((move for move in moves if move.moves_on > on), None)


def move_transfer_due(moved_on: date, learned_on: date) -> date:
    """The day by which the old council must transfer the plan of a family that moves (R15(2)).

    The day of the move where it knew at least 15 working days before; else 15 working days beginning with
    the day it learned. Raises CalendarRangeError outside the years of known bank holidays.
    """
    if learned_on <= due("move_known_ahead", moved_on):
        return due("move_transfer_known", moved_on)
    return due("move_transfer_late", learned_on)


def move_review_due(transferred_on: date, plan_made: date, last_review: date | None = None) -> date:
    """The day of the first review by a new council: the later of the old date and 3 months (R15(5))."""
    return max(annual_review_due(plan_made, last_review), due("move_first_review", transferred_on))


def appeal_deadline(notice_sent: date, certificate_issued: date | None = None) -> date:
    """The last day to appeal: the later of 2 months from the notice and 1 month from the certificate.

    A limit that ends in August or from 25 December to 1 January runs to the next working day after it.
    Raises ValueError for a certificate issued before the notice. Source: Tribunal Rules r.20(1)(c).
    """
    from_notice = due("appeal_after_notice", notice_sent)
    if certificate_issued is None:
        return from_notice
    if certificate_issued < notice_sent:
        raise ValueError("The certificate was issued before the decision notice was sent. Check both dates.")
    return max(from_notice, due("appeal_after_certificate", certificate_issued))


def plan_kept_until(notice_sent: date, certificate_issued: date | None = None) -> date:
    """The last day on which a ceasing plan must at least be kept, if nobody appeals (CFA s.45(4)).

    The appeal deadline; where it falls on a day that is not a working day, the next that is, because an
    appeal is then still in time (Tribunal Rules r.12, from memory). With an appeal: until that ends.
    """
    return next_working_day(appeal_deadline(notice_sent, certificate_issued))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do after an order or an unopposed appeal."""

    rule_id: str
    title: str
    due: date


def order_kinds(stage: str = "tribunal_order", *, on: date | None = None) -> tuple[str, ...]:
    """The kinds of order (or, for 'unopposed_appeal', of appeal) that set off steps."""
    every = (kind for found in rules_in_stage(stage, on) for kind in found.order_kinds)
    return tuple(dict.fromkeys(every))


def _steps(stage: str, kind: str, trigger: date, on: date | None) -> tuple[Step, ...]:
    wanted = [found for found in rules_in_stage(stage, on) if kind in found.order_kinds]
    if not wanted:
        known = ", ".join(order_kinds(stage, on=on))
        raise UnknownEntryError(f"There is no kind '{kind}'. Use one of {known}.")
    return tuple(Step(found.id, found.title, due(found.id, trigger, on=on)) for found in wanted)


def order_due(order_kind: str, ordered_on: date, *, on: date | None = None) -> tuple[Step, ...]:
    """The steps that a tribunal order sets off, with their due dates (R44).

    Steps that exclude each other (no plan, or a plan) are all given. Raises UnknownEntryError for the kind.
    """
    return _steps("tribunal_order", order_kind, ordered_on, on)


def unopposed_appeal_due(appeal_kind: str, notified_on: date, *, on: date | None = None) -> tuple[Step, ...]:
    """The steps after the council tells the tribunal that it does not oppose an appeal (R45)."""
    return _steps("unopposed_appeal", appeal_kind, notified_on, on)


def mediation_agreement_due(order_kind: str, agreed_on: date, *, on: date | None = None) -> tuple[Step, ...]:
    """The steps after a mediation agreement on what could be appealed: as if ordered that day (R42(2))."""
    return _steps("tribunal_order", order_kind, agreed_on, on)
