"""Which case stands in which list, and how many there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.enums import Status, Turn
from goldenthread.casework.queries import TABS, Filters, turn_now, worklist, workload
from goldenthread.casework.queries.worklists import worklist_counts
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.COMMAND
D = make.RECEIVED


def tabs_of(case, today):
    found = {tab for tab in TABS if worklist(BY, Filters(tab=tab), today).filter(pk=case.pk).exists()}
    counts = worklist_counts(BY, today=today)
    assert {tab for tab, number in counts.items() if number} == found
    return found


def test_a_request_moves_through_the_lists_as_its_day_comes_and_goes():
    case = make.case_at(Status.REQUESTED)
    due = D + timedelta(42)
    always = {"all_open", "unallocated"}
    assert tabs_of(case, due - timedelta(7)) == always
    assert tabs_of(case, due - timedelta(6)) == always | {"due_this_week"}
    assert tabs_of(case, due) == always | {"due_this_week"}
    assert tabs_of(case, due + timedelta(1)) == always | {"overdue"}


def test_a_draft_waits_for_the_family_until_its_15_days_are_over():
    case = make.case_at(Status.DRAFT)
    last = D + timedelta(make.DRAFTED + 14)
    assert "waiting" in tabs_of(case, last)
    assert turn_now(case, last) == Turn.FAMILY
    assert "waiting" not in tabs_of(case, last + timedelta(1))
    assert turn_now(case, last + timedelta(1)) == Turn.COUNCIL


def test_a_closed_case_is_in_no_list():
    for status in (Status.WITHDRAWN, Status.NOT_ASSESSING, Status.NOT_ISSUING, Status.CEASED):
        assert tabs_of(make.case_at(status), date(2024, 9, 1)) == set()


def test_counts_of_a_search_are_those_of_its_lists():
    for number, status in enumerate(Status):
        surname = "Inkwell" if number % 2 else "Wren"
        make.case_at(status, child=make.person(surname=surname, forename="Wren"))
    for text in ("wren", "inkwell w", "nobody"):
        search = Filters(search=text)
        counts = worklist_counts(BY, search, D + timedelta(45))
        lists = {tab: worklist(BY, Filters(tab=tab, search=text), D + timedelta(45)).count() for tab in TABS}
        assert counts == lists
        assert any(counts.values()) == (text != "nobody")


def test_narrowed_by_caseworker_status_and_search():
    worker = user(Role.PLAN_COORDINATOR)
    mine, other = make.case_at(Status.REQUESTED, child=make.person(surname="Ábel-Wood")), make.request()
    with clock.fixed(D):
        actions.allocate(case_ids=[mine.pk], caseworker_id=worker.pk, by=BY, on=D)

    def keys(**given):
        return set(worklist(BY, Filters(tab="all_open", **given), D).values_list("pk", flat=True))

    assert keys() == {mine.pk, other.pk}
    assert keys(caseworker=str(worker.pk)) == keys(search="abel") == keys(search="Rob ABEL-W") == {mine.pk}
    assert keys(caseworker="nobody") == {other.pk}
    assert keys(status=Status.ASSESSING) == keys(search="xyz") == set()
    assert keys(search=other.reference.lower()) == keys(search=other.reference[4:]) == {other.pk}
    assert worklist_counts(BY, Filters(caseworker=str(worker.pk)), D)["all_open"] == 1


@pytest.mark.parametrize("wrong", [{"tab": "x"}, {"sort": "x"}, {"caseworker": "x"}])
def test_an_unknown_list_order_or_person_is_refused(wrong):
    with pytest.raises(InvalidInput):
        worklist(BY, Filters(**wrong), D)


def test_one_query_for_a_page_of_rows(django_assert_num_queries):
    for _ in range(3):
        make.case_at(Status.REQUESTED)
    with django_assert_num_queries(1):
        assert (
            len([str(row.person) + str(row.caseworker) for row in worklist(BY, Filters(tab="all_open"), D)])
            == 3
        )
    with django_assert_num_queries(1):
        worklist_counts(BY, today=D)


def test_a_page_is_two_queries_and_in_order(django_assert_num_queries):
    cases = [make.case_at(Status.REQUESTED, received=D + timedelta(number)) for number in (4, 0, 2, 1, 3)]
    by_due = sorted(cases, key=lambda case: case.next_due_on)
    for sort, expected in (("due", by_due), ("-due", by_due[::-1]), ("received", by_due)):
        found = worklist(BY, Filters(tab="all_open", sort=sort), D)
        with django_assert_num_queries(2):
            page = [(row.pk, str(row.person), row.caseworker) for row in found[1:4]]
        assert [key for key, *_ in page] == [case.pk for case in expected[1:4]]
    assert list(found.values_list("pk", flat=True)[:2]) == [case.pk for case in by_due[:2]]
    assert [row.pk for row in found[3:]] == [case.pk for case in by_due[3:]]
    assert found[0].pk == by_due[0].pk


def test_workload_counts_what_each_person_holds():
    worker = user(Role.PLAN_COORDINATOR, name="Ann Worker")
    request, plan = make.case_at(Status.REQUESTED), make.case_at(Status.PLAN)
    make.case_at(Status.REQUESTED)
    with clock.fixed(make.TODAY):
        actions.allocate(case_ids=[request.pk, plan.pk], caseworker_id=worker.pk, by=BY, on=make.TODAY)
    loads = {one.name: one for one in workload(D + timedelta(42)).loads}
    ann, nobody = loads["Ann Worker"], loads["Unallocated"]
    assert (ann.open_requests, ann.plans, ann.due_this_week, ann.overdue) == (1, 1, 1, 0)
    assert ann.share == 2 / 200
    assert (nobody.open_requests, nobody.plans) == (1, 0)
