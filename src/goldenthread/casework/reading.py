"""The facts of a case from its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.casework.enums import Status
from goldenthread.casework.facts import AdviceFact, CaseFacts, ClaimFact, ConsultationFact, PlanFacts
from goldenthread.casework.models import Advice, Case, ExceptionClaim, Plan, SettingConsultation


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
