"""What the planning room keeps: inputs, runs, scenarios, the recovery plan and what was really spent."""

from goldenthread.planning.models.actuals import ActualBatch, ActualFigure
from goldenthread.planning.models.analyses import RunAnalysis
from goldenthread.planning.models.inputs import InputVersion
from goldenthread.planning.models.plan import Milestone, PlanAction, PlanRow, RecoveryPlan
from goldenthread.planning.models.runs import ForecastRun, RunResult
from goldenthread.planning.models.scenarios import Mitigation, Scenario, ScenarioVersion

__all__ = [
    "ActualBatch",
    "ActualFigure",
    "ForecastRun",
    "InputVersion",
    "Milestone",
    "Mitigation",
    "PlanAction",
    "PlanRow",
    "RecoveryPlan",
    "RunAnalysis",
    "RunResult",
    "Scenario",
    "ScenarioVersion",
]
