"""No page of the planning room asks the database more than twelve questions, however much there is."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.planning import actions
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import ForecastRun, Milestone, RecoveryPlan
from tests.planning.conftest import FILES
from tests.planning.exports.runs import BY, finished

MOST = 12
LISTS = (
    "planning",
    "planning_inputs",
    "planning_runs",
    "planning_run_new",
    "planning_scenarios",
    "planning_scenario_new",
    "planning_compare",
    "planning_plans",
    "planning_plan_new",
    "planning_actuals",
    "planning_actuals_files",
    "planning_actuals_give",
)
OF_A_RUN = ("", "_plans", "_money", "_savings", "_hangs", "_moved", "_made", "_numbers")


def addresses(runs: tuple[ForecastRun, ForecastRun], stated: RecoveryPlan) -> dict[str, str]:
    """Every page that is read, with something on it."""
    run = runs[1]
    scenario = run.scenario_id
    found = {name: reverse(name) for name in LISTS}
    found |= {f"planning_run{part}": reverse(f"planning_run{part}", args=[run.pk]) for part in OF_A_RUN}
    for name, args in {
        "planning_input": ["block"],
        "planning_input_give": ["block"],
        "planning_input_template": ["block"],
        "planning_scenario": [scenario],
        "planning_scenario_edit": [scenario],
        "planning_scenario_copy": [scenario],
        "planning_scenario_archive": [scenario],
        "planning_mitigation_new": [scenario],
        "planning_mitigation": [scenario, 1],
        "planning_mitigation_remove": [scenario, 1],
        "planning_effect_new": [scenario, 1],
        "planning_effect_add": [scenario, 1, "divert"],
        "planning_effect": [scenario, 1, 2],
        "planning_plan": [stated.slug, stated.version],
        "planning_milestone": [Milestone.objects.earliest("created_at").pk],
    }.items():
        found[name] = reverse(name, args=args)
    found["compared"] = f"{found['planning_compare']}?scenario=baseline&scenario={scenario}"
    return found


def more(numbers: range) -> None:
    """A row more of every kind that a list shows, for each number."""
    for number in numbers:
        finished()
        actions.make_scenario(by=BY, title=f"Scenario {number}")
        content = FILES[InputKind.BLOCK].replace("90000000", f"9{number}000000").encode()
        actions.store_input(by=BY, kind=InputKind.BLOCK, content=content, file_name="b.csv", source="A test")


def test_no_page_asks_more_than_twelve_questions(
    officer: Client, runs: tuple[ForecastRun, ForecastRun], stated: RecoveryPlan
) -> None:
    counted: dict[str, list[int]] = {}
    for turn in (range(1, 3), range(3, 5)):
        more(turn)
        for name, address in addresses(runs, stated).items():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                answer: Any = officer.get(address)
                _ = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, address
            counted.setdefault(name, []).append(len(seen))
    assert {name: found for name, found in counted.items() if max(found) > MOST} == {}
    assert {name: found for name, found in counted.items() if len(set(found)) > 1} == {}, "grows with rows"
