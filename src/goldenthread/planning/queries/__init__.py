"""Reads of the planning room."""

from goldenthread.planning.queries.actuals import (
    Variance,
    actual_batches,
    latest_month,
    monthly,
    variance,
)
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
from goldenthread.planning.queries.live import base_years, inputs_from_records
from goldenthread.planning.queries.mitigating import (
    forecast_mitigations,
    mitigations_of,
    scenario_for,
    scenario_version,
    scenarios,
)
from goldenthread.planning.queries.recovery import (
    PlanOverview,
    actions_of,
    plan,
    plan_version,
    plans,
    stated_plan,
)

__all__ = [
    "InputState",
    "PlanOverview",
    "Variance",
    "actions_of",
    "actual_batches",
    "base_years",
    "forecast_mitigations",
    "in_force",
    "input_version",
    "input_versions",
    "inputs_from_records",
    "inputs_state",
    "latest_month",
    "latest_run",
    "mitigations_of",
    "monthly",
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
    "variance",
]
