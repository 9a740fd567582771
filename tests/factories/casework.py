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
from goldenthread.people.models import Adviser, Setting
from goldenthread.people.models import Person
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
    """A case that has come to a status by the shortest way."""
    with clock.fixed(max(TODAY, received + timedelta(days=600))):
        return _walk(status, received, by, child)


def _walk(status: str, received: date, by: Actor, child: Person | None) -> Case:
    def day(number: int) -> date:
        return received + timedelta(days=number)

    case = request(on=received, by=by, child=child)
    if status == Status.REQUESTED:
        return case
    if status == Status.WITHDRAWN:
        return actions.withdraw(case_id=case.pk, by=by, on=day(10), reason="The family no longer wants it.")
    yes = status != Status.NOT_ASSESSING
    case = actions.decide_to_assess(
        case_id=case.pk, by=by, on=day(DECIDED), yes=yes, reason="Support suffices."
    )
    if status in {Status.ASSESSING, Status.NOT_ASSESSING}:
        return case
    yes = status != Status.NOT_ISSUING
    case = actions.decide_to_issue(
        case_id=case.pk, by=by, on=day(AGREED), yes=yes, reason="Support suffices."
    )
    if status in {Status.ISSUING, Status.NOT_ISSUING}:
        return case
    case = actions.send_draft(case_id=case.pk, by=by, on=day(DRAFTED))
    if status == Status.DRAFT:
        return case
    case = issue(case, on=day(ISSUED), by=by)
    if status == Status.PLAN:
        return case
    case = actions.decide_to_cease(
        case_id=case.pk, by=by, on=day(ISSUED + 60), cease_reason="2", reason="Needs are met without a plan."
    )
    return actions.end_plan(case_id=case.pk, by=by, on=day(ISSUED + 200))


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
