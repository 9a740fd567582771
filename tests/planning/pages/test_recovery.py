"""The recovery plan on its pages: what does not add up, approval, milestones, entering one, actuals."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.core.roles import Role
from goldenthread.planning import actions
from goldenthread.planning.enums import InputKind, MilestoneState, PlanState
from goldenthread.planning.models import ActualFigure, Milestone, RecoveryPlan
from tests.planning.conftest import BUDGET
from tests.planning.exports.runs import BY
from tests.planning.pages.conftest import signed_in

ROWS = """kind,reference,title,2024/25,2025/26
as_is,,As is,"(1,000)",-2000
as_is_cumulative,,As is cumulative,-1000,-3100
saving,1,More places,100,200
savings_total,,Savings,100,200
"""
ACTIONS = """reference,action,impact,impact_thousands,first_year,last_year,confidence,owner
1,More places,High (£0.3m),300,2024-25,2025-26,high,Head of SEND
"""
HEAD = {"title": "Plan of 2024", "source": "Schools Forum, 12 January 2024", "units": "thousands"}


def file(text: str, name: str = "file.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def enter(officer: Client, rows: str = ROWS, second: str = ACTIONS, **changes: str) -> Any:
    data: dict[str, Any] = HEAD | changes | {"rows": file(rows)}
    return officer.post(reverse("planning_plan_new"), data | ({"actions": file(second)} if second else {}))


def shown(officer: Client, plan: RecoveryPlan) -> str:
    return officer.get(reverse("planning_plan", args=[plan.slug, plan.version])).content.decode()


def test_each_figure_that_does_not_follow_is_shown_with_both_numbers(
    officer: Client, stated: RecoveryPlan
) -> None:
    words = shown(officer, stated)
    assert "Do not follow from their parts" in words
    for both in ("709.1", "2,085.2", "−19,000", "−24,627.8", "−223.9"):
        assert both in words
    assert words.count("parts: ") == 8, "each of the eight in its cell"
    assert "agrees with the yearly change of intervention 6" in words
    assert "Figures that differ by no more than rounding explains" in words


@pytest.mark.parametrize("table", ["wrong", "figures", "rounding"])
def test_every_table_of_a_plan_can_be_taken_along(officer: Client, stated: RecoveryPlan, table: str) -> None:
    address = reverse("planning_plan", args=[stated.slug, stated.version])
    answer = officer.get(address, {"download": "csv", "table": table})
    assert f"recovery-plan-{table}.csv" in answer.headers["Content-Disposition"]
    assert len(b"".join(answer.streaming_content).splitlines()) > 10


def test_a_plan_is_entered_as_published_and_checked(officer: Client) -> None:
    answer = enter(officer)
    plan = RecoveryPlan.objects.get()
    assert answer.headers["Location"] == reverse("planning_plan", args=["plan-of-2024", 1])
    words = shown(officer, plan)
    assert "parts: −3,000" in words
    assert "More places" in words
    assert "High (£0.3m), 2024/25 to 2025/26" in words
    assert plan.actions.get().owner == "Head of SEND"


def test_pounds_are_kept_in_thousands(officer: Client) -> None:
    rows = ROWS.replace('"(1,000)"', "-1000000").replace("-2000", "-2000000")
    enter(officer, rows, "", units="pounds")
    assert RecoveryPlan.objects.get().rows.get(order=1).figures == ["-1000", "-2000"]


def test_the_same_name_is_the_next_version(officer: Client) -> None:
    enter(officer)
    enter(officer, ROWS.replace("-3100", "-3000"))
    assert [one.version for one in RecoveryPlan.objects.order_by("version")] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "second", "told"),
    [
        (ROWS.replace("as_is,,", "asis,,", 1), "", "is not one of as_is"),
        (ROWS.replace("-3100", "lots"), "", "“lots” is not a number"),
        (ROWS.replace("2025/26", "2026/27"), "", "must follow each other"),
        (ROWS.replace("2024/25,2025/26", "this,next"), "", "no column for a financial year"),
        (ROWS.replace("saving,1", "saving,"), "", "has the reference of its action"),
        (ROWS.replace("as_is,,As is", "as_is_cumulative,,As is"), "", "0 rows of kind as_is"),
        (ROWS, ACTIONS.replace("high", "quite"), "is not one of high"),
        (ROWS, ACTIONS + ACTIONS.splitlines()[1], "keep one"),
        ("", "", "empty"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_with_its_cell(
    officer: Client, rows: str, second: str, told: str
) -> None:
    answer = enter(officer, rows, second)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not RecoveryPlan.objects.exists()


def test_a_plan_is_approved_by_who_may_and_then_stays(officer: Client, stated: RecoveryPlan) -> None:
    address = reverse("planning_plan_approve", args=[stated.slug, stated.version])
    assert signed_in(Role.ANALYST).post(address).status_code == 403
    officer.post(address)
    stated.refresh_from_db()
    assert stated.state == PlanState.APPROVED
    assert "Approve this version" not in shown(officer, stated)
    assert officer.post(address).status_code == 409


def test_a_milestone_is_done_on_a_day(officer: Client, stated: RecoveryPlan) -> None:
    one = Milestone.objects.get()
    address = reverse("planning_milestone", args=[one.pk])
    assert address in shown(officer, stated)
    late = officer.post(address, {"state": "done", "note": ""})
    assert late.status_code == 422
    assert "Give the day it was done" in late.content.decode()
    officer.post(address, {"state": "done", "done_on": "2021-09-06", "note": "With 40 places."})
    one.refresh_from_db()
    assert (one.state, str(one.done_on)) == (MilestoneState.DONE, "2021-09-06")
    assert "With 40 places." in shown(officer, stated)


ACTUALS = """month,kind,subject,pounds
2023-04,saving,1,60
2023-04,line,1.2.2,4000
2023-13,line,1.2.2,1
2023-04,saving,99,1
"""


def give(officer: Client, text: str, units: str = "thousands") -> Any:
    address = reverse("planning_actuals_give")
    return officer.post(address, {"file": file(text), "units": units, "source": "Ledger of April"})


def test_monthly_figures_are_taken_one_by_one_and_the_wrong_ones_told(
    officer: Client, stated: RecoveryPlan
) -> None:
    words = give(officer, ACTUALS).content.decode()
    assert "2 figures taken, 2 left out: see below" in words
    assert "“2023-13” is not a month" in words
    assert "“99” is not one of" in words
    assert sorted(ActualFigure.objects.values_list("pounds", flat=True)) == [60_000, 4_000_000]


def test_actuals_are_beside_the_plan_and_what_is_behind_is_said(
    officer: Client, stated: RecoveryPlan
) -> None:
    actions.store_input(
        by=BY, kind=InputKind.BUDGET, content=BUDGET.encode(), file_name="b.csv", source="A test"
    )
    give(
        officer,
        "month,kind,subject,pounds\n2023-04,saving,1,10\n2023-04,saving,2,400\n2023-04,line,1.2.2,4600\n",
    )
    words = officer.get(reverse("planning_actuals"), {"month": "2023-04-01"}).content.decode()
    assert words.count(">Behind<") == 1, "the first: a sixth of what was planned"
    assert "£64,267" in words, "a twelfth of 771.2 thousand"
    assert ">Over budget<" in words
    assert "£55.20m" in words, "twelve times what April cost"
    assert "No figure for April 2023" in words
    lines = b"".join(
        officer.get(
            reverse("planning_actuals"), {"month": "2023-04-01", "download": "csv", "table": "savings"}
        ).streaming_content
    ).decode()
    assert "64266.67,10000" in lines.replace("10000.0", "10000")


def test_without_a_plan_there_is_nothing_to_lay_beside(officer: Client) -> None:
    assert "There is no recovery plan yet" in officer.get(reverse("planning_actuals")).content.decode()
    assert officer.get(reverse("planning_actuals_give")).status_code == 404


def test_the_files_of_actuals_are_listed(officer: Client, stated: RecoveryPlan) -> None:
    give(officer, ACTUALS)
    assert "Ledger of April" in officer.get(reverse("planning_actuals_files")).content.decode()
