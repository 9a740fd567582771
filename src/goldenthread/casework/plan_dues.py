"""What is due on a plan: reviews, phase transfers, telling a family that moved here, ceasing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.casework import steps
from goldenthread.casework.dues import Due, before, close, counted, first, make
from goldenthread.casework.enums import Turn
from goldenthread.casework.facts import CaseFacts, PlanFacts
from goldenthread.casework.reviewing import next_review_due
from goldenthread.statute import deadlines as statute

# A plan that ends for these reasons ends by itself: the person came of age, moved, or died (SEN2 1, 5, 8).
ENDS_WITHOUT_APPEAL = frozenset({"1", "5", "8"})


def dues_of_plan(facts: CaseFacts) -> Iterator[Due]:
    """Everything due on a plan; nothing where there is none."""
    plan = facts.plan
    if plan is None:
        return
    ended = first(plan.ceased_on)
    ceasing = first(plan.cease_decided_on, plan.ceased_on)
    yield from _review(facts, plan, ceasing)
    yield from _phase_transfer(facts, plan, ceasing)
    if plan.transferred_on is not None:
        tell = make(facts, steps.MOVE_TELL, plan.transferred_on)
        # A return does not say whether the family was told: what was due before it is not asked for.
        if plan.move_told_on is not None or not before(tell.due_on, plan.recorded_from):
            yield close(tell, met_on=plan.move_told_on, fell_on=ended)
    if plan.cease_decided_on is not None and plan.cease_reason not in ENDS_WITHOUT_APPEAL:
        kept = statute.plan_kept_until(plan.cease_decided_on)
        keep = Due(steps.CEASE_KEEP, plan.cease_decided_on, kept, Turn.COUNCIL)
        yield close(keep, met_on=ended, fell_on=None)
        yield close(
            Due(steps.END_PLAN, plan.cease_decided_on, kept + timedelta(days=1), Turn.COUNCIL),
            met_on=ended,
            fell_on=None,
        )
    elif plan.cease_decided_on is not None:
        due = Due(steps.END_PLAN, plan.cease_decided_on, plan.cease_decided_on, Turn.COUNCIL)
        yield close(due, met_on=ended, fell_on=None)


def _review(facts: CaseFacts, plan: PlanFacts, ceasing: date | None) -> Iterator[Due]:
    decided, meeting = plan.review_decided_on, plan.review_meeting_on
    made = plan.started_on
    rule, trigger = steps.ANNUAL_REVIEW, made if decided is None else max(made, decided)
    due_on = counted(facts, rule, trigger)
    if plan.transferred_on is not None and not before(plan.transferred_on, decided):
        first = counted(facts, steps.MOVE_REVIEW, plan.transferred_on)
        if first > due_on:
            rule, trigger, due_on = steps.MOVE_REVIEW, plan.transferred_on, first
    known = next_review_due(
        started_on=made, decided_on=decided, met_on=meeting, recorded_from=plan.recorded_from
    )
    if known is not None:
        yield close(Due(rule, trigger, due_on, Turn.COUNCIL), met_on=None, fell_on=ceasing)
    if meeting is not None and (decided is None or decided < meeting):
        yield close(make(facts, steps.REVIEW_DECISION, meeting), met_on=None, fell_on=ceasing)
    elif meeting is not None:
        yield close(make(facts, steps.REVIEW_DECISION, meeting), met_on=decided, fell_on=None)
    notice = plan.amendment_notice_on
    if notice is not None:
        amended = plan.amended_on if plan.amended_on and plan.amended_on >= notice else None
        held = meeting if meeting is not None and meeting <= notice else None
        due_on = counted(facts, steps.AMENDED, notice)
        if held is not None:
            due_on = statute.review_amended_due(held, notice)
        yield close(Due(steps.AMENDED, notice, due_on, Turn.COUNCIL), met_on=amended, fell_on=ceasing)


def _phase_transfer(facts: CaseFacts, plan: PlanFacts, ceasing: date | None) -> Iterator[Due]:
    """The next move to another phase that is not yet settled, from what the plan says or from the age."""
    said, settled = plan.phase_transfer_due_on, plan.phase_transfer_final_on
    if said is not None and (settled is None or settled.year < said.year - 1):
        rule = steps.POST16_TRANSFER if said.month == 3 else steps.PHASE_TRANSFER
        trigger = date(said.year, 9, 1)
        yield close(Due(rule, trigger, said, Turn.COUNCIL), met_on=None, fell_on=ceasing)
        return
    if facts.birth_date is None:
        return
    since = max(day for day in (plan.started_on, plan.transferred_on, plan.recorded_from) if day is not None)
    move = _next_move(facts.birth_date, since, _moved_by(settled))
    if move is not None:
        due = Due(move.rule_id, move.moves_on, move.due, Turn.COUNCIL)
        yield close(due, met_on=None, fell_on=ceasing)


def _moved_by(settled: date | None) -> date | None:
    """The September for which a settled transfer was made: the first on or after it."""
    if settled is None:
        return None
    return date(settled.year if settled.month < 9 else settled.year + 1, 9, 1)


def _next_move(birth: date, since: date, moved: date | None) -> statute.PhaseTransfer | None:
    """The first move whose amended plan fell due after a day, and which comes after the last one settled."""
    on = since if moved is None else max(since, moved)
    move = statute.next_phase_transfer(birth, on)
    while move is not None and move.due <= since:
        move = statute.next_phase_transfer(birth, move.moves_on)
    return move
