"""What holds for every council: heads are conserved, ages move by one, and seeds decide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.forecast.chances import drawn_chances
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.engine import Prepared, prepare, run
from goldenthread.forecast.engine_draw import Sampled
from goldenthread.forecast.engine_step import Frame, Year, grow
from goldenthread.forecast.expectation import expectation
from goldenthread.forecast.inputs import Capacity, Inputs, Outlook
from goldenthread.forecast.money import LINES
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import CATEGORIES
from goldenthread.forecast.synthetic import council, known_truth, rates_of, small_space
from tests.forecast.cohort import HAND

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARTS = (
    "by_age",
    "by_need",
    "by_placement",
    "joiners",
    "leavers",
    "movers",
    "overflow",
    "spend",
    "mean_stock",
)


def _same(one: Result, other: Result) -> bool:
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in PARTS)


def _council(plans: int = 300, horizon: int = 3, seed: int = 0, *, kind: str = "rates") -> Inputs:
    """A council that joins by its rates, or by an outlook, or by an outlook with a mix and limits."""
    inputs = council(small_space(), plans, horizon, transitions=3, seed=seed)
    if kind == "rates":
        return inputs
    outlook = Outlook(np.full(horizon, 0.05), np.full((horizon, 1), 0.03), np.full(horizon, 0.02))
    if kind == "outlook":
        return replace(inputs, outlook=outlook)
    heads = np.bincount(inputs.space.category_index(), inputs.stock.sum(axis=(0, 1)), len(CATEGORIES))
    mix = np.repeat((heads / heads.sum())[None], horizon, axis=0)
    places = np.full((horizon + 1, 4), np.nan)
    places[:, 1] = inputs.stock[:, :, 1].sum()
    overflow = np.zeros((4, 4))
    overflow[1, 3] = 1.0
    return replace(
        inputs,
        outlook=replace(outlook, mix=mix, mix_spread=np.full_like(mix, 0.05)),
        capacity=Capacity(places, overflow),
    )


def _years(prepared: Prepared, seed: int) -> tuple[Year, ...]:
    inputs = prepared.inputs
    chances = drawn_chances(inputs, prepared.rates, prepared.cells, seed, 0, 4)
    frame = Frame(prepared.cells, prepared.sums, chances, prepared.sources, prepared.limits, None, None)
    draw = Sampled(prepared.cells, inputs.base_year, seed, 0, 4, prepared.shares)
    return run(draw, frame, inputs)


@QUICK
@given(
    plans=st.integers(0, 400),
    seed=st.integers(0, 2**32),
    kind=st.sampled_from(["rates", "outlook", "limits"]),
)
def test_heads_are_conserved_and_whole_and_grow_older(plans, seed, kind):
    prepared = prepare(_council(max(plans, 20), seed=plans, kind=kind))
    cells, inputs = prepared.cells, prepared.inputs
    stock = np.repeat(cells.flat(inputs.stock)[:, None], 4, axis=1)
    for year in _years(prepared, seed):
        assert (year.stock >= 0).all()
        assert np.array_equal(year.stock, np.rint(year.stock))
        assert (year.left + year.moved <= stock).all()
        assert np.array_equal(year.stock.sum(axis=0), (stock + year.joined - year.left).sum(axis=0))
        # At every age and need: those a year younger who did not leave, and those who joined.
        by = prepared.sums.by_age_need
        younger = by(stock - year.left)
        expected = by(year.joined)
        needs = inputs.space.shape[1]
        expected[needs:] += younger[:-needs]
        assert np.array_equal(by(year.stock), expected)
        stock = year.stock


@QUICK
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["rates", "outlook", "limits"]))
def test_flows_of_the_result_add_up(seed, kind):
    result = simulate(_council(kind=kind), simulations=5, seed=seed)
    totals = result.totals()
    assert np.array_equal(totals[:, 1:], totals[:, :-1] + result.joiners - result.leavers)
    for part in (result.by_need, result.by_placement):
        assert np.array_equal(part.sum(axis=2), totals)
    allowed = np.broadcast_to(result.space.allowed[:, None, :], result.space.shape)
    assert (result.mean_stock[:, ~allowed] == 0).all()
    assert result.mean_stock.sum(axis=(1, 2, 3)) == pytest.approx(totals.mean(axis=0))


@pytest.mark.parametrize("kind", ["rates", "outlook", "limits"])
def test_a_scenario_without_edits_is_the_baseline_bit_for_bit(kind):
    inputs = _council(kind=kind)
    base = simulate(inputs, simulations=130)
    neutral = no_edits(inputs.space, inputs.horizon, len(LINES))
    assert _same(base, simulate(inputs, neutral, simulations=130))
    # The same by the way that edited runs take: an edit of flows that changes nothing.
    nobody = no_edits(inputs.space, inputs.horizon, len(LINES))
    nobody.leaver_factor[0, 0, 0, 1] = 0.5  # nobody is in a special school at nought
    assert _same(base, simulate(inputs, nobody, simulations=130))


@pytest.mark.parametrize("kind", ["rates", "outlook", "limits"])
def test_simulations_do_not_depend_on_how_many_there_are(kind):
    inputs = _council(kind=kind)
    few, many = simulate(inputs, simulations=7), simulate(inputs, simulations=260)
    assert np.array_equal(few.by_placement, many.by_placement[:7])
    assert np.array_equal(few.spend, many.spend[:7])
    assert not np.array_equal(few.by_age, simulate(inputs, simulations=7, seed=2).by_age)
    assert not np.array_equal(many.by_age[:125], many.by_age[125:250])


def _later(inputs: Inputs) -> Edits:
    edits = no_edits(inputs.space, inputs.horizon, len(LINES))
    edits.joiner_factor[1:, 4:8, 0] = 0.6
    edits.leaver_factor[1:, 12:, 1] = 1.2
    return edits


@pytest.mark.parametrize("kind", ["rates", "outlook", "limits"])
def test_an_edit_changes_nothing_before_it_and_little_beside_it(kind):
    inputs = _council(plans=2000, kind=kind)
    base = simulate(inputs, simulations=125)
    edited = simulate(inputs, _later(inputs), simulations=125)
    assert np.array_equal(base.by_placement[:, :2], edited.by_placement[:, :2])
    saved = (base.totals() - edited.totals())[:, -1]
    apart = base.totals()[:, -1].std() * np.sqrt(2)
    assert saved.mean() > 10
    assert saved.std() < apart / 3  # common draws: far less than between two runs that share nothing
    third = np.array_equal(base.by_need[:, :, 2], edited.by_need[:, :, 2])
    assert third or kind == "limits"  # a need that no edit names, where nobody waits for another's place


@pytest.mark.parametrize("kind", ["outlook", "limits"])
def test_the_baseline_spares_a_scenario_from_solving_it_again(kind):
    inputs = _council(kind=kind)
    base = simulate(inputs, simulations=130)
    alone = simulate(inputs, _later(inputs), simulations=130)
    assert _same(alone, simulate(inputs, _later(inputs), simulations=130, baseline=base))
    assert (alone.controls.volume == base.controls.volume).all()


def test_fewer_joiners_are_some_of_those_there_were():
    inputs = _council(plans=1000)
    edits = no_edits(inputs.space, inputs.horizon, len(LINES))
    edits.joiner_factor[:] = 0.7
    base, fewer = simulate(inputs, simulations=50), simulate(inputs, edits, simulations=50)
    assert (fewer.joiners <= base.joiners).all()
    assert fewer.joiners.sum() / base.joiners.sum() == pytest.approx(0.7, abs=0.02)


def test_the_mean_of_many_simulations_is_what_is_expected():
    """From known chances without shocks every flow is linear: the mean is the expectation, cell by cell."""
    inputs = _council(plans=2000)
    truth = replace(known_truth(small_space(), 2000.0), shock=0.0, leave_shock=0.0)
    rates = rates_of(truth, inputs.horizon)
    result = simulate(inputs, simulations=2000, rates=rates)
    expected = expectation(inputs, rates=rates)
    off = result.mean_stock - expected.stock
    # A sum of independent heads varies less than a Poisson number of the same mean.
    assert (np.abs(off) < 5 * np.sqrt(expected.stock / 2000) + 0.01).all()
    assert result.joiners.mean(axis=0) == pytest.approx(expected.joined.sum(axis=(1, 2, 3)), rel=0.01)
    assert result.leavers.mean(axis=0) == pytest.approx(expected.left.sum(axis=(1, 2, 3)), rel=0.01)
    assert result.movers.mean(axis=0) == pytest.approx(expected.moved.sum(axis=(1, 2, 3)), rel=0.01)


def test_shares_of_a_cell_have_the_spread_of_a_binomial():
    """One cell, one year, a known chance: mean and variance of the leavers are those of the binomial."""
    space = HAND
    truth = replace(known_truth(space, 100.0), leave=np.full(space.shape, 0.2), shock=0.0, leave_shock=0.0)
    stock = np.zeros(space.shape, dtype=np.int64)
    stock[0, 0, 1] = 50
    inputs = replace(council(space, 100, 1), stock=stock)
    left = simulate(inputs, simulations=4000, rates=rates_of(truth, 1)).leavers[:, 0]
    assert left.mean() == pytest.approx(10, abs=4 * np.sqrt(8 / 4000))
    assert left.var() == pytest.approx(8, rel=4 * np.sqrt(2 / 4000))


def test_growing_keeps_everybody_whose_placement_goes_on():
    prepared = prepare(_council())
    ones = np.ones((prepared.cells.count, 1))
    assert grow(prepared.cells, ones).sum() == (prepared.cells.older >= 0).sum()
