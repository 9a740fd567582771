"""Rules about requests and assessments: L21 to L37 and L60."""

from __future__ import annotations

from datetime import timedelta

from .records import AssessmentRecord, RequestRecord
from .rulebook import At, rule

TWENTY_WEEKS = timedelta(weeks=20)


def _disputed(node: RequestRecord | AssessmentRecord) -> bool:
    return bool(node.mediation or node.tribunal)


@rule("L21", "request")
def request_outcome_given(request: RequestRecord, at: At) -> str | None:
    """The request has an outcome."""
    return "RequestOutcome" if request.outcome is None else None


@rule("L22", "request")
def outcome_date_fits_outcome(request: RequestRecord, at: At) -> str | None:
    """A date stands with Y and N alone."""
    if request.outcome is None:
        return None
    wanted = request.outcome in {"Y", "N"}
    return "RequestOutcomeDate" if wanted != (request.outcome_date is not None) else None


@rule("L23", "request")
def received_in_life_and_by_census(request: RequestRecord, at: At) -> str | None:
    """The request is dated, unless historical, between birth and census."""
    received, birth = request.received_date, at.person.birth_date
    if received is None:
        return None if request.outcome == "H" else "ReceivedDate"
    wrong = received > at.context.census or (birth is not None and received < birth)
    return "ReceivedDate" if wrong else None


@rule("L24", "request")
def decided_after_received(request: RequestRecord, at: At) -> str | None:
    """The decision follows the request and comes by the census."""
    decided, received = request.outcome_date, request.received_date
    if decided is None:
        return None
    wrong = decided > at.context.census or (received is not None and decided < received)
    return "RequestOutcomeDate" if wrong else None


@rule("L25", "request")
def source_given(request: RequestRecord, at: At) -> str | None:
    """Who asked is given, unless historical."""
    return "RequestSource" if request.source is None and request.outcome != "H" else None


@rule("L26", "request")
def historical_is_old(request: RequestRecord, at: At) -> str | None:
    """A historical request has no date in the collection year."""
    if request.outcome != "H" or at.context.year is None:
        return None
    if request.received_date is not None and request.received_date >= at.context.start:
        return "ReceivedDate"
    inside = request.outcome_date is not None and request.outcome_date >= at.context.start
    return "RequestOutcomeDate" if inside else None


@rule("L27", "request")
def old_request_led_somewhere(request: RequestRecord, at: At) -> str | None:
    """A request of before the collection year that led to no plan is not in the return."""
    if request.outcome not in {"N", "A", "W"} or request.active_plan is not None or at.plan is not None:
        return None
    last = request.outcome_date or request.received_date
    return "RequestOutcome" if last is not None and last < at.context.start else None


@rule("L28", "request")
def dispute_follows_decision(request: RequestRecord, at: At) -> str | None:
    """No mediation or tribunal without a decision."""
    if request.outcome not in {"A", "W"} or not _disputed(request):
        return None
    return "RequestTribunal" if request.tribunal else "RequestMediation"


@rule("L29", "request")
def assessment_was_agreed(request: RequestRecord, at: At) -> str | None:
    """There is an assessment only if it was agreed, or a refusal overturned."""
    if request.assessment is None or request.outcome in {None, "Y", "H"}:
        return None
    return None if request.outcome == "N" and _disputed(request) else "Assessment"


def _plan_came_first(request: RequestRecord, at: At) -> bool:
    plan, received = at.plan, request.received_date
    return (
        plan is not None
        and plan.start_date is not None
        and received is not None
        and plan.start_date < received
    )


def _is_from_before(request: RequestRecord, at: At) -> bool:
    return request.outcome == "H" or (at.active is not None and at.active.transfer_la is not None)


@rule("L36", "request")
def plan_follows_request(request: RequestRecord, at: At) -> str | None:
    """A plan cannot come before the request that led to it."""
    wrong = _plan_came_first(request, at) and not _is_from_before(request, at)
    return "Assessment/NamedPlan/StartDate" if wrong else None


@rule("L37", "request")
def older_plan_is_explained(request: RequestRecord, at: At) -> str | None:
    """A historical or incoming plan that is older than its request is asked about."""
    odd = _plan_came_first(request, at) and _is_from_before(request, at)
    return "Assessment/NamedPlan/StartDate" if odd else None


@rule("L60", "request")
def active_plan_is_described(request: RequestRecord, at: At) -> str | None:
    """A plan active on census day has its module 5."""
    return "ActivePlans" if at.plan_is_active and request.active_plan is None else None


@rule("L60", "request", "query")
def ceased_plan_has_places(request: RequestRecord, at: At) -> str | None:
    """A plan that ceased in the year had places in the year."""
    plan, active = at.plan, at.active
    if plan is None or plan.cease_date is None or plan.cease_date < at.context.start:
        return None
    return "ActivePlans" if active is None or not active.placements else None


@rule("L30", "assessment")
def assessment_outcome_given(assessment: AssessmentRecord, at: At) -> str | None:
    """The assessment has an outcome."""
    return "AssessmentOutcome" if assessment.outcome is None else None


@rule("L30", "assessment")
def assessment_date_fits_outcome(assessment: AssessmentRecord, at: At) -> str | None:
    """A date stands with N, with Y once a plan is issued, and with nothing else."""
    outcome, dated = assessment.outcome, assessment.outcome_date is not None
    missing = not dated and (outcome == "N" or (outcome == "Y" and assessment.named_plan is not None))
    surplus = dated and outcome in {"A", "W", "H"}
    return "AssessmentOutcomeDate" if missing or surplus else None


@rule("L31", "assessment")
def assessment_follows_agreement(assessment: AssessmentRecord, at: At) -> str | None:
    """The assessment ends after it was agreed to."""
    ended, agreed = assessment.outcome_date, at.request.outcome_date
    return "AssessmentOutcomeDate" if ended is not None and agreed is not None and ended < agreed else None


@rule("L32", "assessment")
def plan_was_decided(assessment: AssessmentRecord, at: At) -> str | None:
    """There is a plan only if one was decided on, or a refusal overturned."""
    if assessment.named_plan is None or assessment.outcome in {None, "Y", "H"}:
        return None
    return None if assessment.outcome == "N" and _disputed(assessment) else "NamedPlan"


@rule("L33", "assessment")
def plan_starts_when_issued(assessment: AssessmentRecord, at: At) -> str | None:
    """The plan's date is the day it was issued."""
    if assessment.outcome != "Y" or assessment.outcome_date is None or at.plan is None:
        return None
    return "AssessmentOutcomeDate" if at.plan.start_date not in {None, assessment.outcome_date} else None


def _took(at: At) -> timedelta | None:
    plan, received = at.plan, at.request.received_date
    if plan is None or plan.start_date is None or received is None or at.request.outcome == "H":
        return None
    if at.assessment is None or at.assessment.outcome != "Y":
        return None
    return plan.start_date - received


@rule("L34", "assessment")
def exception_was_needed(assessment: AssessmentRecord, at: At) -> str | None:
    """An exception to the 20 weeks is given only for a plan that took longer."""
    took = _took(at)
    return "Week20" if assessment.week20_exception and took is not None and took <= TWENTY_WEEKS else None


@rule("L35", "assessment")
def late_plan_is_known(assessment: AssessmentRecord, at: At) -> str | None:
    """A plan after 20 weeks without an exception counts as late."""
    took = _took(at)
    return "Week20" if not assessment.week20_exception and took is not None and took > TWENTY_WEEKS else None
