"""What is expected, without draws: in a few milliseconds, for scenarios that ask how many are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.edits import Edits
from goldenthread.forecast.engine import prepare
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.rates import Rates
from goldenthread.forecast.space import Floats


@dataclass(frozen=True, slots=True)
class Expectation:
    """Heads as fractions, at their means and without shocks. Ages as in `History`."""

    stock: Floats  # (H+1, A, N, P)
    left: Floats  # (H, A, N, P) whose plans end, by their cell at the January before
    moved: Floats  # (H, A, N, P) who change placement, by their cell at the January before
    joined: Floats  # (H, A, N, P) by their cell at the January after

    @property
    def can_leave(self) -> Floats:
        """Who would keep their plan: what `Edits.leaver_heads` are taken from. (H, A, N, P)."""
        heads: Floats = self.stock[:-1] - self.left
        return heads

    @property
    def can_move(self) -> Floats:
        """Who would keep plan and placement: what `Edits.move_heads` are taken from. (H, A, N, P)."""
        heads: Floats = self.can_leave - self.moved
        return heads


def expectation(inputs: Inputs, edits: Edits | None = None, rates: Rates | None = None) -> Expectation:
    """Return what a run of `inputs` under `edits` expects. Raises ForecastError as `simulate` does."""
    prepared = prepare(inputs, edits, rates)
    cells, years = prepared.cells, prepared.expected
    stocks = [inputs.stock.astype(np.float64), *(cells.full(year.stock[:, 0]) for year in years)]
    return Expectation(
        stock=np.stack(stocks),
        left=np.stack([cells.full(year.left[:, 0]) for year in years]),
        moved=np.stack([cells.full(year.moved[:, 0]) for year in years]),
        joined=np.stack([cells.full(year.joined[:, 0]) for year in years]),
    )
