"""Background work of the planning room."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from goldenthread.core.actors import System
from goldenthread.planning.actions.running import mark_interrupted_runs, run_forecast
from goldenthread.planning.models import ForecastRun


@task(queue_name="forecasts")
def make_forecast(run_id: str) -> str:
    """Make a forecast that was asked for. Returns the state it ended in.

    May be called again for a run whose worker died: then it starts afresh. A run that has ended is left.
    """
    run = ForecastRun.objects.select_related("by").get(pk=UUID(run_id))
    # Whoever asked may have left since: what they were allowed to start is finished all the same.
    return str(run_forecast(by=System.SCHEDULER, run_id=run.pk))


@task()
def look_after_runs() -> dict[str, int]:
    """Mark the forecasts that broke off."""
    return {"interrupted": mark_interrupted_runs(by=System.SCHEDULER)}


def queue(run: ForecastRun) -> None:
    """Have a forecast made in the background."""
    make_forecast.enqueue(str(run.pk))
