"""Reads of the recovery plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.planning import permissions
from goldenthread.planning.checking import CheckedPlan, check_plan
from goldenthread.planning.enums import Confidence, MilestoneState, RowKind
from goldenthread.planning.models import PlanAction, RecoveryPlan
from goldenthread.planning.stated import Claim, StatedAction, StatedMilestone, StatedPlan, StatedRow


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """A version of a plan, what it says, and whether it adds up."""

    record: RecoveryPlan
    checked: CheckedPlan

    @property
    def stated(self) -> StatedPlan:
        """The plan as it was given."""
        return self.checked.plan


def plans(by: Actor) -> QuerySet[RecoveryPlan]:
    """Every version of every plan, by slug, the newest first. Raises NotPermitted."""
    permissions.check_can_view(by)
    return RecoveryPlan.objects.order_by("slug", "-version")


def plan(by: Actor, slug: str, version: int | None = None) -> PlanOverview:
    """A plan as it was entered last, or one version of it. Raises NotPermitted or NotFound."""
    record = plan_version(by, slug, version)
    return PlanOverview(record, check_plan(_stated(record)))


def plan_version(by: Actor, slug: str, version: int | None = None) -> RecoveryPlan:
    """The record of a plan, the newest version by default. Raises NotPermitted or NotFound."""
    found = plans(by).filter(slug=slug)
    if version is not None:
        found = found.filter(version=version)
    record = found.first()
    if record is None:
        raise NotFound("There is no such recovery plan.", "Go back to the list of plans.")
    return record


def stated_plan(slug: str) -> StatedPlan | None:
    """What the newest version of a plan says; None where none was entered."""
    record = RecoveryPlan.objects.filter(slug=slug).order_by("-version").first()
    return _stated(record) if record is not None else None


def locked(plan_id: UUID) -> RecoveryPlan:
    """The plan, locked for a change. Raises NotFound."""
    found = RecoveryPlan.objects.select_for_update().filter(pk=plan_id).first()
    if found is None:
        raise NotFound("There is no such recovery plan.", "Go back to the list of plans.")
    return found


def actions_of(record: RecoveryPlan) -> QuerySet[PlanAction]:
    """The actions of a plan in order, with their milestones."""
    return PlanAction.objects.filter(plan=record).prefetch_related("milestones")


def _stated(record: RecoveryPlan) -> StatedPlan:
    return StatedPlan(
        slug=record.slug,
        title=record.title,
        source=record.source,
        stated_on=record.stated_on,
        first_year=record.first_year,
        years=record.years,
        notes=tuple(record.notes),
        rows=tuple(
            StatedRow(
                kind=RowKind(row.kind),
                title=row.title,
                figures=tuple(None if one is None else Decimal(one) for one in row.figures),
                reference=row.reference,
                note=row.note,
            )
            for row in record.rows.all()
        ),
        actions=tuple(_action(one) for one in actions_of(record)),
        claims=tuple(_claim(one) for one in record.claims),
    )


def _action(one: PlanAction) -> StatedAction:
    return StatedAction(
        reference=one.reference,
        action=one.action,
        assumption=one.assumption,
        notes=one.notes,
        impact=one.impact,
        impact_thousands=one.impact_thousands,
        impact_years=tuple(one.impact_years),
        confidence=Confidence(one.confidence),
        owner=one.owner,
        milestones=tuple(
            StatedMilestone(step.title, step.due_on, MilestoneState(step.state), step.note)
            for step in one.milestones.all()
        ),
    )


def _claim(kept: dict[str, object]) -> Claim:
    years = kept["years"]
    assert isinstance(years, list)
    return Claim(
        place=str(kept["place"]),
        words=str(kept["words"]),
        row=RowKind(str(kept["row"])),
        check=str(kept["check"]),
        years=tuple(years),
        stated=Decimal(str(kept["stated"])),
        unit=Decimal(str(kept["unit"])),
    )
