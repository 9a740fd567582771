"""Reads of forecast runs and their results."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotAllowedNow, NotFound
from goldenthread.planning import permissions
from goldenthread.planning.enums import UNDER_WAY, RunState
from goldenthread.planning.models import ForecastRun, RunResult, Scenario
from goldenthread.planning.summary import Summary, unpack


def runs(by: Actor) -> QuerySet[ForecastRun]:
    """Every run, newest first, with its scenario. Raises NotPermitted."""
    permissions.check_can_view(by)
    return ForecastRun.objects.select_related("scenario", "scenario_version").order_by("-created_at")


def run_for(by: Actor, run_id: UUID) -> ForecastRun:
    """One run. Raises NotPermitted or NotFound."""
    found = runs(by).filter(pk=run_id).first()
    if found is None:
        raise NotFound("There is no such forecast.", "Go back to the list of forecasts.")
    return found


def latest_run(by: Actor, scenario: Scenario | None = None) -> ForecastRun | None:
    """The last run that finished: of a scenario, or of the plain baseline. Raises NotPermitted."""
    done = runs(by).filter(state=RunState.DONE, scenario=scenario)
    return done.order_by("-finished_at").first()


def run_under_way(by: Actor) -> ForecastRun | None:
    """The newest run that waits or is at work. Raises NotPermitted."""
    return runs(by).filter(state__in=UNDER_WAY).first()


def result_of(by: Actor, run: ForecastRun) -> Summary:
    """What a run gave. Raises NotPermitted, or NotAllowedNow for a run that has no result."""
    permissions.check_can_view(by)
    kept = RunResult.objects.filter(run=run).first()
    if kept is None:
        raise NotAllowedNow(
            f"This forecast has no result: it is {RunState(run.state).label.lower()}.",
            "Open the list of forecasts, or run it again.",
        )
    return unpack(bytes(kept.content))


def stop_asked(run_id: UUID) -> bool:
    """Whether somebody asked a run to stop: its job looks here between two steps."""
    return ForecastRun.objects.filter(pk=run_id, stop_asked=True).exists()


def locked(run_id: UUID) -> ForecastRun:
    """The run, locked for a change. Raises NotFound."""
    found = ForecastRun.objects.select_for_update().filter(pk=run_id).first()
    if found is None:
        raise NotFound("There is no such forecast.", "Go back to the list of forecasts.")
    return found
