"""A killed load leaves nothing, and the same file then loads whole; memory does not grow with the file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.people.models import Person
from goldenthread.returns import actions, jobs, progress, queries
from goldenthread.returns.models import ImportIssue, ImportRun, ImportState, SourceRecord
from tests.returns.conftest import AS_OF, Load
from tests.returns.sen2 import builders as make

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
WAIT = 120.0


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """`manage …` in a process of its own, on this test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{database['NAME']}"
    else:
        address = urlsplit(os.environ["GT_DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
    environment = {**os.environ, "GT_DATABASE_URL": address, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "django", *arguments, "--settings", "goldenthread.config.settings"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def until(wanted: Callable[[], Any]) -> Any:
    """What `wanted` gives once it gives anything."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        found = wanted()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def far(people: int) -> progress.Progress | None:
    """The progress of the run at work, once it has come so far."""
    run = ImportRun.objects.filter(running=True).first()
    step = progress.read(run.pk) if run else None
    return step if step is not None and step.people >= people else None


@pytest.mark.slow
def test_a_killed_load_leaves_nothing_and_loads_whole_afterwards(write: Any, load: Load) -> None:
    path = write(*(make.person(number) for number in range(1, 4_001)))
    process = started("import_sen2", str(path), "--as-of", AS_OF.isoformat())
    try:
        until(lambda: far(1_000) or process.poll() is not None)
        assert process.poll() is None, process.communicate()
        run = ImportRun.objects.get()
        assert (run.state, queries.gone(run)) == (ImportState.LOADING, False)
        assert actions.mark_interrupted() == 0
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    for model in (Person, Case, SourceRecord, ImportIssue):
        assert not model.objects.exists()
    run.refresh_from_db()
    assert queries.state_now(run) == ImportState.INTERRUPTED
    assert load(path).counts["people added"] == 4_000
    run.refresh_from_db()
    assert (run.state, run.running) == (ImportState.INTERRUPTED, None)
    assert "Nothing of this file was loaded" in run.message
    assert Case.objects.count() == 4_000


@pytest.mark.slow
def test_the_worker_loads_a_given_file_and_tells_how_far_it_is(write: Any) -> None:
    # Birth dates apart: the worker looks for duplicates too, and everybody would look like everybody.
    day = timedelta(days=1)
    source = write(
        *(make.person(number, birth_date=date(2011, 1, 1) + number * day) for number in range(1, 2_001))
    )
    place = Path(settings.MEDIA_ROOT) / "returns" / "given.xml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(source.read_bytes())
    stored = {"stored_path": "returns/given.xml", "then": jobs.queue}
    run = actions.begin_import(by=System.IMPORT, as_of=AS_OF, file_name="given.xml", **stored)
    process = started("run_jobs", "--once")
    step = until(lambda: far(1_000))
    assert 0 < step.share <= 1
    _, errors = process.communicate(timeout=WAIT)
    assert process.returncode == 0, errors
    run.refresh_from_db()
    assert (run.state, run.counts["people added"], run.stored_path) == (ImportState.LOADED, 2_000, "")
    assert not place.exists()
    assert progress.read(run.pk) is None
    assert jobs.load_return.call(str(run.pk)) == ImportState.LOADED  # once more does nothing
    assert Person.objects.count() == 2_000


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path, write: Any) -> None:
    peaks = []
    for size in (1_500, 6_000):
        path = write(*(make.person(number) for number in range(1, size + 1)))
        process = started("import_sen2", str(path), "--as-of", AS_OF.isoformat(), "--check")
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        process.communicate()
        peaks.append(usage.ru_maxrss)
    assert peaks[1] - peaks[0] < 30_000, peaks  # kilobytes


def test_a_run_that_never_started_is_marked_in_time(load: Load) -> None:
    run = actions.begin_import(by=System.IMPORT, as_of=AS_OF, file_name="x.xml")
    assert actions.mark_interrupted() == 0
    ImportRun.objects.update(created_at=clock.now() - timedelta(minutes=5))
    assert actions.mark_interrupted() == 1
    run.refresh_from_db()
    assert run.state == ImportState.INTERRUPTED
    assert load(make.person(1)).state == ImportState.LOADED


def test_files_that_have_served_are_cleared_away(tmp_path: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    (root / "returns").mkdir(parents=True, exist_ok=True)
    runs = []
    for name, state in (
        ("old", ImportState.CHECKED),
        ("new", ImportState.CHECKED),
        ("due", ImportState.WAITING),
    ):
        (root / "returns" / name).write_text("x")
        given = {"file_name": name, "as_of": AS_OF, "by_label": "x", "stored_path": f"returns/{name}"}
        runs.append(ImportRun.objects.create(state=state, **given))
    old = clock.now() - actions.clearing.KEEP_FILES - timedelta(days=1)
    ImportRun.objects.filter(file_name__in=["old", "due"]).update(updated_at=old)
    assert jobs.look_after_loads.call()["cleared"] == 1
    assert [(root / "returns" / run.file_name).exists() for run in runs] == [False, True, True]
