"""Rates from histories: what was seen, what is borrowed, what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.borrow import borrowed
from goldenthread.forecast.cells import cells_of
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import History, Inputs, Pipeline, empty_history
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.rates import Rates, estimate
from goldenthread.forecast.synthetic import council, known_truth, live, settled, small_space
from goldenthread.forecast.trend import certain_volume
from tests.forecast.cohort import COLLEGE, HAND, JUNIOR, SPECIAL, hand_inputs


def _history(years: int = 3) -> History:
    """A hundred plans in each cell that can be, each year; a tenth of them leave."""
    stock = np.repeat((np.broadcast_to(HAND.allowed[:, None], HAND.shape) * 100)[None], years, axis=0)
    left = stock // 10
    left[:, 3] = stock[:, 3]
    moved = np.zeros((*stock.shape, 3), dtype=np.int64)
    moved[:, 1, :, JUNIOR, COLLEGE] = 90
    moved[:, 1, :, SPECIAL, COLLEGE] = 9
    joined = np.zeros_like(stock)
    joined[:, 0, 0, JUNIOR], joined[:, 1, 0, SPECIAL] = 30, 10
    return History(stock, joined, left, moved, np.full((years, 4), 1000.0))


def _inputs(history: History, prior: History | None = None, weight: float = 20.0) -> Inputs:
    return replace(hand_inputs({}, horizon=2), history=history, prior=prior, prior_weight=weight)


def _mean(beta):
    return beta[:, 0] / beta.sum(axis=1)


def _at(rates_part, age, need, place):
    return rates_part[cells_of(HAND).table[age, need, place]]


def test_what_was_seen_everywhere_is_what_is_expected():
    rates = estimate(_inputs(_history()))
    leave = _mean(rates.leave)
    assert _at(leave, 0, 0, SPECIAL) == pytest.approx(0.1, abs=0.01)
    assert _at(leave, 2, 1, COLLEGE) == pytest.approx(0.1, abs=0.01)
    assert _at(_mean(rates.move), 1, 0, SPECIAL) == pytest.approx(0.1, abs=0.02)
    assert _at(_mean(rates.move), 0, 0, SPECIAL) < 0.02
    assert _at(rates.ways, 1, 0, JUNIOR)[COLLEGE] > 0.95
    assert (rates.ways[np.arange(len(rates.ways)), cells_of(HAND).placement] == 0).all()


def test_a_cells_beta_has_its_heads_and_the_weight_of_the_expectation():
    rates = estimate(_inputs(_history(), weight=20.0))
    assert _at(rates.leave, 0, 0, SPECIAL).sum() == pytest.approx(300 + 20)
    assert _at(rates.leave, 0, 0, SPECIAL)[0] == pytest.approx(30 + 20 * 0.1, abs=0.3)


def test_a_cell_without_heads_takes_after_its_placement_and_age():
    history = _history()
    history.stock[:, 0, 1, SPECIAL] = history.left[:, 0, 1, SPECIAL] = 0
    history.left[:, :3, 0, SPECIAL] = 40
    leave = _mean(estimate(_inputs(history)).leave)
    assert 0.2 < _at(leave, 0, 1, SPECIAL) < 0.45  # nobody was seen: as others in the special school
    assert _at(leave, 0, 0, JUNIOR) < 0.15


def test_the_prior_decides_where_nothing_was_seen_and_fades_where_much_was():
    prior = _history()
    prior.left[:, :3] = np.where(prior.stock[:, :3] > 0, 5, 0)
    own = replace(_history(), left=np.where(_history().stock > 0, 20, 0), moved=_history().moved * 0)
    own.left[:, 3] = own.stock[:, 3]
    alone = _mean(estimate(_inputs(empty_history(HAND), prior)).leave)
    assert _at(alone, 0, 0, SPECIAL) == pytest.approx(0.05, abs=0.01)
    both = _mean(estimate(_inputs(own, prior)).leave)
    assert _at(both, 0, 0, SPECIAL) == pytest.approx(0.2, abs=0.01)


def test_rates_of_joining_keep_population_and_rate_apart():
    history = _history()
    more = replace(history, population=history.population * 2)
    joining, half = estimate(_inputs(history)).joining, estimate(_inputs(more)).joining
    assert joining.rate[0] == pytest.approx(0.03, rel=0.05)
    assert half.rate[0] == pytest.approx(0.015, rel=0.05)
    people = np.full((3, 4), 1000.0)
    assert joining.expected(people).sum(axis=1) == pytest.approx([40, 40], rel=0.05)


def test_growth_goes_on_and_dies_away():
    history = _history(4)
    for year, joined in enumerate((20, 30, 45, 68)):
        history.joined[year] = 0
        history.joined[year, 0, 0, JUNIOR] = joined
    joining = estimate(replace(_inputs(history), horizon=4, population=np.full((5, 4), 1000.0))).joining
    expected = np.log(joining.expected(np.full((5, 4), 1000.0)).sum(axis=1))
    growth = np.diff(expected)
    assert (growth > 0).all()
    assert growth[1:] / growth[:-1] == pytest.approx([0.8, 0.8], rel=1e-6)
    assert growth[0] < np.log(1.5)  # held towards no growth, as three changes are few


def test_the_trend_of_a_council_with_little_history_is_the_priors():
    growing = _history(4)
    growing.joined[:, 0, 0, JUNIOR] = (100, 110, 121, 133)
    growing.joined[:, 1] = 0
    joining = estimate(_inputs(empty_history(HAND), growing)).joining
    assert joining.volume.expected() == pytest.approx([0, np.log(1.1)], abs=0.01)


def test_joiners_need_and_place_as_they_did_and_nowhere_else():
    rates = estimate(_inputs(_history()))
    joining, cells = rates.joining, cells_of(HAND)
    assert joining.mix[cells.table[0, 0, JUNIOR]] > 0.8
    by_age = np.bincount(cells.age, joining.mix)
    assert by_age == pytest.approx([1, 1, 1, 1])


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        (
            "left",
            101,
            "191 left or moved of 100 plans at age 10, ASD, Junior school (January 2021 to January",
        ),
        ("left", -1, "-1 left at age 10, ASD, Junior school (January 2021 to January 2022)"),
        ("stock", -1, "-1 stood at age 10"),
    ],
)
def test_a_history_that_cannot_be_is_refused_with_cell_and_year(part, value, words):
    history = _history()
    getattr(history, part)[0, 1, 0, JUNIOR] = value
    with pytest.raises(ForecastError) as refused:
        estimate(_inputs(history))
    assert words in str(refused.value)


def test_joiners_at_an_age_without_population_are_refused():
    history = _history()
    history.population[1, 0] = 0
    with pytest.raises(ForecastError, match="30 joined at age 9 in 2023, where the population is 0"):
        estimate(_inputs(history))


def test_neither_history_nor_prior_is_refused():
    with pytest.raises(ForecastError, match="neither a history of plans nor a prior"):
        estimate(_inputs(empty_history(HAND)))


def test_plans_that_are_not_for_their_age_are_told_of():
    history = _history()
    history.stock[0, 3, 0, JUNIOR] = 5
    assert any("5 heads of the history" in note for note in estimate(_inputs(history)).notes)


def test_borrowing_turns_shares_towards_the_group_by_its_heads():
    counts = np.array([[30.0, 70.0], [0.0, 0.0]])
    start = np.full((2, 2), 0.5)
    shares = borrowed(counts, start, [np.zeros(2, dtype=np.int64)], weight=100.0)
    assert shares[0] == pytest.approx([0.4, 0.6])  # halfway between 0.3 and 0.5
    assert shares[1] == pytest.approx([0.4, 0.6])


def test_borrowing_keeps_what_is_ruled_out():
    counts = np.array([[0.0, 5.0, 5.0]])
    shares = borrowed(counts, np.array([[0.0, 1.0, 1.0]]), [np.zeros(1, dtype=np.int64)], weight=1.0)
    assert shares[0] == pytest.approx([0.0, 0.5, 0.5])


def test_known_chances_are_found_again():
    """From a large made-up council: the chances of leaving come out within what chance allows."""
    numbers = np.random.default_rng(5)
    truth = replace(known_truth(small_space(), 20_000.0, 5), shock=0.0, leave_shock=0.0)
    history, stocks = live(truth, 6, numbers, settled(truth, numbers))
    inputs = replace(council(small_space(), 100, 1), history=history, stock=stocks[-1])
    cells = cells_of(small_space())
    heads = cells.flat(history.stock.sum(axis=0))
    seen = (heads > 300) & ~cells.ends
    known = cells.flat(truth.leave)[seen]
    error = (_mean(estimate(inputs).leave)[seen] - known) / np.sqrt(known * (1 - known) / heads[seen])
    assert seen.sum() >= 100
    assert np.sqrt((error**2).mean()) < 1.3
    assert np.abs(error).max() < 5


def test_the_pipeline_draws_the_first_years_towards_what_waits():
    calm = simulate(_with(None), simulations=400)
    waiting = Pipeline(np.full(4, 60.0), np.full(4, 40.0), 1 / 3, 160.0, 0.5)
    full = simulate(_with(waiting), simulations=400)
    assert full.joiners[:, 0].mean() > calm.joiners[:, 0].mean() * 1.3
    assert any("requests that wait already" in note for note in full.notes)


def _with(pipeline: Pipeline | None) -> Inputs:
    return replace(_inputs(_history()), pipeline=pipeline)


def test_certain_rates_have_no_spread_of_their_own():
    inputs = council(small_space(), 500, 2)
    rates = estimate(inputs)
    sure = replace(
        rates, certain=True, joining=replace(rates.joining, volume=certain_volume(0.0)), leave_shock=0.0
    )
    wide, narrow = _spread(inputs, rates), _spread(inputs, sure)
    assert narrow < wide / 1.5


def _spread(inputs: Inputs, rates: Rates) -> float:
    return float(simulate(inputs, simulations=250, rates=rates).totals()[:, -1].std())
