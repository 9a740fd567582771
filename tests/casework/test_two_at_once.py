"""Two people decide at the same moment: one decision stands, the other is refused, nothing is half-done."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from goldenthread.casework import actions
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, CaseEvent, Deadline
from goldenthread.core import audit, clock
from goldenthread.core.refusals import ChangedMeanwhile, NotAllowedNow, Refusal
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db(transaction=True)
ON = make.RECEIVED + timedelta(days=30)


def at_once(*tries):
    """Run the tries in threads that start together; what each returned or was refused with."""
    start, results = threading.Barrier(len(tries)), [None] * len(tries)

    def run(number, one):
        close_old_connections()
        try:
            start.wait(timeout=30)
            with clock.fixed(make.TODAY):
                results[number] = one()
        except Refusal as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, one)) for number, one in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_decide_whether_to_assess():
    case = make.case_at(Status.REQUESTED)
    first, second = user(Role.PLAN_COORDINATOR), user(Role.MANAGER)
    results = at_once(
        lambda: actions.decide_to_assess(case_id=case.pk, by=first, on=ON, yes=True),
        lambda: actions.decide_to_assess(case_id=case.pk, by=second, on=ON, yes=False, reason="Enough."),
    )
    refused = [one for one in results if isinstance(one, NotAllowedNow)]
    stood = [one for one in results if isinstance(one, Case)]
    # After a refusal the other may overturn it, but only by saying how: that too is a refusal here.
    assert len(stood) == 1
    assert len(refused) + sum(isinstance(one, Refusal) for one in results if one not in refused) == 1
    decisions = {EventKind.DECIDED_TO_ASSESS, EventKind.DECIDED_NOT_TO_ASSESS}
    [event] = CaseEvent.objects.filter(case=case, kind__in=decisions)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.version) == (stood[0].status, 2)
    assert stored.status == (Status.ASSESSING if event.kind == "decided_to_assess" else Status.NOT_ASSESSING)
    assert list(audit.verify()) == []


def test_two_save_from_the_same_page():
    case = make.case_at(Status.ASSESSING)
    by = user(Role.PLAN_COORDINATOR)

    def ask():
        return actions.request_advice(case_id=case.pk, by=by, on=ON, kind="medical", version=case.version)

    results = at_once(ask, ask, ask)
    assert sorted(type(one) is ChangedMeanwhile for one in results) == [False, True, True]
    assert case.advice.count() == 1
    assert Deadline.objects.filter(case=case, rule="advice_returned").count() == 1


def test_two_requests_for_one_child():
    child, by = make.person(), user(Role.PLAN_COORDINATOR)
    results = at_once(*[lambda: make.request(child=child, by=by)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Case", "NotAllowedNow"]
    assert Case.objects.count() == 1


def test_references_are_given_once():
    children, by = [make.person() for _ in range(4)], user(Role.PLAN_COORDINATOR)
    results = at_once(*[lambda child=child: make.request(child=child, by=by) for child in children])
    assert sorted(one.reference for one in results) == [f"EHC-{n:06d}" for n in range(1, 5)]
    assert list(audit.verify()) == []


def test_an_action_that_fails_late_leaves_nothing(monkeypatch):
    """The audit line is the last thing written: if it cannot be, the decision does not stand either."""
    case = make.case_at(Status.REQUESTED)

    class BrokenError(Exception):
        pass

    def fail(**given):
        raise BrokenError

    events = CaseEvent.objects.count()
    monkeypatch.setattr(audit, "record", fail)
    with clock.fixed(make.TODAY), pytest.raises(BrokenError):
        actions.decide_to_assess(case_id=case.pk, by=user(), on=ON, yes=True)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.version, stored.next_step) == ("requested", 1, "decide_whether_to_assess")
    assert CaseEvent.objects.count() == events
    assert not Deadline.objects.filter(case=case, closed_on__isnull=False).exists()
