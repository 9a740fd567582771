"""Writes of the planning room: one keyword-only function a decision."""

from goldenthread.planning.actions.actuals import ActualsReport, record_actuals, record_figures
from goldenthread.planning.actions.inputs import import_dfe, store_input
from goldenthread.planning.actions.plans import approve_plan, enter_plan, update_milestone
from goldenthread.planning.actions.runs import (
    fail_run,
    finish_run,
    queue_run,
    record_progress,
    start_run,
    stop_run,
)
from goldenthread.planning.actions.scenarios import (
    archive_scenario,
    copy_scenario,
    edit_scenario,
    make_scenario,
)

__all__ = [
    "ActualsReport",
    "approve_plan",
    "archive_scenario",
    "copy_scenario",
    "edit_scenario",
    "enter_plan",
    "fail_run",
    "finish_run",
    "import_dfe",
    "make_scenario",
    "queue_run",
    "record_actuals",
    "record_figures",
    "record_progress",
    "start_run",
    "stop_run",
    "store_input",
    "update_milestone",
]
