"""The pages of a case: what they say, to whom, at what cost, and that reading is recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.presenters import tables
from goldenthread.core import clock
from goldenthread.core.models import AuditEntry
from goldenthread.core.roles import Role
from goldenthread.people.models import Contact, Relationship
from tests.factories import casework as make
from tests.factories.people import user as make_user

PAGES = ("case", "case_dates", "case_advice", "case_plan", "case_people", "case_timeline", "case_access")


def assessing(items: int):
    """A case being assessed with so much advice, as many exceptions, notes and contacts."""
    received = make.TODAY - timedelta(70)
    case = make.case_at(Status.ASSESSING, received=received)
    for at in range(items):
        adviser = make.adviser(name=f"Adviser {at}")
        on = received + timedelta(31)
        given = {"case_id": case.pk, "by": make.BY, "on": on}
        actions.request_advice(**given, kind="psychological", adviser_id=adviser.pk)
        actions.claim_exception(
            **given, rule="advice_returned", ground="A3", evidence="Missed it.", starts_on=on
        )
        actions.add_note(**given, note=f"Note {at}")
        contact = Contact.objects.create(forename=f"Parent{at}", surname="Weftley", phone="01632 960 111")
        Relationship.objects.create(person=case.person, contact=contact, kind="parent", share="everything")
    return case


def drafted(items: int, last: str = Status.DRAFT):
    """The same case further on: so many settings consulted, and named by the plan if there is one."""
    case = assessing(items)
    step = {"case_id": case.pk, "by": make.BY, "on": case.received_on + timedelta(40)}
    actions.decide_to_issue(**step, yes=True)
    actions.send_draft(**step)
    schools = [make.setting(name=f"School {at}", name_key=f"school {at}") for at in range(items)]
    for school in schools:
        actions.consult_setting(**step, setting_id=school.pk)
    if last == Status.PLAN:
        named = [actions.SectionI(setting_id=school.pk) for school in schools]
        make.issue(case, on=make.TODAY, named=named, family_agreed=True)
    return case


def planned(items: int):
    """And with its plan."""
    return drafted(items, Status.PLAN)


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("make_case", [assessing, drafted, planned])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_no_more_for_more(
    open_as, worker, name, make_case, items, django_assert_max_num_queries
):
    case = make_case(items)
    client = open_as(worker)
    with django_assert_max_num_queries(MOST[name]):
        answer = client.get(reverse(name, args=[case.pk]))
    assert answer.status_code == 200


# Session, user, case, its parts, and five for the audit line: a savepoint, the chain's head, the line, the
# head again, and the savepoint's end.
MOST = {
    "case": 12,
    "case_dates": 12,
    "case_advice": 11,
    "case_plan": 10,
    "case_people": 10,
    "case_timeline": 9,
    "case_access": 10,
}


@pytest.mark.parametrize("name", PAGES)
def test_reading_is_recorded(open_as, worker, name):
    case = make.request(on=make.TODAY)
    open_as(worker).get(reverse(name, args=[case.pk]))
    line = AuditEntry.objects.get(action="read.case")
    assert (line.person_id, line.object_id, line.actor_id) == (case.person_id, str(case.pk), str(worker.pk))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.FAMILY, Role.ADVISER, Role.SETTING, Role.ANALYST, Role.ADMINISTRATOR])
def test_others_do_not_get_in(open_as, name, role):
    case = make.request(on=make.TODAY)
    assert open_as(make_user(role)).get(reverse(name, args=[case.pk])).status_code == 403


def test_what_is_next_stands_first(open_as, worker):
    case = make.request(on=make.TODAY - timedelta(50))
    page = open_as(worker).get(reverse("case", args=[case.pk])).content.decode()
    assert "Next: Decide whether to assess" in page
    assert "8 days late" in page
    assert "The council’s" in page
    assert reverse("case_do", args=[case.pk, "decide-to-assess"]) in page
    assert page.index("Next: Decide") < page.index("The 20 weeks") < page.index("Request received</p>")


def test_being_assessed_with_nobody_asked_means_ask(open_as, worker):
    case = make.case_at(Status.ASSESSING, received=make.TODAY - timedelta(40))
    page = open_as(worker).get(reverse("case", args=[case.pk])).content.decode()
    assert "Next: Ask for advice" in page


def test_forecast_says_how_it_lies_to_the_20_weeks(open_as, worker):
    case = make.request(on=make.TODAY - timedelta(100))
    page = open_as(worker).get(reverse("case", args=[case.pk])).content.decode()
    case.refresh_from_db()
    late = (case.forecast_on - case.final_due_on).days
    assert late > 0
    assert f"{late} days after the 20-week date" in page
    reckoned = open_as(worker).get(reverse("case_dates", args=[case.pk])).content.decode()
    assert "Request to decision whether to assess" in reckoned


def test_dates_have_their_law_and_exceptions_move_nothing(open_as, worker):
    case = assessing(1)
    page = open_as(worker).get(reverse("case_dates", args=[case.pk])).content.decode()
    assert "CFA s.36(9); R10" in page
    assert "Excused: missed appointment" in page
    asked = case.received_on + timedelta(31)
    due = asked + timedelta(42)
    assert f"{due.day} {due:%b %Y}" in page


def test_timeline_is_narrowed_by_kind(open_as, worker):
    case = assessing(1)
    client, url = open_as(worker), reverse("case_timeline", args=[case.pk])
    everything = client.get(url).content.decode()
    assert "Note 0" in everything
    assert "Decided to assess" in everything
    notes = client.get(url, {"kind": "notes"}).content.decode()
    assert "Note 0" in notes
    assert "Decided to assess" not in notes
    assert client.get(url, {"kind": "zzz"}).content.decode().count("gt-timeline__title") == 5


def test_contacts_who_may_be_told_nothing_show_no_phone(open_as, worker):
    case = make.request(on=make.TODAY)
    contact = Contact.objects.create(
        forename="Far", surname="Weftley", phone="01632 960 777", address="1 Hidden Lane"
    )
    Relationship.objects.create(person=case.person, contact=contact, kind="father", share="nothing")
    page = open_as(worker).get(reverse("case_people", args=[case.pk])).content.decode()
    assert "Far Weftley" in page
    assert "do not contact" in page
    assert "01632 960 777" not in page
    assert "Hidden Lane" not in page


def test_who_has_looked(open_as, worker, manager):
    case = make.request(on=make.TODAY)
    open_as(manager).get(reverse("case", args=[case.pk]))
    page = open_as(worker).get(reverse("case_access", args=[case.pk])).content.decode()
    assert "Marlowe Tapestry" in page
    assert "SEND casework manager" in page


def test_looks_are_together_by_person_and_day_with_the_last_time():
    """Half past midnight in summer is the day before in UTC."""
    told = [("a", (6, 12, 13)), ("b", (6, 12, 12)), ("a", (6, 12, 9)), ("a", (6, 11, 23)), ("a", (6, 11, 22))]
    lines = [
        AuditEntry(
            seq=9 - at,
            at=datetime(2025, month, day, hour, 30, tzinfo=UTC),
            actor_id=who,
            actor_label=f"Reader {who}",
            action="read.case" if at else "read.person",
        )
        for at, (who, (month, day, hour)) in enumerate(told)
    ]
    rows = tables.looks([(line, None) for line in lines]).rows
    assert [tuple(row.cells[key] for key in ("on", "who", "times", "last", "what")) for row in rows] == [
        (date(2025, 6, 12), "Reader a", 3, "2:30pm", ["The record", "The case"]),
        (date(2025, 6, 12), "Reader b", 1, "1:30pm", ["The case"]),
        (date(2025, 6, 11), "Reader a", 1, "11:30pm", ["The case"]),
    ]


def test_an_inspector_sees_the_case_and_no_buttons(open_as):
    case = make.request(on=make.TODAY)
    page = open_as(make_user(Role.INSPECTOR)).get(reverse("case", args=[case.pk])).content.decode()
    assert "Next: Decide whether to assess" in page
    assert f"/cases/{case.pk}/do/" not in page


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_pages(open_as, manager, status):
    case = make.case_at(status)
    client = open_as(manager)
    for name in PAGES:
        assert client.get(reverse(name, args=[case.pk])).status_code == 200


def test_a_correction_tells_both_days(open_as, worker):
    case = make.request(on=date(2025, 5, 20))
    with clock.fixed(make.TODAY):
        actions.correct_date(
            case_id=case.pk,
            by=worker,
            on=make.TODAY,
            field="received_on",
            value=date(2025, 5, 19),
            reason="Post.",
        )
    page = open_as(worker).get(reverse("case_timeline", args=[case.pk])).content.decode()
    assert "20 May 2025 changed to 19 May 2025" in page


def test_the_page_of_a_person_lists_their_cases(open_as, worker):
    closed = make.case_at(Status.NOT_ASSESSING)
    url = reverse("person", args=[closed.person_id])
    client = open_as(worker)
    page = client.get(url).content.decode()
    assert reverse("case", args=[closed.pk]) in page
    assert reverse("record_request_for", args=[closed.person_id]) in page
    make.request(child=closed.person, on=make.TODAY)
    assert reverse("record_request_for", args=[closed.person_id]) not in client.get(url).content.decode()
