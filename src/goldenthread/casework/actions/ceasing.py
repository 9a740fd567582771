"""Ceasing a plan: decided first, ended once the time to appeal has run (CFA s.45, R31)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.casework import permissions, policies
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor


@transaction.atomic
def decide_to_cease(
    *, case_id: UUID, by: Actor, on: date, cease_reason: str, reason: str, version: int | None = None
) -> Case:
    """Decide to cease a plan; `on` is the day the notice with the right of appeal is sent.

    `cease_reason` is the SEN2 code, `reason` the council's own words. The plan goes on until `end_plan`.
    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    return cease(case, by=by, on=on, reason=reason, cease_reason=cease_reason)


def cease(case: Case, *, by: Actor, on: date, reason: str, cease_reason: str) -> Case:
    """The decision itself, on a locked case: also the way a review ends in ceasing."""
    policies.check_state(case, EventKind.CEASE_DECIDED)
    policies.check_known_day(on)
    policies.check_code(cease_reason, "cease_reason", "cease_reason")
    policies.check_reason(reason)
    plan = case.plan
    policies.check_not_before(on, plan.transferred_on or plan.started_on, "the plan began")
    plan.cease_decided_on, plan.cease_reason = on, cease_reason
    plan.save()
    data = {"cease_reason": cease_reason}
    return happened(case, by=by, kind=EventKind.CEASE_DECIDED, on=on, note=reason, data=data)


@transaction.atomic
def reverse_ceasing(*, case_id: UUID, by: Actor, on: date, reason: str, version: int | None = None) -> Case:
    """Keep a plan after all: the appeal succeeded, mediation agreed, or the council changed its mind.

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.CEASE_REVERSED)
    policies.check_known_day(on)
    policies.check_reason(reason)
    plan = case.plan
    policies.check_not_before(on, plan.cease_decided_on, "the decision to cease")
    plan.cease_decided_on, plan.cease_reason = None, ""
    plan.save()
    return happened(case, by=by, kind=EventKind.CEASE_REVERSED, on=on, note=reason)


@transaction.atomic
def end_plan(*, case_id: UUID, by: Actor, on: date, note: str = "", version: int | None = None) -> Case:
    """End a plan that it was decided to cease, once the time to appeal has run: the day it ended.

    Raises NotPermitted, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_decide, version)
    policies.check_state(case, EventKind.PLAN_CEASED)
    policies.check_known_day(on)
    plan = case.plan
    policies.check_not_before(on, plan.cease_decided_on, "the decision to cease")
    policies.check_appeal_time(case, on)
    plan.ceased_on = on
    plan.save()
    case.closed_on = on
    data = {"cease_reason": plan.cease_reason}
    return happened(case, by=by, kind=EventKind.PLAN_CEASED, on=on, note=note, data=data)
