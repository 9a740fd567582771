"""Background work of the planning room."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from goldenthread.core.actors import System
from goldenthread.planning.actions.beside import work_out
from goldenthread.planning.actions.running import mark_interrupted_runs, run_forecast
from goldenthread.planning.models import ForecastRun
from goldenthread.planning.queries.analyses import not_worked_out


@task(queue_name="forecasts")
def make_forecast(run_id: str) -> str:
    """Make a forecast that was asked for. Returns the state it ended in.

    May be called again for a run whose worker died: then it starts afresh. A run that has ended is left.
    """
    run = ForecastRun.objects.select_related("by").get(pk=UUID(run_id))
    # Whoever asked may have left since: what they were allowed to start is finished all the same.
    return str(run_forecast(by=System.SCHEDULER, run_id=run.pk))


@task(queue_name="forecasts")
def work_out_beside(run_id: str) -> list[str]:
    """Work out what was not worked out with a finished forecast. Returns what could not be."""
    return list(work_out(by=System.SCHEDULER, run_id=UUID(run_id)))


@task()
def look_after_runs() -> dict[str, int]:
    """Mark the forecasts that broke off; have worked out what was not made with those that finished."""
    unfinished = not_worked_out(System.SCHEDULER)
    for run in unfinished:
        queue_beside(run)
    return {"interrupted": mark_interrupted_runs(by=System.SCHEDULER), "worked out": len(unfinished)}


def queue(run: ForecastRun) -> None:
    """Have a forecast made in the background."""
    make_forecast.enqueue(str(run.pk))


def queue_beside(run: ForecastRun) -> None:
    """Have what was not worked out with a finished forecast worked out in the background."""
    work_out_beside.enqueue(str(run.pk))
