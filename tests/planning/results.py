"""A small result of a forecast, made up."""

from __future__ import annotations

import numpy as np

from goldenthread.forecast.money import LINES
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import Space
from goldenthread.planning.summary import Summary, summarise

SIMULATIONS, HORIZON = 40, 3


def result(seed: int = 1) -> Result:
    """Draws that hang together: ages, needs and placements have the same totals."""
    luck = np.random.default_rng(seed)
    space = Space()
    ages, needs, places = space.shape
    stock = luck.poisson(3.0, (SIMULATIONS, HORIZON + 1, ages, needs, places))
    return Result(
        space=space,
        years=tuple(range(2024, 2025 + HORIZON)),
        seed=seed,
        by_age=stock.sum(axis=(3, 4)),
        by_need=stock.sum(axis=(2, 4)),
        by_placement=stock.sum(axis=(2, 3)),
        mean_stock=stock.mean(axis=0),
        joiners=luck.poisson(900, (SIMULATIONS, HORIZON)),
        leavers=luck.poisson(300, (SIMULATIONS, HORIZON)),
        movers=luck.poisson(200, (SIMULATIONS, HORIZON)),
        overflow=luck.poisson(5, (SIMULATIONS, HORIZON, places)),
        spend=luck.normal(8e6, 4e5, (SIMULATIONS, HORIZON, len(LINES))),
        spend_by_placement=luck.normal(9e6, 4e5, (SIMULATIONS, HORIZON, places)),
        lines=tuple(LINES),
        income=np.full(HORIZON, 98e6),
        opening_balance=-3e6,
        notes=("A note.",),
    )


def summary(seed: int = 1) -> Summary:
    """What is kept of it."""
    return summarise(result(seed))
