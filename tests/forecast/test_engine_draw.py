"""Drawing heads: everybody arrives once, in their own simulation, by the weights."""

from __future__ import annotations

import numpy as np
import pytest

from goldenthread.forecast.cells import cells_of
from goldenthread.forecast.draws import Process
from goldenthread.forecast.engine_draw import Sampled, Turn
from tests.forecast.cohort import HAND

CELLS = cells_of(HAND)


def _draw(size: int = 4) -> Sampled:
    return Sampled(CELLS, 2024, seed=3, block=0, size=size, shares={})


@pytest.mark.parametrize("heads", [3.0, 5000.0])  # fewer than cells, and more: looked up each way round
def test_joiners_are_all_placed_by_their_weights(heads):
    weights = np.random.default_rng(1).random((CELLS.count, 4))
    weights[[0, 5, CELLS.count - 1]] = 0.0
    volume = heads * np.arange(4.0)
    joined = _draw().join(volume, weights)
    assert np.array_equal(joined.sum(axis=0), volume)
    assert (joined[[0, 5, CELLS.count - 1]] == 0).all()
    expected = weights / weights.sum(axis=0) * volume
    assert (np.abs(joined - expected) <= 5 * np.sqrt(expected) + 1e-9).all()


def test_both_look_ups_find_the_same_cells():
    """One simulation's joiners are the same whether the block has few heads or many."""
    weights = np.random.default_rng(2).random((CELLS.count, 2))
    few = _draw(2).join(np.array([5.0, 0.0]), weights)
    many = _draw(2).join(np.array([5.0, 90_000.0]), weights)
    assert np.array_equal(few[:, 0], many[:, 0])


def test_movers_arrive_once_and_by_their_weights():
    heads = np.zeros((CELLS.count, 4))
    start = CELLS.table[1, 0, 0]
    heads[start] = (0, 1, 2, 6000)
    weights = np.zeros((CELLS.count, 3))
    weights[start] = (0.0, 1.0, 3.0)
    arrived = _draw().spread(heads, weights, CELLS.arrival, None, Process.MOVE)
    assert np.array_equal(arrived.sum(axis=0), heads.sum(axis=0))
    assert arrived[CELLS.table[2, 0, 2], 3] == pytest.approx(4500, abs=5 * np.sqrt(6000 * 3 / 16))
    assert arrived[CELLS.table[2, 0, 1], 3] == 6000 - arrived[CELLS.table[2, 0, 2], 3]


def test_each_simulation_turns_the_weights_its_own_way():
    heads = np.full((CELLS.count, 4), 0.0)
    start = CELLS.table[1, 0, 0]
    heads[start] = 10
    weights = np.zeros((CELLS.count, 3))
    weights[start] = (0.0, 1.0, 1.0)
    table = np.ones((3, 1, 4))
    table[1, 0, 2] = table[2, 0, 3] = 0.0
    turn = Turn(table, np.zeros(CELLS.count, dtype=np.int64))
    arrived = _draw().spread(heads, weights, CELLS.arrival, turn, Process.MOVE)
    assert arrived[CELLS.table[2, 0, 2], 2] == 10
    assert arrived[CELLS.table[2, 0, 1], 3] == 10


def test_a_cut_takes_its_share_to_the_head_and_from_nobody_twice():
    counts = np.random.default_rng(4).integers(0, 5, (CELLS.count, 4)).astype(float)
    total = counts.sum(axis=0)
    wanted = np.array([0.0, 3.0, 7.0, total[3]])
    taken = _draw().cut(counts, wanted / total, Process.OVERFLOW)
    assert np.array_equal(taken.sum(axis=0), wanted)
    assert ((taken >= 0) & (taken <= counts)).all()
    assert np.array_equal(taken[:, 3], counts[:, 3])


def test_whole_heads_have_the_expectation_asked_for():
    asked = np.linspace(0.0, 3.0, CELLS.count)[:, None]
    draws = [Sampled(CELLS, 2024, seed, 0, 125, {}) for seed in range(20)]
    drawn = np.stack([draw.whole(asked, Process.EDIT_HEADS).mean(axis=1) for draw in draws])
    assert drawn.mean(axis=0) == pytest.approx(asked[:, 0], abs=5 * 0.5 / np.sqrt(2500))
