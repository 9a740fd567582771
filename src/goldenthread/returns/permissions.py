"""May this person load or look at returns?"""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.core.permissions import holds, require


def check_can_import(by: Actor) -> None:
    """Raise NotPermitted unless `by` may load a return."""
    require(by, "returns.import", "Only a casework manager or an administrator loads a return.")


def check_can_view(by: Actor) -> None:
    """Raise NotPermitted unless `by` may see what became of a return."""
    require(by, "returns.view")


def can_import(by: Actor) -> bool:
    """Whether `by` may load a return."""
    return holds(by, "returns.import")


def can_see_values(by: Actor) -> bool:
    """Whether `by` may see what a return says of a child: whoever loads it, and whoever sees the records."""
    return holds(by, "returns.view") and (can_import(by) or holds(by, "people.view"))


def check_can_see_values(by: Actor) -> None:
    """Raise NotPermitted unless `by` may see what a return says of a child."""
    require(by, "returns.view")
    if not can_see_values(by):
        require(by, "people.view", "The report shows what was said of children: your role sees figures only.")
