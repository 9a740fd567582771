"""The closed loop: lives drawn from known chances, forecast from their history, and the truth looked for.

The lives are drawn by `synthetic.live`, which shares no code with the engine. A range that is to hold 95% of
truths must hold about that many: far fewer and it is too narrow, all of them and it says nothing.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from goldenthread.forecast.inputs import History
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.space import Floats
from goldenthread.forecast.synthetic import council, known_truth, live, settled, small_space

COUNCILS, SEEN, AHEAD = 100, 6, 3


@pytest.fixture(scope="module")
def places_of_truth() -> Floats:
    """(councils, AHEAD, 1 + P) where the truth lies in the draws, from 0 to 1: total, then placements."""
    space = small_space()
    template = council(space, 100, AHEAD, transitions=1)
    ranks = []
    for number in range(COUNCILS):
        numbers = np.random.default_rng([71, number])
        truth = known_truth(space, float(numbers.integers(300, 3000)), number)
        life, stocks = live(truth, SEEN + AHEAD, numbers, settled(truth, numbers, 15))
        population = np.repeat(truth.population[None], AHEAD + 1, axis=0)
        history = History(*(getattr(life, part.name)[:SEEN] for part in fields(History)))
        inputs = replace(template, stock=stocks[SEEN], history=history, population=population)
        drawn = simulate(inputs, simulations=125, seed=number).by_placement[:, 1:].astype(np.float64)
        true = np.array([stock.sum(axis=(0, 1)) for stock in stocks[SEEN + 1 :]], dtype=np.float64)
        both = [np.concatenate([part.sum(axis=-1, keepdims=True), part], axis=-1) for part in (drawn, true)]
        ranks.append(((both[0] < both[1]).mean(axis=0) + (both[0] <= both[1]).mean(axis=0)) / 2)
    return np.array(ranks)


def _held(ranks: Floats, share: float) -> Floats:
    inside: Floats = (np.abs(ranks - 0.5) < share / 2).mean(axis=0)
    return inside


@pytest.mark.parametrize("year", range(AHEAD))
def test_ranges_of_the_total_hold_as_many_truths_as_they_say(places_of_truth, year):
    total = places_of_truth[:, year, 0]
    assert 0.89 <= _held(total, 0.95) <= 0.99  # within some two and a half standard errors of 100 councils
    assert 0.70 <= _held(total, 0.80) <= 0.90
    assert total.mean() == pytest.approx(0.5, abs=3 / np.sqrt(12 * COUNCILS))


def test_ranges_of_placements_hold_as_many_truths_as_they_say(places_of_truth):
    held = _held(places_of_truth[:, :, 1:], 0.95)
    assert held.mean() == pytest.approx(0.95, abs=0.04)
    assert held.min() > 0.85
