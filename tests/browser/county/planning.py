"""The planning room in the small county: what is on its pages, and who looks at each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.planning import actions
from goldenthread.planning.actions.running import run_forecast
from goldenthread.planning.enums import ActualKind, InputKind
from goldenthread.planning.models import ForecastRun, Milestone
from goldenthread.planning.reading.actuals import ActualRow
from tests.factories.planning import mitigations

BY = System.COMMAND
# As much money as the small county's plans cost.
BLOCK = b"""financial_year,item,line,amount
2024-25,allocation,,2300000
2024-25,opening_balance,,-310000
2024-25,fixed,1.2.5,90000
"""
CAPACITY = b"""placement,census_year,places,overflow
special,2024,18,"independent 70%, mainstream 30%"
"""
BUDGET = b"""financial_year,line,amount
2023-24,1.2.2,1200000
2023-24,1.2.3,640000
"""
OF_A_RUN = ("", "_plans", "_money", "_savings", "_hangs", "_moved", "_made")
NO_PAGE = {
    "planning_workbook": "a file",
    "planning_csv_zip": "a file",
    "planning_csv": "a file",
    "planning_forum_paper": "a file",
    "planning_run_numbers": "a file",
    "planning_run_stop": "takes a form only",
    "planning_run_again": "takes a form only",
    "planning_run_beside": "takes a form only",
    "planning_input_template": "a file",
    "planning_mitigation_move": "takes a form only",
    "planning_plan_approve": "takes a form only",
}


def rows() -> dict[str, Any]:
    """Inputs, actuals, a scenario, and a forecast of each kind: done, waiting, failed."""
    for kind, content in (
        (InputKind.BLOCK, BLOCK),
        (InputKind.CAPACITY, CAPACITY),
        (InputKind.BUDGET, BUDGET),
    ):
        actions.store_input(
            by=BY, kind=kind, content=content, file_name="f.csv", source="Made up", assumed=True
        )
    april = CENSUS_DAY.replace(year=2023, month=4, day=1)
    figures = [
        ActualRow(ActualKind.LINE, "1.2.3", april, Decimal(71_000)),
        ActualRow(ActualKind.SAVING, "1", april, Decimal(20_000)),
        ActualRow(ActualKind.SAVING, "2", april, Decimal(320_000)),
    ]
    actions.record_figures(by=BY, rows=figures, source="Made up", plan_slug="may-2020")
    two = actions.make_scenario(by=BY, title="Two actions", notes="To try.", mitigations=mitigations())
    put_away = actions.make_scenario(by=BY, title="An older one", mitigations=mitigations())
    with clock.fixed(CENSUS_DAY):
        done = [_run(None), _run(None), _run(two.pk)]
        waiting = actions.queue_run(by=BY, base_year=2024, title="One that waits")
        failed = actions.queue_run(by=BY, base_year=2024, title="One that failed")
    actions.archive_scenario(by=BY, scenario_id=put_away.pk)
    actions.fail_run(by=BY, run_id=failed.pk, problem="The allocation is missing.", mend="Give it.")
    return {
        "as_is": done[1],
        "mitigated": done[2],
        "waiting_run": waiting,
        "failed_run": failed,
        "scenario": two,
        "put_away": put_away,
        "milestone": Milestone.objects.earliest("created_at"),
    }


def _run(scenario_id: Any) -> ForecastRun:
    run = actions.queue_run(by=BY, base_year=2024, horizon=3, simulations=20, scenario_id=scenario_id)
    run_forecast(by=BY, run_id=run.pk)
    made = ForecastRun.objects.get(pk=run.pk)
    assert made.state == "done", made.problem
    return made


def addresses(rows: dict[str, Any]) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Who looks, the name of the page, what its address needs, and its query."""
    mitigated, as_is, scenario = rows["mitigated"].pk, rows["as_is"].pk, rows["scenario"].pk
    for name in (
        "planning",
        "planning_inputs",
        "planning_runs",
        "planning_run_new",
        "planning_scenarios",
        "planning_scenario_new",
        "planning_plans",
        "planning_plan_new",
        "planning_actuals_files",
        "planning_actuals_give",
    ):
        yield "finance", name, (), ""
    yield "inspector", "planning", (), "?threshold=1m"
    yield "finance", "planning_actuals", (), "?plan=may-2020&month=2023-04-01"
    for kind in InputKind:
        yield "finance", "planning_input", (kind.value,), ""
    yield "finance", "planning_input_give", ("block",), ""
    for part in OF_A_RUN:
        yield "finance", f"planning_run{part}", (mitigated,), ""
    yield "finance", "planning_run_moved", (as_is,), ""
    yield "finance", "planning_run_savings", (as_is,), ""
    yield "analyst", "planning_run_plans", (as_is,), "?by=age&range=95"
    yield "analyst", "planning_run_plans", (as_is,), "?by=flows"
    yield "finance", "planning_run", (rows["failed_run"].pk,), ""
    # Else the page looks again by itself while it is being looked at.
    yield "finance", "planning_run", (rows["waiting_run"].pk,), "?still=1"
    yield "finance", "planning_compare", (), ""
    yield "finance", "planning_compare", (), f"?scenario=baseline&scenario={scenario}"
    yield "finance", "planning_scenario", (scenario,), "?effect=1"
    yield "finance", "planning_scenario", (rows["put_away"].pk,), ""
    for name in ("edit", "copy", "archive"):
        yield "finance", f"planning_scenario_{name}", (scenario,), ""
    yield "finance", "planning_mitigation_new", (scenario,), ""
    for name in ("planning_mitigation", "planning_mitigation_remove", "planning_effect_new"):
        yield "finance", name, (scenario, 1), ""
    yield "finance", "planning_effect", (scenario, 1, 2), ""
    for kind in ("divert", "price", "places", "fixed", "joiner-factor"):
        yield "finance", "planning_effect_add", (scenario, 1, kind), ""
    yield "finance", "planning_plan", ("may-2020", 1), ""
    yield "finance", "planning_milestone", (rows["milestone"].pk,), ""
