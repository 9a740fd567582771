"""What can go wrong while a forecast is made, and its files."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.refusals import NotAllowedNow
from goldenthread.forecast.mitigation import Effect, Kind, Mitigation, Where
from goldenthread.planning import actions
from goldenthread.planning.actions.beside import SHARED, Watch, work_out
from goldenthread.planning.actions.running import run_forecast
from goldenthread.planning.enums import AnalysisKind, InputKind, RunState
from goldenthread.planning.models import ForecastRun, InputVersion, RunAnalysis
from tests.planning.exports.runs import BY
from tests.planning.pages.test_runs import lines_of
from tests.planning.record import small_record

SPECIAL = Where(placements=("special",))


def mitigation(reference: str, kind: Kind, amount: float, unit: str, where: Where, **more: Any) -> Mitigation:
    effects = (Effect(kind, amount, unit, where),)
    return Mitigation(reference, f"Action {reference}", effects, **{"starts": date(2024, 4, 1)} | more)


def made(*mitigations: Mitigation, title: str = "Tried") -> ForecastRun:
    """A run of a scenario with these, after the job's work."""
    scenario = actions.make_scenario(by=BY, title=title, mitigations=mitigations) if mitigations else None
    run = actions.queue_run(
        by=BY, base_year=2024, horizon=3, simulations=20, scenario_id=scenario.pk if scenario else None
    )
    run_forecast(by=BY, run_id=run.pk)
    return ForecastRun.objects.get(pk=run.pk)


def test_more_children_than_there_are_fails_the_forecast_with_the_cell() -> None:
    small_record()
    run = made(mitigation("1", Kind.LEAVER_HEADS, 400, "plans a year", SPECIAL))
    assert run.state == RunState.FAILED
    assert "Mitigation 1: 400.0 plans more end in special" in run.problem
    assert not hasattr(run, "result")


def test_savings_that_cannot_be_shared_are_told_and_the_forecast_stands() -> None:
    small_record()
    first = mitigation("1", Kind.JOINER_HEADS, 200, "plans a year", SPECIAL)
    second = mitigation("2", Kind.LEAVER_HEADS, 60, "plans a year", SPECIAL, starts=date(2026, 4, 1))
    run = made(first, second)
    assert run.state == RunState.DONE, run.problem
    kinds = set(RunAnalysis.objects.filter(run=run).values_list("kind", flat=True))
    assert kinds == {AnalysisKind.BEFORE, AnalysisKind.HANGS}
    assert any("should be made one with it" in note for note in run.notes)


def test_a_fault_of_the_program_is_not_swallowed_and_the_run_does_not_hang() -> None:
    small_record()
    InputVersion.objects.create(
        kind=InputKind.PRICES,
        number=1,
        source="Broken",
        sha256="0",
        rows=1,
        content=gzip.compress(b"{"),
        by_label="x",
    )
    run = actions.queue_run(by=BY, base_year=2024, simulations=20)
    with pytest.raises(ValueError, match="Expecting property name"):
        run_forecast(by=BY, run_id=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "Something went wrong in the program" in run.problem


def test_a_forecast_stopped_at_the_very_end_stays_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody presses Stop after the last time that the work asked, and before it is kept."""
    small_record()
    run = actions.queue_run(by=BY, base_year=2024, horizon=3, simulations=20)
    tell = Watch.part

    def unheard(self: Watch, begins: int, ends: int) -> Any:
        if begins == SHARED:
            actions.stop_run(by=BY, run_id=run.pk)
            return lambda done, of: None
        return tell(self, begins, ends)

    monkeypatch.setattr(Watch, "part", unheard)
    assert run_forecast(by=BY, run_id=run.pk) == RunState.STOPPED
    run.refresh_from_db()
    assert (run.problem, hasattr(run, "result")) == ("", False)


def test_runs_without_a_year_in_common_are_not_compared(officer: Client) -> None:
    small_record()
    early = actions.queue_run(by=BY, base_year=2022, horizon=1, simulations=20)
    assert run_forecast(by=BY, run_id=early.pk) == RunState.DONE
    late = made()
    assert late.previous_id == early.pk
    assert not RunAnalysis.objects.filter(run=late, kind=AnalysisKind.MOVED).exists()
    words = officer.get(reverse("planning_run_moved", args=[late.pk])).content.decode()
    assert "have no year in common" in words


def test_what_is_beside_a_forecast_waits_for_its_end() -> None:
    waiting = actions.queue_run(by=BY, base_year=2024)
    with pytest.raises(NotAllowedNow, match="has not finished"):
        work_out(by=BY, run_id=waiting.pk)


@pytest.fixture
def whole() -> ForecastRun:
    """A run with everything beside it."""
    small_record()
    both = (
        mitigation("1", Kind.JOINER_FACTOR, 0.7, "times", Where()),
        mitigation("2", Kind.PRICE, 0.9, "times", SPECIAL),
    )
    made(*both)
    scenario = ForecastRun.objects.get().scenario_id
    run = actions.queue_run(by=BY, base_year=2024, horizon=3, simulations=20, seed=2, scenario_id=scenario)
    run_forecast(by=BY, run_id=run.pk)
    return ForecastRun.objects.get(pk=run.pk)


@pytest.mark.parametrize(
    ("part", "query", "heads"),
    [
        ("planning_run", {}, ["Financial year", "Opening balance"]),
        ("planning_run_savings", {}, ["Mitigation", "2024/25"]),
        ("planning_run_hangs", {}, ["Input", "Lower by"]),
        ("planning_run_moved", {}, ["Reason", "Jan 2024"]),
        ("planning_run_moved", {"table": "spend-moved"}, ["Reason", "2024/25"]),
    ],
)
def test_every_part_of_a_forecast_is_a_file_of_plain_numbers(
    officer: Client, whole: ForecastRun, part: str, query: dict[str, str], heads: list[str]
) -> None:
    lines = lines_of(officer.get(reverse(part, args=[whole.pk]), query | {"download": "csv"}))
    assert list(lines[0])[: len(heads)] == heads
    figures = [value for name, value in lines[0].items() if name not in {heads[0], "Closing balance, range"}]
    assert all(float(value) == float(value) for value in figures if value), figures
    sheet = officer.get(reverse(part, args=[whole.pk]), query | {"download": "xlsx"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")


def test_the_reasons_of_a_change_add_up_in_its_file(officer: Client, whole: ForecastRun) -> None:
    lines = lines_of(officer.get(reverse("planning_run_moved", args=[whole.pk]), {"download": "csv"}))
    for year in list(lines[0])[1:]:
        parts = [float(line[year]) for line in lines]
        assert sum(parts[:-1]) == pytest.approx(parts[-1], abs=0.05)


def test_savings_overlap_is_said(officer: Client, whole: ForecastRun) -> None:
    words = officer.get(reverse("planning_run_savings", args=[whole.pk])).content.decode()
    assert "adding up would count" in words or "they help each other" in words
