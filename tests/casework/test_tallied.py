"""Counts of the lists and the workload: live, or for a very large county kept and shown with their time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.casework import actions, queries
from goldenthread.casework.enums import Status
from goldenthread.casework.jobs import count_work as job
from goldenthread.casework.models import WorkCount
from goldenthread.casework.queries import Filters, list_counts, tallied, workload
from goldenthread.core import clock
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db
DAY = make.TODAY


@pytest.fixture
def large(monkeypatch):
    """As if one case were too many to count for each page."""
    monkeypatch.setattr(tallied, "LIVE_UP_TO", 0)


@pytest.fixture
def kept(large):
    """A count by the job, of one request; since then there is a second."""
    make.case_at(Status.REQUESTED)
    with clock.fixed(DAY):
        assert job.call()
        make.case_at(Status.REQUESTED)
        yield


def test_one_council_is_counted_live():
    make.case_at(Status.REQUESTED)
    with clock.fixed(DAY):
        assert not job.call()
        counted = list_counts(make.BY, Filters(), DAY)
        assert (counted.lists["all_open"], counted.at) == (1, None)
        assert not WorkCount.objects.exists()


def test_a_large_county_is_shown_the_kept_count_and_its_time(kept):
    counted, load = list_counts(make.BY, Filters(), DAY), workload(DAY)
    assert counted.lists["all_open"] == 1
    assert [one.open_requests for one in load.loads if one.caseworker_id is None] == [1]
    assert load.at == counted.at == WorkCount.objects.get().counted_at


def test_a_kept_count_says_what_live_rows_said(large):
    worker = make_user(Role.PLAN_COORDINATOR)
    cases = [make.case_at(status) for status in (Status.REQUESTED, Status.PLAN, Status.ASSESSING)]
    with clock.fixed(DAY):
        actions.allocate(case_ids=[one.pk for one in cases[:2]], caseworker_id=worker.pk, by=make.BY, on=DAY)
        live = list_counts(make.BY, Filters(), DAY).lists, workload(DAY).loads
        job.call()
        assert (list_counts(make.BY, Filters(), DAY).lists, workload(DAY).loads) == live


def test_counted_again_when_asked_and_for_whatever_is_narrowed(kept):
    nobody = Filters(caseworker=queries.NOBODY)
    assert list_counts(make.BY, nobody, DAY).lists["all_open"] == 2
    assert sum(one.open_requests for one in workload(DAY, afresh=True).loads) == 2


def test_an_old_count_or_one_of_yesterday_is_not_shown(kept):
    assert list_counts(make.BY, Filters(), DAY + timedelta(1)).at is None
    WorkCount.objects.update(counted_at=clock.now() - tallied.OLDEST)
    assert list_counts(make.BY, Filters(), DAY).lists["all_open"] == 2


def test_who_sees_some_cases_gets_no_count_of_all(kept):
    assert list_counts(make_user(Role.FAMILY), Filters(), DAY).lists["all_open"] == 0


def test_only_the_newest_is_kept_and_none_once_the_county_is_small_again(kept, monkeypatch):
    actions.count_work(by=make.BY, on=DAY)
    assert WorkCount.objects.get().lists["all_open"] == 2
    monkeypatch.setattr(tallied, "LIVE_UP_TO", 2)
    assert not actions.count_work(by=make.BY, on=DAY)
    assert not WorkCount.objects.exists()


def test_who_may_not_see_reports_has_none_counted():
    with pytest.raises(NotPermitted):
        actions.count_work(by=make_user(Role.FAMILY))
