"""What the county plans: forecasts that are done, a plan that is entered, actuals that say what is behind."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.core.actors import System
from goldenthread.demo.actions import make_county
from goldenthread.demo.planning import LEAST_PLANS, PLAN, mitigations
from goldenthread.planning import queries
from goldenthread.planning.enums import InputKind, RunState

pytestmark = pytest.mark.django_db
BY = System.DEMONSTRATION


def test_the_county_has_forecasts_a_plan_and_actuals() -> None:
    make_county(plans=LEAST_PLANS, seed=1, by=BY)
    runs = {run.title: run for run in queries.runs(BY)}
    assert {run.state for run in runs.values()} == {RunState.DONE}
    as_is, seven = (queries.result_of(BY, runs[name]) for name in ("As is", "Seven interventions"))
    mean = as_is.level("mean")
    assert as_is.totals[mean][0] == LEAST_PLANS
    assert seven.balance[mean][-1] > as_is.balance[mean][-1]
    assert as_is.overflow[mean].sum() > seven.overflow[mean].sum() > 0
    assert len(queries.forecast_mitigations(runs["Seven interventions"].scenario_version)) == 7

    given = {state.kind for state in queries.inputs_state(BY) if state.version and state.version.assumed}
    assert given == {InputKind.POPULATION, InputKind.BLOCK, InputKind.CAPACITY, InputKind.BUDGET}
    assert len(queries.plan(BY, PLAN).checked.beyond_rounding) == 14
    assert queries.latest_month(BY, PLAN) == date(2023, 12, 1)
    tracked = queries.variance(BY, PLAN, date(2023, 12, 1))
    assert {one.subject for one in tracked.behind} == {"2", "4", "6"}
    assert all(one.seasonal and one.reforecast is not None for one in tracked.lines)


def test_a_small_county_has_the_stated_plan_alone() -> None:
    make_county(plans=60, seed=1, by=BY)
    assert queries.plan(BY, PLAN).record.version == 1
    assert not queries.runs(BY).exists()
    assert all(state.missing for state in queries.inputs_state(BY))


def test_what_the_county_would_do_is_of_its_size() -> None:
    whole, half = mitigations(1.0), mitigations(0.5)
    assert [one.reference for one in whole] == list("1234567")
    for large, small in zip(whole, half, strict=True):
        for before, after in zip(large.effects, small.effects, strict=True):
            heads = before.unit in {"places", "plans a year", "pounds a year"}
            assert after.amount == pytest.approx(before.amount * (0.5 if heads else 1))
        assert sum(small.one_off.values()) == pytest.approx(sum(large.one_off.values()) / 2)
