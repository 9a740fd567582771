"""Advisers and settings: what was asked of them, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.core.roles import Role
from goldenthread.people.models import SettingUser
from goldenthread.people.queries import visible_to as people_visible_to
from tests.factories import casework as make
from tests.factories.people import user as make_user

DAY = make.TODAY


@pytest.fixture
def vellum():
    """An adviser who signs in."""
    user = make_user(Role.ADVISER, name="Dr Vellum")
    return make.adviser(user=user, name="Dr Vellum")


@pytest.fixture
def school():
    """A school with somebody who signs in."""
    school = make.setting()
    SettingUser.objects.create(user=make_user(Role.SETTING, name="Sorrel Inkwell"), setting=school)
    return school


def asked(adviser, name="Wren", days=60):
    received = DAY - timedelta(40 + days)
    case = make.case_at(
        Status.ASSESSING, received=received, child=make.person(forename=name, surname="Weftley")
    )
    on = DAY - timedelta(days)
    actions.request_advice(case_id=case.pk, by=make.BY, on=on, kind="psychological", adviser_id=adviser.pk)
    return case


def consulted(school, name="Wren"):
    child = make.person(forename=name, surname="Weftley")
    case = make.case_at(Status.DRAFT, received=DAY - timedelta(120), child=child)
    actions.consult_setting(case_id=case.pk, by=make.BY, on=DAY - timedelta(5), setting_id=school.pk)
    return case


@pytest.mark.parametrize("number", [1, 3])
def test_advice_asked_of_me(open_as, vellum, number, django_assert_num_queries):
    for at in range(number):
        asked(vellum, f"Wren{at}")
    asked(make.adviser(name="Another"), "Robin")
    client = open_as(vellum.user)
    with django_assert_num_queries(3):
        page = client.get(reverse("my_advice")).content.decode()
    assert "Wren0 Weftley" in page
    assert "Robin" not in page
    assert "18 days late" in page


def test_say_that_advice_was_sent(open_as, vellum):
    case = asked(vellum)
    advice = case.advice.get()
    url = reverse("my_advice_return", args=[advice.pk])
    client = open_as(vellum.user)
    assert "Wren Weftley" in client.get(url).content.decode()
    given = {
        "on-day": DAY.day,
        "on-month": DAY.month,
        "on-year": DAY.year,
        "late_reason": "The clinic was full.",
    }
    assert client.post(url, given).url == reverse("my_advice")
    advice.refresh_from_db()
    assert (advice.returned_on, advice.late_reason) == (DAY, "The clinic was full.")
    again = client.post(url, given)
    assert "already been returned" in again.content.decode()


def test_advice_of_somebody_else_is_not_found(open_as, vellum):
    other = asked(make.adviser(name="Another")).advice.get()
    client = open_as(vellum.user)
    assert client.get(reverse("my_advice_return", args=[other.pk])).status_code == 404
    assert client.post(reverse("my_advice_return", args=[other.pk]), {}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_consultations_and_plans_of_my_setting(open_as, school, number, django_assert_num_queries):
    for at in range(number):
        consulted(school, f"Wren{at}")
        planned = make.case_at(Status.DRAFT, child=make.person(forename=f"Fable{at}", surname="Weftley"))
        make.issue(planned, on=DAY - timedelta(20), named=[actions.SectionI(setting_id=school.pk)])
    consulted(make.setting(name="Other School", name_key="other school"), "Robin")
    client = open_as(school.users.get().user)
    with django_assert_num_queries(4):
        page = client.get(reverse("my_setting")).content.decode()
    assert "Wren0 Weftley" in page
    assert "Fable0 Weftley" in page
    assert "Robin" not in page


def test_answer_a_consultation(open_as, school):
    case = consulted(school)
    one = case.setting_consultations.get()
    url = reverse("my_setting_answer", args=[one.pk])
    client = open_as(school.users.get().user)
    refused = client.post(url, {"reply": "cannot_meet", "grounds": ""}).content.decode()
    assert 'href="#id_grounds"' in refused
    client.post(url, {"reply": "cannot_meet", "grounds": "No ramp to the only classroom."})
    one.refresh_from_db()
    assert (one.reply, one.replied_on, one.grounds) == ("cannot_meet", DAY, "No ramp to the only classroom.")


def test_another_settings_consultation_is_not_found(open_as, school):
    other = consulted(make.setting(name="Other School", name_key="other school")).setting_consultations.get()
    client = open_as(school.users.get().user)
    assert client.get(reverse("my_setting_answer", args=[other.pk])).status_code == 404


def test_partners_know_the_children_of_their_cases_only(vellum, school):
    case, other = asked(vellum), consulted(school, "Robin")
    assert list(people_visible_to(vellum.user)) == [case.person]
    assert list(people_visible_to(school.users.get().user)) == [other.person]


def test_a_question_on_a_decided_case_and_an_old_answer_are_no_longer_listed(open_as, vellum, school):
    withdrawn = asked(vellum, "Wren")
    actions.withdraw(case_id=withdrawn.pk, by=make.BY, on=DAY, reason="The family moved away.")
    old = asked(vellum, "Robin", days=500)
    advice = old.advice.get()
    actions.return_advice(case_id=old.pk, by=make.BY, on=DAY - timedelta(400), advice_id=advice.pk)
    asked(vellum, "Linnet")
    page = open_as(vellum.user).get(reverse("my_advice")).content.decode()
    assert "Linnet" in page
    assert "Wren" not in page
    assert "Robin" not in page
    case = consulted(school, "Dunlin")
    actions.withdraw(case_id=case.pk, by=make.BY, on=DAY, reason="The family moved away.")
    consulted(school, "Plover")
    page = open_as(school.users.get().user).get(reverse("my_setting")).content.decode()
    assert "Plover" in page
    assert "Dunlin" not in page
