"""From the facts of a case to what is due, by when, and whose turn it is. Pure: no database, no today.

Due dates follow from facts alone; whether one is late follows from the day it is asked on. An exception
excuses a limit and moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from goldenthread.casework import steps
from goldenthread.casework.dues import Due, law_of
from goldenthread.casework.enums import Turn
from goldenthread.casework.facts import CaseFacts, ClaimFact
from goldenthread.casework.plan_dues import ENDS_WITHOUT_APPEAL, dues_of_plan
from goldenthread.casework.request_dues import dues_of_request
from goldenthread.statute.exceptions import Claim, excused

__all__ = ["ENDS_WITHOUT_APPEAL", "Due", "Standing", "as_claim", "deadlines_for", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's row stores of its clock."""

    next: Due | None
    turn: Turn
    turn_until: date | None
    final_due_on: date | None


def deadlines_for(facts: CaseFacts) -> list[Due]:
    """Everything that was or is due on a case, in the order it falls due."""
    every = [*dues_of_request(facts), *dues_of_plan(facts)]
    if facts.claims:
        every = [_with_excuse(one, facts) for one in every]
    every.sort(key=lambda one: (one.due_on, one.rule, one.subject))
    return every


def standing(facts: CaseFacts, dues: list[Due] | None = None) -> Standing:
    """What is next, whose turn it is, until when, and the last day for the final plan."""
    dues = deadlines_for(facts) if dues is None else dues
    still = [one for one in dues if one.is_open]
    owed = [one for one in still if not one.lapses]
    turn, until = _turn(facts, still)
    return Standing(
        next=owed[0] if owed else None, turn=turn, turn_until=until, final_due_on=_final_due(dues)
    )


def _final_due(dues: list[Due]) -> date | None:
    finals = {steps.FINAL, steps.ORDERED_ASSESS_FINAL, steps.ORDERED_FINAL}
    found = [one for one in dues if one.rule in finals]
    live = [one for one in found if one.met is not False]
    return max((one.due_on for one in live or found), default=None)


def _turn(facts: CaseFacts, still: list[Due]) -> tuple[Turn, date | None]:
    if facts.plan is not None:
        return (Turn.NOBODY if facts.plan.ceased_on else Turn.COUNCIL), None
    if not still:
        return Turn.NOBODY, None
    if facts.draft_sent_on:
        waits = [one for one in still if one.lapses]
        last = max(waits, key=lambda one: one.due_on, default=None)
        return (last.turn, last.due_on) if last else (Turn.COUNCIL, None)
    if facts.issue is None and any(one.rule == steps.ADVICE for one in still):
        return Turn.ADVISER, None
    return Turn.COUNCIL, None


def _with_excuse(due: Due, facts: CaseFacts) -> Due:
    claims = [one for one in facts.claims if one.rule == due.rule]
    if not claims:
        return due
    tested = excused(
        due.rule, [as_claim(one) for one in claims], trigger=due.trigger_on, on=law_of(facts.law_version)
    )
    ground = next((found.claim.ground for found in tested.findings if found.stands), "")
    return replace(due, excused_by=ground)


def as_claim(fact: ClaimFact) -> Claim:
    """An exception as `statute` tests it."""
    return Claim(
        ground=fact.ground,
        rule_id=fact.rule,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        advice_requested_on=fact.advice_requested_on,
        explanation="recorded" if fact.explained else "",
    )
