"""What the people room does by the clock."""

from __future__ import annotations

from django_tasks import task

from goldenthread.core import schedules
from goldenthread.core.actors import System
from goldenthread.people.actions import look_for_duplicates


@task()
def find_duplicates() -> int:
    """Bring the list of possible duplicates up to date; returns how many pairs there are."""
    return look_for_duplicates(by=System.SCHEDULER)


def register() -> None:
    """Look for duplicates each night at ten past three."""
    schedules.register("find_duplicates", "10 3 * * *", find_duplicates)
