"""Small councils whose every flow can be worked out by hand, and one drawn for properties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goldenthread.forecast.inputs import Inputs, empty_history
from goldenthread.forecast.rates import Rates
from goldenthread.forecast.space import Floats, Placement, Space
from goldenthread.forecast.synthetic import Truth, plain_money, rates_of

# Ages 9 to 12. The junior school ends at 10; the special school and the college can be stayed at.
JUNIOR, SPECIAL, COLLEGE = range(3)
HAND = Space(
    ages=(9, 10, 11, 12),
    needs=("ASD", "SEMH"),
    placements=(
        Placement("junior", "Junior school", "MmSoA", 9, 10),
        Placement("special", "Special school", "MdSSA", 9, 12),
        Placement("college", "College", "P16FE", 11, 12),
    ),
)


def hand_inputs(stock: dict[tuple[int, int, int], int], horizon: int = 1) -> Inputs:
    """Plans at (age on the axis, need, placement), no history, no joiners expected."""
    heads = np.zeros(HAND.shape, dtype=np.int64)
    for cell, count in stock.items():
        heads[cell] = count
    return Inputs(
        space=HAND,
        base_year=2024,
        horizon=horizon,
        stock=heads,
        population=np.full((horizon + 1, 4), 100.0),
        history=empty_history(HAND),
        money=plain_money(HAND, horizon),
    )


def hand_truth() -> Truth:
    """Nobody leaves or moves unless age makes them; those who have to move go to the college."""
    ways = np.zeros((*HAND.shape, 3))
    ways[..., COLLEGE] = 1.0
    ways[:, :, COLLEGE] = (0.0, 1.0, 0.0)
    mix = np.zeros(HAND.shape)
    mix[0, 0, JUNIOR] = mix[1, 0, JUNIOR] = mix[2, 0, COLLEGE] = mix[3, 0, COLLEGE] = 1.0
    return Truth(
        space=HAND,
        leave=np.zeros(HAND.shape),
        move=np.zeros(HAND.shape),
        ways=ways,
        rate=np.zeros(4),
        mix=mix,
        population=np.full(4, 100.0),
        shock=0.0,
        leave_shock=0.0,
    )


def hand_rates(horizon: int = 1, **changed: Floats | float) -> Rates:
    """The truth by hand as rates, with some parts changed."""
    return rates_of(replace(hand_truth(), **changed), horizon)  # type: ignore[arg-type]
