"""Every action: allowed or refused in each status, and what it leaves behind."""

from __future__ import annotations

import inspect

import pytest
from django.db import DatabaseError, transaction

from goldenthread.casework import actions, workflow
from goldenthread.casework.enums import STAGE_OF, EventKind, Status
from goldenthread.casework.models import Case, CaseEvent
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import ChangedMeanwhile, NotAllowedNow, NotFound, NotPermitted
from goldenthread.core.roles import Role
from tests.casework.calls import CALLS, ON, call
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.COMMAND


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(ON):
        yield


class _UndoneError(Exception):
    """Rolls a try back."""


@pytest.mark.parametrize("status", list(Status))
def test_each_action_is_allowed_or_refused_by_the_status(status):
    case = make.case_at(status)
    outcome = {}
    for name in CALLS:
        try:
            with transaction.atomic():
                moved = call(name, Case.objects.get(pk=case.pk))
                outcome[name] = True
                assert moved.status == workflow.TRANSITIONS[status][CALLS[name].kind], name
                raise _UndoneError
        except _UndoneError:
            pass
        except NotAllowedNow:
            outcome[name] = False
    assert outcome == {name: status in one.allowed for name, one in CALLS.items()}


def test_the_table_of_calls_is_the_workflow_table():
    expected = {status: {one.kind for one in CALLS.values() if status in one.allowed} for status in Status}
    expected = {status: kinds | {EventKind.ALLOCATED, EventKind.LOADED} for status, kinds in expected.items()}
    assert {status: set(workflow.TRANSITIONS[status]) for status in Status} == expected
    assert set(workflow.TRANSITIONS) == {*Status, workflow.START}
    assert set(workflow.TOLD) == set(EventKind)


def test_every_action_takes_keywords_alone_and_is_in_the_table_of_calls():
    elsewhere = {"receive_request", "transfer_in", "allocate", "record_family_told", "record_phase_transfer"}
    elsewhere |= {
        "bulk_create_cases",
        "bulk_update_cases",
        "refresh_pace",
        "count_caseload",
        "count_work",
        "allowed_actions",
    }
    functions = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert functions == {name.split(" ")[0] for name in CALLS} | elsewhere
    for name in functions - {"bulk_create_cases", "bulk_update_cases", "allowed_actions"}:
        kinds = {one.kind for one in inspect.signature(getattr(actions, name)).parameters.values()}
        assert kinds == {inspect.Parameter.KEYWORD_ONLY}, name


@pytest.mark.parametrize("name", list(CALLS))
def test_every_action_leaves_one_event_one_audit_line_and_a_raised_version(name):
    one = CALLS[name]
    case = make.case_at(next(status for status in Status if status in one.allowed))
    before = Case.objects.get(pk=case.pk).version
    events, lines = set(CaseEvent.objects.values_list("pk")), AuditEntry.objects.count()
    case = call(name, case)
    [event] = CaseEvent.objects.exclude(pk__in=[pk for (pk,) in events])
    assert (event.case_id, event.kind, event.on, event.actor_label) == (case.pk, one.kind, ON, BY.value)
    assert AuditEntry.objects.count() == lines + 1
    line = AuditEntry.objects.order_by("seq").last()
    assert (line.action, line.object_id) == (workflow.TOLD[one.kind].audit, str(case.pk))
    assert (line.person_id, line.actor_label) == (case.person_id, BY.value)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.version, stored.status, stored.stage) == (before + 1, case.status, STAGE_OF[case.status])


@pytest.mark.parametrize("name", list(CALLS))
def test_a_page_that_was_opened_before_a_change_is_refused(name):
    case = make.case_at(next(status for status in Status if status in CALLS[name].allowed))
    with pytest.raises(ChangedMeanwhile):
        call(name, case, version=case.version - 1)
    assert call(name, case, version=case.version).version == case.version + 1


@pytest.mark.parametrize("name", list(CALLS))
@pytest.mark.parametrize("role", [Role.FAMILY, Role.ANALYST, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_nobody_outside_casework_acts(name, role):
    case = make.case_at(next(status for status in Status if status in CALLS[name].allowed))
    events = CaseEvent.objects.count()
    with pytest.raises(NotPermitted):
        call(name, case, by=user(role))
    assert CaseEvent.objects.count() == events


def test_there_is_no_such_case():
    with pytest.raises(NotFound):
        actions.add_note(case_id=make.person().pk, by=BY, on=ON, note="x")


@pytest.mark.parametrize("status", list(Status))
def test_what_a_page_offers_is_what_the_actions_allow(status):
    case = make.case_at(status)
    offered = set(actions.allowed_actions(Case.objects.get(pk=case.pk), user(Role.MANAGER)))
    needs_something_first = {
        "return_advice", "cancel_advice", "record_consultation_reply", "end_exception",
        "record_review_decision", "send_amended_plan", "reverse_ceasing", "end_plan",
    }  # fmt: skip
    possible = {name.split(" ")[0] for name, one in CALLS.items() if status in one.allowed}
    held = {"allocate"} if status in {"requested", "assessing", "issuing", "draft", "plan"} else set()
    by_age = {"record_phase_transfer"} if status == Status.PLAN else set()
    assert offered == (possible - needs_something_first) | held | by_age
    assert actions.allowed_actions(case, user(Role.ANALYST)) == []


def test_what_waits_for_somebody_is_offered_once_it_waits():
    case = make.case_at(Status.ASSESSING)
    by = user(Role.PLAN_COORDINATOR)
    assert "return_advice" not in actions.allowed_actions(case, by)
    actions.request_advice(case_id=case.pk, by=by, on=ON, kind="medical")
    assert "return_advice" in actions.allowed_actions(Case.objects.get(pk=case.pk), by)
    assert "allocate" not in actions.allowed_actions(case, by)


def test_the_database_itself_refuses_to_change_what_happened():
    case = make.case_at(Status.REQUESTED)
    for change in (lambda rows: rows.update(note="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(CaseEvent.objects.filter(case=case))
