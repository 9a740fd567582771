"""Cases in bulk stand as if each step had been recorded one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread.casework.actions import (
    CaseUpdate,
    NewCase,
    NewNamed,
    NewPlan,
    bulk_create_cases,
    bulk_update_cases,
)
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, CaseEvent, Deadline
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.IMPORT
D = make.RECEIVED
CLOCK = (
    "status",
    "stage",
    "next_step",
    "next_due_on",
    "turn",
    "turn_until",
    "final_due_on",
    "days_to_plan",
    "closed_on",
)
DAYS = ("received_on", "decided_to_assess_on", "decided_to_issue_on", "draft_sent_on")


def as_new(case):
    """The same case as a loader would give it, about another child."""
    child = make.person()
    plan = getattr(case, "plan", None)
    new_plan = plan and NewPlan(
        started_on=plan.started_on,
        primary_need="ASD",
        cease_decided_on=plan.cease_decided_on,
        ceased_on=plan.ceased_on,
        cease_reason=plan.cease_reason,
        named=(NewNamed(sen_setting="OTH"),),
    )
    days = {name: getattr(case, name) for name in DAYS}
    return NewCase(
        person_id=child.pk,
        birth_date=child.birth_date,
        status=case.status,
        closed_on=case.closed_on if case.status == Status.WITHDRAWN else None,
        plan=new_plan or None,
        **days,
    )


@pytest.mark.parametrize("status", list(Status))
def test_a_loaded_case_stands_as_one_recorded_step_by_step(status):
    walked = Case.objects.get(pk=make.case_at(status).pk)
    [key] = bulk_create_cases([as_new(walked)], by=BY)
    loaded = Case.objects.get(pk=key)
    assert {name: getattr(loaded, name) for name in CLOCK} == {name: getattr(walked, name) for name in CLOCK}

    def open_rows(case):
        rows = Deadline.objects.filter(case=case, closed_on=None)
        return set(rows.values_list("rule", "subject", "trigger_on", "due_on", "turn", "excused"))

    assert open_rows(loaded) == open_rows(walked)
    kinds = list(CaseEvent.objects.filter(case=loaded).order_by("on", "pk").values_list("kind", "on"))
    assert kinds == list(CaseEvent.objects.filter(case=walked).order_by("on", "pk").values_list("kind", "on"))


def test_references_follow_each_other_and_are_never_given_twice():
    first = make.request().reference
    keys = bulk_create_cases([as_new(make.request()) for _ in range(3)], by=BY)
    references = [Case.objects.get(pk=key).reference for key in keys]
    numbers = [int(name[4:]) for name in references]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert first not in references
    assert int(make.request().reference[4:]) == numbers[-1] + 1


def test_a_plan_before_its_request_is_refused_and_nothing_is_kept():
    child = make.person()
    wrong = NewCase(
        person_id=child.pk,
        birth_date=child.birth_date,
        status=Status.PLAN,
        received_on=D,
        plan=NewPlan(started_on=D - timedelta(1)),
    )
    good = as_new(make.case_at(Status.PLAN))
    before = Case.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_create_cases([good, wrong], by=BY)
    assert Case.objects.count() == before


def test_only_casework_loads_cases():
    with pytest.raises(NotPermitted):
        bulk_create_cases([], by=user(Role.ANALYST))


def test_an_update_changes_what_differs_and_says_so_once():
    with clock.fixed(D + timedelta(60)):
        [key] = bulk_create_cases([as_new(make.request())], by=BY)
        told = D + timedelta(41)
        update = CaseUpdate(key, {"status": Status.ASSESSING, "decided_to_assess_on": told, "source": ""})
        assert bulk_update_cases([update], by=BY, source="2025 return") == {
            key: ("status", "decided_to_assess_on")
        }
        assert bulk_update_cases([update], by=BY, source="2025 return") == {}
    case = Case.objects.get(pk=key)
    assert (case.version, case.next_step) == (2, "tell_not_issuing")
    row = Deadline.objects.get(case=case, rule="decide_whether_to_assess")
    assert (row.closed_on, row.met) == (told, True)
    event = CaseEvent.objects.get(case=case, kind=EventKind.LOADED)
    assert event.data == {"fields": ["decided_to_assess_on", "status"], "source": "2025 return"}


def test_an_update_brings_the_plan_and_later_its_section_i_and_its_end():
    with clock.fixed(D + timedelta(300)):
        [key] = bulk_create_cases([as_new(make.case_at(Status.DRAFT))], by=BY)
        started = D + timedelta(150)
        plan = {"started_on": started, "primary_need": "SLCN"}
        first = CaseUpdate(key, {"status": Status.PLAN}, plan, (NewNamed(sen_setting="OTH"),))
        changed = bulk_update_cases([first], by=BY)
        assert changed == {key: ("status", "plan.started_on", "plan.primary_need", "named")}
        assert bulk_update_cases([first], by=BY) == {}
        case = Case.objects.get(pk=key)
        assert (case.days_to_plan, case.next_step, case.plan_issued_on) == (150, "annual_review", started)
        setting = make.setting()
        named = (NewNamed(setting_id=setting.pk, sen_unit=True),)
        assert bulk_update_cases([CaseUpdate(key, named=named)], by=BY) == {key: ("named",)}
        assert case.plan.named_settings.get().setting == setting
        end = {"ceased_on": D + timedelta(250), "cease_reason": "5"}
        bulk_update_cases([CaseUpdate(key, {"status": Status.CEASED}, end)], by=BY)
    case.refresh_from_db()
    assert (case.stage, case.next_due_on, case.closed_on) == ("closed", None, D + timedelta(250))
    assert not Deadline.objects.filter(case=case, closed_on=None).exists()


def test_a_field_that_no_file_may_change_is_refused():
    [key] = bulk_create_cases([as_new(make.request())], by=BY)
    with pytest.raises(ValueError, match="next_due_on"):
        bulk_update_cases([CaseUpdate(key, {"next_due_on": date(2025, 1, 1)})], by=BY)
