"""What placements adds to the pages of a case."""

from __future__ import annotations

from typing import Any

from goldenthread.core.actors import Actor
from goldenthread.core.panels import Panel
from goldenthread.placements import permissions, presenters, queries


def case_panel(case: Any, by: Actor) -> Panel | None:
    """Where the child or young person attends and attended."""
    if not permissions.can_view(by):
        return None
    data = presenters.places(case, list(queries.for_case(case.pk)), may_edit=permissions.can_edit(by))
    return Panel("Places", "placements/panel.html", data)
