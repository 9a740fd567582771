"""What is known of a case, as plain values: all that `clock` and `pace` ever see.

Facts can be cut off at a day (`as_of`): what the record would have said had it been asked then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldenthread.casework.enums import Status


@dataclass(frozen=True, slots=True)
class AdviceFact:
    """Advice asked of one adviser."""

    key: str
    requested_on: date
    returned_on: date | None = None
    cancelled_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConsultationFact:
    """A setting consulted."""

    key: str
    sent_on: date
    replied_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """An exception recorded for one limit."""

    rule: str
    ground: str
    starts_on: date
    ends_on: date | None
    decided_on: date
    advice_requested_on: date | None = None
    explained: bool = True


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The life of a plan."""

    started_on: date
    transferred_on: date | None = None
    recorded_from: date | None = None
    review_meeting_on: date | None = None
    review_decided_on: date | None = None
    amendment_notice_on: date | None = None
    amended_on: date | None = None
    phase_transfer_due_on: date | None = None
    phase_transfer_final_on: date | None = None
    move_told_on: date | None = None
    cease_decided_on: date | None = None
    cease_reason: str = ""
    ceased_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case. `assess` and `issue` are the decisions in force (None: not made); their days may be unknown
    for a case loaded from a return that calls them historical."""

    law_version: str
    birth_date: date | None = None
    received_on: date | None = None
    assess: bool | None = None
    assess_on: date | None = None
    assess_refused_on: date | None = None
    assess_ordered_on: date | None = None
    issue: bool | None = None
    issue_on: date | None = None
    issue_refused_on: date | None = None
    issue_ordered_on: date | None = None
    draft_sent_on: date | None = None
    views_received_on: date | None = None
    withdrawn: bool = False
    withdrawn_on: date | None = None
    plan: PlanFacts | None = None
    advice: tuple[AdviceFact, ...] = ()
    consultations: tuple[ConsultationFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()

    @property
    def plan_issued_on(self) -> date | None:
        """The day the plan that came of this request was sent; None for a plan that was transferred in."""
        if self.plan is None or self.plan.transferred_on is not None:
            return None
        return self.plan.started_on


def status_of(facts: CaseFacts) -> Status | None:
    """Where a case with these facts stands; None if nothing of it is known yet."""
    if facts.plan is not None:
        return Status.CEASED if facts.plan.ceased_on else Status.PLAN
    if facts.withdrawn:
        return Status.WITHDRAWN
    if facts.issue is not None:
        drafting = Status.DRAFT if facts.draft_sent_on else Status.ISSUING
        return drafting if facts.issue else Status.NOT_ISSUING
    if facts.assess is not None:
        return Status.ASSESSING if facts.assess else Status.NOT_ASSESSING
    return Status.REQUESTED if facts.received_on else None


def as_of(facts: CaseFacts, day: date) -> CaseFacts | None:
    """The facts as they were at the end of a day; None if the case was not yet known.

    A day that is not recorded counts as past once the request itself is, but never before the step ahead of
    it: an overturned refusal, the decision to assess, or for a decision to issue the plan if there is one.
    """
    plan = _plan_as_of(facts.plan, day)
    if plan is None and facts.received_on is not None and facts.received_on > day:
        return None
    if plan is None and facts.received_on is None and facts.plan is not None:
        return None
    told = (facts.assess, facts.assess_on, facts.assess_refused_on)
    assess, assess_on, assess_refused_on = _decision_as_of(*told, day)
    told = (facts.issue, facts.issue_on, facts.issue_refused_on)
    issue, issue_on, issue_refused_on = _decision_as_of(*told, day)
    if issue and issue_on is None and issue_refused_on is None and plan is None:
        # Decided on a day not recorded: when the plan was sent, or else once it was decided to assess.
        issue = assess if facts.plan is None and assess else None
    return replace(
        facts,
        assess=assess,
        assess_on=assess_on,
        assess_refused_on=assess_refused_on,
        assess_ordered_on=_by(facts.assess_ordered_on, day) if assess else None,
        issue=issue,
        issue_on=issue_on,
        issue_refused_on=issue_refused_on,
        issue_ordered_on=_by(facts.issue_ordered_on, day) if issue else None,
        draft_sent_on=_by(facts.draft_sent_on, day),
        views_received_on=_by(facts.views_received_on, day),
        withdrawn=facts.withdrawn and (facts.withdrawn_on is None or facts.withdrawn_on <= day),
        withdrawn_on=_by(facts.withdrawn_on, day),
        plan=plan,
        **_asked_as_of(facts, day),
    )


def _asked_as_of(facts: CaseFacts, day: date) -> dict[str, Any]:
    """Advice, consultations and exceptions by then, open if they were."""
    return {
        "advice": tuple(
            replace(one, returned_on=_by(one.returned_on, day), cancelled_on=_by(one.cancelled_on, day))
            for one in facts.advice
            if one.requested_on <= day
        ),
        "consultations": tuple(
            replace(one, replied_on=_by(one.replied_on, day))
            for one in facts.consultations
            if one.sent_on <= day
        ),
        "claims": tuple(
            replace(one, ends_on=_by(one.ends_on, day)) for one in facts.claims if one.decided_on <= day
        ),
    }


def _by(when: date | None, day: date) -> date | None:
    return when if when is not None and when <= day else None


def _decision_as_of(
    decision: bool | None, on: date | None, refused_on: date | None, day: date
) -> tuple[bool | None, date | None, date | None]:
    if (on is None and _past(refused_on, day)) or (on is not None and on <= day):
        return decision, on, refused_on
    if refused_on is not None and refused_on <= day:
        return False, refused_on, None
    return None, None, None


def _past(when: date | None, day: date) -> bool:
    return when is None or when <= day


def _plan_as_of(plan: PlanFacts | None, day: date) -> PlanFacts | None:
    began = None if plan is None else plan.transferred_on or plan.started_on
    if plan is None or began is None or began > day:
        return None
    ceasing = _by(plan.cease_decided_on, day) is not None or _by(plan.ceased_on, day) is not None
    return replace(
        plan,
        review_meeting_on=_by(plan.review_meeting_on, day),
        review_decided_on=_by(plan.review_decided_on, day),
        amendment_notice_on=_by(plan.amendment_notice_on, day),
        amended_on=_by(plan.amended_on, day),
        phase_transfer_final_on=_by(plan.phase_transfer_final_on, day),
        move_told_on=_by(plan.move_told_on, day),
        cease_decided_on=_by(plan.cease_decided_on, day),
        cease_reason=plan.cease_reason if ceasing else "",
        ceased_on=_by(plan.ceased_on, day),
    )
