"""Background work of the casework room."""

from __future__ import annotations

from django_tasks import task

from goldenthread.casework import actions
from goldenthread.core.actors import System

WEEKLY = "20 3 * * 1"
HOURLY = "10 * * * *"
EVERY_FEW_MINUTES = "*/5 * * * *"


@task()
def measure_pace() -> int:
    """Measure the pace of each step and forecast every open request. Returns how many forecasts changed."""
    return actions.refresh_pace(by=System.SCHEDULER)


@task()
def count_caseload() -> int:
    """Count today's caseload for its page. Returns how many plans are maintained."""
    return actions.count_caseload(by=System.SCHEDULER)


@task()
def count_work() -> bool:
    """Count lists and workload for their pages, where there are many cases. Returns whether it did."""
    return actions.count_work(by=System.SCHEDULER)
