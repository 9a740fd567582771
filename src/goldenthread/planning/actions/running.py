"""Making a forecast from beginning to end: the work behind the job and the command.

A run counts a thousand steps: simulating, sharing savings among mitigations, trying what the deficit hangs
on.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor, System
from goldenthread.core.refusals import Refusal
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.parallel import Stopped, simulate
from goldenthread.forecast.scenario import edits_for, remarks
from goldenthread.planning import permissions
from goldenthread.planning.actions.beside import SIMULATED, STEPS, Beside, Watch, inputs_of_run, keep
from goldenthread.planning.actions.runs import fail_run, finish_run, start_run
from goldenthread.planning.enums import UNDER_WAY, RunState
from goldenthread.planning.models import ForecastRun
from goldenthread.planning.queries.forecasts import run_for
from goldenthread.planning.queries.mitigating import forecast_mitigations
from goldenthread.planning.summary import summarise

# A run that has said nothing for so long has lost its worker.
SILENT = timedelta(minutes=10)
MEND = "Mend what it says, then start the forecast again."


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
    except Stopped:
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
    watch = Watch(run.pk)
    watch.part(0, 1)(0, 1)
    inputs, mitigations = inputs_of_run(run), forecast_mitigations(run.scenario_version)
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
    beside = Beside(run, inputs, mitigations, watch, workers)
    found = beside.find(by, summary)
    with transaction.atomic():
        notes = (*remarks(inputs, mitigations), *beside.notes)
        finish_run(by=by, run_id=run.pk, summary=summary, notes=notes)
        keep(run, found)


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
