"""What is said, not refused, before a decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.cautions import cautions_for
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.actors import System
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
BY = System.COMMAND
D = make.RECEIVED


def told(case, kind, on=make.TODAY):
    return " ".join(cautions_for(Case.objects.get(pk=case.pk), kind, on))


def test_advice_that_is_missing():
    case = make.case_at(Status.ASSESSING)
    assert "No advice" in told(case, EventKind.DECIDED_TO_ISSUE)
    with clock.fixed(make.TODAY):
        for kind in ("medical", "psychological"):
            actions.request_advice(case_id=case.pk, by=BY, on=D + timedelta(31), kind=kind)
        advice = case.advice.get(kind="medical")
        actions.return_advice(case_id=case.pk, by=BY, on=D + timedelta(50), advice_id=advice.pk)
        assert told(case, EventKind.DECIDED_NOT_TO_ISSUE).startswith("1 of 2")
        advice = case.advice.get(kind="psychological")
        actions.cancel_advice(
            case_id=case.pk, by=BY, on=D + timedelta(50), advice_id=advice.pk, reason="Known."
        )
    assert told(case, EventKind.DECIDED_TO_ISSUE) == ""


def test_views_and_settings_before_the_final_plan():
    case = make.case_at(Status.DRAFT)
    assert "No views" in told(case, EventKind.PLAN_ISSUED)
    assert "No setting" in told(case, EventKind.PLAN_ISSUED)
    on = D + timedelta(make.DRAFTED)
    with clock.fixed(make.TODAY):
        actions.record_views(case_id=case.pk, by=BY, on=on)
        actions.consult_setting(case_id=case.pk, by=BY, on=on, setting_id=make.setting().pk)
    assert "still has time" in told(case, EventKind.PLAN_ISSUED, on + timedelta(15))
    assert told(case, EventKind.PLAN_ISSUED, on + timedelta(16)) == ""


def test_ceasing_by_age():
    for birth, regulation in ((date(2007, 6, 3), "R29"), (date(2007, 6, 2), "R30"), (date(2000, 6, 2), "")):
        case = make.case_at(Status.PLAN, child=make.person(birth_date=birth), received=date(2023, 1, 9))
        said = told(case, EventKind.CEASE_DECIDED)
        assert regulation in said
        assert bool(said) == bool(regulation)
    assert told(case, EventKind.NOTE) == ""
