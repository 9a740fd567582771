"""Worklists: tabs, scopes, filters, downloads, allocating, and the workload page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.casework.presenters import words
from goldenthread.casework.queries import tallied
from goldenthread.core.models import AuditEntry
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user as make_user

URL = reverse("worklist")


def a_request(name: str, days: int, worker=None) -> Case:
    case = make.request(child=make.person(forename=name, surname="Weftley"), on=make.TODAY - timedelta(days))
    if worker is not None:
        actions.allocate(case_ids=[case.pk], caseworker_id=worker.pk, by=make.BY, on=make.TODAY)
    return case


def test_every_status_has_a_tag():
    assert words.STAGES.missing(list(Status)) == set()


def test_overdue_shows_what_is_late_and_by_how_much(open_as, manager):
    a_request("Late", 60)
    a_request("Early", 5)
    answer = open_as(manager).get(URL, {"tab": "overdue"}).content.decode()
    assert "Late Weftley" in answer
    assert "Early Weftley" not in answer
    assert "Decide whether to assess" in answer
    assert "18 days late" in answer  # 60 days after the request, due after 42


def test_a_coordinator_begins_with_their_own_cases(open_as, worker):
    a_request("Mine", 60, worker)
    a_request("Other", 60)
    client = open_as(worker)
    mine = client.get(URL, {"tab": "overdue"}).content.decode()
    assert "Mine Weftley" in mine
    assert "Other Weftley" not in mine
    team = client.get(URL, {"tab": "overdue", "scope": "team"}).content.decode()
    assert "Other Weftley" in team


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"q": "wef bir"}, ["Birch Weftley"]),
        ({"q": "nobody"}, []),
        ({"caseworker": "nobody"}, ["Aspen Weftley", "Birch Weftley"]),
        ({"status": "draft"}, []),
        ({"turn": "council"}, ["Aspen Weftley", "Birch Weftley"]),
        ({"turn": "adviser"}, []),
        ({"sort": "-name"}, ["Birch Weftley", "Aspen Weftley"]),
    ],
)
def test_narrowed_and_sorted(open_as, manager, params, found):
    a_request("Aspen", 60)
    a_request("Birch", 59)
    answer = open_as(manager).get(URL, {"tab": "overdue"} | params, follow=True).content.decode()
    at = [answer.find(f">{name}<") for name in found]
    assert at == sorted(at)
    assert all(place > 0 for place in at)
    assert ("Aspen Weftley" in answer) == ("Aspen Weftley" in found)


def test_what_is_typed_to_find_a_child_stands_in_no_address(open_as, manager):
    a_request("Aspen", 60)
    a_request("Birch", 59)
    client = open_as(manager)
    answer = client.post(URL, {"tab": "overdue", "q": "aspen weftley", "status": ""}, follow=True)
    ((address, status),) = answer.redirect_chain
    assert status == 302
    assert "aspen" not in address
    page = answer.content.decode()
    assert "Aspen Weftley" in page
    assert "Birch Weftley" not in page
    # The words are in the form again, and every link of the list carries the key alone.
    assert 'value="aspen weftley"' in page
    assert "q=aspen" not in page
    # Somebody else's key finds nothing of theirs.
    other = open_as(manager).get(address).content.decode()
    assert "Birch Weftley" in other


def test_found_by_reference_and_by_upn(open_as, manager):
    case = a_request("Aspen", 60)
    a_request("Birch", 60)
    for text in (case.reference, case.reference.lower(), case.reference[-4:], case.person.upn or ""):
        if text:
            answer = open_as(manager).get(URL, {"tab": "overdue", "q": text}, follow=True).content.decode()
            assert "Aspen Weftley" in answer
            assert "Birch Weftley" not in answer


def test_a_turn_that_has_run_out_is_the_councils(open_as, manager):
    case = make.case_at(Status.DRAFT, received=make.TODAY - timedelta(150))  # views closed 26 days ago
    client = open_as(manager)
    council = client.get(URL, {"tab": "all_open", "turn": "council"}).content.decode()
    assert case.reference in council
    family = client.get(URL, {"tab": "all_open", "turn": "family"}).content.decode()
    assert case.reference not in family


def test_download_has_every_page_and_no_more(open_as, manager):
    for number in range(27):
        a_request(f"Ash{number:02d}", 60)
    answer = open_as(manager).get(URL, {"tab": "overdue", "download": "csv"})
    lines = b"".join(answer.streaming_content).decode().strip().splitlines()
    assert len(lines) == 28
    assert "EHC-0000" in lines[1]
    assert answer["Content-Disposition"] == 'attachment; filename="worklist.csv"'


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_few_queries_for_any_number_of_cases(open_as, manager, number, django_assert_num_queries):
    for at in range(number):
        a_request(f"Ash{at}", 60, manager)
    client = open_as(manager)
    # Session, user, Plan Co-ordinators, all the counts, the keys of the page, its cases.
    with django_assert_num_queries(7):
        assert client.get(URL, {"tab": "overdue"}).status_code == 200


def test_allocate_the_chosen(open_as, manager, worker):
    one, other = a_request("Ash", 60), a_request("Elm", 60)
    data = {"to": str(worker.pk), "case": [str(one.pk)]}
    answer = open_as(manager).post(f"{reverse('worklist_allocate')}?tab=overdue&sort=name", data, follow=True)
    assert answer.redirect_chain == [(f"{URL}?tab=overdue&sort=name", 302)]
    assert "1 case given to Amber Quill." in answer.content.decode()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.caseworker, other.caseworker) == (worker, None)
    assert AuditEntry.objects.filter(action="case.allocated", object_id=str(one.pk)).count() == 1


def test_allocate_the_whole_list_but_not_what_is_outside_it(open_as, manager, worker):
    for number in range(30):
        a_request(f"Ash{number:02d}", 60)
    outside = a_request("Elm", 2)
    data = {"to": str(worker.pk), "everything": "on"}
    answer = open_as(manager).post(f"{reverse('worklist_allocate')}?tab=overdue", data, follow=True)
    assert "30 cases given to Amber Quill." in answer.content.decode()
    outside.refresh_from_db()
    assert outside.caseworker is None
    assert Case.objects.filter(caseworker=worker).count() == 30


@pytest.mark.parametrize(
    ("data", "said"),
    [({"to": ""}, "Choose who the cases go to"), ({"to": "nobody"}, "Choose at least one case")],
)
def test_allocate_says_what_is_missing(open_as, manager, data, said):
    a_request("Ash", 60)
    answer = open_as(manager).post(reverse("worklist_allocate"), data, follow=True)
    assert said in answer.content.decode()


def test_a_coordinator_allocates_nothing(open_as, worker):
    case = a_request("Ash", 60)
    answer = open_as(worker).post(
        reverse("worklist_allocate"), {"to": str(worker.pk), "case": [str(case.pk)]}
    )
    assert answer.status_code == 403
    case.refresh_from_db()
    assert case.caseworker is None


def test_an_inspector_reads_without_buttons(open_as):
    a_request("Ash", 60)
    page = open_as(make_user(Role.INSPECTOR)).get(URL, {"tab": "overdue"}).content.decode()
    assert "Ash Weftley" in page
    assert "Record a request" not in page
    assert "Allocate" not in page
    assert "My cases" not in page


def test_nonsense_in_the_address_does_no_harm(open_as, manager):
    params = {"tab": "zzz", "sort": "zzz", "page": "x", "size": "7", "caseworker": "zzz", "scope": "zzz"}
    assert open_as(manager).get(URL, params).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_workload(open_as, manager, worker, number, django_assert_num_queries):
    for at in range(number):
        a_request(f"Ash{at}", 60, worker)
    client = open_as(manager)
    with django_assert_num_queries(8):
        page = client.get(reverse("workload")).content.decode()
    assert "Amber Quill" in page
    assert f"{round(number / 2)}% of a full caseload of 200" in page


def test_workload_in_the_order_of_a_figure_and_as_a_file(open_as, manager, worker):
    a_request("Ash", 60, worker)
    make_user(Role.PLAN_COORDINATOR, name="Zelda Idle")
    client = open_as(manager)
    page = client.get(reverse("workload"), {"sort": "-overdue"}).content.decode()
    assert page.index("Amber Quill") < page.index("Zelda Idle")
    page = client.get(reverse("workload"), {"sort": "overdue"}).content.decode()
    assert page.index("Zelda Idle") < page.index("Amber Quill")
    answer = client.get(reverse("workload"), {"download": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Plan Co-ordinator,Caseload,Open requests,Plans,Overdue,Due this week,At risk"
    assert "Amber Quill,0% of a full caseload of 200,1,0,1,0,1" in lines


def test_narrowed_by_the_main_need_of_the_plan(open_as, manager):
    for name, need in (("Aspen", "ASD"), ("Birch", "SEMH")):
        case = make.case_at(Status.PLAN, received=make.TODAY - timedelta(300))
        case.person.forename = name
        case.person.save()
        case.plan.primary_need = need
        case.plan.save()
    answer = open_as(manager).get(URL, {"tab": "plans", "need": "ASD"}).content.decode()
    assert "Aspen" in answer
    assert "Birch" not in answer
    assert "Main type of need: Autistic spectrum disorder" in answer
    # Unlike the words of a search, a code may stand in an address.
    assert "need=ASD" in answer
    assert Case.objects.filter(plan__primary_need="SEMH").exists()


@pytest.mark.parametrize(
    ("who", "loads", "records"),
    [("manager", True, True), ("worker", False, True), ("inspector", False, False)],
)
def test_a_site_without_cases_says_how_to_begin(open_as, request, who, loads, records):
    user = make_user(Role.INSPECTOR) if who == "inspector" else request.getfixturevalue(who)
    answer = open_as(user).get(URL).content.decode()
    assert "There are no cases yet" in answer
    assert (reverse("return_load") in answer, reverse("record_request") in answer) == (loads, records)
    a_request("First", 5)
    assert "There are no cases yet" not in open_as(user).get(URL, {"tab": "overdue"}).content.decode()


def test_what_was_counted_before_is_shown_with_its_time(open_as, manager, monkeypatch):
    monkeypatch.setattr(tallied, "LIVE_UP_TO", 0)
    make.case_at(Status.REQUESTED)
    actions.count_work(by=make.BY)
    client = open_as(manager)
    for page in ("worklist", "workload"):
        assert "ounted at" in client.get(reverse(page)).content.decode()
    assert "ounted at" not in client.get(reverse("workload"), {"afresh": "1"}).content.decode()
