"""Finished runs in the database, made by the room's own decisions from invented summaries."""

from __future__ import annotations

from typing import Any

from goldenthread.core.actors import System
from goldenthread.planning import actions
from goldenthread.planning.enums import AnalysisKind
from goldenthread.planning.models import ForecastRun, RunAnalysis, Scenario
from goldenthread.planning.summary import Summary
from tests.factories.planning import HORIZON, mitigations, savings, summary

BY = System.COMMAND


def finished(kept: Summary | None = None, **changes: Any) -> ForecastRun:
    """A run that is done."""
    asked = {"base_year": 2024, "horizon": HORIZON, "simulations": 40, "seed": 7} | changes
    run = actions.queue_run(by=BY, **asked)
    actions.start_run(by=BY, run_id=run.pk, steps=1)
    return actions.finish_run(by=BY, run_id=run.pk, summary=kept or summary(), notes=("Said of the run.",))


def scenario() -> Scenario:
    """A scenario with two mitigations."""
    return actions.make_scenario(by=BY, title="Recovery plan", mitigations=mitigations())


def pair() -> tuple[ForecastRun, ForecastRun]:
    """A run of things as they are, and one of a scenario with what its mitigations save."""
    before, after = summary(), summary(growth=0.06)
    as_is = finished(before)
    run = finished(after, scenario_id=scenario().pk)
    kept = savings(before.spend[0], after.spend[0])
    RunAnalysis.objects.create(run=run, kind=AnalysisKind.SAVINGS, content=kept.as_dict())
    return as_is, run
