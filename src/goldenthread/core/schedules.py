"""Work that falls due by the clock: each due time is enqueued exactly once, however many schedulers run.

A tick (name, due) is unique in the database and written in the same transaction as the job, so of several
schedulers one wins and the others find it taken. A time that passed while nothing ran is made up once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from croniter import croniter
from django.db import IntegrityError, transaction

from goldenthread.core.models import ScheduleTick


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task without arguments, and when: five cron fields, in UTC so that no hour is skipped or doubled."""

    name: str
    cron: str
    task: Any


_schedules: dict[str, Schedule] = {}


def register(name: str, cron: str, task: Any) -> None:
    """Have `task` enqueued at the times of `cron`; called by a room when the site starts.

    Raises ValueError for a cron line that cannot be read, or a name that another schedule has.
    """
    if not croniter.is_valid(cron):
        raise ValueError(f"{cron!r} is no cron line (minute hour day month weekday).")
    schedule = Schedule(name, cron, task)
    if _schedules.setdefault(name, schedule) != schedule:
        raise ValueError(f"There is a schedule named {name!r} already.")


def registered() -> list[Schedule]:
    """All schedules, by name."""
    return [schedule for _, schedule in sorted(_schedules.items())]


def last_due(schedule: Schedule, now: datetime) -> datetime:
    """The latest time, at or before `now`, at which the schedule is due."""
    after = now.astimezone(UTC) + timedelta(seconds=1)
    return croniter(schedule.cron, after).get_prev(datetime)  # type: ignore[no-any-return]


def run_due(now: datetime) -> int:
    """Enqueue what is due at `now` and not yet enqueued. Returns how many jobs this call enqueued."""
    return sum(_fire(schedule, last_due(schedule, now)) for schedule in registered())


def _fire(schedule: Schedule, due: datetime) -> bool:
    if ScheduleTick.objects.filter(name=schedule.name, due__gte=due).exists():
        return False
    try:
        with transaction.atomic():
            ScheduleTick.objects.create(name=schedule.name, due=due)
            schedule.task.enqueue()
    except IntegrityError:
        if not ScheduleTick.objects.filter(name=schedule.name, due=due).exists():
            raise  # something else than a scheduler that was quicker
        return False
    return True
