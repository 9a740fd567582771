"""Recording a request: find the child or add them, say when it arrived, check the dates, done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework.models import Case
from goldenthread.core.models import AuditEntry
from goldenthread.people.models import Person
from tests.factories import casework as make

DAY = make.TODAY
GIVEN = {"source": "1", "route": "letter", "requested_by": "Alder Weftley"}


def on(day) -> dict[str, str]:
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def test_found_by_name_with_what_is_open(open_as, worker):
    free = make.person(forename="Aspen", surname="Weftley")
    busy = make.person(forename="Birch", surname="Weftley")
    case = make.request(child=busy, on=DAY)
    page = open_as(worker).get(reverse("record_request"), {"q": "weftley"}, follow=True).content.decode()
    assert reverse("record_request_for", args=[free.pk]) in page
    assert reverse("record_request_for", args=[busy.pk]) not in page
    assert case.reference in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_search_costs_the_same_for_any_number(open_as, worker, number, django_assert_max_num_queries):
    for at in range(number):
        make.person(forename=f"Ash{at}", surname="Weftley")
    client = open_as(worker)
    there = client.post(reverse("record_request"), {"q": "weftley"})
    with django_assert_max_num_queries(9):
        client.get(there["Location"])


def test_the_dates_are_shown_before_anything_is_recorded(open_as, worker):
    child = make.person()
    client, url = open_as(worker), reverse("record_request_for", args=[child.pk])
    check = client.post(url, GIVEN | on(DAY - timedelta(3))).content.decode()
    received = DAY - timedelta(3)
    for weeks in (6, 16, 20):
        due = received + timedelta(weeks=weeks)
        assert f"{due.day} {due:%B %Y}" in check
    assert not Case.objects.exists()
    done = client.post(url, GIVEN | on(received) | {"step": "confirm"}, follow=True)
    case = Case.objects.get()
    assert done.redirect_chain == [(reverse("case", args=[case.pk]), 302)]
    assert (case.received_on, case.requested_by, case.route) == (received, "Alder Weftley", "letter")


def test_a_second_open_request_is_not_begun(open_as, worker):
    case = make.request(on=DAY - timedelta(3))
    client, url = open_as(worker), reverse("record_request_for", args=[case.person_id])
    assert "There is an open case already" in client.get(url).content.decode()
    answer = client.post(url, GIVEN | on(DAY) | {"step": "confirm"}).content.decode()
    assert case.reference in answer
    assert Case.objects.count() == 1


def test_what_is_missing_is_named(open_as, worker):
    page = open_as(worker).post(reverse("record_request_for", args=[make.person().pk]), {}).content.decode()
    for words in ("Select who asked", "Select how it arrived", "Enter day the request reached the council"):
        assert words in page


def test_somebody_new_is_added_on_the_way(open_as, worker):
    given = {"forename": "Tansy", "surname": "Weftley"}
    given |= {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "2017"}
    answer = open_as(worker).post(reverse("record_request_add"), given)
    person = Person.objects.get(forename="Tansy")
    assert answer.url == reverse("record_request_for", args=[person.pk])


def test_a_wrong_upn_is_refused_at_its_field(open_as, worker):
    given = {"forename": "Tansy", "surname": "Weftley", "upn": "A123"}
    given |= {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "2017"}
    page = open_as(worker).post(reverse("record_request_add"), given).content.decode()
    assert 'href="#id_upn"' in page
    assert not Person.objects.exists()


def test_an_unknown_person_is_not_found(open_as, worker):
    assert open_as(worker).get(reverse("record_request_for", args=[worker.pk])).status_code == 404


def days(**given) -> dict[str, str]:
    parts = {"day": "%-d", "month": "%-m", "year": "%Y"}
    return {f"{name}-{part}": day.strftime(how) for name, day in given.items() for part, how in parts.items()}


MOVED = {"transferred_from": "886", "primary_need": "ASD", "names": "type", "sen_setting": "OLA"}


def test_a_plan_that_moves_in_begins_with_its_own_duties(open_as, worker):
    child = make.person()
    url, client = reverse("record_transfer", args=[child.pk]), open_as(worker)
    page = client.get(url).content.decode()
    assert "R15(4)" in page  # the six weeks to tell the family
    assert "6 weeks" in page
    moved = DAY - timedelta(7)
    given = MOVED | days(on=moved, started_on=moved - timedelta(400), last_review_on=moved - timedelta(100))
    done = client.post(url, given, follow=True)
    case = Case.objects.get()
    assert done.redirect_chain == [(reverse("case", args=[case.pk]), 302)]
    told = moved + timedelta(weeks=6)
    review = moved - timedelta(100)
    review = review.replace(year=review.year + 1)
    text = done.content.decode()
    assert f"Tell the family that the plan is ours now by {told.day} {told:%B %Y}." in text
    assert f"Complete the annual review by {review.day} {review:%B %Y}." in text
    assert (case.plan.transferred_from, case.plan.transferred_on) == ("886", moved)
    assert case.events.get().kind == "plan_transferred_in"
    assert AuditEntry.objects.filter(object_id=str(case.pk), actor_id=str(worker.pk)).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"transferred_from": "Ken"}, "three-digit LA code"),
        ({"secondary_need": "ASD"}, "The two needs are the same."),
        ({"sen_setting": ""}, "Select the type of setting or arrangement"),
        (days(started_on=DAY), "before the plan was made"),
    ],
)
def test_a_move_that_cannot_be_is_refused_at_its_field(open_as, worker, wrong, says):
    child, moved = make.person(), DAY - timedelta(7)
    given = MOVED | days(on=moved, started_on=moved - timedelta(400)) | wrong
    answer = open_as(worker).post(reverse("record_transfer", args=[child.pk]), given)
    assert says in answer.content.decode()
    assert not Case.objects.exists()


def test_beside_an_open_case_no_plan_moves_in(open_as, worker):
    case = make.request(on=DAY - timedelta(3))
    url, client = reverse("record_transfer", args=[case.person_id]), open_as(worker)
    assert "There is an open case already" in client.get(url).content.decode()
    given = MOVED | days(on=DAY, started_on=DAY - timedelta(400))
    client.post(url, given)
    assert Case.objects.count() == 1
