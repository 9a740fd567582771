"""When the next annual review is due, also for a plan whose earlier reviews nobody here has recorded."""

from __future__ import annotations

from datetime import date

from goldenthread.statute.deadlines import annual_review_due


def next_review_due(
    *, started_on: date, decided_on: date | None, met_on: date | None, recorded_from: date | None
) -> date | None:
    """Last day for completing the annual review (CFA s.44(1)); None where it cannot be told.

    A return gives only the last meeting. Where it gives one that came after the first year without a
    decision, earlier reviews were decided on days that are not known: the review that is under way has its
    own limit, the decision within four weeks of the meeting, and the year begins with that decision.
    """
    due = annual_review_due(started_on, decided_on)
    loaded = recorded_from is not None and decided_on is None
    if loaded and met_on is not None and due < met_on:
        return None
    return due
