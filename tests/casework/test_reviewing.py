"""The next annual review of a plan whose earlier reviews are not known."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.casework import clock, steps
from goldenthread.casework.facts import CaseFacts, PlanFacts
from goldenthread.casework.reviewing import next_review_due
from goldenthread.statute.rules import law_version

MADE, CENSUS = date(2019, 11, 19), date(2024, 1, 18)


@pytest.mark.parametrize(
    ("decided", "met", "recorded", "due"),
    [
        (None, None, None, date(2020, 11, 19)),
        (date(2023, 3, 1), date(2023, 2, 8), CENSUS, date(2024, 3, 1)),
        # A meeting after the first year, loaded from a return without its decision: earlier ones are unknown.
        (None, date(2023, 11, 7), CENSUS, None),
        # The first review of all is under way: the first year's limit still holds.
        (None, date(2020, 11, 2), CENSUS, date(2020, 11, 19)),
        # The whole life of the plan is known here, so the missing decisions are really missing.
        (None, date(2023, 11, 7), None, date(2020, 11, 19)),
    ],
)
def test_the_year_runs_from_the_last_decision_that_is_known(
    decided: date | None, met: date | None, recorded: date | None, due: date | None
) -> None:
    found = next_review_due(started_on=MADE, decided_on=decided, met_on=met, recorded_from=recorded)
    assert found == due


def _rules(plan: PlanFacts) -> set[str]:
    facts = CaseFacts(
        law_version=law_version(MADE), birth_date=date(2012, 3, 1), assess=True, issue=True, plan=plan
    )
    return {due.rule for due in clock.deadlines_for(facts) if due.is_open}


def test_a_loaded_plan_is_not_asked_for_what_fell_due_before_it_was_loaded() -> None:
    came = date(2023, 9, 1)
    loaded = PlanFacts(
        started_on=MADE, transferred_on=came, review_meeting_on=date(2023, 12, 20), recorded_from=CENSUS
    )
    assert steps.MOVE_TELL not in _rules(loaded)
    assert steps.REVIEW_DECISION in _rules(loaded)
    recent = PlanFacts(started_on=MADE, transferred_on=date(2024, 1, 8), recorded_from=CENSUS)
    assert steps.MOVE_TELL in _rules(recent)
