"""May this happen in this state?"""

from __future__ import annotations

from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow
from goldenthread.planning.enums import PlanState
from goldenthread.planning.models import RecoveryPlan, Scenario

MOST_YEARS = 20
MOST_SIMULATIONS = 10_000


def check_version(scenario: Scenario, version: int) -> None:
    """Raise ChangedMeanwhile if somebody saved the scenario after it was opened."""
    if scenario.version != version:
        raise ChangedMeanwhile(
            "Somebody changed this scenario after you opened it.",
            "Open it again to see what it says now, then make your change.",
        )


def check_not_archived(scenario: Scenario) -> None:
    """Raise NotAllowedNow for a scenario that was put away."""
    if scenario.archived:
        raise NotAllowedNow("This scenario was put away.", "Make a copy of it to go on from here.")


def check_size(horizon: int, simulations: int) -> None:
    """Raise InvalidInput for a run that is too short, too long or too large."""
    if not 1 <= horizon <= MOST_YEARS:
        raise InvalidInput(f"A forecast is of 1 to {MOST_YEARS} years.", field="horizon")
    if not 10 <= simulations <= MOST_SIMULATIONS:
        raise InvalidInput(f"A forecast takes 10 to {MOST_SIMULATIONS:,} simulations.", field="simulations")


def check_draft(plan: RecoveryPlan) -> None:
    """Raise NotAllowedNow for a plan that was approved: it stays as it was approved."""
    if plan.state == PlanState.APPROVED:
        raise NotAllowedNow(
            "This version of the plan was approved and stays as it is.", "Enter a new version of the plan."
        )
