"""Advice in an EHC needs assessment: asked for, returned, or no longer needed (R6, R8)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from goldenthread.casework import permissions, policies, steps
from goldenthread.casework.actions.shape import begin, happened
from goldenthread.casework.enums import EventKind
from goldenthread.casework.models import Advice, Case
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.statute import deadlines
from goldenthread.statute.plan import advice_kinds
from goldenthread.statute.rules import law_date


@transaction.atomic
def request_advice(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    kind: str,
    adviser_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> Case:
    """Ask one adviser for advice; their 6 weeks run from `on`, the day they receive the request (R8).

    `kind` is an advice kind of statute. Raises NotPermitted, NotFound for the adviser, NotAllowedNow,
    ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    policies.check_state(case, EventKind.ADVICE_REQUESTED)
    policies.check_known_day(on)
    policies.check_not_before(on, case.decided_to_assess_on, "the decision to assess")
    _check_kind(kind)
    adviser = _adviser(adviser_id)
    if (
        adviser_id
        and case.advice.filter(kind=kind, adviser_id=adviser_id, returned_on=None, cancelled_on=None).exists()
    ):
        raise NotAllowedNow(
            "This adviser has already been asked for this advice.", "Wait for it, or cancel it."
        )
    due_on = deadlines.due(steps.ADVICE, on, on=law_date(case.law_version))
    advice = Advice.objects.create(case=case, kind=kind, adviser=adviser, requested_on=on, due_on=due_on)
    data = {"advice": str(advice.pk), "kind": kind}
    return happened(case, by=by, kind=EventKind.ADVICE_REQUESTED, on=on, note=note, data=data)


@transaction.atomic
def return_advice(
    *,
    case_id: UUID,
    by: Actor,
    on: date,
    advice_id: UUID,
    late_reason: str = "",
    note: str = "",
    version: int | None = None,
) -> Case:
    """Record that advice came back; an adviser may do so only for what was asked of them.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_return_advice, version)
    advice = _advice(case, advice_id)
    permissions.check_can_return_advice(by, advice)
    policies.check_state(case, EventKind.ADVICE_RETURNED)
    _check_outstanding(advice)
    policies.check_known_day(on)
    policies.check_not_before(on, advice.requested_on, "it was asked for")
    advice.returned_on, advice.late_reason = on, late_reason.strip()[:250]
    advice.save()
    data = {"advice": str(advice.pk), "kind": advice.kind}
    return happened(case, by=by, kind=EventKind.ADVICE_RETURNED, on=on, note=note, data=data)


@transaction.atomic
def cancel_advice(
    *, case_id: UUID, by: Actor, on: date, advice_id: UUID, reason: str, version: int | None = None
) -> Case:
    """Record that advice asked for is no longer needed, and why (R6(4) where earlier advice is enough).

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    case = begin(case_id, by, permissions.check_can_work, version)
    advice = _advice(case, advice_id)
    policies.check_state(case, EventKind.ADVICE_CANCELLED)
    _check_outstanding(advice)
    policies.check_known_day(on)
    policies.check_not_before(on, advice.requested_on, "it was asked for")
    policies.check_reason(reason)
    advice.cancelled_on = on
    advice.save()
    data = {"advice": str(advice.pk), "kind": advice.kind}
    return happened(case, by=by, kind=EventKind.ADVICE_CANCELLED, on=on, note=reason, data=data)


def _advice(case: Case, advice_id: UUID) -> Advice:
    advice = Advice.objects.select_related("adviser").filter(case=case, pk=advice_id).first()
    if advice is None:
        raise NotFound("There is no such advice on this case.")
    return advice


def _adviser(adviser_id: UUID | None) -> Any:
    if adviser_id is None:
        return None
    advisers = apps.get_model("people.Adviser")._default_manager
    adviser = advisers.filter(pk=adviser_id, active=True).first()
    if adviser is None:
        raise NotFound("There is no such adviser.", "Choose one who is still active.")
    return adviser


def _check_outstanding(advice: Advice) -> None:
    if advice.returned_on is not None:
        raise NotAllowedNow("This advice has already been returned.")
    if advice.cancelled_on is not None:
        raise NotAllowedNow("This advice was cancelled.", "Ask for it again if it is needed after all.")


def _check_kind(kind: str) -> None:
    if kind not in {one.id for one in advice_kinds()}:
        raise InvalidInput(f"“{kind}” is not a kind of advice.", "Choose one from the list.", "kind")
