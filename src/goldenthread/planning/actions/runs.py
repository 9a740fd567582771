"""A forecast is asked for, started, finished, stopped or has failed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.planning import permissions, policies
from goldenthread.planning.enums import RunEvent, RunState
from goldenthread.planning.models import ForecastRun, RunResult, Scenario
from goldenthread.planning.queries import forecasts as reads
from goldenthread.planning.queries import mitigating as scenario_reads
from goldenthread.planning.queries.inputs import in_force
from goldenthread.planning.summary import Summary, pack
from goldenthread.planning.workflow import next_state

Then = Callable[[ForecastRun], object]


def queue_run(
    *,
    by: Actor,
    base_year: int,
    horizon: int = 5,
    simulations: int = 1000,
    seed: int = 1,
    scenario_id: UUID | None = None,
    title: str = "",
    then: Then | None = None,
) -> ForecastRun:
    """Ask for a forecast with the inputs in force now; `then` is called in the same transaction.

    Raises NotPermitted, NotFound, NotAllowedNow (the scenario was put away) or InvalidInput.
    """
    permissions.check_can_run(by)
    policies.check_size(horizon, simulations)
    with transaction.atomic():
        scenario = scenario_reads.scenario_for(by, scenario_id) if scenario_id else None
        if scenario is not None:
            policies.check_not_archived(scenario)
        run = ForecastRun.objects.create(
            title=title.strip()[:150],
            scenario=scenario,
            scenario_version=scenario_reads.scenario_version(by, scenario) if scenario else None,
            base_year=base_year,
            horizon=horizon,
            simulations=simulations,
            seed=seed,
            records_as_of=clock.today(),
            previous=_previous(scenario),
            by=None if isinstance(by, System) else by,
            by_label=actor_ref(by).label,
        )
        run.inputs.set(in_force().values())
        details = {"base_year": base_year, "horizon": horizon, "simulations": simulations, "seed": seed}
        audit.record(by=by, action="planning.run_queued", obj=run, details=details)
        if then is not None:
            then(run)
    return run


def start_run(*, by: Actor, run_id: UUID, steps: int) -> ForecastRun:
    """The job takes a run up. Raises NotPermitted, NotFound or NotAllowedNow."""
    permissions.check_can_run(by)
    with transaction.atomic():
        run = reads.locked(run_id)
        run.state = next_state(run.state, RunEvent.STARTED)
        run.started_at = run.seen_at = clock.now()
        run.all_steps = steps
        run.save()
        audit.record(by=by, action="planning.run_started", obj=run)
    return run


def record_progress(*, run_id: UUID, done: int, steps: int) -> bool:
    """How far the job is. Returns whether to go on: False once somebody asked it to stop."""
    ForecastRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        done_steps=done, all_steps=steps, seen_at=clock.now()
    )
    return ForecastRun.objects.filter(pk=run_id, state=RunState.RUNNING, stop_asked=False).exists()


def finish_run(*, by: Actor, run_id: UUID, summary: Summary, notes: Sequence[str] = ()) -> ForecastRun:
    """Keep what a run gave. Raises NotPermitted, NotFound or NotAllowedNow (stopped meanwhile)."""
    permissions.check_can_run(by)
    content = pack(summary)
    with transaction.atomic():
        run = reads.locked(run_id)
        run.state = next_state(run.state, RunEvent.FINISHED)
        run.finished_at = clock.now()
        run.done_steps = run.all_steps
        run.notes = list(dict.fromkeys([*summary.notes, *notes]))
        run.save()
        RunResult.objects.create(run=run, sha256=hashlib.sha256(content).hexdigest(), content=content)
        audit.record(by=by, action="planning.run_finished", obj=run)
    return run


def stop_run(*, by: Actor, run_id: UUID) -> ForecastRun:
    """Stop a run: at once if it waits; one at work is told, and stops at its next step.

    Raises NotPermitted, NotFound, or NotAllowedNow for one that has ended.
    """
    permissions.check_can_run(by)
    with transaction.atomic():
        run = reads.locked(run_id)
        run.state = next_state(run.state, RunEvent.STOPPED)
        run.stop_asked = True
        run.finished_at = clock.now()
        run.save()
        audit.record(by=by, action="planning.run_stopped", obj=run)
    return run


def fail_run(*, by: Actor, run_id: UUID, problem: str, mend: str = "") -> ForecastRun:
    """A run ended without a result: why, and how to mend it. Raises NotPermitted or NotFound."""
    permissions.check_can_run(by)
    with transaction.atomic():
        run = reads.locked(run_id)
        run.state = next_state(run.state, RunEvent.FAILED)
        run.problem, run.mend, run.finished_at = problem, mend, clock.now()
        run.save()
        audit.record(by=by, action="planning.run_failed", obj=run)
    return run


def _previous(scenario: Scenario | None) -> ForecastRun | None:
    """What a page compares a run with: the last finished one of the same scenario."""
    done = ForecastRun.objects.filter(scenario=scenario, state=RunState.DONE)
    return done.order_by("-finished_at").first()
