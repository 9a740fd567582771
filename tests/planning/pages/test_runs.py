"""A forecast from asking for it to its files, made by the real job on a small record."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from goldenthread.core import clock, landing
from goldenthread.core.actors import System
from goldenthread.core.roles import Role
from goldenthread.planning import actions, jobs
from goldenthread.planning.actions.beside import Watch
from goldenthread.planning.actions.running import mark_interrupted_runs, run_forecast
from goldenthread.planning.enums import AnalysisKind, RunState
from goldenthread.planning.models import ForecastRun, RunAnalysis
from goldenthread.planning.presenters.breakdowns import CUTS
from goldenthread.planning.summary import unpack
from tests.factories.planning import mitigations
from tests.planning.exports.runs import BY, finished
from tests.planning.pages.conftest import signed_in
from tests.planning.record import small_record

ASKED = {
    "scenario": "baseline",
    "base_year": 2024,
    "horizon": 3,
    "simulations": 30,
    "seed": 5,
    "title": "June",
}


def ask(officer: Client, **changes: Any) -> ForecastRun:
    """Ask for a forecast on the page."""
    answer = officer.post(reverse("planning_run_new"), ASKED | changes)
    assert answer.status_code == 302, answer.content.decode()
    return ForecastRun.objects.get(pk=UUID(answer.headers["Location"].split("/")[3]))


def again(run: ForecastRun) -> ForecastRun:
    return ForecastRun.objects.get(pk=run.pk)


def scenario_of_two() -> Any:
    return actions.make_scenario(by=BY, title="Two actions", mitigations=mitigations())


def test_a_forecast_is_asked_for_made_in_the_background_and_shown(officer: Client) -> None:
    small_record()
    run = ask(officer)
    waiting = officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    assert "Waiting to start" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert DBTaskResult.objects.get().task_path.endswith("make_forecast")
    assert jobs.make_forecast.call(str(run.pk)) == RunState.DONE
    words = officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    for said in (
        "June",
        "The account of the block",
        "What was assumed",
        "Mean error",
        "EHC plans in January 2027",
    ):
        assert said in words
    assert 'http-equiv="refresh"' not in words


def test_the_same_seed_gives_the_same_figures_and_nothing_moved(officer: Client) -> None:
    small_record()
    first, second = ask(officer), ask(officer)
    for run in (first, second):
        run_forecast(by=BY, run_id=run.pk)
    contents = [unpack(bytes(again(run).result.content)) for run in (first, second)]
    assert (contents[0].balance_draws == contents[1].balance_draws).all()
    third = ask(officer)
    assert third.previous == again(second)
    run_forecast(by=BY, run_id=third.pk)
    words = officer.get(reverse("planning_run_moved", args=[third.pk])).content.decode()
    assert "How many children and young people there are" in words
    kept = RunAnalysis.objects.get(run=third, kind=AnalysisKind.MOVED).content
    assert kept["plans_change"] == [0, 0, 0, 0]


def test_a_scenario_s_forecast_tells_what_each_mitigation_saves(officer: Client) -> None:
    small_record()
    run = ask(officer, scenario=str(scenario_of_two().pk))
    assert run_forecast(by=BY, run_id=run.pk) == RunState.DONE
    kept = RunAnalysis.objects.get(run=run, kind=AnalysisKind.SAVINGS).content
    assert kept["references"] == ["1", "2"]
    for at, (before, after) in enumerate(zip(kept["as_is"], kept["mitigated"], strict=True)):
        assert sum(one[at] for one in kept["mean"]) == pytest.approx(before - after, abs=0.05)
    words = officer.get(reverse("planning_run_savings", args=[run.pk])).content.decode()
    assert "With all mitigations" in words
    assert "1. More resourced provision" in words
    assert (
        "What the deficit at the end of 2026/27 hangs on"
        in officer.get(reverse("planning_run_hangs", args=[run.pk])).content.decode()
    )


def test_a_waiting_forecast_can_be_stopped_and_started_again(officer: Client) -> None:
    run = ask(officer)
    officer.post(reverse("planning_run_stop", args=[run.pk]))
    assert again(run).state == RunState.STOPPED
    assert jobs.make_forecast.call(str(run.pk)) == RunState.STOPPED, "the job leaves it"
    assert "was stopped" in officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    officer.post(reverse("planning_run_again", args=[run.pk]))
    fresh = ForecastRun.objects.exclude(pk=run.pk).get()
    assert (fresh.state, fresh.seed, fresh.title) == (RunState.WAITING, 5, "June")


def test_a_forecast_at_work_stops_between_two_steps(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody presses Stop once the first step is written; the engine hears of it before the next."""
    small_record()
    run = ask(officer)
    tell = Watch.part

    def stopping(self: Watch, begins: int, ends: int) -> Any:
        inner = tell(self, begins, ends)
        if again(run).state == RunState.RUNNING and begins == 0 and ends > 1:
            officer.post(reverse("planning_run_stop", args=[run.pk]))
            self._said = 0.0
        return inner

    monkeypatch.setattr(Watch, "part", stopping)
    assert run_forecast(by=BY, run_id=run.pk) == RunState.STOPPED
    assert not hasattr(again(run), "result")
    assert not RunAnalysis.objects.exists()


def test_a_forecast_whose_worker_died_starts_afresh_when_the_job_is_put_back(officer: Client) -> None:
    small_record()
    run = ask(officer)
    actions.start_run(by=BY, run_id=run.pk, steps=1000)
    actions.record_progress(run_id=run.pk, done=400, steps=1000)
    assert ">40%<" in officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    assert jobs.make_forecast.call(str(run.pk)) == RunState.DONE


def test_a_forecast_that_nobody_took_up_again_is_marked_as_failed(officer: Client) -> None:
    run, lively = ask(officer), ask(officer)
    for one in (run, lively):
        actions.start_run(by=BY, run_id=one.pk, steps=1000)
    ForecastRun.objects.filter(pk=run.pk).update(seen_at=clock.now() - timedelta(minutes=11))
    assert mark_interrupted_runs(by=System.SCHEDULER) == 1
    assert (again(run).state, again(lively).state) == (RunState.FAILED, RunState.RUNNING)
    words = officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    assert "broke off" in words
    assert "Start it again" in words


def test_what_cannot_be_forecast_is_said_with_the_way_out(officer: Client) -> None:
    run = ask(officer)
    assert run_forecast(by=BY, run_id=run.pk) == RunState.FAILED
    words = officer.get(reverse("planning_run", args=[run.pk])).content.decode()
    assert "There are no plans on record in January 2024" in words
    assert "SEN2 return first" in words


def test_what_was_not_worked_out_with_a_forecast_is_worked_out_later(officer: Client) -> None:
    small_record()
    run = finished(horizon=4)
    assert "Work it out now" in officer.get(reverse("planning_run_hangs", args=[run.pk])).content.decode()
    officer.post(reverse("planning_run_beside", args=[run.pk]))
    assert DBTaskResult.objects.get().task_path.endswith("work_out_beside")
    assert jobs.work_out_beside.call(str(run.pk)) == []
    assert "hangs on" in officer.get(reverse("planning_run_hangs", args=[run.pk])).content.decode()
    assert jobs.look_after_runs.call() == {"interrupted": 0, "worked out": 0}


def test_the_job_that_looks_after_runs_finds_those_without(officer: Client) -> None:
    finished()
    assert jobs.look_after_runs.call()["worked out"] == 1
    assert DBTaskResult.objects.get().task_path.endswith("work_out_beside")


def lines_of(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_every_number_is_in_one_file_and_is_what_the_summary_says(officer: Client) -> None:
    run = finished()
    kept = unpack(bytes(run.result.content))
    lines = lines_of(officer.get(reverse("planning_run_numbers", args=[run.pk])))
    assert {line["Measure"] for line in lines} == {cut.title for cut in CUTS.values()}
    found = {(line["Measure"], line["Row"], line["Year"]): line for line in lines}
    last = found["Balance at the end of the year", "Balance", "2027/28"]
    assert float(last["mean"]) == pytest.approx(kept.balance[0][-1], abs=0.01)
    assert float(last["p97.5"]) == pytest.approx(kept.balance[7][-1], abs=0.01)
    ages = [
        float(one["mean"])
        for one in lines
        if one["Measure"].endswith("31 August") and one["Year"] == "Jan 2028"
    ]
    total = float(found["EHC plans", "All EHC plans", "Jan 2028"]["mean"])
    assert sum(ages) == pytest.approx(total, abs=0.05)


@pytest.mark.parametrize("by", ["category", "placement", "need", "age", "flows"])
@pytest.mark.parametrize("range_", ["80", "95"])
def test_plans_are_shown_by_each_way_with_their_range(officer: Client, by: str, range_: str) -> None:
    run = finished()
    address = reverse("planning_run_plans", args=[run.pk])
    words = officer.get(address, {"by": by, "range": range_}).content.decode()
    kept = unpack(bytes(run.result.content))
    if by != "flows":
        low = round(kept.totals[kept.level("p10" if range_ == "80" else "p2_5")][-1])
        assert f"{low:,} to" in words
    assert lines_of(officer.get(address, {"by": by, "download": "csv"}))


@pytest.mark.parametrize("by", ["line", "category", "placement", "nonsense"])
def test_money_is_shown_by_each_way(officer: Client, by: str) -> None:
    run = finished()
    words = officer.get(reverse("planning_run_money", args=[run.pk]), {"by": by}).content.decode()
    assert "Spending by" in words


def test_the_chance_is_of_the_deficit_that_was_entered(officer: Client) -> None:
    run = finished()
    kept = unpack(bytes(run.result.content))
    threshold = float(-kept.balance[4][-1])  # the middle: passed by half
    words = officer.get(
        reverse("planning_run", args=[run.pk]), {"threshold": f"£{threshold:.0f}"}
    ).content.decode()
    assert re.search(
        r'gt-stat__figure">50%</span>\s*<span class="gt-stat__label">chance of a deficit over', words
    )
    bad = officer.get(reverse("planning_run", args=[run.pk]), {"threshold": "a lot"}).content.decode()
    assert "must be an amount in pounds" in bad


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("horizon", 0, "1"),
        ("simulations", 5, "10"),
        ("simulations", 20_000, "10000"),
        ("base_year", 2031, "2024"),
        ("scenario", "5b8a4f0e-0000-4000-8000-000000000001", "valid choice"),
    ],
)
def test_a_forecast_that_cannot_be_is_not_asked_for(
    officer: Client, field: str, value: object, told: str
) -> None:
    answer = officer.post(reverse("planning_run_new"), ASKED | {field: value})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not ForecastRun.objects.exists()


def test_an_inspector_sees_forecasts_and_starts_none() -> None:
    run, inspector = finished(), signed_in(Role.INSPECTOR)
    assert "Make it again" not in inspector.get(reverse("planning_run", args=[run.pk])).content.decode()
    assert inspector.get(reverse("planning_run_new")).status_code == 403
    assert inspector.post(reverse("planning_run_again", args=[run.pk])).status_code == 403


def test_the_overview_shows_the_newest_forecast_of_things_as_they_are(
    officer: Client, runs: tuple[ForecastRun, ForecastRun]
) -> None:
    words = officer.get(reverse("planning"), {"threshold": "10m"}).content.decode()
    assert reverse("planning_run", args=[runs[0].pk]) in words
    assert "chance of a deficit over £10.00m" in words
    assert "Cumulative deficit of the High Needs Block" in words
    assert "England&#39;s last growth again" in words
    assert "Population by single year of age: missing." in words


def test_the_overview_before_the_first_forecast_says_how_to_begin(officer: Client) -> None:
    assert "No forecast has been made yet" in officer.get(reverse("planning")).content.decode()


def test_a_finance_officer_begins_in_the_planning_room() -> None:
    assert landing.page_for(Role.FINANCE) == "planning"
