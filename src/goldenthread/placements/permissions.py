"""May this person see or change where a child attends?"""

from __future__ import annotations

from goldenthread.core import permissions
from goldenthread.core.actors import Actor


def check_can_edit(by: Actor) -> None:
    """Raise NotPermitted unless `by` may record starts and ends."""
    permissions.require(by, "placements.edit", "Only casework staff can record where a child attends.")


def can_view(by: Actor) -> bool:
    """Whether `by` sees placements on a record they may see."""
    return permissions.holds(by, "placements.view")


def can_edit(by: Actor) -> bool:
    """Whether `by` records starts and ends."""
    return permissions.holds(by, "placements.edit")
