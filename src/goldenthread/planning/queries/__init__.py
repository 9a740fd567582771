"""Reads of the planning room."""

from goldenthread.planning.queries.forecasts import (
    latest_run,
    result_of,
    run_for,
    run_under_way,
    runs,
    stop_asked,
)
from goldenthread.planning.queries.inputs import (
    InputState,
    in_force,
    input_version,
    input_versions,
    inputs_state,
    rows_of,
)
from goldenthread.planning.queries.mitigating import (
    forecast_mitigations,
    mitigations_of,
    scenario_for,
    scenario_version,
    scenarios,
)
from goldenthread.planning.queries.recovery import (
    PlanOverview,
    plan,
    plan_version,
    plans,
    stated_plan,
)

__all__ = [
    "InputState",
    "PlanOverview",
    "forecast_mitigations",
    "in_force",
    "input_version",
    "input_versions",
    "inputs_state",
    "latest_run",
    "mitigations_of",
    "plan",
    "plan_version",
    "plans",
    "result_of",
    "rows_of",
    "run_for",
    "run_under_way",
    "runs",
    "scenario_for",
    "scenario_version",
    "scenarios",
    "stated_plan",
    "stop_asked",
]
