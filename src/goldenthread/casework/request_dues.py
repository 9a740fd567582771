"""What is due from the request to the final plan: decisions, advice, the draft, and orders that overturn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.casework import steps
from goldenthread.casework.dues import Due, before, close, counted, first, make
from goldenthread.casework.enums import Turn
from goldenthread.casework.facts import CaseFacts


def dues_of_request(facts: CaseFacts) -> Iterator[Due]:
    """Everything due on the way to a plan.

    A request that ended on a day not recorded leaves nothing open: what was not done by then is not due.
    """
    ended = facts.withdrawn and facts.withdrawn_on is None and facts.plan is None
    for part in (_request, _advice, _drafting):
        yield from (one for one in part(facts) if not (ended and one.is_open))


def _request(facts: CaseFacts) -> Iterator[Due]:
    received = facts.received_on
    if received is None or (facts.plan is not None and facts.plan.transferred_on is not None):
        return
    ended = facts.withdrawn_on
    decided = facts.assess_refused_on or facts.assess_on
    if not (facts.assess is not None and decided is None):
        yield close(make(facts, steps.DECIDE_TO_ASSESS, received), met_on=decided, fell_on=ended)
    yield from _to_issue(facts, received)
    yield from _ordered(facts)


def _to_issue(facts: CaseFacts, received: date) -> Iterator[Due]:
    """The 16 and 20 weeks. A refusal to assess ends them; an order that overturns it has times of its own."""
    refused_to_assess = facts.assess_refused_on or (facts.assess_on if facts.assess is False else None)
    if refused_to_assess and facts.assess and facts.assess_ordered_on is None:
        refused_to_assess = None
    refused_plan = facts.issue_refused_on or (facts.issue_on if facts.issue is False else None)
    if not (facts.issue is not None and facts.issue_on is None):
        agreed = facts.issue_on if facts.issue and not facts.issue_refused_on else None
        fell = first(refused_to_assess, facts.withdrawn_on, agreed)
        yield close(make(facts, steps.NOT_ISSUING, received), met_on=refused_plan, fell_on=fell)
    revived = refused_plan if facts.issue is False or facts.issue_ordered_on else None
    fell = first(refused_to_assess, revived, facts.withdrawn_on)
    yield close(
        make(facts, steps.FINAL, received), met_on=None if fell else facts.plan_issued_on, fell_on=fell
    )


def _ordered(facts: CaseFacts) -> Iterator[Due]:
    """The times after an order, or a mediation agreement, that overturned a refusal (R44, R42(2))."""
    ordered = facts.assess_ordered_on
    if ordered is not None and facts.assess:
        refused = facts.issue_refused_on or (facts.issue_on if facts.issue is False else None)
        agreed = facts.issue_on if facts.issue else None
        fell = first(facts.withdrawn_on, agreed)
        yield close(make(facts, steps.ORDERED_NO_PLAN, ordered), met_on=refused, fell_on=fell)
        fell = first(facts.withdrawn_on, refused)
        met = None if fell else facts.plan_issued_on
        yield close(make(facts, steps.ORDERED_ASSESS_FINAL, ordered), met_on=met, fell_on=fell)
    ordered = facts.issue_ordered_on
    if ordered is not None and facts.issue:
        fell = facts.withdrawn_on
        drafted = facts.draft_sent_on
        yield close(make(facts, steps.ORDERED_DRAFT, ordered), met_on=drafted, fell_on=fell)
        yield close(make(facts, steps.ORDERED_FINAL, ordered), met_on=facts.plan_issued_on, fell_on=fell)


def _advice(facts: CaseFacts) -> Iterator[Due]:
    ended = first(facts.withdrawn_on, facts.issue_on if facts.issue is False else None, facts.plan_issued_on)
    for one in facts.advice:
        due = make(facts, steps.ADVICE, one.requested_on, subject=one.key)
        yield close(due, met_on=one.returned_on, fell_on=one.cancelled_on or ended)


def _drafting(facts: CaseFacts) -> Iterator[Due]:
    ended = first(facts.withdrawn_on, facts.plan_issued_on)
    if facts.issue and facts.issue_on and facts.issue_ordered_on is None and facts.received_on:
        trigger = facts.assess_ordered_on or facts.received_on
        final = steps.ORDERED_ASSESS_FINAL if facts.assess_ordered_on else steps.FINAL
        last = counted(facts, final, trigger) - _views_length(facts)
        due = Due(steps.SEND_DRAFT, facts.issue_on, last, Turn.COUNCIL)
        yield close(due, met_on=facts.draft_sent_on, fell_on=ended)
    if facts.draft_sent_on:
        due = make(facts, steps.VIEWS, facts.draft_sent_on)
        yield close(due, met_on=facts.views_received_on, fell_on=ended)
    for one in facts.consultations:
        due = make(facts, steps.CONSULTATION, one.sent_on, subject=one.key)
        yield close(due, met_on=one.replied_on, fell_on=ended if before(one.sent_on, ended) else None)


def _views_length(facts: CaseFacts) -> timedelta:
    """From the draft to the first day on which the final plan may follow it."""
    day = date(2020, 1, 1)
    return counted(facts, steps.VIEWS, day) + timedelta(days=1) - day
