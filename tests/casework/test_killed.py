"""kill -9 in the midst of decisions: each one is whole or is not there at all, and work goes on after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goldenthread.casework import actions
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case, CaseEvent, Deadline
from goldenthread.core import audit
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from tests.factories import casework as make
from tests.support.test_database import url_of_test_database

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 40


def _decide_and_be_killed(after: int, delay: float) -> None:
    """Start deciding; once `after` decisions are told and a moment more has passed, kill without warning."""
    environment = {
        **os.environ,
        "GT_DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.casework.deciding"], env=environment, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    for _ in range(after):
        assert process.stdout.readline(), "the process ended before it could be killed"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _whole(case: Case) -> bool:
    """Whether the decision on a case is there with all its parts, or (False) no part of it is."""
    decided = case.status == Status.ASSESSING
    parts = {
        "status": decided,
        "day": case.decided_to_assess_on is not None,
        "version": case.version > 1,
        "event": CaseEvent.objects.filter(case=case, kind=EventKind.DECIDED_TO_ASSESS).exists(),
        "audit": AuditEntry.objects.filter(object_id=str(case.pk), action="case.decided_to_assess").exists(),
        "deadline": Deadline.objects.filter(case=case, rule="decide_whether_to_assess", met=True).exists(),
    }
    assert set(parts.values()) == {decided}, f"half a decision: {parts}"
    return decided


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
@pytest.mark.parametrize("delay", [0.0, 0.004, 0.011])
def test_a_killed_process_leaves_no_half_decision(delay: float) -> None:
    cases = [make.request() for _ in range(REQUESTS)]
    _decide_and_be_killed(after=5, delay=delay)
    decided = sum(_whole(case) for case in Case.objects.all())
    assert 5 <= decided < REQUESTS
    assert list(audit.verify()) == []
    # Restart: the rest can be decided, by somebody else, as if nothing had happened.
    for case in Case.objects.filter(status=Status.REQUESTED):
        actions.decide_to_assess(case_id=case.pk, yes=True, on=case.received_on, by=System.COMMAND)
    assert Case.objects.filter(status=Status.ASSESSING).count() == len(cases)
    assert list(audit.verify()) == []
