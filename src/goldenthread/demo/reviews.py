"""Annual reviews and phase transfers of a plan that is still maintained, or was when it ceased."""

from __future__ import annotations

from datetime import date
from random import Random

from goldenthread.demo.timeline import CENSUS, between, weekday_back
from goldenthread.returns.sen2.records import ActivePlanRecord

ON_TIME = 0.80  # share of plans whose last review meeting is less than a year old
_DECIDED_IN_FOUR_WEEKS = 0.72
_YEAR = 365
# Age on 31 August before the move, and the day by which the plan is to be amended (R18).
_PHASE_TRANSFERS = {3: (2, 15), 10: (2, 15), 15: (3, 31)}


def add_reviews(random: Random, active: ActivePlanRecord, started: int, until: int, ceased: bool) -> None:
    """The most recent review before day `until`: meeting, decision, draft. None in a plan's first months."""
    if until - started < _YEAR - 45:
        return
    if random.random() < ON_TIME:
        back = between(random, 3, min(_YEAR - 3, until - started - 180))
    else:
        back = _YEAR + int(random.expovariate(1 / 80))
    meeting = weekday_back(until - back)
    if meeting < started + 150:
        return  # overdue: never reviewed
    active.review_meeting = date.fromordinal(meeting)
    decided = _decision_day(random, meeting)
    if ceased:
        decided = min(decided, until - 1)
    if decided >= until or decided < meeting:
        return  # the decision is still to come
    chance = random.random()
    active.review_outcome = "C" if ceased else "A" if chance < 0.44 else "M"
    active.last_review = date.fromordinal(decided)
    if active.review_outcome == "A":
        active.review_draft = active.last_review


def _decision_day(random: Random, meeting: int) -> int:
    if random.random() < _DECIDED_IN_FOUR_WEEKS:
        return weekday_back(meeting + int(random.triangular(10, 28.99, 27)))
    return weekday_back(meeting + 31 + int(random.expovariate(1 / 35)))


def add_notice_to_cease(random: Random, active: ActivePlanRecord, started: int) -> None:
    """A review that decided to cease: the plan is kept until the time to appeal has run."""
    meeting = weekday_back(max(started, CENSUS - between(random, 50, 190)))
    decided = max(meeting, weekday_back(min(CENSUS, meeting + between(random, 14, 28))))
    active.review_meeting, active.last_review = date.fromordinal(meeting), date.fromordinal(decided)
    active.review_outcome, active.review_draft = "C", None


def add_phase_transfer(random: Random, active: ActivePlanRecord, cohort: int, started: int) -> None:
    """The phase transfer due in 2024, or the one of 2023 for a child who has just moved."""
    for year in (2024, 2023):
        due = _PHASE_TRANSFERS.get(year - 1 - cohort)
        if due is None or started > date(year - 1, 10, 31).toordinal():
            continue
        active.phase_transfer_due = date(year, *due)
        due_day = active.phase_transfer_due.toordinal()
        final = weekday_back(due_day + int(random.triangular(-90, 60, -3)))
        if final <= CENSUS and (year == 2023 or random.random() < 0.8):
            active.phase_transfer_final = date.fromordinal(final)
        return
