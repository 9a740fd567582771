"""From numbers of children that a mitigation names to the cells that they come from.

"Thirty a year move from special schools" says nothing of ages and needs. Year by year, the expectation is
taken through the engine's own step with all that the scenario has changed by then, and each number is spread
over its cells by who is expected there, after those who leave or move anyway. Who was moved last year is not
there to be moved again. A number larger than what is there is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from goldenthread.forecast.capacity import limits_of
from goldenthread.forecast.cells import Cells, cell_name
from goldenthread.forecast.chances import expected_chances
from goldenthread.forecast.changes import Changes, changes_of
from goldenthread.forecast.edits import Edits
from goldenthread.forecast.engine import Prepared, controls_of
from goldenthread.forecast.engine_draw import Expected
from goldenthread.forecast.engine_step import Frame, Year, step
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.space import Floats
from goldenthread.forecast.targets import Target

_SLACK: Final = 1e-6  # heads: what rounding of floats may make of nothing
_MEND: Final = "Lower an amount, spread it over more years, or widen the ages, needs or placements."


@dataclass(frozen=True, slots=True)
class Asked:
    """An effect that names heads: (H,) a year, below nought where fewer are to join."""

    target: Target
    heads: Floats


@dataclass(frozen=True, slots=True)
class Demands:
    """All such effects of a scenario."""

    joining: list[Asked]
    leaving: list[Asked]
    moving: list[Asked]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.joining or self.leaving or self.moving)


def settle(inputs: Inputs, as_is: Prepared, edits: Edits, demands: Demands) -> None:
    """Write the demands into `edits`, whose other changes are complete.

    Raises ForecastError naming the mitigation, the cells, the year and both numbers where more are asked for
    than are expected.
    """
    cells = as_is.cells
    changes = list(changes_of(edits, inputs, cells))
    frame = Frame(
        cells,
        as_is.sums,
        expected_chances(inputs, as_is.rates, cells),
        as_is.sources,
        limits_of(inputs, cells, edits.places),
        None,
        controls_of(as_is.expected),
    )
    draw = Expected(cells, inputs.base_year)
    stock = cells.flat(inputs.stock)[:, None]
    for year in range(inputs.horizon):
        draw.year = year
        before = step(draw, replace(frame, changes=tuple(changes)), stock)
        heads = _Heads(cells, inputs.base_year + year, stock, before)
        changes[year] = heads.changed(changes[year], demands, year)
        stock = step(draw, replace(frame, changes=tuple(changes)), stock).stock
        edits.joiner_heads[year] += cells.full(heads.joined)
        edits.leaver_heads[year] += cells.full(heads.left)
        edits.move_heads[year] += cells.full(heads.moved)


class _Heads:
    """One year's spread: (C,), and (C, P) for moves."""

    def __init__(self, cells: Cells, begins: int, stock: Floats, before: Year) -> None:
        self.cells, self.begins = cells, begins
        self.joining = before.joined[:, 0]
        self.staying = (stock - before.left)[:, 0]
        self.moving = before.moved[:, 0]
        self.joined, self.left = np.zeros(cells.count), np.zeros(cells.count)
        self.moved = np.zeros((cells.count, cells.space.shape[2]))

    def changed(self, changes: Changes, demands: Demands, year: int) -> Changes:
        """Spread all demands of the year; leavers first, and movers among those who stay in their place."""
        taken = [
            self._taken(asked, -asked.heads[year], self.joining, "fewer new plans")
            for asked in demands.joining
        ]
        self._check(demands.joining, taken, self.joining)
        self.joined = sum(
            (self._added(asked, year) for asked in demands.joining), -_total(taken, self.joined)
        )
        taken = [
            self._taken(asked, asked.heads[year], self.staying, "plans more end") for asked in demands.leaving
        ]
        self._check(demands.leaving, taken, self.staying)
        self.left = _total(taken, self.left)
        gone = np.divide(self.left, self.staying, out=np.zeros_like(self.left), where=self.staying > 0)
        there = (self.staying - self.moving) * (1.0 - gone)
        taken = [self._taken(asked, asked.heads[year], there, "children move") for asked in demands.moving]
        self._check(demands.moving, taken, there)
        for asked, heads in zip(demands.moving, taken, strict=True):
            self.moved[:, asked.target.to] += heads
        return replace(
            changes,
            join_heads=self.joined[:, None] if self.joined.any() else None,
            leave_heads=self.left[:, None] if self.left.any() else None,
            move_heads=self.moved if self.moved.any() else None,
        )

    def _taken(self, asked: Asked, wanted: float, there: Floats, what: str) -> Floats:
        """Spread what is taken by who is there; refuse more than there are in all the cells together."""
        if wanted <= 0:
            return np.zeros_like(there)
        within = there * self.cells.flat(asked.target.cells)
        if wanted > within.sum() + _SLACK:
            raise asked.target.refusal(
                f"{wanted:,.1f} {what} in {asked.target.described()} between January {self.begins} and "
                f"{self.begins + 1}, and {within.sum():,.1f} are expected there. {_MEND}"
            )
        taken: Floats = within * min(wanted / float(within.sum()), 1.0)
        return taken

    def _added(self, asked: Asked, year: int) -> Floats:
        """Spread what is added to joiners as joiners are, or as cells are where none join."""
        if asked.heads[year] <= 0:
            return np.zeros_like(self.joining)
        chosen = self.cells.flat(asked.target.cells)
        weights = self.joining * chosen if (self.joining * chosen).any() else chosen
        added: Floats = weights * (asked.heads[year] / weights.sum())
        return added

    def _check(self, asked: Sequence[Asked], taken: Sequence[Floats], there: Floats) -> None:
        """Refuse what all mitigations together take beyond what a cell holds."""
        over = _total(taken, np.zeros_like(there)) - there
        if not len(taken) or over.max() <= _SLACK:
            return
        cell = int(over.argmax())
        shares: dict[str, float] = {}
        for one, heads in zip(asked, taken, strict=True):
            reference = one.target.mitigation.reference
            shares[reference] = shares.get(reference, 0.0) + float(heads[cell])
        most = max(shares, key=lambda reference: shares[reference])
        others = ", ".join(sorted(one for one in shares if one != most and shares[one] > 0))
        where = cell_name(
            self.cells.space,
            int(self.cells.age[cell]),
            int(self.cells.need[cell]),
            int(self.cells.placement[cell]),
        )
        named = f"{most}, with {others}," if others else most
        raise ForecastError(
            f"Mitigation {named} takes {sum(shares.values()):,.2f} children at {where} between January "
            f"{self.begins} and {self.begins + 1}, and {there[cell]:,.2f} are expected there. {_MEND}"
        )


def _total(parts: Sequence[Floats], nothing: Floats) -> Floats:
    total: Floats = np.sum(parts, axis=0) if len(parts) else nothing
    return total
