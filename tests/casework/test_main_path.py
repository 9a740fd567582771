"""A case from the request to the end of its plan, by the actions that pages call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.enums import Stage, Status, Turn
from goldenthread.casework.models import CaseEvent, Deadline
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
BY = System.COMMAND
D = make.RECEIVED


def test_from_request_to_ended_plan():
    with clock.fixed(date(2026, 1, 1)):
        case = make.request()
        assert case.reference == "EHC-000001"
        assert (case.status, case.stage, case.turn) == (Status.REQUESTED, Stage.REQUEST, Turn.COUNCIL)
        assert (case.next_step, case.next_due_on) == ("decide_whether_to_assess", D + timedelta(42))
        assert case.final_due_on == D + timedelta(140)
        case = actions.decide_to_assess(case_id=case.pk, by=BY, on=D + timedelta(40), yes=True)
        assert (case.next_step, case.next_due_on) == ("tell_not_issuing", D + timedelta(112))
        adviser = make.adviser()
        case = actions.request_advice(
            case_id=case.pk, by=BY, on=D + timedelta(41), kind="psychological", adviser_id=adviser.pk
        )
        assert (case.turn, case.next_step, case.next_due_on) == (
            Turn.ADVISER,
            "advice_returned",
            D + timedelta(83),
        )
        advice = case.advice.get()
        case = actions.return_advice(case_id=case.pk, by=BY, on=D + timedelta(90), advice_id=advice.pk)
        assert case.turn == Turn.COUNCIL
        case = actions.decide_to_issue(case_id=case.pk, by=BY, on=D + timedelta(100), yes=True)
        assert (case.next_step, case.next_due_on) == ("send_draft", D + timedelta(125))
        case = actions.send_draft(case_id=case.pk, by=BY, on=D + timedelta(110))
        assert (case.turn, case.turn_until) == (Turn.FAMILY, D + timedelta(124))
        assert (case.next_step, case.next_due_on) == ("issue_final_plan", D + timedelta(140))
        case = actions.record_views(case_id=case.pk, by=BY, on=D + timedelta(120))
        assert case.turn == Turn.COUNCIL
        case = make.issue(case, on=D + timedelta(139))
        assert (case.status, case.stage, case.days_to_plan) == (Status.PLAN, Stage.PLAN, 139)
        assert case.week20_exception is False
        start = D + timedelta(139)
        assert (case.next_step, case.next_due_on) == ("annual_review", start.replace(year=2025))
        case = actions.record_review_meeting(case_id=case.pk, by=BY, on=start + timedelta(300))
        assert (case.next_step, case.next_due_on) == ("review_decision", start + timedelta(328))
        case = actions.record_review_decision(
            case_id=case.pk, by=BY, on=start + timedelta(320), outcome="A", reason="Speech has come on."
        )
        assert (case.next_step, case.next_due_on) == ("review_final_amended", start + timedelta(320 + 56))
        case = actions.send_amended_plan(case_id=case.pk, by=BY, on=start + timedelta(330))
        assert case.next_step == "annual_review"
        case = actions.decide_to_cease(
            case_id=case.pk, by=BY, on=start + timedelta(340), cease_reason="2", reason="Needs are met."
        )
        assert case.next_step == "end_plan"
        case = actions.end_plan(case_id=case.pk, by=BY, on=start + timedelta(440))
    assert (case.status, case.stage, case.turn, case.next_due_on) == (
        Status.CEASED,
        Stage.CLOSED,
        Turn.NOBODY,
        None,
    )
    assert not Deadline.objects.filter(closed_on=None).exists()
    assert CaseEvent.objects.count() == AuditEntry.objects.filter(action__startswith="case.").count() == 13
