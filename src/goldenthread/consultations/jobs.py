"""Background work of the consultations room."""

from __future__ import annotations

from django_tasks import task

from goldenthread.consultations.actions import limits
from goldenthread.consultations.actions.searching import forget_searches
from goldenthread.core import clock


@task()
def clear_away() -> dict[str, int]:
    """Each night: counts of what was sent by the hour, and searches past their time."""
    return {
        "allowances": limits.forget(before=clock.now() - limits.KEEP),
        "searches": forget_searches(today=clock.today()),
    }
