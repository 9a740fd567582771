"""What is worked out beside a forecast: what mitigations save, what the deficit hangs on, what moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.forecast.attribution import attribute
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.explain import explain
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.scenario import edits_for
from goldenthread.forecast.sensitivity import sensitivity
from goldenthread.planning import permissions
from goldenthread.planning.actions.runs import record_progress
from goldenthread.planning.analyses import Before, Hangs, Moved, Savings, as_result
from goldenthread.planning.enums import AnalysisKind, InputKind, RunState
from goldenthread.planning.models import ForecastRun, RunAnalysis
from goldenthread.planning.queries.forecasts import locked, result_of, run_for
from goldenthread.planning.queries.live import inputs_from_records
from goldenthread.planning.queries.mitigating import forecast_mitigations
from goldenthread.planning.summary import Summary

_One = TypeVar("_One")
Found = Savings | Hangs | Moved | Before
STEPS: Final = 1000
SIMULATED, SHARED = 600, 850  # where the first two parts of the work end
BESIDE: Final = 200  # simulations of what is worked out beside a forecast, which runs the engine many times


class Watch:
    """Writes how far a run is, at most once a second, and hears whether somebody asked it to stop."""

    def __init__(self, run_id: UUID) -> None:
        self._run_id, self._go_on, self._said = run_id, True, 0.0

    def part(self, begins: int, ends: int) -> Callable[[int, int], None]:
        """What to tell of a part of the work that takes the steps from `begins` to `ends`."""

        def tell(done: int, of: int) -> None:
            if time.monotonic() - self._said < 1.0:
                return
            self._said = time.monotonic()
            step = begins + (ends - begins) * done // max(of, 1)
            self._go_on = record_progress(run_id=self._run_id, done=step, steps=STEPS)

        return tell

    def stop(self) -> bool:
        """Whether to stop."""
        return not self._go_on


def inputs_of_run(run: ForecastRun) -> Inputs:
    """What a run is made from: the records now, and the versions that it was asked for with."""
    versions = {InputKind(one.kind): one for one in run.inputs.all()}
    return inputs_from_records(run.base_year, run.horizon, versions)


class Beside:
    """What is worked out beside a forecast; `notes` tell what could not be, and the forecast stands."""

    def __init__(
        self,
        run: ForecastRun,
        inputs: Inputs,
        mitigations: Sequence[Mitigation],
        watch: Watch,
        workers: int = 1,
        simulations: int = BESIDE,
    ) -> None:
        self._run, self._inputs, self._mitigations, self._watch = run, inputs, mitigations, watch
        self._count, self._workers = min(run.simulations, simulations), workers
        self.notes: list[str] = []

    def find(self, by: Actor, summary: Summary) -> dict[AnalysisKind, Found]:
        """Savings, what the deficit hangs on, and what moved since the run before."""
        found: dict[AnalysisKind, Found | None] = {
            AnalysisKind.BEFORE: Before.of(self._inputs),
            AnalysisKind.SAVINGS: self._tried(self._savings) if self._mitigations else None,
            AnalysisKind.HANGS: self._tried(self._hangs),
            AnalysisKind.MOVED: self._tried(lambda: self._moved(by, summary)),
        }
        return {kind: one for kind, one in found.items() if one is not None}

    def _tried(self, work: Callable[[], _One]) -> _One | None:
        try:
            return work()
        except ForecastError as refused:
            self.notes.append(str(refused))
            return None

    def _savings(self) -> Savings:
        shared = attribute(
            self._inputs,
            self._mitigations,
            simulate,
            simulations=self._count,
            seed=self._run.seed,
            workers=self._workers,
            progress=self._watch.part(SIMULATED, SHARED),
            stop=self._watch.stop,
        )
        return Savings.of(shared, self._count)

    def _hangs(self) -> Hangs:
        edits = edits_for(self._inputs, self._mitigations) if self._mitigations else None
        tried = sensitivity(
            self._inputs,
            simulate,
            edits=edits,
            simulations=self._count,
            seed=self._run.seed,
            workers=self._workers,
            progress=self._watch.part(SHARED, STEPS),
            stop=self._watch.stop,
        )
        return Hangs.of(tried, self._count)

    def _moved(self, by: Actor, summary: Summary) -> Moved | None:
        """None where there was no run before, or the two have no year in common."""
        previous = self._run.previous
        if previous is None:
            return None
        before = result_of(by, previous)
        if before.space != summary.space or not set(before.years[:-1]) & set(summary.years[:-1]):
            return None
        then = inputs_of_run(previous)
        found = explain(then, as_result(before), self._inputs, as_result(summary))
        return Moved.of(found, str(previous.pk))


class Unwatched(Watch):
    """Work that no page follows and nobody stops."""

    def __init__(self) -> None:
        """Nothing is written."""

    def part(self, begins: int, ends: int) -> Callable[[int, int], None]:
        """Says nothing."""
        return lambda done, of: None

    def stop(self) -> bool:
        """Never."""
        return False


def keep(run: ForecastRun, found: dict[AnalysisKind, Found]) -> None:
    """Keep what was worked out, inside the caller's transaction; what is there already stays."""
    there = set(RunAnalysis.objects.filter(run=run).values_list("kind", flat=True))
    RunAnalysis.objects.bulk_create(
        RunAnalysis(run=run, kind=kind, content=one.as_dict())
        for kind, one in found.items()
        if kind.value not in there
    )


def work_out(*, by: Actor, run_id: UUID, simulations: int = BESIDE, workers: int = 1) -> tuple[str, ...]:
    """Work out, for a finished run, what was not worked out with it. Returns what could not be, in words.

    Made from the run's own versions and from the records as they are now. Raises NotPermitted, NotFound, or
    NotAllowedNow for a run that has not finished.
    """
    permissions.check_can_run(by)
    run = run_for(by, run_id)
    if run.state != RunState.DONE:
        raise NotAllowedNow("This forecast has not finished.", "Wait until it has, or start it again.")
    mitigations = forecast_mitigations(run.scenario_version)
    beside = Beside(run, inputs_of_run(run), mitigations, Unwatched(), workers, simulations)
    found = beside.find(by, result_of(by, run))
    with transaction.atomic():
        keep(locked(run_id), found)
    return tuple(beside.notes)
