"""The job worker: runs jobs, keeps the schedules, says that it is alive, and takes up what a dead one left.

Jobs run at least once. A worker that is killed leaves its job marked as running; the next worker finds
that its owner is dead and puts the job back, up to three times, and then marks it as failed. So a job
calls actions that may be called twice.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from goldenthread.core import clock, schedules
from goldenthread.core.models import JobWorker

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=10)
# Another machine's worker is taken for dead after this; one on this machine by its process.
SILENCE = timedelta(seconds=120)
MOST_RUNS = 3


class Interrupted(Exception):  # noqa: N818 - reads as what happened
    """Marks a job whose worker died each time it was run."""


def register_worker() -> JobWorker:
    """Write down this process as a worker. Whatever had its process number before is dead."""
    host, process = socket.gethostname(), os.getpid()
    now = clock.now()
    with transaction.atomic():
        JobWorker.objects.filter(host=host, process=process).delete()
        return JobWorker.objects.create(
            id=get_random_string(32),
            host=host,
            process=process,
            process_mark=_process_mark(process),
            started_at=now,
            seen_at=now,
        )


def beat(worker: JobWorker, now: datetime) -> None:
    """One turn: say that this worker lives, take up dead workers' jobs, enqueue what is due."""
    if not JobWorker.objects.filter(pk=worker.pk).update(seen_at=now):
        # Taken for dead, wrongly: another machine's clock, or a very long wait for the database.
        worker.seen_at = now
        worker.save(force_insert=True)
    take_up_interrupted(now)
    schedules.run_due(now)


@transaction.atomic
def take_up_interrupted(now: datetime) -> int:
    """Put back, or mark as failed, the jobs whose worker is dead. Returns how many there were."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    if not running.exists():
        return 0
    alive = {worker.pk for worker in JobWorker.objects.all() if _is_alive(worker, now)}
    found = 0
    for job in running.select_for_update(skip_locked=True):
        if not job.worker_ids or job.worker_ids[-1] not in alive:
            _put_back(job, now)
            found += 1
    return found


def _put_back(job: DBTaskResult[Any, Any], now: datetime) -> None:
    name = job.task_path.rsplit(".", 1)[-1]
    if len(job.worker_ids) < MOST_RUNS:
        job.status, job.run_after = TaskResultStatus.READY, now
        job.save(update_fields=["status", "run_after"])
        log.warning("job of a dead worker put back", extra={"job": name, "run": len(job.worker_ids)})
        return
    job.status, job.finished_at = TaskResultStatus.FAILED, now
    job.exception_class_path = f"{Interrupted.__module__}.{Interrupted.__qualname__}"
    job.traceback = f"The worker stopped {MOST_RUNS} times while running this job."
    job.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    log.error("job given up: its worker died each time", extra={"job": name, "run": len(job.worker_ids)})


def _is_alive(worker: JobWorker, now: datetime) -> bool:
    if worker.host == socket.gethostname():
        return _process_lives(worker.process, worker.process_mark)
    return now - worker.seen_at < SILENCE


def _process_mark(process: int) -> str:
    """When the process began, in clock ticks since this boot: tells it from a later one of the same number.

    Nothing where there is no such process, or no /proc to ask.
    """
    try:
        text = Path(f"/proc/{process}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    # The name, in brackets, may hold spaces; the 22nd field is the 20th after it (proc(5)).
    return f"{boot}:{text.rpartition(')')[2].split()[19]}"


def _process_lives(process: int, mark: str) -> bool:
    """Whether the process runs, and is still the one that was given this mark."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _process_mark(process) == mark


class Beside:
    """The thread that beats while the worker runs jobs."""

    def __init__(self, worker: JobWorker, every: timedelta = BEAT) -> None:
        self._worker, self._every = worker, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="beside", daemon=True)

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._stop.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                close_old_connections()
                beat(self._worker, clock.now())
            except OperationalError:
                # A long write holds SQLite, or PostgreSQL restarts: the next turn tries again.
                log.warning("database busy: this turn is left out", extra={"worker": self._worker.pk})
            self._stop.wait(self._every.total_seconds())
        connection.close()


def run(*, once: bool = False, interval: float = 1.0) -> None:
    """Run jobs until SIGTERM or Ctrl-C, which let the job in hand finish; with `once`, until none waits."""
    row = register_worker()
    beat(row, clock.now())
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=row.pk,
        excluded_queue_names=[],
    )
    try:
        with Beside(row):
            if threading.current_thread() is threading.main_thread():
                worker.configure_signals()
            worker.run()
    finally:
        JobWorker.objects.filter(pk=row.pk).delete()
