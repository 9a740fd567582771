"""Reports as pages and files, and the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.queries import counted
from goldenthread.core.roles import Role
from goldenthread.placements.actions import NewPlacement, bulk_create_placements
from goldenthread.statute.examples import examples_table
from goldenthread.statute.rules import all_rules
from tests.factories import casework as make
from tests.factories.people import user as make_user

REPORTS = {"reports": 6, "report_waiting": 8, "report_backlog": 4, "report_caseload": 12}


@pytest.fixture
def analyst():
    """Somebody who sees figures and no names."""
    return make_user(Role.ANALYST)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_costs_the_same_for_any_number(
    open_as, analyst, name, number, django_assert_max_num_queries
):
    for _ in range(number):
        make.case_at(Status.PLAN)
        make.case_at(Status.ASSESSING)
    client = open_as(analyst)
    with django_assert_max_num_queries(REPORTS[name]):
        page = client.get(reverse(name)).content.decode()
    assert "Example" not in page  # the surname of everyone here
    assert "EHC-0" not in page


def test_timeliness_of_a_year(open_as, analyst):
    make.case_at(Status.PLAN, received=date(2024, 1, 8))  # 130 days
    late = make.case_at(Status.DRAFT, received=date(2024, 1, 8))
    make.issue(late, on=date(2024, 6, 20))
    answer = open_as(analyst).get(reverse("reports"), {"year": "2024", "download": "csv", "table": "months"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[5].startswith("May,1,1,100.0%")
    assert lines[6].startswith("Jun,1,0,0.0%")
    assert lines[13].startswith("The year 2024,2,1,50.0%")


def test_caseload_of_a_day_and_its_files(open_as, analyst):
    make.case_at(Status.PLAN, received=date(2024, 1, 8))
    client, url = open_as(analyst), reverse("report_caseload")
    day = {"on-day": "1", "on-month": "3", "on-year": "2024"}
    assert "1 March 2024" in client.get(url, day).content.decode()
    before = client.get(url, day | {"download": "csv", "table": "stages"})
    assert "Plan being drafted,0" in b"".join(before.streaming_content).decode()
    after = client.get(url, {"download": "csv", "table": "needs"})
    assert "Autistic spectrum disorder,1,100.0%" in b"".join(after.streaming_content).decode()
    book = client.get(url, {"download": "xlsx", "table": "ages"})
    assert book["Content-Disposition"] == 'attachment; filename="caseload-ages.xlsx"'
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_a_day_that_is_none_is_said(open_as, analyst):
    day = {"on-day": "31", "on-month": "2", "on-year": "2024"}
    page = open_as(analyst).get(reverse("report_caseload"), day).content.decode()
    assert "February 2024 has 29 days" in page


def test_backlog_counts_whole_weeks(open_as, analyst):
    make.request(on=make.TODAY - timedelta(41))
    make.request(on=make.TODAY - timedelta(42))
    answer = open_as(analyst).get(reverse("report_backlog"), {"download": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1].startswith("Request received,1,1,0")


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("role", [Role.FAMILY, Role.ADVISER, Role.SETTING, Role.ADMINISTRATOR])
def test_reports_are_for_those_who_need_them(open_as, name, role):
    assert open_as(make_user(role)).get(reverse(name)).status_code == 403


def test_the_law_is_open_to_anyone_and_complete(client):
    page = client.get(reverse("law")).content.decode()
    assert page.count("Worked examples") >= 1
    for one in all_rules(make.TODAY):
        assert f'id="stage-{one.stage}"' in page
    assert page.count('role="rowheader"') >= len(all_rules(make.TODAY)) + len(examples_table())


@pytest.fixture
def large(monkeypatch):
    """As if the council were too large to count for each change."""
    monkeypatch.setattr(counted, "LIVE_UP_TO", 0)


def test_the_caseload_says_when_it_was_counted_and_counts_again_when_asked(open_as, analyst, large):
    make.case_at(Status.PLAN)
    client, url = open_as(analyst), reverse("report_caseload")
    first = client.get(url).content.decode()
    assert "Nothing recorded since then changes these figures." in first
    assert "Count again now" not in first
    make.case_at(Status.PLAN)
    again = client.get(url).content.decode()
    assert "Something has been recorded since" in again
    assert 'href="?afresh=1"' in again
    assert "Nothing recorded since then" in client.get(url + "?afresh=1").content.decode()


def test_a_caseload_that_has_changed_costs_no_more(open_as, analyst, django_assert_max_num_queries):
    cases = [make.case_at(Status.PLAN) for _ in range(3)]
    client, url = open_as(analyst), reverse("report_caseload")
    actions.count_caseload(by=make.BY, on=make.TODAY)
    places = [NewPlacement(case.pk, sen_setting=code) for case in cases for code in ("EHE", "OTH")]
    with transaction.atomic():
        bulk_create_placements(places, by=make.BY)
    actions.add_note(case_id=cases[0].pk, by=make.BY, on=make.TODAY, note="The school rang.")
    with django_assert_max_num_queries(12):
        page = client.get(url).content.decode()
    assert "Nothing recorded since then" in page


def test_a_file_of_the_caseload_holds_what_live_rows_say(open_as, analyst, large):
    make.case_at(Status.PLAN)
    client, url = open_as(analyst), reverse("report_caseload")
    client.get(url)
    make.case_at(Status.PLAN)
    answer = client.get(url, {"download": "csv", "table": "needs"})
    assert "Autistic spectrum disorder,2,100.0%" in b"".join(answer.streaming_content).decode()
