"""Cases for tests: each made by the real actions, as far along as asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from goldenthread.casework import actions
from goldenthread.casework.actions import SectionI
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.actors import Actor, System
from goldenthread.people.enums import SettingGroup
from goldenthread.people.models import Adviser, Person, Setting
from tests.factories.people import person as make_person

RECEIVED = date(2024, 1, 8)
TODAY = date(2025, 6, 2)
BY = System.COMMAND

# Days after the request at which each step is taken unless told otherwise.
DECIDED, ADVISED, AGREED, DRAFTED, ISSUED = 30, 80, 95, 110, 130


def person(**given: Any) -> Person:
    """A fictional child, born 4 May 2017."""
    return make_person(**given)


def request(*, on: date = RECEIVED, by: Actor = BY, child: Person | None = None, **given: Any) -> Case:
    """A request received on a day."""
    child = child or person()
    return actions.receive_request(person_id=child.pk, by=by, on=on, source=given.pop("source", "1"), **given)


def case_at(status: str, *, received: date = RECEIVED, by: Actor = BY, child: Person | None = None) -> Case:
    """A case that has come to a status by the shortest way, each step on its own day."""

    def at(number: int, action: Any, **given: Any) -> Case:
        on = received + timedelta(days=number)
        with clock.fixed(on):
            return action(by=by, on=on, **given)

    case = at(0, request, child=child)
    for number, name, given in PATHS[Status(status)]:
        action = issue if name == "issue" else getattr(actions, name)
        key: dict[str, Any] = {"case": case} if name == "issue" else {"case_id": case.pk}
        case = at(number, action, **key, **given)
    return case


_ASSESS = (DECIDED, "decide_to_assess", {"yes": True})
_AGREE = (AGREED, "decide_to_issue", {"yes": True})
_DRAFT = (DRAFTED, "send_draft", {})
_ISSUE = (ISSUED, "issue", {})
_NO = {"yes": False, "reason": "Support without a plan is enough."}
_CEASE = (ISSUED + 60, "decide_to_cease", {"cease_reason": "2", "reason": "Needs are met without a plan."})
PATHS: dict[str, tuple[tuple[int, str, dict[str, Any]], ...]] = {
    Status.REQUESTED: (),
    Status.WITHDRAWN: ((10, "withdraw", {"reason": "The family no longer wants it."}),),
    Status.NOT_ASSESSING: ((DECIDED, "decide_to_assess", _NO),),
    Status.ASSESSING: (_ASSESS,),
    Status.NOT_ISSUING: (_ASSESS, (AGREED, "decide_to_issue", _NO)),
    Status.ISSUING: (_ASSESS, _AGREE),
    Status.DRAFT: (_ASSESS, _AGREE, _DRAFT),
    Status.PLAN: (_ASSESS, _AGREE, _DRAFT, _ISSUE),
    Status.CEASED: (_ASSESS, _AGREE, _DRAFT, _ISSUE, _CEASE, (ISSUED + 200, "end_plan", {})),
}


def issue(case: Case, *, on: date, by: Actor = BY, **given: Any) -> Case:
    """The final plan of a case whose draft was sent."""
    details: dict[str, Any] = {"primary_need": "ASD", "named": [SectionI(sen_setting="OTH")]}
    return actions.issue_final_plan(case_id=case.pk, by=by, on=on, **(details | given))


def adviser(**given: Any) -> Adviser:
    """An educational psychologist who does not exist."""
    details = {"name": "Testing Adviser", "kind": "psychological", "email": "adviser@threadshire.example"}
    return Adviser.objects.create(**(details | given))


def setting(**given: Any) -> Setting:
    """A school that does not exist."""
    details: dict[str, Any] = {"name": "Testing Primary School", "name_key": "testing primary school"}
    details["group"] = SettingGroup.MAINSTREAM_MAINTAINED
    return Setting.objects.create(**(details | given))
