"""Whether the children whom mitigations move or whose plans they end are there to be moved.

Everything is in expected heads against the as-is stock. Whom a mitigation took last year is not there to be
taken again this year: what is gone is carried on with its age, thinned as the as-is cohort thins.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.space import Floats
from goldenthread.forecast.targets import Target

_SLACK: Final = 1e-6  # heads: what rounding of floats may make of nothing
_MEND: Final = "Lower an amount, spread it over more years, or widen the ages, needs or placements."


class Stocktake:
    """The account of one scenario. `expected` is the as-is stock (H+1, A, N, P)."""

    def __init__(self, inputs: Inputs, expected: Floats) -> None:
        self.inputs = inputs
        self.expected = expected
        self.taken: list[tuple[Target, Floats]] = []
        self.arrived = np.zeros((inputs.horizon, *inputs.space.shape))

    def take(self, target: Target, heads: Floats) -> Floats:
        """Spread `heads` (H,) over the target's cells by who is there: (H, A, N, P).

        Raises ForecastError where the target as a whole holds fewer, with the year and both numbers.
        """
        taken = np.zeros_like(self.arrived)
        gone = np.zeros(self.inputs.space.shape)
        for step, wanted in enumerate(heads):
            there = np.maximum(self.expected[step] - gone, 0.0) * target.cells
            if wanted > there.sum() + _SLACK:
                raise target.refusal(
                    f"it takes {wanted:,.1f} children out of {target.described()} between January "
                    f"{self._year(step)} and {self._year(step) + 1}, and {there.sum():,.1f} are expected "
                    f"there. {_MEND}"
                )
            if wanted > 0:
                taken[step] = there * (wanted / there.sum())
            gone = self._aged(step, gone + taken[step])
        self.taken.append((target, taken))
        return taken

    def arrive(self, step: int, heads: Floats) -> None:
        """Add (A, N, P) whom a mitigation brings; ages at the later census."""
        self.arrived[step] += heads

    def check(self) -> None:
        """Raise ForecastError where all mitigations together take more than a cell holds."""
        if not self.taken:
            return
        gone = np.zeros(self.inputs.space.shape)
        together: Floats = np.sum([taken for _, taken in self.taken], axis=0)
        for step, taken in enumerate(together):
            left: Floats = self.expected[step] - gone
            short = np.where(taken > _SLACK, taken - left, 0.0)
            if short.max() > _SLACK:
                age, need, place = (int(index) for index in np.unravel_index(short.argmax(), short.shape))
                raise self._refusal(step, (age, need, place), max(float(left[age, need, place]), 0.0))
            gone = self._aged(step, gone + taken) - self.arrived[step]

    def _refusal(self, step: int, cell: tuple[int, int, int], left: float) -> ForecastError:
        space = self.inputs.space
        shares: dict[str, float] = {}
        for target, heads in self.taken:
            if heads[step][cell] > 0:
                reference = target.mitigation.reference
                shares[reference] = shares.get(reference, 0.0) + float(heads[step][cell])
        most = max(shares, key=lambda reference: shares[reference])
        others = ", ".join(sorted(set(shares) - {most}))
        named = f"{most}, with {others}," if others else most
        return ForecastError(
            f"Mitigation {named} takes {sum(shares.values()):,.2f} children aged {space.ages[cell[0]]} with "
            f"need {space.needs[cell[1]]} out of {space.placements[cell[2]].code} between January "
            f"{self._year(step)} and {self._year(step) + 1}, and {left:,.2f} are expected to be left there. "
            f"{_MEND}"
        )

    def _aged(self, step: int, heads: Floats) -> Floats:
        """Heads a year on: one year older, thinned as the as-is cohort thins and never thickened."""
        before, after = self.expected[step][:-1], self.expected[step + 1][1:]
        stay = np.minimum(np.divide(after, before, out=np.zeros_like(after), where=before > 0), 1.0)
        aged = np.zeros_like(heads)
        aged[1:] = heads[:-1] * stay
        return aged

    def _year(self, step: int) -> int:
        return self.inputs.base_year + step
