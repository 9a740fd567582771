"""What a family sees: its own children only, in plain words, and nothing that is the council's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from goldenthread.casework import actions, queries
from goldenthread.casework.enums import OPEN_REQUEST, Status
from goldenthread.casework.models import Deadline, ExceptionClaim
from goldenthread.casework.presenters.case import pathway
from goldenthread.casework.queries import pages
from goldenthread.core import audit
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
    assert "What it waits for now: we decide whether to carry out an EHC needs assessment." in page


@pytest.mark.parametrize(("days", "tail"), [(60, "It was due on"), (20, "It is due on")])
def test_late_says_whose_advice_is_awaited(open_as, parent, days, tail):
    case = make.case_at(Status.ASSESSING, received=DAY - timedelta(200))
    asked = {"case_id": case.pk, "by": make.BY, "on": DAY - timedelta(days)}
    actions.request_advice(**asked, kind="psychological")
    actions.request_advice(**asked, kind="medical")
    done = case.advice.get(kind="medical")
    actions.return_advice(case_id=case.pk, advice_id=done.pk, by=make.BY, on=DAY)
    share(case, parent)
    page = open_as(parent).get(page_of(case)).content.decode()
    assert f"We are waiting for advice from an educational psychologist. {tail}" in page
    assert "medical advice" not in page


_TOLD = {
    Status.REQUESTED: "deciding whether to assess your needs",
    Status.ASSESSING: "We are assessing your needs.",
    Status.ISSUING: "We have agreed that you need an EHC plan",
    Status.PLAN: "You have an EHC plan.",
    Status.CEASED: "Your EHC plan has ended.",
}


@pytest.mark.parametrize("status", list(_TOLD))
def test_a_young_person_is_spoken_to_as_you(open_as, parent, status):
    young = make.person(forename="Niamh", surname="Weftley", birth_date=DAY.replace(year=DAY.year - 17))
    case = make.case_at(status, received=DAY - timedelta(200), child=young)
    share(case, parent)
    client = open_as(parent)
    assert all(_TOLD[status] not in client.get(page).content.decode() for page in (HOME, page_of(case)))
    Relationship.objects.update(kind="self")
    for page in (HOME, page_of(case)):
        text = client.get(page).content.decode()
        assert _TOLD[status] in text
        assert "Niamh" not in text[text.index("<h1") :].replace("Niamh Weftley", "")


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
    with django_assert_max_num_queries(12):
        client.get(page_of(case))


def test_the_system_and_each_role_that_looked_are_named_once(open_as, parent, worker, manager):
    case = make.request(on=DAY)
    share(case, parent)
    for somebody in (worker, manager, worker):
        open_as(somebody).get(reverse("case", args=[case.pk]))
    with transaction.atomic():
        audit.saw(by=make.BY, person_id=case.person_id, what="return")
    looks = [role for role, _ in pages.roles_that_looked(case.person_id)]
    assert looks == ["", Role.PLAN_COORDINATOR, Role.MANAGER]
    page = open_as(parent).get(page_of(case)).content.decode()
    assert page.count("The system: last on") == 1
    assert page.count("Plan Co-ordinator: last on") == 1


def overturned():
    """A refusal that a tribunal overturned: other limits run."""
    case = make.case_at(Status.NOT_ASSESSING)
    actions.decide_to_assess(
        case_id=case.pk, by=make.BY, on=DAY, yes=True, overturned="tribunal", ordered_on=DAY
    )
    return case


@pytest.mark.parametrize("status", [*sorted(OPEN_REQUEST), "overturned"])
def test_the_steps_shown_are_those_counted_afresh(status):
    case = overturned() if status == "overturned" else make.case_at(status)
    case.refresh_from_db()
    stored = pages.waits_of(case).dues
    every = queries.deadlines_of(case)
    assert list(stored) == [replace(due, excused_by="") for due in every if due.is_open]
    assert stored
    for day in (DAY, DAY + timedelta(400)):
        assert pathway(case, stored, day, family=True) == pathway(case, every, day, family=True)


def test_advice_that_is_waited_for_is_known_by_its_kind():
    case = make.case_at(Status.ASSESSING, received=DAY - timedelta(50))
    for kind in ("psychological", "medical"):
        adviser = make.adviser(name=f"The {kind} adviser", kind=kind)
        actions.request_advice(case_id=case.pk, by=make.BY, on=DAY, kind=kind, adviser_id=adviser.pk)
    waits = pages.waits_of(case)
    found = {one.pk: one.kind for one in case.advice.all()}
    assert {UUID(subject): kind for subject, kind in waits.kinds.items()} == found
    assert len(found) == 2


def test_each_ground_and_each_limit_is_there_once_however_many_of_the_other():
    case = make.case_at(Status.ASSESSING, received=DAY - timedelta(50))
    for ground in ("E4", "E3", "E4"):
        given = {"evidence": "Abroad.", "starts_on": DAY, "decided_by": "Amber Quill", "decided_on": DAY}
        ExceptionClaim.objects.create(case=case, rule="x", ground=ground, **given)
    waits = pages.waits_of(case)
    assert waits.grounds == ("E4", "E3")
    assert len(waits.dues) == Deadline.objects.filter(case=case, closed_on=None).count() > 1


def test_nothing_shared_says_whom_to_ask(open_as, parent):
    assert "There is nothing to show yet" in open_as(parent).get(HOME).content.decode()
