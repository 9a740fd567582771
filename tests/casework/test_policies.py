"""What the state and the law refuse: one example each, on both sides of the line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, CaseEvent
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import Notice
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.people.models import SettingUser
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.COMMAND
D = make.RECEIVED


def day(number):
    return D + timedelta(days=number)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(make.TODAY):
        yield


def refused(because_of, /, **given):
    """The call is refused because of this field."""
    with pytest.raises(InvalidInput) as told:
        given.pop("action")(by=BY, **given)
    assert told.value.field == because_of
    assert told.value.message
    assert told.value.mend


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": make.TODAY + timedelta(1)}, "on"),
        ({"on": date(1979, 1, 1)}, "on"),
        ({"on": date(2017, 5, 3)}, "on"),  # the day before the birth
        ({"source": "9"}, "source"),
        ({"route": "pigeon"}, "route"),
    ],
)
def test_a_request_that_cannot_be(changes, field):
    given = {"person_id": make.person().pk, "on": D, "source": "1"} | changes
    refused(field, action=actions.receive_request, **given)
    assert not Case.objects.exists()


def test_a_request_from_the_25th_birthday_on():
    child = make.person(birth_date=date(1999, 1, 8))
    refused("on", action=actions.receive_request, person_id=child.pk, on=D, source="1")
    assert make.request(child=child, on=D - timedelta(1)).status == Status.REQUESTED


def test_one_open_case_a_person_and_a_new_one_after_it_closed():
    case = make.case_at(Status.REQUESTED)
    with pytest.raises(NotAllowedNow, match=case.reference):
        make.request(child=case.person)
    actions.withdraw(case_id=case.pk, by=BY, on=day(9), reason="Not now.")
    assert make.request(child=case.person, on=day(10)).reference != case.reference
    with pytest.raises(NotFound):
        actions.receive_request(person_id=case.pk, by=BY, on=D, source="1")


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.ASSESSING])
def test_a_refusal_needs_its_reason(status):
    case = make.case_at(status)
    action = actions.decide_to_assess if status == Status.REQUESTED else actions.decide_to_issue
    refused("reason", action=action, case_id=case.pk, on=day(100), yes=False, reason="  ")


@pytest.mark.parametrize("status", [Status.NOT_ASSESSING, Status.NOT_ISSUING])
def test_overturning_a_refusal_says_how_and_when(status):
    case = make.case_at(status)
    action = actions.decide_to_assess if status == Status.NOT_ASSESSING else actions.decide_to_issue
    given = {"action": action, "case_id": case.pk, "on": day(200), "yes": True}
    refused("overturned", **given)
    refused("ordered_on", **given, overturned="tribunal")
    refused("ordered_on", **given, overturned="tribunal", ordered_on=day(1))
    refused("on", **given, overturned="mediation", ordered_on=day(201))
    case = action(case_id=case.pk, by=BY, on=day(200), yes=True, overturned="mediation", ordered_on=day(199))
    assert (case.closed_on, case.closing_reason) == (None, "")
    assert case.request_mediation or case.assessment_mediation
    assert case.assess_refused_on or case.issue_refused_on


def test_a_step_is_not_before_the_one_it_follows():
    case = make.case_at(Status.ASSESSING)
    refused("on", action=actions.decide_to_issue, case_id=case.pk, on=day(make.DECIDED - 1), yes=True)
    assert actions.decide_to_issue(case_id=case.pk, by=BY, on=day(make.DECIDED), yes=True)


def test_the_family_has_its_15_days_before_the_final_plan():
    case = make.case_at(Status.DRAFT)
    given = {"case_id": case.pk, "primary_need": "ASD", "named": [SectionI(sen_setting="OTH")]}
    last = day(make.DRAFTED + 14)
    refused("on", action=actions.issue_final_plan, on=last, **given)
    assert make.issue(case, on=last, family_agreed=True).status == Status.PLAN
    again = make.case_at(Status.DRAFT)
    assert make.issue(again, on=last + timedelta(1)).status == Status.PLAN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"primary_need": ""}, "primary_need"),
        ({"primary_need": "XYZ"}, "primary_need"),
        ({"secondary_need": "ASD"}, "secondary_need"),
        ({"named": []}, "named"),
        ({"named": [SectionI()]}, "named"),
        ({"named": [SectionI(sen_setting="XYZ")]}, "named"),
    ],
)
def test_a_final_plan_has_a_need_and_section_i(changes, field):
    case = make.case_at(Status.DRAFT)
    given = {"primary_need": "ASD", "named": [SectionI(sen_setting="OTH")]} | changes
    refused(field, action=actions.issue_final_plan, case_id=case.pk, on=day(make.ISSUED), **given)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT


def test_section_i_names_settings_in_order():
    case = make.case_at(Status.DRAFT)
    school = make.setting()
    named = [SectionI(setting_id=school.pk, resourced_provision=True), SectionI(sen_setting="OLA")]
    plan = make.issue(case, on=day(make.ISSUED), named=named).plan
    rows = plan.named_settings.order_by("rank").values_list(
        "rank", "setting", "sen_setting", "resourced_provision"
    )
    assert list(rows) == [(1, school.pk, "", True), (2, None, "OLA", False)]
    with pytest.raises(NotFound):
        make.issue(make.case_at(Status.DRAFT), on=day(make.ISSUED), named=[SectionI(setting_id=case.pk)])


def test_week_20_is_marked_where_an_exception_lifted_it_and_only_there():
    claim = {"rule": "issue_final_plan", "ground": "E4", "evidence": "Tickets.", "on": day(60)}
    for issued, starts, expected in ((141, 20, True), (140, 20, False), (141, None, False)):
        case = make.case_at(Status.DRAFT)
        if starts is not None:
            dates = {"starts_on": day(starts), "ends_on": day(starts + 28)}
            actions.claim_exception(case_id=case.pk, by=BY, **claim, **dates)
        assert make.issue(case, on=day(issued)).week20_exception is expected


def test_an_exception_needs_a_ground_that_the_law_gives():
    case = make.case_at(Status.ASSESSING)
    given = {"action": actions.claim_exception, "case_id": case.pk, "on": day(60), "starts_on": day(20)}
    good = {"rule": "issue_final_plan", "ground": "E4", "evidence": "Tickets."}
    refused("evidence", **given, **good | {"evidence": " "})
    refused("ground", **given, **good | {"ground": "E9"})
    refused("ground", **given, **good | {"ground": "A3"})  # a missed appointment excuses the adviser alone
    refused("ground", **given, **good, ends_on=day(40))  # three weeks away
    refused("rule", **given, **good | {"rule": "annual_review"})
    assert actions.claim_exception(by=BY, **{k: v for k, v in given.items() if k != "action"}, **good)


def test_a_plan_is_kept_until_the_time_to_appeal_has_run():
    case = make.case_at(Status.PLAN)
    told = date(2024, 10, 1)
    actions.decide_to_cease(case_id=case.pk, by=BY, on=told, cease_reason="2", reason="Needs are met.")
    with pytest.raises(NotAllowedNow):
        actions.decide_to_cease(case_id=case.pk, by=BY, on=told, cease_reason="2", reason="Again.")
    with pytest.raises(NotAllowedNow):
        actions.record_review_meeting(case_id=case.pk, by=BY, on=told)
    # 1 December 2024 is a Sunday.
    refused("on", action=actions.end_plan, case_id=case.pk, on=date(2024, 12, 2))
    ended = actions.end_plan(case_id=case.pk, by=BY, on=date(2024, 12, 3))
    assert (ended.plan.ceased_on, ended.closed_on) == (date(2024, 12, 3), date(2024, 12, 3))


def test_a_plan_that_went_with_the_family_ends_that_day():
    case = make.case_at(Status.PLAN)
    moved = date(2024, 10, 1)
    actions.decide_to_cease(case_id=case.pk, by=BY, on=moved, cease_reason="5", reason="Moved.")
    assert actions.end_plan(case_id=case.pk, by=BY, on=moved).status == Status.CEASED


def test_a_review_that_ends_in_ceasing_is_two_events():
    case = make.case_at(Status.PLAN)
    met = day(make.ISSUED + 100)
    actions.record_review_meeting(case_id=case.pk, by=BY, on=met)
    given = {"case_id": case.pk, "on": met + timedelta(20), "outcome": "C"}
    refused("cease_reason", action=actions.record_review_decision, **given, reason="Met.")
    assert Case.objects.get(pk=case.pk).plan.last_review_decided_on is None
    case = actions.record_review_decision(by=BY, **given, reason="Met.", cease_reason="2")
    assert case.plan.cease_decided_on == met + timedelta(20)
    kinds = CaseEvent.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == [EventKind.REVIEW_DECIDED, EventKind.CEASE_DECIDED]


def test_a_plan_from_another_council():
    child = make.person()
    given = {"person_id": child.pk, "on": D, "started_on": day(-400), "primary_need": "ASD"}
    given |= {"named": [SectionI(sen_setting="OTH")]}
    refused("transferred_from", action=actions.transfer_in, transferred_from="Kent", **given)
    refused("on", action=actions.transfer_in, transferred_from="886", **given | {"started_on": day(1)})
    case = actions.transfer_in(by=BY, transferred_from="886", **given)
    assert (case.status, case.days_to_plan, case.plan_issued_on) == (Status.PLAN, None, None)
    assert case.next_step == "move_tell_family"
    assert "record_family_told" in actions.allowed_actions(case, user())
    case = actions.record_family_told(case_id=case.pk, by=BY, on=day(30))
    assert case.next_step == "move_first_review"
    with pytest.raises(NotAllowedNow):
        actions.record_family_told(case_id=case.pk, by=BY, on=day(31))


def test_a_correction_counts_everything_afresh_and_keeps_the_old_day():
    case = make.case_at(Status.PLAN)
    assert case.days_to_plan == make.ISSUED
    case = actions.correct_date(
        case_id=case.pk, by=BY, on=make.TODAY, field="received_on", value=day(-11), reason="The post book."
    )
    assert (case.days_to_plan, case.received_on) == (make.ISSUED + 11, day(-11))
    event = CaseEvent.objects.filter(case=case).order_by("pk").last()
    assert event.data == {"field": "received_on", "old": D.isoformat(), "new": day(-11).isoformat()}
    given = {"action": actions.correct_date, "case_id": case.pk, "on": make.TODAY, "reason": "x"}
    refused("value", **given, field="received_on", value=day(make.DECIDED + 1))
    refused("value", **given, field="received_on", value=make.TODAY + timedelta(1))
    refused("field", **given, field="final_due_on", value=D)
    with pytest.raises(NotAllowedNow):
        actions.correct_date(by=BY, case_id=case.pk, on=D, field="amended_on", value=D, reason="x")
    case = actions.correct_date(
        case_id=case.pk, by=BY, on=make.TODAY, field="plan_issued_on", value=day(150), reason="The letter."
    )
    assert (case.plan.started_on, case.days_to_plan) == (day(150), 161)


def test_an_adviser_returns_only_what_was_asked_of_them():
    case = make.case_at(Status.ASSESSING)
    asked, other = user(Role.ADVISER), user(Role.ADVISER)
    mine, theirs = make.adviser(user=asked), make.adviser(user=other)
    given = {"case_id": case.pk, "by": BY, "on": day(31), "kind": "psychological"}
    actions.request_advice(**given, adviser_id=mine.pk)
    with pytest.raises(NotAllowedNow):
        actions.request_advice(**given, adviser_id=mine.pk)
    actions.request_advice(**given, adviser_id=theirs.pk)
    advice = case.advice.get(adviser=mine)
    given = {"case_id": case.pk, "on": day(40), "advice_id": advice.pk}
    with pytest.raises(NotPermitted):
        actions.return_advice(**given, by=other)
    assert actions.return_advice(**given, by=asked).advice.get(pk=advice.pk).returned_on == day(40)
    with pytest.raises(NotAllowedNow):
        actions.return_advice(**given, by=BY)


def test_a_setting_answers_only_for_itself():
    case = make.case_at(Status.DRAFT)
    school = make.setting()
    head, stranger = user(Role.SETTING), user(Role.SETTING)
    SettingUser.objects.create(user=head, setting=school)
    actions.consult_setting(case_id=case.pk, by=BY, on=day(make.DRAFTED), setting_id=school.pk)
    with pytest.raises(NotAllowedNow):
        actions.consult_setting(case_id=case.pk, by=BY, on=day(make.DRAFTED), setting_id=school.pk)
    asked = case.setting_consultations.get()
    given = {"case_id": case.pk, "on": day(make.DRAFTED + 3), "consultation_id": asked.pk}
    with pytest.raises(NotPermitted):
        actions.record_consultation_reply(**given, by=stranger, reply="can_meet")
    refused("grounds", action=actions.record_consultation_reply, **given, reply="full")
    refused("reply", action=actions.record_consultation_reply, **given, reply="maybe")
    actions.record_consultation_reply(**given, by=head, reply="full", grounds="No places in year 2.")
    with pytest.raises(NotAllowedNow):
        actions.record_consultation_reply(**given, by=head, reply="can_meet")


def test_bulk_allocation_is_all_or_nothing_with_the_reasons():
    manager, worker = user(Role.MANAGER), user(Role.PLAN_COORDINATOR)
    some = [make.case_at(Status.REQUESTED), make.case_at(Status.PLAN)]
    closed = make.case_at(Status.WITHDRAWN)
    given = {"caseworker_id": worker.pk, "by": manager, "on": make.TODAY}
    with pytest.raises(actions.AllocationRefused) as told:
        actions.allocate(case_ids=[one.pk for one in [*some, closed]] + [worker.pk], **given)
    assert told.value.problems == [
        (str(worker.pk), "there is no such case"),
        (closed.reference, "it is closed"),
    ]
    assert not Case.objects.filter(caseworker=worker).exists()
    done = actions.allocate(case_ids=[one.pk for one in some] * 2, **given)
    assert (done.allocated, done.unchanged) == (2, 0)
    assert actions.allocate(case_ids=[some[0].pk], **given).unchanged == 1
    assert {one.deadlines.filter(closed_on=None, caseworker=worker).exists() for one in some} == {True}
    assert Notice.objects.filter(to_email=worker.email).count() == 2
    for wrong in (user(Role.ANALYST), user(Role.PLAN_COORDINATOR, is_active=False)):
        with pytest.raises(InvalidInput):
            actions.allocate(case_ids=[some[0].pk], **given | {"caseworker_id": wrong.pk})
    actions.allocate(case_ids=[some[0].pk], **given | {"caseworker_id": None})
    assert Case.objects.get(pk=some[0].pk).caseworker is None
