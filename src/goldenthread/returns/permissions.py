"""May this person load or look at returns?"""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.core.permissions import require


def check_can_import(by: Actor) -> None:
    """Raise NotPermitted unless `by` may load a return."""
    require(by, "returns.import", "Only a casework manager or an administrator loads a return.")


def check_can_view(by: Actor) -> None:
    """Raise NotPermitted unless `by` may see what became of a return."""
    require(by, "returns.view")
