"""What a family sees: its own children only, in plain words, and nothing that is the council's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.core.roles import Role
from goldenthread.people.models import Contact, Relationship
from tests.factories import casework as make
from tests.factories.people import user as make_user

DAY = make.TODAY
HOME = reverse("family_home")


@pytest.fixture
def parent():
    """A parent who signs in."""
    return make_user(Role.FAMILY, name="Juniper Weftley")


def share(case, parent, what="everything", **more):
    contact, _ = Contact.objects.get_or_create(
        user=parent, defaults={"forename": "Juniper", "surname": "Weftley"}
    )
    Relationship.objects.create(person=case.person, contact=contact, kind="mother", share=what, **more)


def page_of(case) -> str:
    return reverse("family_case", args=[case.pk])


def test_what_happens_next_by_when_and_whose_turn(open_as, parent, worker):
    case = make.request(on=DAY - timedelta(10), child=make.person(forename="Wren", surname="Weftley"))
    actions.allocate(case_ids=[case.pk], caseworker_id=worker.pk, by=make.BY, on=DAY)
    share(case, parent)
    page = open_as(parent).get(page_of(case)).content.decode()
    assert "We decide whether to carry out an EHC needs assessment" in page
    assert "4 July 2025" in page
    assert "Ours: the council" in page
    assert "Amber Quill" in page
    assert "The request for an EHC needs assessment reached us" in page


def test_late_is_said_with_what_is_known_of_why(open_as, parent):
    case = make.request(on=DAY - timedelta(120))
    share(case, parent)
    page = open_as(parent).get(page_of(case)).content.decode()
    assert "This is late. The law gave us until" in page
    assert "it is likely on" in page
    assert "What we know of why" in page


def test_with_a_draft_it_is_the_familys_turn(open_as, parent):
    case = make.case_at(Status.DRAFT, received=DAY - timedelta(115))
    share(case, parent)
    page = open_as(parent).get(page_of(case)).content.decode()
    assert "You tell us what you think of the draft plan" in page
    assert "<strong>Yours</strong>" in page


def test_notes_are_not_shown_and_reasons_of_a_refusal_are(open_as, parent):
    case = make.request(on=DAY - timedelta(10))
    actions.add_note(case_id=case.pk, by=make.BY, on=DAY, note="Our own note.")
    actions.decide_to_assess(case_id=case.pk, by=make.BY, on=DAY, yes=False, reason="Support is enough.")
    share(case, parent)
    page = open_as(parent).get(page_of(case)).content.decode()
    assert "Our own note." not in page
    assert "Support is enough." in page


def test_who_has_looked_gives_roles_not_names(open_as, parent, worker):
    case = make.request(on=DAY)
    share(case, parent)
    open_as(worker).get(reverse("case", args=[case.pk]))
    page = open_as(parent).get(page_of(case)).content.decode()
    assert "Plan Co-ordinator: last on" in page
    assert worker.name not in page


@pytest.mark.parametrize(
    "relation",
    [
        {"what": "letters"},
        {"what": "nothing"},
        {"ends_on": DAY - timedelta(1)},
        {"starts_on": DAY + timedelta(1)},
    ],
)
def test_closed_where_not_everything_may_be_shared(open_as, parent, relation):
    case = make.request(on=DAY, child=make.person(forename="Wren", surname="Weftley"))
    share(case, parent, **relation)
    client = open_as(parent)
    assert client.get(page_of(case)).status_code == 404
    assert "Wren" not in client.get(HOME).content.decode()


def test_somebody_elses_child_is_not_found(open_as, parent):
    assert open_as(parent).get(page_of(make.request(on=DAY))).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_for_any_number(open_as, parent, number, django_assert_num_queries):
    for at in range(number):
        share(make.request(on=DAY, child=make.person(forename=f"Wren{at}")), parent)
    client = open_as(parent)
    with django_assert_num_queries(3):
        page = client.get(HOME).content.decode()
    assert page.count("gt-card--todo") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_case_costs_the_same_for_any_number(open_as, parent, worker, number, django_assert_max_num_queries):
    case = make.request(on=DAY)
    share(case, parent)
    for _ in range(number):
        open_as(worker).get(reverse("case", args=[case.pk]))
    client = open_as(parent)
    with django_assert_max_num_queries(15):
        client.get(page_of(case))


def test_nothing_shared_says_whom_to_ask(open_as, parent):
    assert "There is nothing to show yet" in open_as(parent).get(HOME).content.decode()
