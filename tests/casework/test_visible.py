"""Who may know of which case: every role, with and without a reason to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.casework import actions, queries
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import Status
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import NotFound
from goldenthread.core.roles import Role
from goldenthread.people.enums import Share
from goldenthread.people.models import Contact, Relationship, SettingUser
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.COMMAND


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(make.TODAY):
        yield


def sees(by, case):
    return queries.visible_to(by).filter(pk=case.pk).count() == 1


def parent(case, **given):
    """Somebody who signs in and is related to the child of the case."""
    by = user(Role.FAMILY)
    contact = Contact.objects.create(surname="Example", forename="Pat", user=by)
    details = {"kind": "mother", "share": Share.EVERYTHING} | given
    Relationship.objects.create(person=case.person, contact=contact, **details)
    return by


@pytest.mark.parametrize("role", list(Role))
def test_without_a_reason_only_casework_and_inspectors_see_a_case(role):
    case = make.case_at(Status.DRAFT)
    assert sees(user(role), case) == (role in {Role.PLAN_COORDINATOR, Role.MANAGER, Role.INSPECTOR})
    assert not sees(user(role, is_active=False), case)


def test_the_system_sees_all():
    assert sees(BY, make.case_at(Status.REQUESTED))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, True),
        ({"share": Share.LETTERS}, False),
        ({"share": Share.NOTHING}, False),
        ({"ends_on": make.TODAY}, True),
        ({"ends_on": make.TODAY - timedelta(1)}, False),
        ({"starts_on": make.TODAY}, True),
        ({"starts_on": make.TODAY + timedelta(1)}, False),
    ],
)
def test_a_family_sees_its_own_child_where_everything_is_shared(given, expected):
    case, other = make.case_at(Status.DRAFT), make.case_at(Status.DRAFT)
    by = parent(case, **given)
    assert sees(by, case) is expected
    assert not sees(by, other)


def test_conditions_are_of_one_relationship_and_not_mixed_from_two():
    case = make.case_at(Status.DRAFT)
    by = parent(case, share=Share.NOTHING)
    parent(case)
    assert not sees(by, case)


def test_an_adviser_sees_the_cases_that_ask_for_their_advice():
    case, other = make.case_at(Status.ASSESSING), make.case_at(Status.ASSESSING)
    by = user(Role.ADVISER)
    adviser = make.adviser(user=by)
    on = make.RECEIVED + timedelta(40)
    actions.request_advice(case_id=case.pk, by=BY, on=on, kind="medical", adviser_id=adviser.pk)
    assert (sees(by, case), sees(by, other)) == (True, False)
    assert not sees(user(Role.ADVISER), case)
    advice = case.advice.get()
    actions.cancel_advice(case_id=case.pk, by=BY, on=on, advice_id=advice.pk, reason="Not needed.")
    assert not sees(by, case)


def test_a_setting_sees_who_it_is_named_or_consulted_for():
    school, by = make.setting(), user(Role.SETTING)
    SettingUser.objects.create(user=by, setting=school)
    asked, named, other = make.case_at(Status.DRAFT), make.case_at(Status.DRAFT), make.case_at(Status.DRAFT)
    on = make.RECEIVED + timedelta(make.ISSUED)
    actions.consult_setting(case_id=asked.pk, by=BY, on=on, setting_id=school.pk)
    make.issue(named, on=on, named=[SectionI(setting_id=school.pk)])
    assert [sees(by, one) for one in (asked, named, other)] == [True, True, False]
    cease = {"case_id": named.pk, "by": BY, "on": on + timedelta(60)}
    actions.decide_to_cease(**cease, cease_reason="8", reason="Died.")
    actions.end_plan(**cease)
    assert not sees(by, named)


def test_a_room_above_can_widen_what_a_setting_sees(monkeypatch):
    from django.db.models import Q

    from goldenthread.casework.queries import cases

    monkeypatch.setattr(cases, "_more_sights", {})
    case, by = make.case_at(Status.PLAN), user(Role.SETTING)
    assert not sees(by, case)
    queries.register_sight(Role.SETTING, lambda reader: Q(reference=case.reference))
    assert sees(by, case)
    assert not sees(user(Role.ANALYST), case)


def test_a_page_reads_a_case_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    case = make.case_at(Status.PLAN)
    by = user(Role.PLAN_COORDINATOR)
    with django_assert_max_num_queries(8):
        found = queries.case_for_page(case.pk, by)
        queries.deadlines_of(found)
        [str(one.setting) for one in found.plan.named_settings.all()] + [
            one.kind for one in found.events.all()
        ]
    with pytest.raises(NotFound):
        queries.case_for_page(case.pk, user(Role.ANALYST))
