"""The caseload's page: what it shows is what live rows say, or says that it may not be."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.enums import OPEN_REQUEST, Status
from goldenthread.casework.jobs import count_caseload as job
from goldenthread.casework.models import Case, CaseloadCount
from goldenthread.casework.queries import counted
from goldenthread.casework.queries.caseload import _DAYS, _stood, caseload
from goldenthread.casework.queries.counted import counted_caseload
from goldenthread.core import audit, clock
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people.actions import update_person
from tests.factories import casework as make
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db
DAY = make.TODAY


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch):
    """Nothing remembered from another test."""
    monkeypatch.setattr(counted, "_kept", type(counted._kept)())


@pytest.fixture
def large(monkeypatch):
    """As if every council were too large to count for each change."""
    monkeypatch.setattr(counted, "LIVE_UP_TO", 0)


@pytest.fixture
def counts(monkeypatch):
    """How often live rows were counted."""
    made = []

    def watched(on):
        made.append(on)
        return caseload(on)

    monkeypatch.setattr(counted, "caseload", watched)
    return made


def look(case):
    """Somebody looks at a record: it is written down, and changes nothing."""
    audit.saw(by=make.BY, person_id=case.person_id, what="case")


def test_it_is_counted_once_while_nothing_changes(counts):
    case = make.case_at(Status.PLAN)
    first = counted_caseload(DAY)
    look(case)
    assert counted_caseload(DAY) == first
    assert (counts, first.changed, first.caseload) == ([DAY], False, caseload(DAY))


def change_status(case):
    actions.decide_to_cease(case_id=case.pk, by=make.BY, on=DAY, cease_reason="2", reason="Needs are met.")


def change_birth(case):
    update_person(
        person_id=case.person_id,
        by=make.BY,
        values={"birth_date": date(2003, 1, 1)},
        version=case.person.version,
    )


def new_request(case):
    make.case_at(Status.REQUESTED, received=DAY - timedelta(1))


@pytest.mark.parametrize("change", [change_status, change_birth, new_request])
def test_whatever_is_recorded_is_in_the_next_count(change, counts):
    case = make.case_at(Status.PLAN, received=DAY - timedelta(200))
    counted_caseload(DAY)
    change(case)
    found = counted_caseload(DAY)
    assert (len(counts), found.changed) == (2, False)
    assert found.caseload == caseload(DAY)


def test_the_stored_count_serves_other_processes(counts):
    make.case_at(Status.PLAN)
    with clock.fixed(DAY):
        assert job.call() == 1
    found = counted_caseload(DAY)
    assert (found.caseload, found.changed) == (caseload(DAY), False)
    assert counts == [DAY]  # by the job alone
    make.case_at(Status.PLAN)
    assert counted_caseload(DAY).caseload.plans == 2


def test_one_count_is_stored_the_newest():
    for day in (DAY, DAY + timedelta(1)):
        actions.count_caseload(by=make.BY, on=day)
    assert list(CaseloadCount.objects.values_list("as_of", flat=True)) == [DAY + timedelta(1)]
    assert AuditEntry.objects.filter(action="caseload.counted").count() == 2


def test_a_large_council_is_shown_the_last_count_and_told_so(large, counts):
    make.case_at(Status.PLAN)
    before = counted_caseload(DAY)
    make.case_at(Status.PLAN)
    found = counted_caseload(DAY)
    assert (found.caseload.plans, found.changed, found.at) == (1, True, before.at)
    afresh = counted_caseload(DAY, afresh=True)
    assert (afresh.caseload.plans, afresh.changed) == (2, False)
    assert counted_caseload(DAY) == afresh


def test_a_count_of_more_than_an_hour_is_not_shown_where_it_has_changed(large):
    make.case_at(Status.PLAN)
    first = counted_caseload(DAY)
    counted._kept[DAY] = replace(first, at=first.at - counted.OLDEST)
    assert counted_caseload(DAY).at == first.at - counted.OLDEST  # nothing has changed
    make.case_at(Status.PLAN)
    assert counted_caseload(DAY).caseload.plans == 2


def test_a_count_of_another_log_does_not_stand(counts):
    make.case_at(Status.PLAN)
    first = counted_caseload(DAY)
    counted._kept[DAY] = replace(first, hash="f" * 64)
    counted_caseload(DAY)
    assert len(counts) == 2


def test_what_is_recorded_while_it_counts_is_a_change(monkeypatch):
    make.case_at(Status.PLAN)

    def slow(on):
        found = caseload(on)
        make.case_at(Status.PLAN)
        return found

    monkeypatch.setattr(counted, "caseload", slow)
    assert counted_caseload(DAY).caseload.plans == 1
    monkeypatch.setattr(counted, "caseload", caseload)
    assert counted_caseload(DAY).caseload.plans == 2


def test_who_may_not_see_reports_has_none_counted():
    with pytest.raises(NotPermitted):
        actions.count_caseload(by=make_user(Role.FAMILY))


def some_day(draw):
    """A day around DAY, or none."""
    return draw.choice([None, DAY + timedelta(draw.randint(-3, 3))])


def some_request(number, person, draw):
    """A request without a plan of which any day may be missing, or contradict the others."""
    days = {name: some_day(draw) for name in _DAYS}
    if days["received_on"]:  # the database holds these three in order
        for name in ("decided_to_assess_on", "plan_issued_on"):
            if days[name]:
                days[name] = max(days[name], days["received_on"])
    status = draw.choice([one for one in Status if one not in (Status.PLAN, Status.CEASED)])
    historical = {name: draw.random() < 0.3 for name in ("assess_historical", "issue_historical")}
    return Case(
        person=person, reference=f"EHC-9{number:05}", status=status, law_version="", **days, **historical
    )


def test_counted_by_kind_every_request_stands_where_it_stands_by_itself():
    draw, person = random.Random(7), make.person()
    made = Case.objects.bulk_create([some_request(number, person, draw) for number in range(600)])
    for day in (DAY + timedelta(number) for number in range(-4, 5)):
        expected = Counter(
            _stood(one, day)
            for one in made
            if (one.received_on is None or one.received_on <= day)
            and (one.plan_issued_on is None or one.plan_issued_on > day)
            and (one.closed_on is None or one.closed_on > day)
        )
        found = caseload(day).open_requests_by_status
        assert found == {str(status): expected[status] for status in Status if status in OPEN_REQUEST}
