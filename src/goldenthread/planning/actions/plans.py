"""Entering a stated plan, approving it, and saying how its milestones stand."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.planning import permissions, policies
from goldenthread.planning.enums import MilestoneState, PlanState
from goldenthread.planning.models import Milestone, PlanAction, PlanRow, RecoveryPlan
from goldenthread.planning.queries import recovery as reads
from goldenthread.planning.stated import Claim, StatedAction, StatedPlan


def enter_plan(*, by: Actor, stated: StatedPlan) -> RecoveryPlan:
    """Keep a plan as it was stated, as a new version of its slug. Figures that do not add up are kept as
    given: `queries.plan` says which. Raises NotPermitted or InvalidInput."""
    permissions.check_can_edit(by)
    if stated.slug != slugify(stated.slug) or not stated.slug:
        raise InvalidInput(
            f"“{stated.slug}” cannot stand in an address.", "Use letters, digits and hyphens.", field="slug"
        )
    with transaction.atomic():
        newest = (
            RecoveryPlan.objects.select_for_update().filter(slug=stated.slug).order_by("-version").first()
        )
        plan = RecoveryPlan.objects.create(
            slug=stated.slug,
            version=newest.version + 1 if newest else 1,
            title=stated.title,
            source=stated.source,
            stated_on=stated.stated_on,
            first_year=stated.first_year,
            years=stated.years,
            notes=list(stated.notes),
            claims=[_claim(one) for one in stated.claims],
            by_label=actor_ref(by).label,
        )
        _rows(plan, stated)
        for number, one in enumerate(stated.actions, start=1):
            _action(plan, number, one)
        details = {"slug": plan.slug, "version": plan.version, "rows": len(stated.rows)}
        audit.record(by=by, action="planning.plan_entered", obj=plan, details=details)
    return plan


def approve_plan(*, by: Actor, plan_id: UUID) -> RecoveryPlan:
    """Approve a version of a plan: it stays as it is. Raises NotPermitted, NotFound or NotAllowedNow."""
    permissions.check_can_approve(by)
    with transaction.atomic():
        plan = reads.locked(plan_id)
        policies.check_draft(plan)
        plan.state, plan.approved_on = PlanState.APPROVED, clock.today()
        plan.approved_by_label = actor_ref(by).label
        plan.save()
        audit.record(by=by, action="planning.plan_approved", obj=plan, details={"version": plan.version})
    return plan


def update_milestone(
    *, by: Actor, milestone_id: UUID, state: MilestoneState, on: date | None = None, note: str = ""
) -> Milestone:
    """Say how a milestone stands; `on` is the day it was done.

    Raises NotPermitted, NotFound or InvalidInput.
    """
    permissions.check_can_edit(by)
    if (state == MilestoneState.DONE) != (on is not None):
        raise InvalidInput(
            "Give the day it was done for a milestone that is done, and only then.", field="on"
        )
    with transaction.atomic():
        found = Milestone.objects.select_for_update().filter(pk=milestone_id).first()
        if found is None:
            raise NotFound("There is no such milestone.", "Go back to the plan.")
        details = {"from": found.state, "to": state.value}
        found.state, found.done_on, found.note = state, on, note.strip()
        found.save()
        audit.record(by=by, action="planning.milestone_changed", obj=found, details=details)
    return found


def _rows(plan: RecoveryPlan, stated: StatedPlan) -> None:
    PlanRow.objects.bulk_create(
        PlanRow(
            plan=plan,
            kind=row.kind,
            order=number,
            reference=row.reference,
            title=row.title,
            figures=[None if one is None else str(one) for one in row.figures],
            note=row.note,
        )
        for number, row in enumerate(stated.rows, start=1)
    )


def _action(plan: RecoveryPlan, number: int, stated: StatedAction) -> None:
    words = asdict(stated)
    steps = words.pop("milestones")
    action = PlanAction.objects.create(
        plan=plan, order=number, **words | {"impact_years": list(stated.impact_years)}
    )
    Milestone.objects.bulk_create(
        Milestone(action=action, order=place, **step) for place, step in enumerate(steps, start=1)
    )


def _claim(one: Claim) -> dict[str, Any]:
    words = asdict(one)
    return words | {
        "row": one.row.value,
        "years": list(one.years),
        "stated": str(one.stated),
        "unit": str(one.unit),
    }
