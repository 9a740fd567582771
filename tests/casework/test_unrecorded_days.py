"""A case as it stood on a day, where a return did not say when a decision was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goldenthread.casework import clock
from goldenthread.casework.enums import Status, Turn
from goldenthread.casework.facts import AdviceFact, CaseFacts, PlanFacts, as_of, status_of

RECEIVED, AGREED, PLANNED = date(2023, 1, 9), date(2023, 2, 20), date(2023, 6, 5)
# What a SEN2 return tells of a plan: no day for the decision to issue but that of the plan itself.
TOLD = CaseFacts(
    law_version="", received_on=RECEIVED, assess=True, assess_on=AGREED, issue=True, plan=PlanFacts(PLANNED)
)


def _stands(facts: CaseFacts, day: date) -> Status | None:
    cut = as_of(facts, day)
    return None if cut is None else status_of(cut)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2023, 1, 8), None),
        (RECEIVED, Status.REQUESTED),
        (date(2023, 2, 19), Status.REQUESTED),
        (AGREED, Status.ASSESSING),
        (date(2023, 6, 4), Status.ASSESSING),
        (PLANNED, Status.PLAN),
    ],
)
def test_a_case_with_a_plan_was_assessed_until_the_plan_was_sent(day: date, status: Status | None) -> None:
    assert _stands(TOLD, day) == status


def test_a_decision_to_issue_without_a_day_is_not_before_the_decision_to_assess() -> None:
    waiting = replace(TOLD, plan=None)
    assert _stands(waiting, date(2023, 2, 19)) == Status.REQUESTED
    assert _stands(waiting, AGREED) == Status.ISSUING


def test_an_overturned_refusal_is_not_agreed_before_it_was_refused() -> None:
    refused = replace(TOLD, assess_on=None, assess_refused_on=AGREED)
    assert _stands(refused, date(2023, 2, 19)) == Status.REQUESTED
    assert _stands(refused, AGREED) == Status.ASSESSING


def test_a_historical_decision_to_assess_counts_from_the_request() -> None:
    historical = replace(TOLD, assess_on=None)
    assert _stands(historical, RECEIVED) == Status.ASSESSING


@pytest.mark.parametrize("assess", [True, None])
def test_a_request_that_ended_on_a_day_not_recorded_leaves_nothing_due(assess: bool | None) -> None:
    ended = CaseFacts(
        law_version="",
        received_on=RECEIVED,
        assess=assess,
        assess_on=AGREED if assess else None,
        advice=(AdviceFact("1", AGREED),),
        withdrawn=True,
    )
    stands = clock.standing(ended)
    assert (stands.next, stands.turn) == (None, Turn.NOBODY)
    assert [one.met for one in clock.deadlines_for(ended)] == ([True] if assess else [])
