"""No page of a decision, and no page of an adviser or a setting, takes more than twelve queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import Status
from goldenthread.casework.forms.table import DECISIONS
from goldenthread.casework.models import Advice, ExceptionClaim, NamedSetting, SettingConsultation
from goldenthread.core.roles import Role
from goldenthread.people.models import SettingUser
from tests.casework.calls import CALLS
from tests.factories import casework as make
from tests.factories.people import user as make_user

MOST = 12
DAY = make.TODAY


def with_everything(case, number):
    """Advice, consultations, exceptions and, where there is a plan, settings that it names."""
    day = {"sent_on": DAY - timedelta(30), "due_on": DAY}
    for at in range(number):
        adviser = make.adviser(name=f"Adviser {at}", kind="medical")
        asked = {"kind": "medical", "requested_on": DAY - timedelta(30), "due_on": DAY}
        Advice.objects.create(case=case, adviser=adviser, **asked)
        school = make.setting(name=f"Bobbin {at} School", name_key=f"bobbin {at} school")
        SettingConsultation.objects.create(case=case, setting=school, **day)
        given = {"evidence": "Abroad.", "starts_on": DAY, "decided_by": "Amber Quill", "decided_on": DAY}
        ExceptionClaim.objects.create(case=case, rule="issue_final_plan", ground="E4", **given)
        if hasattr(case, "plan"):
            case.plan.named_settings.filter(rank=at + 1).delete()
            NamedSetting.objects.create(plan=case.plan, setting=school, rank=at + 1)
    return case


def ready_for(name):
    """A case in a state in which an action is possible."""
    if name == "allocate":
        return make.request(on=DAY - timedelta(5))
    if name == "record_phase_transfer":
        return make.case_at(Status.PLAN)
    if name == "record_family_told":
        moved = {"started_on": DAY - timedelta(300), "transferred_from": "886", "primary_need": "ASD"}
        named = [SectionI(sen_setting="OTH")]
        child, on = make.person().pk, DAY - timedelta(3)
        return actions.transfer_in(person_id=child, by=make.BY, on=on, named=named, **moved)
    call = CALLS[name]
    case = make.case_at(min(call.allowed))
    call.prepare(case)
    call.extra(case)
    return case


@pytest.mark.parametrize("number", [0, 1, 3])
@pytest.mark.parametrize("name", sorted(one.name for one in DECISIONS.values()))
def test_the_page_of_a_decision(open_as, manager, name, number, django_assert_max_num_queries):
    case = with_everything(ready_for(name), number)
    client, url = open_as(manager), reverse("case_do", args=[case.pk, name.replace("_", "-")])
    with django_assert_max_num_queries(MOST):
        answer = client.get(url)
    assert answer.status_code == 200
    with django_assert_max_num_queries(MOST):
        again = client.post(url, {"version": case.version, "find": "setting", "setting_words": "bobbin"})
    assert again.status_code == 200


def test_the_page_on_which_an_adviser_answers(open_as, django_assert_max_num_queries):
    vellum = make_user(Role.ADVISER, name="Dr Vellum")
    case = with_everything(make.case_at(Status.ASSESSING), 3)
    asked = Advice.objects.create(
        case=case, adviser=make.adviser(user=vellum), kind="medical", requested_on=DAY, due_on=DAY
    )
    client = open_as(vellum)
    with django_assert_max_num_queries(MOST):
        answer = client.get(reverse("my_advice_return", args=[asked.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_a_setting(open_as, number, django_assert_max_num_queries):
    school = make.setting()
    sorrel = make_user(Role.SETTING, name="Sorrel Inkwell")
    SettingUser.objects.create(user=sorrel, setting=school)
    for _ in range(number):
        case = with_everything(make.case_at(Status.DRAFT, received=DAY - timedelta(120)), 2)
        asked = SettingConsultation.objects.create(case=case, setting=school, sent_on=DAY, due_on=DAY)
        plan = make.case_at(Status.PLAN).plan
        plan.named_settings.all().delete()
        NamedSetting.objects.create(plan=plan, setting=school)
    client = open_as(sorrel)
    for address in (reverse("my_setting"), reverse("my_setting_answer", args=[asked.pk])):
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200
