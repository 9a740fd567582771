"""How much there is on the lists and with whom, as their pages show it.

Counted from live rows, in a few milliseconds, for any one council. With the cases of several that takes a
second, so a job keeps a count of the whole team every few minutes, and the pages show it with its time. The
cases themselves, and one person's counts, are always live.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.casework.models import Case, WorkCount
from goldenthread.casework.queries.cases import sees_all
from goldenthread.casework.queries.worklists import Filters, worklist_counts
from goldenthread.casework.queries.workload import ByWorker, Load, count_by_worker, loads_of
from goldenthread.core import clock
from goldenthread.core.actors import Actor, System

# A page counts about 2 microseconds a case: more cases than this are not counted for each look.
LIVE_UP_TO = 100_000
OLDEST = timedelta(minutes=15)  # three times as long as the job leaves between two counts


@dataclass(frozen=True, slots=True)
class ListCounts:
    """List -> cases. `at`: when they were counted, None for now."""

    lists: dict[str, int]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """A Load for each Plan Co-ordinator. `at`: when they were counted, None for now."""

    loads: list[Load]
    at: datetime | None = None


def list_counts(by: Actor, filters: Filters, today: date) -> ListCounts:
    """How many cases each list holds for somebody, narrowed by everything of `filters` but its tab."""
    narrowed = any((filters.caseworker, filters.status, filters.stage, filters.turn, filters.need))
    if not narrowed and not filters.search.strip() and sees_all(by):
        kept = _kept(today)
        if kept is not None:
            return ListCounts(kept.lists, kept.counted_at)
    return ListCounts(worklist_counts(by, filters, today))


def workload(today: date, *, afresh: bool = False) -> Workload:
    """Who has how much work. `afresh`: from live rows, however long that takes."""
    kept = None if afresh else _kept(today)
    if kept is None:
        return Workload(loads_of(count_by_worker(today)))
    return Workload(loads_of(_read(kept.workers)), kept.counted_at)


def is_large() -> bool:
    """Whether there are more cases than are counted for each look."""
    return Case.objects.order_by().values("pk")[LIVE_UP_TO : LIVE_UP_TO + 1].exists()


def count_work(today: date) -> WorkCount:
    """Count live rows: a row to be kept, not saved yet."""
    at = clock.now()
    lists = worklist_counts(System.SCHEDULER, today=today)
    workers = {
        figure: {str(who or ""): n for who, n in counts.items()}
        for figure, counts in count_by_worker(today).items()
    }
    return WorkCount(as_of=today, counted_at=at, lists=lists, workers=workers)


def _kept(today: date) -> WorkCount | None:
    """The kept count, if it is of today and not too old."""
    return WorkCount.objects.filter(as_of=today, counted_at__gt=clock.now() - OLDEST).first()


def _read(workers: dict[str, dict[str, int]]) -> dict[str, ByWorker]:
    return {
        figure: {UUID(who) if who else None: n for who, n in counts.items()}
        for figure, counts in workers.items()
    }
