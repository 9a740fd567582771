"""Reads of what was worked out beside a forecast."""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.planning import permissions
from goldenthread.planning.analyses import Before, Hangs, Moved, Savings
from goldenthread.planning.enums import AnalysisKind, RunState
from goldenthread.planning.models import ForecastRun, InputVersion, RunAnalysis
from goldenthread.planning.queries.forecasts import runs

# Of so many finished runs the newest of each scenario is looked for.
MOST = 500
AS_IS = "baseline"


def savings_of(by: Actor, run: ForecastRun) -> Savings | None:
    """What each mitigation of a run saves; None where it has none. Raises NotPermitted."""
    kept = _kept(by, run, AnalysisKind.SAVINGS)
    return None if kept is None else Savings.read(kept.content)


def hangs_of(by: Actor, run: ForecastRun) -> Hangs | None:
    """What the deficit of a run hangs on; None where it was not worked out. Raises NotPermitted."""
    kept = _kept(by, run, AnalysisKind.HANGS)
    return None if kept is None else Hangs.read(kept.content)


def moved_of(by: Actor, run: ForecastRun) -> Moved | None:
    """Why a run differs from the one before; None where there was none. Raises NotPermitted."""
    kept = _kept(by, run, AnalysisKind.MOVED)
    return None if kept is None else Moved.read(kept.content)


def before_of(by: Actor, run: ForecastRun) -> list[tuple[int, int]]:
    """(year, EHC plans) at the censuses before a run's base, the oldest first. Raises NotPermitted."""
    kept = _kept(by, run, AnalysisKind.BEFORE)
    if kept is None:
        return []
    before = Before.read(kept.content)
    return list(zip(before.years, before.plans, strict=True))


def newest_runs(by: Actor) -> dict[str, ForecastRun]:
    """The newest finished run of each scenario in use, by its key; that of things as they are is AS_IS.

    Raises NotPermitted.
    """
    done = runs(by).filter(state=RunState.DONE).exclude(scenario__archived=True)
    found: dict[str, ForecastRun] = {}
    for run in done.order_by("-finished_at")[:MOST]:
        found.setdefault(str(run.scenario_id or AS_IS), run)
    return dict(sorted(found.items(), key=lambda pair: pair[0] != AS_IS))


def not_worked_out(by: Actor) -> list[ForecastRun]:
    """Up to three finished runs that nothing was worked out beside, the newest first. Raises NotPermitted."""
    done = runs(by).filter(state=RunState.DONE).exclude(analyses__kind=AnalysisKind.BEFORE)
    return list(done.order_by("-finished_at")[:3])


def inputs_of(by: Actor, run: ForecastRun) -> list[InputVersion]:
    """The versions that a run was made from, without their rows. Raises NotPermitted."""
    permissions.check_can_view(by)
    return list(run.inputs.defer("content").order_by("kind"))


def _kept(by: Actor, run: ForecastRun, kind: AnalysisKind) -> RunAnalysis | None:
    permissions.check_can_view(by)
    return RunAnalysis.objects.filter(run=run, kind=kind).first()
