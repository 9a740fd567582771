"""Reads of milestones."""

from __future__ import annotations

from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.planning import permissions
from goldenthread.planning.models import Milestone


def milestone_for(by: Actor, milestone_id: UUID) -> Milestone:
    """One milestone with its action and plan. Raises NotPermitted or NotFound."""
    permissions.check_can_view(by)
    found = Milestone.objects.select_related("action__plan").filter(pk=milestone_id).first()
    if found is None:
        raise NotFound("There is no such milestone.", "Go back to the plan.")
    return found
