"""Reading page after page while others publish over connections of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from goldenthread.core import clock
from goldenthread.core.models import AuditHead
from goldenthread.localoffer import actions
from goldenthread.localoffer.models import FeedChange
from goldenthread.localoffer.oruk.api import changes
from tests.factories import localoffer as make
from tests.localoffer.oruk.client import all_ids, get

BEFORE, PER_PAGE, PAGES = 9, 3, 5


@contextmanager
def beside() -> Iterator[Callable[[Callable[[], None]], Future[None]]]:
    """What is given runs in a thread with a connection of its own."""

    def run(what: Callable[[], None]) -> None:
        close_old_connections()
        try:
            what()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield lambda what: pool.submit(run, what)


@pytest.mark.django_db(transaction=True)
def test_paging_loses_and_repeats_nothing_while_another_connection_publishes() -> None:
    before = [str(make.published(name=f"Weaving {number}").pk) for number in range(BEFORE)]
    read, more = threading.Event(), threading.Semaphore(0)

    def publish() -> None:
        for number in range(100):
            if read.is_set():
                return
            # New ones that would come first by key and by name, and old ones that change.
            draft = make.draft(name=f"Aardvark {number}")
            actions.publish(by=make.BY, service_id=draft.pk)
            make.published(id=f"00000000-0000-4000-8000-{number:012d}", name=f"Aaa {number}")
            make.published(id=before[number % BEFORE], name=f"Changed {number}")
            more.release()

    found: list[str] = []
    with beside() as start:
        done = start(publish)
        for number in range(1, PAGES + 1):
            page = get("/services", page=number, per_page=PER_PAGE)
            assert not page["last_page"]
            found += [one["id"] for one in page["contents"]]
            for _ in range(2):
                assert more.acquire(timeout=30)
        read.set()
        done.result(timeout=30)
    assert len(found) == PAGES * PER_PAGE > BEFORE
    assert found == all_ids("/services", per_page=100)[: len(found)]
    assert found[:BEFORE] == before


@pytest.mark.django_db(transaction=True)
def test_who_began_to_publish_first_and_ended_last_comes_last() -> None:
    slow, quick = make.draft(name="Slow"), make.draft(name="Quick")
    with beside() as start:
        with transaction.atomic():
            AuditHead.objects.select_for_update().get(pk=1)
            done = start(lambda: actions.publish(by=make.BY, service_id=slow.pk) and None)
            _await_waiting()
            actions.publish(by=make.BY, service_id=quick.pk)
        done.result(timeout=30)
    assert all_ids("/services") == [str(quick.pk), str(slow.pk)]


def _await_waiting() -> None:
    """Until the other connection waits for this one. On SQLite it does so before it has done anything."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.django_db
def test_a_state_that_is_long_past_is_never_taken_for_the_present_one() -> None:
    empty = changes.stamp()
    make.published()
    later = changes.stamp()
    _days_pass()
    assert changes.forget.func() == 0
    assert changes.stamp() == later != empty
    make.published()
    _days_pass()
    assert changes.forget.func() == 1
    assert FeedChange.objects.count() == 1
    assert changes.stamp() not in {empty, later}


def _days_pass() -> None:
    FeedChange.objects.update(made_at=clock.now() - changes.KEEP - timedelta(hours=1))
