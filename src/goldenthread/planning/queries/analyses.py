"""Reads of what was worked out beside a forecast."""

from __future__ import annotations

from goldenthread.core.actors import Actor
from goldenthread.planning import permissions
from goldenthread.planning.analyses import Hangs, Moved, Savings
from goldenthread.planning.enums import AnalysisKind
from goldenthread.planning.models import ForecastRun, RunAnalysis


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


def _kept(by: Actor, run: ForecastRun, kind: AnalysisKind) -> RunAnalysis | None:
    permissions.check_can_view(by)
    return RunAnalysis.objects.filter(run=run, kind=kind).first()
