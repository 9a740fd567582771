"""Making a forecast from beginning to end: the work behind the job and the command.

A run counts a thousand steps: simulating, sharing savings among mitigations, trying what the deficit hangs
on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor, System
from goldenthread.core.refusals import Refusal
from goldenthread.forecast.attribution import attribute
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.explain import explain
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.parallel import Stopped, simulate
from goldenthread.forecast.running import StoppedError
from goldenthread.forecast.scenario import edits_for, remarks
from goldenthread.forecast.sensitivity import sensitivity
from goldenthread.planning import permissions
from goldenthread.planning.actions.runs import fail_run, finish_run, record_progress, start_run
from goldenthread.planning.analyses import Before, Hangs, Moved, Savings, as_result
from goldenthread.planning.enums import UNDER_WAY, AnalysisKind, InputKind, RunState
from goldenthread.planning.models import ForecastRun, RunAnalysis
from goldenthread.planning.queries.forecasts import result_of, run_for
from goldenthread.planning.queries.live import inputs_from_records
from goldenthread.planning.queries.mitigating import forecast_mitigations
from goldenthread.planning.summary import Summary, summarise

_One = TypeVar("_One")
Found = Savings | Hangs | Moved | Before
STEPS = 1000
SIMULATED, SHARED = 600, 850  # where the first two parts of the work end
BESIDE = 200  # simulations of what is worked out beside the forecast, which runs the engine many times
# A run that has said nothing for so long has lost its worker.
SILENT = timedelta(minutes=10)
MEND = "Mend what it says, then start the forecast again."


class _Watch:
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


def run_forecast(*, by: Actor, run_id: UUID, workers: int = 1) -> RunState:
    """Make a forecast that was asked for, and what is worked out beside it. Returns the state it ended in.

    May be called again for a run whose worker died: then it starts afresh. One that has ended is left. What
    is wrong with the inputs is kept on the run, which has then failed. Raises NotPermitted or NotFound.
    """
    permissions.check_can_run(by)
    run = run_for(by, run_id)
    if run.state not in UNDER_WAY:
        return RunState(run.state)
    if run.state == RunState.WAITING:
        start_run(by=by, run_id=run.pk, steps=STEPS)
    try:
        _make(by, run, workers)
    except (Stopped, StoppedError):
        pass
    except Refusal as refused:
        _fail(by, run, refused.message, refused.mend or MEND)
    except ForecastError as refused:
        _fail(by, run, str(refused), MEND)
    except Exception:
        # Else the page would show the run at work for ever; the worker logs the fault itself.
        _fail(
            by,
            run,
            "Something went wrong in the program.",
            "Tell whoever looks after this system; the job's log says what it was.",
        )
        raise
    return RunState(run_for(by, run_id).state)


def _make(by: Actor, run: ForecastRun, workers: int) -> None:
    watch = _Watch(run.pk)
    watch.part(0, 1)(0, 1)
    inputs, mitigations = _inputs(run), forecast_mitigations(run.scenario_version)
    edits = edits_for(inputs, mitigations) if mitigations else None
    result = simulate(
        inputs,
        edits,
        simulations=run.simulations,
        seed=run.seed,
        workers=workers,
        progress=watch.part(0, SIMULATED),
        stop=watch.stop,
    )
    summary = summarise(result)
    beside = _Beside(run, inputs, mitigations, watch, workers)
    found = beside.find(by, summary)
    with transaction.atomic():
        notes = (*remarks(inputs, mitigations), *beside.notes)
        finish_run(by=by, run_id=run.pk, summary=summary, notes=notes)
        RunAnalysis.objects.bulk_create(
            RunAnalysis(run=run, kind=kind, content=one.as_dict()) for kind, one in found.items()
        )


def _inputs(run: ForecastRun) -> Inputs:
    """What a run is made from: the records now, and the versions that it was asked for with."""
    versions = {InputKind(one.kind): one for one in run.inputs.all()}
    return inputs_from_records(run.base_year, run.horizon, versions)


class _Beside:
    """What is worked out beside a forecast; `notes` tell what could not be, and the forecast stands."""

    def __init__(
        self, run: ForecastRun, inputs: Inputs, mitigations: Sequence[Mitigation], watch: _Watch, workers: int
    ) -> None:
        self._run, self._inputs, self._mitigations, self._watch = run, inputs, mitigations, watch
        self._count, self._workers = min(run.simulations, BESIDE), workers
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
        then = _inputs(previous)
        found = explain(then, as_result(before), self._inputs, as_result(summary))
        return Moved.of(found, str(previous.pk))


def _fail(by: Actor, run: ForecastRun, problem: str, mend: str) -> None:
    """Say why a run ended, unless somebody stopped it meanwhile."""
    with transaction.atomic():
        if run_for(by, run.pk).state in UNDER_WAY:
            fail_run(by=by, run_id=run.pk, problem=problem, mend=mend)


def mark_interrupted_runs(*, by: Actor = System.SCHEDULER) -> int:
    """Mark as failed the runs that lost their worker and were not taken up again. Returns how many."""
    permissions.check_can_run(by)
    silent = ForecastRun.objects.filter(state=RunState.RUNNING, seen_at__lt=clock.now() - SILENT)
    found = list(silent.values_list("pk", flat=True))
    for run_id in found:
        fail_run(
            by=by,
            run_id=run_id,
            problem="The forecast broke off: the machine or the worker stopped.",
            mend="Start it again. Nothing of it was kept.",
        )
    return len(found)
