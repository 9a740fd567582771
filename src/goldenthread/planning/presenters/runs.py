"""Forecast runs: the list, how far one is, what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.ui.filters import number
from goldenthread.core.ui.parts import Link, NavItem, Progress, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags
from goldenthread.planning.enums import RunState
from goldenthread.planning.models import ForecastRun, InputVersion

STATES = StatusTags(
    {
        RunState.WAITING: ("Waiting", "yellow"),
        RunState.RUNNING: ("Running", "blue"),
        RunState.DONE: ("Done", "green"),
        RunState.STOPPED: ("Stopped", "grey"),
        RunState.FAILED: ("Failed", "red"),
    }
)
COLUMNS: Final = (
    Column("name", "Forecast", sortable=True, order_by=("title",)),
    Column("state", "State", sortable=True),
    Column("scenario", "Scenario", sortable=True, order_by=("scenario__title",)),
    Column("base", "From January", sortable=True, numeric=True, order_by=("base_year",)),
    Column("years", "Years", numeric=True),
    Column("simulations", "Simulations", sortable=True, numeric=True),
    Column("seed", "Seed", numeric=True),
    Column("asked", "Asked for", sortable=True, order_by=("created_at",)),
    Column("by", "By", sortable=True, order_by=("by_label",)),
)
AS_IS: Final = "As it is"


def scenario_name(run: ForecastRun) -> str:
    """The scenario as it was called when the run was asked for."""
    version = run.scenario_version
    return f"{version.title}, version {version.number}" if version is not None else AS_IS


def rows(runs: Iterable[ForecastRun]) -> Iterator[Row]:
    """The list of runs."""
    for run in runs:
        yield Row(
            {
                "name": Link(str(run), reverse("planning_run", args=[run.pk])),
                "state": STATES[run.state],
                "scenario": scenario_name(run),
                "base": str(run.base_year),
                "years": run.horizon,
                "simulations": run.simulations,
                "seed": str(run.seed),
                "asked": run.created_at.date(),
                "by": run.by_label,
            },
            name=str(run),
        )


def took(run: ForecastRun) -> str:
    """How long the run has been at work."""
    if run.started_at is None:
        return ""
    seconds = max(0, round(((run.finished_at or clock.now()) - run.started_at).total_seconds()))
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def how_far(run: ForecastRun, *, still: bool = False) -> Progress:
    """The progress of a run that waits or is at work. The page looks again by itself unless it is `still`."""
    waits = run.state == RunState.WAITING
    facts = [SummaryRow("Time running", took(run))]
    if run.seen_at is not None:
        silent = max(0, round((clock.now() - run.seen_at).total_seconds()))
        facts.append(SummaryRow("Last heard of", f"{silent} s ago"))
    label = "Waiting to start" if waits else _phase(run.percent)
    return Progress(
        label, run.percent, 100, refresh=0 if still else 5, facts=[one for one in facts if one.value != ""]
    )


# Where the share of each part of the work ends; the job counts by it.
SIMULATED, SHARED = 60, 85


def _phase(percent: int) -> str:
    if percent < SIMULATED:
        return "Simulating"
    return "Sharing savings among mitigations" if percent < SHARED else "Trying what the deficit hangs on"


def facts(run: ForecastRun) -> list[SummaryRow]:
    """About the run."""
    asked = f"{run.by_label}, {run.created_at:%-d %B %Y}"
    previous = []
    if run.previous_id is not None:
        previous = [Link("Open it", reverse("planning_run", args=[run.previous_id]), "the run before")]
    return [
        SummaryRow("Scenario", scenario_name(run)),
        SummaryRow("From", f"January {run.base_year}, {run.horizon} years ahead"),
        SummaryRow("Simulations", f"{number(run.simulations)}, seed {run.seed}"),
        SummaryRow("Records as of", run.records_as_of),
        SummaryRow("The run before", previous or "None"),
        SummaryRow("Asked for by", asked),
        SummaryRow("Took", took(run)),
    ]


SOURCES: Final = (
    Column("kind", "Input"),
    Column("number", "Version", numeric=True),
    Column("source", "Where it comes from"),
    Column("stand_in", "Stand-in"),
    Column("sha256", "Checksum of the file"),
)


def source_rows(versions: Iterable[InputVersion]) -> Iterator[Row]:
    """The inputs that a run was made from."""
    for one in versions:
        yield Row(
            {
                "kind": one.get_kind_display(),
                "number": one.number,
                "source": one.source,
                "stand_in": one.assumed,
                "sha256": one.sha256[:12],
            }
        )


PARTS: Final = (
    ("planning_run", "Summary"),
    ("planning_run_plans", "EHC plans"),
    ("planning_run_money", "Money"),
    ("planning_run_moved", "What moved"),
    ("planning_run_hangs", "What it hangs on"),
    ("planning_run_made", "Made from"),
)


def tabs(run: ForecastRun, here: str) -> list[NavItem]:
    """The parts of a finished run; savings where it has mitigations."""
    parts = list(PARTS)
    if run.scenario_version_id is not None:
        parts.insert(3, ("planning_run_savings", "Savings"))
    return [NavItem(text, reverse(name, args=[run.pk]), current=name == here) for name, text in parts]
