"""What is cleared away each night: finished jobs, old ticks, passed sessions and sign-in links.

Then the database looks at how its tables are filled.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db.models import Max, Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from goldenthread.core import clock, schedules
from goldenthread.core.db import learn_sizes
from goldenthread.core.models import JobWorker, ScheduleTick, SignInLink

KEEP_JOBS = timedelta(days=30)
KEEP_TICKS = timedelta(days=90)
KEEP_LINKS = timedelta(days=1)


@task()
def clear_away() -> dict[str, int]:
    """Delete what has served; returns how many rows of each went. Nothing of a child's record is touched."""
    now = clock.now()
    done = Q(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
    removed = {
        "jobs": DBTaskResult.objects.filter(done, finished_at__lt=now - KEEP_JOBS).delete()[0],
        "ticks": _old_ticks(now - KEEP_TICKS),
        "links": SignInLink.objects.filter(expires_at__lt=now - KEEP_LINKS).delete()[0],
        "workers": JobWorker.objects.filter(seen_at__lt=now - KEEP_JOBS).delete()[0],
    }
    call_command("clearsessions")
    removed["sessions"] = sum(session.purge() for session in UserSession.objects.iterator())
    learn_sizes()  # a record that grew for months would else be read as if it were still small
    return removed


def _old_ticks(before: datetime) -> int:
    """Delete ticks that came before `before`, but never a schedule's latest: it says what was done."""
    latest = ScheduleTick.objects.values("name").annotate(due=Max("due")).values_list("name", "due")
    return sum(
        ScheduleTick.objects.filter(name=name, due__lt=min(due, before)).delete()[0] for name, due in latest
    )


def register() -> None:
    """Clear away each night at half past two."""
    schedules.register("clear_away", "30 2 * * *", clear_away)
