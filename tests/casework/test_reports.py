"""Reports against small counties worked out by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from goldenthread.casework import actions
from goldenthread.casework.actions import NewCase, NewNamed, NewPlan, bulk_create_cases
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.casework.queries import reports
from goldenthread.casework.queries.caseload import caseload
from goldenthread.casework.queries.on_a_day import worklist_on
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.roles import Role
from goldenthread.people.enums import SettingGroup
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.IMPORT
TODAY = date(2025, 1, 31)


def plan(start, days, *, week20=None, birth=date(2014, 6, 1), named=(), need="ASD", **more):
    """A plan begun on a day, so many days after its request (None: not known)."""
    child = make.person(birth_date=birth)
    return NewCase(
        person_id=child.pk,
        birth_date=birth,
        status=Status.CEASED if more.get("ceased_on") else Status.PLAN,
        received_on=None if days is None else start - timedelta(days=days),
        week20_exception=week20,
        plan=NewPlan(started_on=start, primary_need=need, named=tuple(named), **more),
    )


def load(*cases):
    with clock.fixed(TODAY):
        return bulk_create_cases(list(cases), by=BY)


def command(name, *args):
    out = StringIO()
    with clock.fixed(TODAY):
        call_command(name, *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def issued():
    """Plans of 2024 at each edge of the definitions, and some that do not count."""
    day = date(2024, 3, 1)
    return load(
        plan(day, 140),
        plan(day, 141),
        plan(day, 141, week20=True),
        plan(day, 100, week20=True),
        plan(date(2024, 12, 31), 364),
        plan(date(2024, 1, 1), 365),
        plan(date(2023, 12, 31), 100),
        plan(date(2025, 1, 1), 100),
        plan(day, None),
        plan(day, 100, transferred_from="886"),
    )


def test_timeliness_counts_as_dfe_does(issued):
    found = reports.timeliness(2024)
    assert found.as_dict() == {
        "period": "2024",
        "issued": 6,
        "within_20_weeks": 2,
        "percent_within_20_weeks": 33.3,
        "exceptions": 2,
        "issued_excluding_exceptions": 4,
        "within_20_weeks_excluding_exceptions": 1,
        "percent_within_20_weeks_excluding_exceptions": 25.0,
        "from_20_to_52_weeks": 3,
        "over_52_weeks": 1,
    }


def test_months_add_up_to_the_year(issued):
    months = reports.timeliness_by_month(2024)
    assert [one.issued for one in months] == [1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [one.period for one in months][:2] == ["2024-01", "2024-02"]
    assert months[1].percent is None
    whole = reports.timeliness(2024)
    for name in ("issued", "within_20_weeks", "exceptions", "from_20_to_52_weeks", "over_52_weeks"):
        assert sum(getattr(one, name) for one in months) == getattr(whole, name)
    assert [one.issued for one in reports.timeliness_by_year(2023, 2025)] == [1, 6, 1]


def test_the_timeliness_command(issued):
    told = json.loads(command("timeliness", "--year", "2024", "--json"))
    assert told == reports.timeliness(2024).as_dict()
    told = json.loads(command("timeliness", "--year", "2024", "--by-month", "--json"))
    assert [one["issued"] for one in told["months"]] == [
        one.issued for one in reports.timeliness_by_month(2024)
    ]
    lines = command("timeliness", "--year", "2024").splitlines()
    assert lines[-1].split() == ["2024", "6", "2", "33.3", "2", "1", "25.0", "3", "1"]
    with pytest.raises(CommandError, match="not a year"):
        command("timeliness", "--year", "24")


def test_waiting_times_per_step_and_year():
    start = date(2023, 1, 2)
    for days in (10, 20, 30, 40, 50):
        child = make.person()
        load(
            NewCase(
                person_id=child.pk,
                birth_date=child.birth_date,
                status=Status.NOT_ASSESSING,
                received_on=start,
                decided_to_assess_on=start + timedelta(days),
            )
        )
    decide = next(one for one in reports.waiting_times(2023, 2024) if one.step == "decide")
    assert (decide.year, decide.n, decide.median, decide.p80, decide.longest) == (2023, 5, 30, 40, 50)
    later = next(one for one in reports.waiting_times(2024, 2024) if one.step == "decide")
    assert (later.n, later.median) == (0, None)
    rows = json.loads(command("waiting_times", "--from", "2023", "--to", "2023", "--json"))
    assert [row["step"] for row in rows] == ["decide", "assess", "draft", "finalise", "whole"]
    with pytest.raises(CommandError, match="Swap"):
        command("waiting_times", "--from", "2024", "--to", "2023")


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "under 6 weeks"),
        (41, "under 6 weeks"),
        (42, "6 to 16 weeks"),
        (112, "16 to 20 weeks"),
        (140, "20 to 26 weeks"),
        (364, "52 weeks or more"),
    ],
)
def test_backlog_by_weeks_open(days, band):
    make.case_at(Status.REQUESTED, received=TODAY - timedelta(days))
    rows = {one.status: one for one in reports.backlog(TODAY)}
    assert list(rows) == ["requested", "assessing", "issuing", "draft"]
    assert rows["requested"].by_band == {name: int(name == band) for name in rows["requested"].by_band}
    assert [one.total for one in rows.values()] == [1, 0, 0, 0]
    assert [row["total"] for row in json.loads(command("backlog", "--json"))] == [1, 0, 0, 0]


def test_the_caseload_on_a_day(monkeypatch):
    monkeypatch.setattr("goldenthread.casework.queries.caseload._attending", [])
    day = date(2024, 6, 1)
    school = make.setting(group=SettingGroup.SPECIAL_ACADEMY)
    load(
        plan(day, 100, named=[NewNamed(setting_id=school.pk)], birth=date(2019, 6, 2)),  # 4 on that day
        plan(day, 100, named=[NewNamed(setting_id=school.pk, sen_unit=True)], birth=date(2019, 6, 1)),  # 5
        plan(day, 100, named=[NewNamed(sen_setting="EHE")], need="SEMH", birth=date(2004, 6, 1)),  # 20
        plan(day - timedelta(1), 100, need="", ceased_on=day + timedelta(1), cease_reason="5"),
        plan(day - timedelta(9), 100, ceased_on=day, cease_reason="2"),  # ended by the end of the day
        plan(day - timedelta(9), 100, ceased_on=date(2023, 12, 31) + timedelta(365), cease_reason="1"),
        plan(day + timedelta(1), 100),  # begun a day later
        plan(day - timedelta(500), None, transferred_from="886", transferred_on=day),
    )
    found = caseload(day)
    assert (found.plans, found.ceased_in_year) == (6, 1)
    assert found.plans_by_need == {"not_known": 1, "ASD": 4, "SEMH": 1}
    assert found.plans_by_setting == {
        "elective_home_education": 1,
        "placement_unknown": 3,
        "sen_unit": 1,
        "special_academy_free": 1,
    }
    assert found.settings_basis == "section_i"
    assert found.plans_by_age == {
        "under_5": 1,
        "5_to_10": 1 + 3,
        "11_to_15": 0,
        "16_to_19": 0,
        "20_to_25": 1,
        "over_25": 0,
    }
    assert found.ceased_in_year_by_reason == {"2": 1}
    # One request was still open that day: its plan came the day after.
    assert found.open_requests == 1
    assert caseload(day - timedelta(10)).plans == 0


def test_open_requests_stand_where_they_stood():
    case = make.case_at(Status.CEASED)
    stages = (
        (-1, {}),
        (0, {"requested": 1}),
        (make.DECIDED, {"assessing": 1}),
        (make.AGREED, {"issuing": 1}),
        (make.DRAFTED, {"draft": 1}),
        (make.ISSUED, {}),
    )
    for number, expected in stages:
        found = caseload(case.received_on + timedelta(number))
        assert {key: value for key, value in found.open_requests_by_status.items() if value} == expected
        assert found.plans == (1 if number == make.ISSUED else 0)


def test_a_refusal_that_was_overturned_was_closed_in_between():
    case = make.case_at(Status.NOT_ASSESSING)
    ordered = case.received_on + timedelta(200)
    with clock.fixed(ordered):
        actions.decide_to_assess(
            case_id=case.pk, by=BY, on=ordered, yes=True, overturned="tribunal", ordered_on=ordered
        )
    assert caseload(ordered - timedelta(1)).open_requests == 0
    assert caseload(ordered).open_requests_by_status["assessing"] == 1
    assert list(worklist_on(ordered - timedelta(1))) == []
    [row] = worklist_on(ordered)
    assert row.step == "tribunal_order_assess_no_plan"


def test_the_caseload_command():
    make.case_at(Status.PLAN)
    told = json.loads(command("caseload", "--as-of", "2025-01-31", "--json"))
    assert told == caseload(TODAY).as_dict()
    assert list(told) == [
        "as_of",
        "plans",
        "plans_by_need",
        "plans_by_setting",
        "settings_basis",
        "plans_by_age",
        "open_requests",
        "open_requests_by_status",
        "ceased_in_year",
        "ceased_in_year_by_reason",
    ]
    assert "Plans maintained: 1" in command("caseload", "--as-of", "2025-01-31")
    with pytest.raises(CommandError, match="2025-01-31"):
        command("caseload", "--as-of", "31/01/2025")


def test_the_worklist_of_a_past_day_knows_nothing_of_what_came_later():
    case = make.case_at(Status.CEASED)
    received = case.received_on

    def on(number, **given):
        return [
            (row.stage, row.step, row.days_late) for row in worklist_on(received + timedelta(number), **given)
        ]

    assert on(-1) == []
    assert on(0) == [("requested", "decide_whether_to_assess", 0)]
    assert on(43) == [("assessing", "tell_not_issuing", 0)]
    assert on(make.DECIDED - 1) == [("requested", "decide_whether_to_assess", 0)]
    assert on(make.ISSUED - 1) == [("draft", "issue_final_plan", 0)]
    assert on(make.ISSUED) == [("plan", "annual_review", 0)]
    assert on(make.ISSUED, overdue=True) == []
    assert on(make.ISSUED + 200) == []


def test_a_review_decided_later_does_not_hide_the_one_before():
    case = make.case_at(Status.PLAN)
    first, second = date(2025, 4, 1), date(2026, 3, 1)
    for met in (first, second):
        with clock.fixed(met):
            actions.record_review_meeting(case_id=case.pk, by=BY, on=met)
            actions.record_review_decision(case_id=case.pk, by=BY, on=met, outcome="M")
    [row] = worklist_on(date(2025, 12, 1))
    assert (row.step, row.due_on) == ("annual_review", "2026-04-01")


def test_the_worklist_command_holds_no_names():
    worker = user(Role.PLAN_COORDINATOR)
    case = make.case_at(Status.REQUESTED, received=date(2024, 12, 2))
    make.case_at(Status.REQUESTED, received=TODAY)
    with clock.fixed(TODAY):
        actions.allocate(case_ids=[case.pk], caseworker_id=worker.pk, by=BY, on=TODAY)
    text = command("worklist", "--as-of", "2025-01-31", "--overdue", "--json")
    assert json.loads(text) == {
        "as_of": "2025-01-31",
        "overdue_only": True,
        "count": 1,
        "cases": [
            {
                "case": str(case.pk),
                "reference": case.reference,
                "person": str(case.person_id),
                "stage": "requested",
                "step": "decide_whether_to_assess",
                "due_on": "2025-01-13",
                "days_late": 18,
                "excused": False,
                "turn": "council",
                "received_on": "2024-12-02",
                "final_due_on": "2025-04-21",
                "caseworker": worker.email,
            }
        ],
    }
    assert case.person.surname not in text
    mine = json.loads(command("worklist", "--caseworker", worker.email.upper(), "--json"))
    assert [row["reference"] for row in mine["cases"]] == [case.reference]
    assert "1 cases" in command("worklist", "--overdue")
    with pytest.raises(CommandError, match="Nobody"):
        command("worklist", "--caseworker", "nobody@threadshire.example")


def test_recomputed_for_today_is_what_is_stored():
    for status in Status:
        make.case_at(status)
    rows = {row.case: row for row in worklist_on(make.TODAY)}
    stored = Case.objects.exclude(next_due_on=None)
    assert len(rows) == 5
    assert {key: (row.stage, row.step, row.due_on) for key, row in rows.items()} == {
        str(one.pk): (one.status, one.next_step, one.next_due_on.isoformat()) for one in stored
    }
