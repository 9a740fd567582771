"""What is known of a case, as plain values: all that `clock` and `pace` ever see.

Facts can be cut off at a day (`as_of`): what the record would have said had it been asked then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from goldenthread.casework.enums import Status

if TYPE_CHECKING:
    from goldenthread.casework.models import Advice, Case, ExceptionClaim, Plan, SettingConsultation


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
    assess, assess_on, assess_refused_on = _decision_as_of(
        facts.assess, facts.assess_on, facts.assess_refused_on, day
    )
    issue, issue_on, issue_refused_on = _decision_as_of(
        facts.issue, facts.issue_on, facts.issue_refused_on, day
    )
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
        advice=tuple(
            replace(one, returned_on=_by(one.returned_on, day), cancelled_on=_by(one.cancelled_on, day))
            for one in facts.advice
            if one.requested_on <= day
        ),
        consultations=tuple(
            replace(one, replied_on=_by(one.replied_on, day))
            for one in facts.consultations
            if one.sent_on <= day
        ),
        claims=tuple(
            replace(one, ends_on=_by(one.ends_on, day)) for one in facts.claims if one.decided_on <= day
        ),
    )


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


def facts_of(case: Case) -> CaseFacts:
    """The facts of a stored case. Reads its person, plan, advice, consultations and exceptions."""
    return facts_from(
        case,
        birth_date=case.person.birth_date,
        plan=getattr(case, "plan", None),
        advice=case.advice.all(),
        consultations=case.setting_consultations.all(),
        claims=case.exceptions.all(),
    )


def facts_from(
    case: Case,
    *,
    birth_date: date | None,
    plan: Plan | None,
    advice: Iterable[Advice] = (),
    consultations: Iterable[SettingConsultation] = (),
    claims: Iterable[ExceptionClaim] = (),
) -> CaseFacts:
    """The facts of a case from rows in hand, saved or not: reads nothing."""
    withdrawn = case.status == Status.WITHDRAWN
    return CaseFacts(
        law_version=case.law_version,
        birth_date=birth_date,
        received_on=case.received_on,
        assess=_assess(case, plan),
        assess_on=case.decided_to_assess_on,
        assess_refused_on=case.assess_refused_on,
        assess_ordered_on=case.assess_ordered_on,
        issue=_issue(case, plan),
        issue_on=case.decided_to_issue_on,
        issue_refused_on=case.issue_refused_on,
        issue_ordered_on=case.issue_ordered_on,
        draft_sent_on=case.draft_sent_on,
        views_received_on=case.views_received_on,
        withdrawn=withdrawn,
        withdrawn_on=case.closed_on if withdrawn else None,
        plan=None if plan is None else _plan_facts(plan),
        advice=tuple(_advice_fact(one) for one in advice),
        consultations=tuple(
            ConsultationFact(str(one.pk), one.sent_on, one.replied_on) for one in consultations
        ),
        claims=tuple(_claim_fact(one) for one in claims),
    )


def _advice_fact(row: Advice) -> AdviceFact:
    return AdviceFact(str(row.pk), row.requested_on, row.returned_on, row.cancelled_on)


def _claim_fact(row: ExceptionClaim) -> ClaimFact:
    return ClaimFact(
        rule=row.rule,
        ground=row.ground,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        decided_on=row.decided_on,
        advice_requested_on=row.advice_requested_on,
        explained=bool(row.evidence.strip()),
    )


def _assess(case: Case, plan: Plan | None) -> bool | None:
    if case.status == Status.REQUESTED:
        return None
    if case.status == Status.NOT_ASSESSING:
        return False
    if case.status == Status.WITHDRAWN:
        return True if case.decided_to_assess_on or case.assess_historical else None
    return None if plan is not None and plan.transferred_on else True


def _issue(case: Case, plan: Plan | None) -> bool | None:
    if case.status in {Status.REQUESTED, Status.NOT_ASSESSING, Status.ASSESSING}:
        return None
    if case.status == Status.NOT_ISSUING:
        return False
    if case.status == Status.WITHDRAWN:
        return True if case.decided_to_issue_on or case.issue_historical else None
    return None if plan is not None and plan.transferred_on else True


def _plan_facts(plan: Plan) -> PlanFacts:
    return PlanFacts(
        started_on=plan.started_on,
        transferred_on=plan.transferred_on,
        recorded_from=plan.recorded_from,
        review_meeting_on=plan.last_review_meeting_on,
        review_decided_on=plan.last_review_decided_on,
        amendment_notice_on=plan.amendment_notice_on,
        amended_on=plan.amended_on,
        phase_transfer_due_on=plan.phase_transfer_due_on,
        phase_transfer_final_on=plan.phase_transfer_final_on,
        move_told_on=plan.move_told_on,
        cease_decided_on=plan.cease_decided_on,
        cease_reason=plan.cease_reason,
        ceased_on=plan.ceased_on,
    )
