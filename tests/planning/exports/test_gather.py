"""From runs in the database to what exports are made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goldenthread.core.refusals import NotAllowedNow, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.forecast.record import published_record
from goldenthread.forecast.space import Space
from goldenthread.planning import actions
from goldenthread.planning.enums import AnalysisKind, InputKind
from goldenthread.planning.exports.gather import gather
from goldenthread.planning.models import InputVersion, RunAnalysis
from goldenthread.planning.queries.census import counted
from tests.factories.people import user
from tests.forecast.published.made_up import panel, write_panel
from tests.planning.conftest import BLOCK
from tests.planning.exports.runs import BY, finished, pair, scenario
from tests.planning.test_live import county

pytestmark = pytest.mark.django_db


def test_a_scenario_is_set_beside_things_as_they_are() -> None:
    as_is, run = pair()
    made = gather(by=BY, run=run, threshold=5e6)

    assert (made.origin.run, made.origin.mitigated_run) == (str(as_is.pk), str(run.pk))
    assert made.mitigated is not None
    assert made.unmitigated.totals[0, -1] > made.mitigated.totals[0, -1]
    assert [one.reference for one in made.mitigations] == ["1", "2"]
    assert made.savings is not None
    assert (made.scenario, made.threshold) == ("Recovery plan", 5e6)
    assert "Said of the run." in made.notes
    assert not any("differ in" in note for note in made.notes)


def test_a_run_of_things_as_they_are_stands_alone() -> None:
    made = gather(by=BY, run=finished())

    assert made.mitigated is None
    assert (made.mitigations, made.savings, made.scenario) == ((), None, "")


def test_of_several_the_one_most_like_it_is_taken_and_differences_are_told() -> None:
    finished(seed=7, horizon=3)
    like = finished(seed=7)
    finished(seed=9)
    run = finished(scenario_id=scenario().pk)
    assert gather(by=BY, run=run).origin.run == str(like.pk)

    other = finished(scenario_id=run.scenario_id, seed=11, simulations=20)
    notes = gather(by=BY, run=other).notes
    assert any("differ in the number of simulations and the seed too" in note for note in notes)


def test_a_scenario_without_its_as_is_is_refused_with_the_way_out() -> None:
    finished(base_year=2023)
    run = finished(scenario_id=scenario().pk)

    with pytest.raises(NotAllowedNow, match="no forecast of things as they are from January 2024") as refused:
        gather(by=BY, run=run)
    assert "Run one without a scenario" in refused.value.mend


def test_a_run_without_a_result_is_refused() -> None:
    run = actions.queue_run(by=BY, base_year=2024, scenario_id=scenario().pk)

    with pytest.raises(NotAllowedNow, match="has no result"):
        gather(by=BY, run=run)


def test_who_may_not_see_forecasts_gets_no_file() -> None:
    with pytest.raises(NotPermitted):
        gather(by=user(Role.PLAN_COORDINATOR), run=finished())


def test_inputs_are_named_with_their_fingerprints() -> None:
    actions.store_input(
        by=BY,
        kind=InputKind.BLOCK,
        content=BLOCK.encode(),
        file_name="b.csv",
        source="A ledger",
        assumed=True,
    )
    own, block = gather(by=BY, run=finished()).sources

    assert own.kind == "The council's own records"
    version = InputVersion.objects.get()
    assert (block.words, block.version, block.digest, block.assumed) == (
        "A ledger", "version 1", version.sha256, True,
    )  # fmt: skip


def test_allocation_and_transfers_stand_apart_where_they_are_the_runs_income() -> None:
    actions.store_input(
        by=BY, kind=InputKind.BLOCK, content=BLOCK.encode(), file_name="b.csv", source="A ledger"
    )
    kept = gather(by=BY, run=finished()).unmitigated
    assert gather(by=BY, run=finished()).account is None

    income = np.array([90_500_000, 93_000_000, 93_000_000 * 1.03, 93_000_000 * 1.03**2])
    account = gather(by=BY, run=finished(replace(kept, income=income))).account
    assert account is not None
    assert account.transfers.tolist() == [500_000, 0, 0, 0]


def test_past_censuses_are_those_of_the_run_or_left_out_and_told() -> None:
    county()
    stock = counted(Space(), 2024).history.stock
    years = list(range(2024 - len(stock), 2024))
    plans = [int(heads.sum()) for heads in stock]
    run = finished()
    RunAnalysis.objects.create(run=run, kind=AnalysisKind.BEFORE, content={"years": years, "plans": plans})
    made = gather(by=BY, run=run)
    assert {year: heads.sum() for year, heads in made.before.items()} == dict(zip(years, plans, strict=True))
    assert made.seen == tuple(zip(years, map(float, plans), strict=True))

    other = finished()
    wrong = {"years": years, "plans": [plans[0] + 1, *plans[1:]]}
    RunAnalysis.objects.create(run=other, kind=AnalysisKind.BEFORE, content=wrong)
    made = gather(by=BY, run=other)
    assert made.before == {}
    assert any("records of past Januaries have changed" in note for note in made.notes)


def test_the_record_of_the_method_goes_along() -> None:
    made = gather(by=BY, run=finished())
    record = published_record()

    assert [one.horizon for one in made.scores] == list(record.horizons)
    assert made.scores[0].error == record.row("model", 1).scores.mape
    assert made.scores[0].naive == record.best_naive(1, by="mape").scores.mape
    assert "councils" in made.scores_source


def test_published_tables_put_the_council_beside_its_region_and_the_others(tmp_path: Path) -> None:
    made_up = panel()
    actions.import_dfe(
        by=BY, folder=write_panel(tmp_path / "release", made_up), source="A release", council="905"
    )
    rows = gather(by=BY, run=finished()).comparators
    own = made_up.plans[made_up.council("905")]

    assert rows[0].area == made_up.names[made_up.council("905")]
    assert (rows[0].period, rows[0].value) == ("January 2024", own[-1])
    assert rows[1].value == pytest.approx(100 * (own[-1] / own[-2] - 1))
    assert len({row.area for row in rows}) == 3
    assert rows[-1].value == pytest.approx(
        100 * (np.nansum(made_up.plans[:, -1]) / np.nansum(made_up.plans[:, -6]) - 1), rel=1e-6
    )
