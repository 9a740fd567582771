"""The steps that a case's clock names: the limits of the law, and two of our own that the law implies.

Titles, sources and certainty come from `statute`; a page asks `step(id)` and shows what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldenthread.casework.enums import Turn
from goldenthread.statute.calendar import CalendarRangeError, subtract_working_days
from goldenthread.statute.datafile import Mark
from goldenthread.statute.rules import Bound, rule

DECIDE_TO_ASSESS = "decide_whether_to_assess"
ADVICE = "advice_returned"
NOT_ISSUING = "tell_not_issuing"
SEND_DRAFT = "send_draft"
VIEWS = "views_on_draft"
CONSULTATION = "setting_consultation_reply"
FINAL = "issue_final_plan"
ORDERED_NO_PLAN = "tribunal_order_assess_no_plan"
ORDERED_ASSESS_FINAL = "tribunal_order_assess_final"
ORDERED_DRAFT = "tribunal_order_make_draft"
ORDERED_FINAL = "tribunal_order_make_final"
ANNUAL_REVIEW = "annual_review"
MOVE_TELL = "move_tell_family"
MOVE_REVIEW = "move_first_review"
REVIEW_DECISION = "review_decision"
AMENDED = "review_final_amended"
PHASE_TRANSFER = "phase_transfer"
POST16_TRANSFER = "post16_transfer"
CEASE_KEEP = "cease_keep_plan"
END_PLAN = "end_plan"

# The council aims to be this many working days ahead of each limit that is its own to keep.
TARGET_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step as pages and lists name it. `lapses`: once its day has passed the case goes on without it."""

    id: str
    title: str
    law: str
    mark: Mark | None
    turn: Turn
    statutory: bool
    lapses: bool
    limit: str = ""
    notes: str = ""


_OWN = {
    SEND_DRAFT: Step(
        id=SEND_DRAFT,
        title="Send the draft plan",
        law="R13(1), R13(2): the last day that leaves the family its 15 days before the final plan is due",
        mark=None,
        turn=Turn.COUNCIL,
        statutory=False,
        lapses=False,
    ),
    END_PLAN: Step(
        id=END_PLAN,
        title="End the plan, or record the appeal",
        law="CFA s.45(4): the time to appeal has run",
        mark=None,
        turn=Turn.COUNCIL,
        statutory=False,
        lapses=False,
    ),
}


@lru_cache(maxsize=512)
def step(step_id: str, on: date | None = None) -> Step:
    """The step by id, as the law stood on a day. Raises UnknownEntryError for an id nobody gave out."""
    if step_id in _OWN:
        return _OWN[step_id]
    found = rule(step_id, on)
    turn = Turn(found.turn.value) if found.turn.value in Turn.values else Turn.ADVISER
    return Step(
        id=step_id,
        title=found.title,
        law=found.source,
        mark=found.mark,
        turn=turn,
        statutory=True,
        lapses=found.bound is Bound.AT_LEAST or step_id == CONSULTATION,
        limit=found.length,
        notes=found.notes,
    )


def target_for(step_id: str, due_on: date, working_days: int = TARGET_WORKING_DAYS) -> date | None:
    """The council's own target for a limit it must keep; None for what others owe, or beyond known years."""
    if step(step_id).turn != Turn.COUNCIL or step_id == CEASE_KEEP:
        return None
    try:
        return subtract_working_days(due_on, working_days)
    except CalendarRangeError:
        return None
