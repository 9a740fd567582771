"""Background jobs and schedules: each due time once, nothing lost when a worker dies, a clean stop."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core import actions, clock, housekeeping, schedules, worker
from goldenthread.core.models import AuditEntry, Counter, JobWorker, ScheduleTick, SignInLink, User
from goldenthread.core.refusals import NotAllowedNow, NotFound
from goldenthread.core.roles import Role
from goldenthread.core.schedules import Schedule, last_due
from tests.core import jobs_for_tests
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

START = datetime(2024, 1, 16, 1, 0, tzinfo=UTC)
READY, RUNNING, FAILED, DONE = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)


@pytest.fixture
def two_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only these two, in place of the site's own."""
    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.register("deadlines", "*/5 * * * *", jobs_for_tests.count)
    schedules.register("nightly", "0 2 * * *", jobs_for_tests.fail)


@pytest.mark.django_db(transaction=True)
def test_three_racing_schedulers_enqueue_each_time_once(two_schedules: None) -> None:
    start = threading.Barrier(3)
    enqueued: list[int] = []

    def schedule() -> None:
        start.wait()
        try:
            for minute in range(180):
                enqueued.append(schedules.run_due(START + timedelta(minutes=minute)))
        finally:
            connection.close()

    threads = [threading.Thread(target=schedule) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # 01:00 to 03:55 each five minutes; last night's two o'clock, made up for, and tonight's.
    assert ScheduleTick.objects.filter(name="deadlines").count() == 36
    assert ScheduleTick.objects.filter(name="nightly").count() == 2
    assert DBTaskResult.objects.count() == sum(enqueued) == 38
    assert DBTaskResult.objects.filter(task_path__endswith=".fail").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_tick_goes_when_its_job_cannot_be_enqueued(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.register("broken", "0 2 * * *", None)
    with pytest.raises(AttributeError):
        schedules.run_due(START)
    assert not ScheduleTick.objects.exists()


@pytest.mark.django_db
def test_a_night_without_a_worker_is_made_up_once(two_schedules: None) -> None:
    schedules.run_due(START)
    before = ScheduleTick.objects.filter(name="nightly").count()
    schedules.run_due(START + timedelta(days=3))
    schedules.run_due(START + timedelta(days=3, minutes=1))
    assert ScheduleTick.objects.filter(name="nightly").count() == before + 1


def test_a_schedule_must_be_readable_and_have_its_own_name(two_schedules: None) -> None:
    with pytest.raises(ValueError, match="no cron line"):
        schedules.register("wrong", "every day", jobs_for_tests.count)
    with pytest.raises(ValueError, match="already"):
        schedules.register("nightly", "0 3 * * *", jobs_for_tests.fail)
    schedules.register("nightly", "0 2 * * *", jobs_for_tests.fail)
    assert [schedule.name for schedule in schedules.registered()] == ["deadlines", "nightly"]


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    cron=st.sampled_from([("*/5 * * * *", 5), ("0 * * * *", 60), ("30 2 * * *", 1440)]),
)
def test_the_latest_due_time_is_the_latest(now: datetime, cron: tuple[str, int]) -> None:
    line, minutes = cron
    due = last_due(Schedule("x", line, None), now)
    assert due <= now < due + timedelta(minutes=minutes)
    assert last_due(Schedule("x", line, None), due) == due


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_waits_and_says_what_failed(two_schedules: None) -> None:
    for _ in range(3):
        jobs_for_tests.count.enqueue("asked")
    jobs_for_tests.fail.enqueue()
    worker.run(once=True)
    assert Counter.objects.get(name="asked").value == 3
    # The schedules' own two ran too: the five-minute one and last night's, which fails.
    states = list(DBTaskResult.objects.values_list("status", flat=True))
    assert (states.count(DONE), states.count(FAILED), len(states)) == (4, 2, 6)
    assert not JobWorker.objects.exists()


def dead_worker(**given: Any) -> JobWorker:
    """A worker on another machine, not heard of for an hour."""
    long_ago = clock.now() - timedelta(hours=1)
    facts = {"id": "gone", "host": "elsewhere", "process": 1, "started_at": long_ago, "seen_at": long_ago}
    return JobWorker.objects.create(**facts | given)


def running_job(*workers: str) -> DBTaskResult:
    job = DBTaskResult.objects.get(pk=jobs_for_tests.count.enqueue().id)
    for worker_id in workers:
        job.claim(worker_id)
    return job


@pytest.mark.django_db
def test_a_dead_workers_job_is_put_back_and_given_up_after_three() -> None:
    dead_worker()
    job = running_job("gone")
    assert worker.take_up_interrupted(clock.now()) == 1
    job.refresh_from_db()
    assert job.status == READY
    job.claim("gone")
    worker.take_up_interrupted(clock.now())
    job.refresh_from_db()
    assert job.status == READY
    job.claim("gone")
    worker.take_up_interrupted(clock.now())
    job.refresh_from_db()
    assert (job.status, job.exception_class_path) == (FAILED, "goldenthread.core.worker.Interrupted")
    assert job.finished_at is not None
    assert worker.take_up_interrupted(clock.now()) == 0


@pytest.mark.django_db
def test_a_living_workers_job_is_left_alone() -> None:
    here = worker.register_worker()
    elsewhere = dead_worker(id="there", seen_at=clock.now() - timedelta(seconds=60))
    for row in (here, elsewhere):
        running_job(row.pk)
    assert worker.take_up_interrupted(clock.now()) == 0
    # Here, silence alone is no sign of death: a long write may hold the database.
    JobWorker.objects.filter(pk=here.pk).update(seen_at=clock.now() - timedelta(hours=1))
    assert worker.take_up_interrupted(clock.now()) == 0
    JobWorker.objects.filter(pk=elsewhere.pk).update(seen_at=clock.now() - timedelta(minutes=3))
    assert worker.take_up_interrupted(clock.now()) == 1


@pytest.mark.django_db
def test_a_later_process_with_the_same_number_is_not_the_worker() -> None:
    here = worker.register_worker()
    running_job(here.pk)
    JobWorker.objects.filter(pk=here.pk).update(process_mark="another boot:1")
    assert worker.take_up_interrupted(clock.now()) == 1
    assert worker.register_worker().pk != here.pk
    assert not JobWorker.objects.filter(pk=here.pk).exists()


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage` in a process of its own, on the tests' database."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{connection.settings_dict['NAME']}"
    else:
        name, host = connection.settings_dict["NAME"], database["HOST"]
        url = f"postgres://{database['USER']}@/{name}?host={host}"
    environment = {
        **os.environ,
        "GT_DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(["src", "."]),
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
    }
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "goldenthread", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_its_worker_is_run_three_times_and_then_marked(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    job = DBTaskResult.objects.get(pk=jobs_for_tests.die.enqueue(str(marks)).id)
    for run in (1, 2, 3):
        killed = run_command("run_jobs", "--once")
        assert killed.returncode == -9, killed.stderr
        job.refresh_from_db()
        assert (job.status, len(job.worker_ids)) == (RUNNING, run)
    after = run_command("run_jobs", "--once")
    assert after.returncode == 0, after.stderr
    job.refresh_from_db()
    assert job.status == FAILED
    assert marks.read_text().count("ran") == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_stop_lets_the_job_in_hand_finish(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    first = DBTaskResult.objects.get(pk=jobs_for_tests.stop_me.enqueue(str(marks)).id)
    second = DBTaskResult.objects.get(pk=jobs_for_tests.count.enqueue("later").id)
    stopped = run_command("run_jobs")
    assert stopped.returncode == 0, stopped.stderr
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (DONE, READY)
    assert marks.read_text() == "finished\n"
    assert not JobWorker.objects.exists()


@pytest.mark.django_db
def test_housekeeping_clears_what_has_served_and_no_more() -> None:
    old = clock.now() - timedelta(days=400)
    done, waiting = running_job("a"), running_job("b")
    DBTaskResult.objects.filter(pk=done.pk).update(status=DONE, finished_at=old)
    for due in (old, old + timedelta(days=1), clock.now()):
        ScheduleTick.objects.create(name="often", due=due)
    ScheduleTick.objects.create(name="yearly", due=old)
    user = make_user(Role.FAMILY)
    SignInLink.objects.create(token_hash="old", user=user, expires_at=old)
    SignInLink.objects.create(token_hash="new", user=user, expires_at=clock.now())
    removed = housekeeping.clear_away.call()
    assert (removed["jobs"], removed["ticks"], removed["links"]) == (1, 2, 1)
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [waiting.pk]
    # A schedule's latest tick stays, however old: without it the schedule would run again.
    assert set(ScheduleTick.objects.values_list("name", flat=True)) == {"often", "yearly"}
    assert SignInLink.objects.get().token_hash == "new"


@pytest.mark.django_db(transaction=True)
def test_failed_jobs_are_shown_and_tried_again(administrator: User, signed_in: SignedIn) -> None:
    job = DBTaskResult.objects.get(pk=jobs_for_tests.fail.enqueue().id)
    with pytest.raises(NotAllowedNow):
        actions.retry_job(job_id=job.pk, by=administrator)
    worker.run(once=True)
    client = signed_in(administrator)
    page = client.get(reverse("jobs"), {"state": "FAILED"}).content.decode()
    assert "ValueError" in page
    assert "Wren Sample" not in page
    assert "Nothing is running jobs" in page
    path = reverse("job_retry", args=[job.pk])
    assert path in page
    assert client.get(path).status_code == 200
    assert client.post(path, follow=True).status_code == 200
    job.refresh_from_db()
    assert job.status == READY
    assert AuditEntry.objects.get(action="job.retried").details == {"job": "fail"}
    with pytest.raises(NotFound):
        actions.retry_job(job_id=administrator.pk, by=administrator)
