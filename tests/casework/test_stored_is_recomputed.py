"""What is stored of the clock is what the facts say, whatever was done to a case and in whatever order."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from goldenthread.casework import actions
from goldenthread.casework import clock as case_clock
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import LIVE, STAGE_OF, Status
from goldenthread.casework.facts import status_of
from goldenthread.casework.models import Case, Deadline
from goldenthread.casework.queries.on_a_day import worklist_on
from goldenthread.casework.queries.worklists import turn_now
from goldenthread.casework.reading import facts_of
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.refusals import Refusal
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
BY = System.COMMAND


def check(case_id, today):
    case = Case.objects.get(pk=case_id)
    facts = facts_of(case)
    dues = case_clock.deadlines_for(facts)
    stands = case_clock.standing(facts, dues)
    assert (case.status, case.stage) == (status_of(facts), STAGE_OF[case.status])
    assert case.next_step == (stands.next.rule if stands.next else "")
    assert case.next_due_on == (stands.next.due_on if stands.next else None)
    assert (case.turn, case.turn_until, case.final_due_on) == (
        stands.turn,
        stands.turn_until,
        stands.final_due_on,
    )
    rows = Deadline.objects.filter(case=case)
    stored = rows.filter(closed_on=None).values_list(
        "rule", "subject", "trigger_on", "due_on", "turn", "excused"
    )
    due = {
        (one.rule, one.subject, one.trigger_on, one.due_on, str(one.turn), bool(one.excused_by))
        for one in dues
        if one.is_open
    }
    assert set(stored) == due
    assert not rows.filter(closed_on=None, met__isnull=False).exists()
    assert not rows.filter(closed_on__isnull=False, met=None).exists()
    [row] = [one for one in worklist_on(today) if one.case == str(case.pk)] or [None]
    if case.status not in LIVE or case.next_due_on is None:
        assert row is None
    else:
        assert (row.stage, row.step, row.due_on) == (case.status, case.next_step, str(case.next_due_on))
        assert (row.turn, row.excused) == (turn_now(case, today), case.next_excused)
        assert row.days_late == max(0, (today - case.next_due_on).days)


def try_something(case, rnd, on):
    """One action chosen by chance; refusals are part of life."""
    plan = getattr(case, "plan", None)
    advice = case.advice.filter(returned_on=None, cancelled_on=None).first()
    asked = case.setting_consultations.filter(replied_on=None).first()
    excused = case.exceptions.filter(ends_on=None).first()
    yes = rnd.random() < 0.75
    order = {"overturned": "tribunal", "ordered_on": on} if rnd.random() < 0.5 else {"overturned": "council"}
    choices = [
        ("decide_to_assess", {"yes": yes, "reason": "Why.", **order}),
        ("decide_to_issue", {"yes": yes, "reason": "Why.", **order}),
        ("request_advice", {"kind": rnd.choice(["medical", "psychological", "social_care"])}),
        ("return_advice", {"advice_id": advice and advice.pk}),
        ("cancel_advice", {"advice_id": advice and advice.pk, "reason": "Why."}),
        ("send_draft", {}),
        ("record_views", {}),
        ("consult_setting", {"setting_id": make.setting().pk}),
        ("record_consultation_reply", {"consultation_id": asked and asked.pk, "reply": "can_meet"}),
        ("issue_final_plan", {"primary_need": "ASD", "named": [SectionI(sen_setting="OTH")]}),
        ("record_review_meeting", {}),
        ("record_review_decision", {"outcome": rnd.choice("MAC"), "reason": "Why.", "cease_reason": "2"}),
        ("send_amended_plan", {"phase_transfer": rnd.random() < 0.3}),
        ("reverse_ceasing", {"reason": "Why."}),
        ("end_plan", {}),
        ("end_exception", {"exception_id": excused and excused.pk}),
        ("add_note", {"note": "Phoned."}),
        (
            "claim_exception",
            {
                "rule": rnd.choice(["issue_final_plan", "decide_whether_to_assess", "advice_returned"]),
                "ground": rnd.choice(["E3", "E4", "A1"]),
                "evidence": "A letter.",
                "starts_on": case.received_on + timedelta(rnd.randrange(60)),
            },
        ),
        (
            "correct_date",
            {
                "field": rnd.choice(
                    ["received_on", "decided_to_assess_on", "draft_sent_on", "plan_issued_on"]
                ),
                "value": on - timedelta(rnd.randrange(200)),
                "reason": "Why.",
            },
        ),
    ]
    if plan is None and rnd.random() < 0.02:
        choices = [("withdraw", {"reason": "Why."})]
    name, given = rnd.choice(choices)
    try:
        with transaction.atomic():
            getattr(actions, name)(case_id=case.pk, by=BY, on=on, **given)
    except Refusal:
        return None
    return name


@pytest.mark.parametrize("seed", range(6))
def test_after_anything(seed):
    rnd = random.Random(seed)
    on, done = date(2023, 1, 9), set()
    with clock.fixed(on):
        case = make.request(on=on)
    for _ in range(200):
        on += timedelta(rnd.randrange(0, 9))
        with clock.fixed(on):
            case = Case.objects.get(pk=case.pk)
            if case.status in {Status.WITHDRAWN, Status.CEASED}:
                case = make.request(on=on)
            name = try_something(case, rnd, on)
            if name:
                done.add(name)
                check(case.pk, on)
    assert len(done) >= 9, done
