"""May this person see, change, run or approve what the council plans?"""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.core.permissions import holds, require


def check_can_view(by: Actor) -> None:
    """Raise NotPermitted unless `by` may see forecasts, scenarios and the recovery plan."""
    require(by, "planning.view")


def check_can_edit(by: Actor) -> None:
    """Raise NotPermitted unless `by` may give inputs, change scenarios and enter plans and actuals."""
    require(by, "planning.edit", "Only a finance officer or an analyst changes inputs, scenarios and plans.")


def check_can_run(by: Actor) -> None:
    """Raise NotPermitted unless `by` may run a forecast or stop one."""
    require(by, "planning.run", "Only a finance officer, an analyst or a casework manager runs a forecast.")


def check_can_approve(by: Actor) -> None:
    """Raise NotPermitted unless `by` may approve a recovery plan."""
    require(by, "planning.approve", "Only a finance officer or a casework manager approves a plan.")


def can_view(by: Actor) -> bool:
    """Whether `by` sees the room at all."""
    return holds(by, "planning.view")


def can_edit(by: Actor) -> bool:
    """Whether `by` gives inputs and changes scenarios, plans and actuals."""
    return holds(by, "planning.edit")


def can_run(by: Actor) -> bool:
    """Whether `by` runs forecasts."""
    return holds(by, "planning.run")


def can_approve(by: Actor) -> bool:
    """Whether `by` approves recovery plans."""
    return holds(by, "planning.approve")
