"""One well-formed call of every action on one case: for tests that go through all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldenthread.casework import actions
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Advice, Case, ExceptionClaim, SettingConsultation
from goldenthread.core.actors import System
from tests.factories import casework as make

S, K = Status, EventKind
OPEN = {S.REQUESTED, S.ASSESSING, S.ISSUING, S.DRAFT}
EVERY = set(Status)
Extra = Callable[[Case], dict[str, Any]]


def nothing(case: Case) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Call:
    """`allowed`: the statuses in which it must succeed; in all others it must be refused."""

    kind: EventKind
    allowed: set[Status]
    given: dict[str, Any]
    extra: Extra = nothing
    prepare: Callable[[Case], None] = nothing  # type: ignore[assignment]


def _advice(case: Case) -> dict[str, Any]:
    row = Advice.objects.create(case=case, kind="medical", requested_on=make.RECEIVED, due_on=make.RECEIVED)
    return {"advice_id": row.pk}


def _consultation(case: Case) -> dict[str, Any]:
    asked = {"sent_on": make.RECEIVED, "due_on": make.RECEIVED}
    row = SettingConsultation.objects.create(case=case, setting=make.setting(), **asked)
    return {"consultation_id": row.pk}


def _exception(case: Case) -> dict[str, Any]:
    row = ExceptionClaim.objects.create(
        case=case,
        rule="issue_final_plan",
        ground="E3",
        evidence="A letter from the hospital.",
        starts_on=make.RECEIVED,
        decided_by="Testing",
        decided_on=make.RECEIVED,
    )
    return {"exception_id": row.pk}


def _set_plan(**values: Any) -> Callable[[Case], None]:
    def prepare(case: Case) -> None:
        if hasattr(case, "plan"):
            for name, value in values.items():
                setattr(case.plan, name, value)
            case.plan.save()

    return prepare


_MET = make.RECEIVED + timedelta(days=300)
_REFUSED = {S.NOT_ASSESSING, S.NOT_ISSUING}
_OVERTURNED = {"overturned": "tribunal", "ordered_on": make.RECEIVED + timedelta(days=400)}
CALLS: dict[str, Call] = {
    "decide_to_assess": Call(
        K.DECIDED_TO_ASSESS, {S.REQUESTED, S.NOT_ASSESSING}, {"yes": True, **_OVERTURNED}
    ),
    "decide_to_assess (no)": Call(
        K.DECIDED_NOT_TO_ASSESS, {S.REQUESTED}, {"yes": False, "reason": "Enough."}
    ),
    "request_advice": Call(K.ADVICE_REQUESTED, {S.ASSESSING}, {"kind": "psychological"}),
    "return_advice": Call(K.ADVICE_RETURNED, {S.ASSESSING, S.ISSUING, S.DRAFT}, {}, _advice),
    "cancel_advice": Call(
        K.ADVICE_CANCELLED, {S.ASSESSING, S.ISSUING, S.DRAFT}, {"reason": "Known already."}, _advice
    ),
    "decide_to_issue": Call(K.DECIDED_TO_ISSUE, {S.ASSESSING, S.NOT_ISSUING}, {"yes": True, **_OVERTURNED}),
    "decide_to_issue (no)": Call(K.DECIDED_NOT_TO_ISSUE, {S.ASSESSING}, {"yes": False, "reason": "Enough."}),
    "send_draft": Call(K.DRAFT_SENT, {S.ISSUING, S.DRAFT}, {}),
    "record_views": Call(K.VIEWS_RECEIVED, {S.DRAFT}, {"views": "We like section B."}),
    "consult_setting": Call(
        K.SETTING_CONSULTED, {S.DRAFT, S.PLAN}, {}, lambda case: {"setting_id": make.setting().pk}
    ),
    "record_consultation_reply": Call(
        K.SETTING_REPLIED, {S.DRAFT, S.PLAN}, {"reply": "can_meet"}, _consultation
    ),
    "issue_final_plan": Call(
        K.PLAN_ISSUED, {S.DRAFT}, {"primary_need": "SLCN", "named": [SectionI(sen_setting="EYP")]}
    ),
    "record_review_meeting": Call(K.REVIEW_HELD, {S.PLAN}, {}),
    "record_review_decision": Call(
        K.REVIEW_DECIDED, {S.PLAN}, {"outcome": "M"}, prepare=_set_plan(last_review_meeting_on=_MET)
    ),
    "send_amended_plan": Call(K.PLAN_AMENDED, {S.PLAN}, {}, prepare=_set_plan(amendment_notice_on=_MET)),
    "decide_to_cease": Call(K.CEASE_DECIDED, {S.PLAN}, {"cease_reason": "2", "reason": "Met."}),
    "reverse_ceasing": Call(
        K.CEASE_REVERSED,
        {S.PLAN},
        {"reason": "The tribunal ordered it."},
        prepare=_set_plan(cease_decided_on=_MET, cease_reason="2"),
    ),
    "end_plan": Call(K.PLAN_CEASED, {S.PLAN}, {}, prepare=_set_plan(cease_decided_on=_MET, cease_reason="2")),
    "claim_exception": Call(
        K.EXCEPTION_CLAIMED,
        OPEN,
        {
            "rule": "issue_final_plan",
            "ground": "E4",
            "evidence": "Tickets and a letter.",
            "starts_on": make.RECEIVED + timedelta(days=20),
            "ends_on": make.RECEIVED + timedelta(days=60),
        },
    ),
    "end_exception": Call(K.EXCEPTION_ENDED, OPEN, {}, _exception),
    "withdraw": Call(K.WITHDRAWN, OPEN, {"reason": "The family moved away."}),
    "add_note": Call(K.NOTE, EVERY, {"note": "Spoke with the school."}),
    "correct_date": Call(
        K.CORRECTED,
        EVERY,
        {
            "field": "received_on",
            "value": make.RECEIVED - timedelta(days=1),
            "reason": "The letter came Sunday.",
        },
    ),
}
ON = date(2025, 6, 2)


def call(name: str, case: Case, **changes: Any) -> Case:
    """Prepare the case for this action and call it on 2 June 2025, a day on which all are possible."""
    one = CALLS[name]
    one.prepare(case)
    action = getattr(actions, name.split(" ")[0])
    return action(
        **({"case_id": case.pk, "by": System.COMMAND, "on": ON, **one.given, **one.extra(case)} | changes)
    )
