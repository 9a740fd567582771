"""What a scenario does to a run, as arrays that the engine reads: the one way in for every mitigation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.space import Floats, Space


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes by future year h (the step from census h to h+1) and cell. Neutral values change nothing.

    Heads are expected numbers a year; a change that asks for more children than there are is refused by the
    engine with the cell and the year, never cut. Ages are those of the flows: who joins or is diverted, at
    the census when they have arrived; who leaves or is moved, at the census before, from among those who
    would have stayed (`expectation.Expectation.can_leave`, `can_move`).
    """

    joiner_factor: Floats  # (H, A, N, P) times the expected joiners; 1 is neutral
    joiner_heads: Floats  # (H, A, N, P) added to them; 0
    leaver_factor: Floats  # (H, A, N, P) times the chance of leaving; 1
    leaver_heads: Floats  # (H, A, N, P) more who leave; 0
    divert: (
        Floats  # (H, A, N, P, P) the share of joiners and movers to the first placement sent to the second; 0
    )
    move_heads: Floats  # (H, A, N, P, P) heads moved from one placement to another; 0
    places: Floats  # (H+1, P) added to capacity; 0
    price_factor: Floats  # (H, P) times the price in the financial year; 1
    inflation_cap: Floats  # (H, P) the most that a price may rise in the financial year; inf
    one_off: Floats  # (H,) pounds spent once; 0
    fixed: Floats  # (H, L) pounds added to a line's spending; 0


def no_edits(space: Space, horizon: int, lines: int) -> Edits:
    """The neutral scenario."""
    shape = (horizon, *space.shape)
    places = space.shape[2]
    return Edits(
        joiner_factor=np.ones(shape),
        joiner_heads=np.zeros(shape),
        leaver_factor=np.ones(shape),
        leaver_heads=np.zeros(shape),
        divert=np.zeros((*shape, places)),
        move_heads=np.zeros((*shape, places)),
        places=np.zeros((horizon + 1, places)),
        price_factor=np.ones((horizon, places)),
        inflation_cap=np.full((horizon, places), np.inf),
        one_off=np.zeros(horizon),
        fixed=np.zeros((horizon, lines)),
    )
