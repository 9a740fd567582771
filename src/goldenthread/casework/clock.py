"""From the facts of a case to what is due, by when, and whose turn it is. Pure: no database, no today.

Due dates follow from facts alone; whether one is late follows from the day it is asked on. An exception
excuses a limit and moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from goldenthread.casework import steps
from goldenthread.casework.enums import Turn
from goldenthread.casework.facts import CaseFacts, ClaimFact, PlanFacts
from goldenthread.casework.reviewing import next_review_due
from goldenthread.statute import deadlines as statute
from goldenthread.statute.exceptions import Claim, excused
from goldenthread.statute.rules import law_date

# A plan that ends for these reasons ends by itself: the person came of age, moved, or died (SEN2 1, 5, 8).
ENDS_WITHOUT_APPEAL = frozenset({"1", "5", "8"})


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due. `closed_on` None: still open. `met` False: it fell away before it was done."""

    rule: str
    trigger_on: date
    due_on: date
    turn: Turn
    subject: str = ""
    closed_on: date | None = None
    met: bool | None = None
    excused_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still has to happen."""
        return self.closed_on is None

    @property
    def lapses(self) -> bool:
        """Whether, once its day has passed, the council simply goes on without it."""
        return steps.step(self.rule).lapses

    @property
    def target_on(self) -> date | None:
        """The council's internal target."""
        return steps.target_for(self.rule, self.due_on)

    def days_late(self, on: date) -> int:
        """Days past the due date when it was done or, if open, on a day; 0 when in time or fallen away."""
        if self.met is False or self.lapses:
            return 0
        return max(0, ((self.closed_on or on) - self.due_on).days)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's row stores of its clock."""

    next: Due | None
    turn: Turn
    turn_until: date | None
    final_due_on: date | None


def deadlines_for(facts: CaseFacts) -> list[Due]:
    """Everything that was or is due on a case, in the order it falls due."""
    every = [*_request(facts), *_advice(facts), *_drafting(facts), *_plan(facts)]
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


@lru_cache(maxsize=64)
def _law(version: str) -> date | None:
    return law_date(version) if version else None


def _due(facts: CaseFacts, rule: str, trigger: date) -> date:
    return statute.due(rule, trigger, on=_law(facts.law_version))


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _request(facts: CaseFacts) -> Iterator[Due]:
    received = facts.received_on
    if received is None or (facts.plan is not None and facts.plan.transferred_on is not None):
        return
    ended = facts.withdrawn_on
    decided = facts.assess_refused_on or facts.assess_on
    if not (facts.assess is not None and decided is None):
        yield _close(_make(facts, steps.DECIDE_TO_ASSESS, received), met_on=decided, fell_on=ended)
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
        fell = _first(refused_to_assess, facts.withdrawn_on, agreed)
        yield _close(_make(facts, steps.NOT_ISSUING, received), met_on=refused_plan, fell_on=fell)
    revived = refused_plan if facts.issue is False or facts.issue_ordered_on else None
    fell = _first(refused_to_assess, revived, facts.withdrawn_on)
    yield _close(
        _make(facts, steps.FINAL, received), met_on=None if fell else facts.plan_issued_on, fell_on=fell
    )


def _ordered(facts: CaseFacts) -> Iterator[Due]:
    """The times after an order, or a mediation agreement, that overturned a refusal (R44, R42(2))."""
    ordered = facts.assess_ordered_on
    if ordered is not None and facts.assess:
        refused = facts.issue_refused_on or (facts.issue_on if facts.issue is False else None)
        agreed = facts.issue_on if facts.issue else None
        fell = _first(facts.withdrawn_on, agreed)
        yield _close(_make(facts, steps.ORDERED_NO_PLAN, ordered), met_on=refused, fell_on=fell)
        fell = _first(facts.withdrawn_on, refused)
        met = None if fell else facts.plan_issued_on
        yield _close(_make(facts, steps.ORDERED_ASSESS_FINAL, ordered), met_on=met, fell_on=fell)
    ordered = facts.issue_ordered_on
    if ordered is not None and facts.issue:
        fell = facts.withdrawn_on
        drafted = facts.draft_sent_on
        yield _close(_make(facts, steps.ORDERED_DRAFT, ordered), met_on=drafted, fell_on=fell)
        yield _close(_make(facts, steps.ORDERED_FINAL, ordered), met_on=facts.plan_issued_on, fell_on=fell)


def _advice(facts: CaseFacts) -> Iterator[Due]:
    ended = _first(facts.withdrawn_on, facts.issue_on if facts.issue is False else None, facts.plan_issued_on)
    for one in facts.advice:
        due = _make(facts, steps.ADVICE, one.requested_on, subject=one.key)
        yield _close(due, met_on=one.returned_on, fell_on=one.cancelled_on or ended)


def _drafting(facts: CaseFacts) -> Iterator[Due]:
    ended = _first(facts.withdrawn_on, facts.plan_issued_on)
    if facts.issue and facts.issue_on and facts.issue_ordered_on is None and facts.received_on:
        trigger = facts.assess_ordered_on or facts.received_on
        final = steps.ORDERED_ASSESS_FINAL if facts.assess_ordered_on else steps.FINAL
        last = _due(facts, final, trigger) - _views_length(facts)
        due = Due(steps.SEND_DRAFT, facts.issue_on, last, Turn.COUNCIL)
        yield _close(due, met_on=facts.draft_sent_on, fell_on=ended)
    if facts.draft_sent_on:
        due = _make(facts, steps.VIEWS, facts.draft_sent_on)
        yield _close(due, met_on=facts.views_received_on, fell_on=ended)
    for one in facts.consultations:
        due = _make(facts, steps.CONSULTATION, one.sent_on, subject=one.key)
        yield _close(due, met_on=one.replied_on, fell_on=ended if _before(one.sent_on, ended) else None)


def _before(day: date, other: date | None) -> bool:
    return other is not None and day <= other


def _views_length(facts: CaseFacts) -> timedelta:
    """From the draft to the first day on which the final plan may follow it."""
    day = date(2020, 1, 1)
    return _due(facts, steps.VIEWS, day) + timedelta(days=1) - day


def _plan(facts: CaseFacts) -> Iterator[Due]:
    plan = facts.plan
    if plan is None:
        return
    ended = _first(plan.ceased_on)
    ceasing = _first(plan.cease_decided_on, plan.ceased_on)
    yield from _review(facts, plan, ceasing)
    yield from _phase_transfer(facts, plan, ceasing)
    if plan.transferred_on is not None:
        tell = _make(facts, steps.MOVE_TELL, plan.transferred_on)
        # A return does not say whether the family was told: what was due before it is not asked for.
        if plan.move_told_on is not None or not _before(tell.due_on, plan.recorded_from):
            yield _close(tell, met_on=plan.move_told_on, fell_on=ended)
    if plan.cease_decided_on is not None and plan.cease_reason not in ENDS_WITHOUT_APPEAL:
        kept = statute.plan_kept_until(plan.cease_decided_on)
        keep = Due(steps.CEASE_KEEP, plan.cease_decided_on, kept, Turn.COUNCIL)
        yield _close(keep, met_on=ended, fell_on=None)
        yield _close(
            Due(steps.END_PLAN, plan.cease_decided_on, kept + timedelta(days=1), Turn.COUNCIL),
            met_on=ended,
            fell_on=None,
        )
    elif plan.cease_decided_on is not None:
        due = Due(steps.END_PLAN, plan.cease_decided_on, plan.cease_decided_on, Turn.COUNCIL)
        yield _close(due, met_on=ended, fell_on=None)


def _review(facts: CaseFacts, plan: PlanFacts, ceasing: date | None) -> Iterator[Due]:
    decided, meeting = plan.review_decided_on, plan.review_meeting_on
    made = plan.started_on
    rule, trigger = steps.ANNUAL_REVIEW, made if decided is None else max(made, decided)
    due_on = _due(facts, rule, trigger)
    if plan.transferred_on is not None and not _before(plan.transferred_on, decided):
        first = _due(facts, steps.MOVE_REVIEW, plan.transferred_on)
        if first > due_on:
            rule, trigger, due_on = steps.MOVE_REVIEW, plan.transferred_on, first
    known = next_review_due(
        started_on=made, decided_on=decided, met_on=meeting, recorded_from=plan.recorded_from
    )
    if known is not None:
        yield _close(Due(rule, trigger, due_on, Turn.COUNCIL), met_on=None, fell_on=ceasing)
    if meeting is not None and (decided is None or decided < meeting):
        yield _close(_make(facts, steps.REVIEW_DECISION, meeting), met_on=None, fell_on=ceasing)
    elif meeting is not None:
        yield _close(_make(facts, steps.REVIEW_DECISION, meeting), met_on=decided, fell_on=None)
    notice = plan.amendment_notice_on
    if notice is not None:
        amended = plan.amended_on if plan.amended_on and plan.amended_on >= notice else None
        held = meeting if meeting is not None and meeting <= notice else None
        due_on = (
            _due(facts, steps.AMENDED, notice) if held is None else statute.review_amended_due(held, notice)
        )
        yield _close(Due(steps.AMENDED, notice, due_on, Turn.COUNCIL), met_on=amended, fell_on=ceasing)


def _phase_transfer(facts: CaseFacts, plan: PlanFacts, ceasing: date | None) -> Iterator[Due]:
    """The next move to another phase that is not yet settled, from what the plan says or from the age."""
    said, settled = plan.phase_transfer_due_on, plan.phase_transfer_final_on
    if said is not None and (settled is None or settled.year < said.year - 1):
        rule = steps.POST16_TRANSFER if said.month == 3 else steps.PHASE_TRANSFER
        trigger = date(said.year, 9, 1)
        yield _close(Due(rule, trigger, said, Turn.COUNCIL), met_on=None, fell_on=ceasing)
        return
    if facts.birth_date is None:
        return
    since = max(day for day in (plan.started_on, plan.transferred_on, plan.recorded_from) if day is not None)
    move = _next_move(facts.birth_date, since, _moved_by(settled))
    if move is not None:
        due = Due(move.rule_id, move.moves_on, move.due, Turn.COUNCIL)
        yield _close(due, met_on=None, fell_on=ceasing)


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


def _make(facts: CaseFacts, rule: str, trigger: date, subject: str = "") -> Due:
    return Due(rule, trigger, _due(facts, rule, trigger), _turn_of(rule), subject)


@lru_cache(maxsize=64)
def _turn_of(rule: str) -> Turn:
    return steps.step(rule).turn


def _close(due: Due, *, met_on: date | None, fell_on: date | None) -> Due:
    """Met on a day, or fallen away on one; whichever came first."""
    if met_on is None and fell_on is None:
        return due
    if met_on is not None and (fell_on is None or met_on <= fell_on):
        return replace(due, closed_on=met_on, met=True)
    return replace(due, closed_on=fell_on, met=False)


def _with_excuse(due: Due, facts: CaseFacts) -> Due:
    claims = [one for one in facts.claims if one.rule == due.rule]
    if not claims:
        return due
    tested = excused(
        due.rule, [as_claim(one) for one in claims], trigger=due.trigger_on, on=_law(facts.law_version)
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
