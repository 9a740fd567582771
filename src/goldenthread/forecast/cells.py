"""The cells that can hold a plan, laid out one after another, and where each leads a year later.

The engine works on arrays (C, S): cells that `Space.allowed` lets be, by simulation. Cells stand in the order
of age, need and placement, so that all of one age, and all of one age and need, follow each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.space import Bools, Floats, Ints, Space

# Ages at which the bands begin that sparse cells borrow within: under 5, 5 to 10, 11 to 15, 16 to 19, 20 on.
# Source: the age groups of the DSG management plan, tables "Number of EHCPs by age group".
BANDS: Final = (5, 11, 16, 20)
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Cells:
    """Each cell's place on the axes, and its number a year older. All (C,) unless said otherwise."""

    space: Space
    age: Ints  # places on the axes, not ages in years
    need: Ints
    placement: Ints
    band: Ints  # age band, 0 to 4
    category: Ints  # of the placement, in CATEGORIES order
    table: Ints  # (A, N, P) the cell's number, or NOWHERE
    arrival: Ints  # (C, P) the cell reached a year older in each placement, or NOWHERE
    older: Ints  # the cell reached by staying in the placement, or NOWHERE
    ends: Bools  # no placement takes this child a year older: the plan ends
    must_move: Bools  # the plan can go on, but not in this placement
    can_move: Bools  # there is another placement to move to

    @property
    def count(self) -> int:
        """C."""
        return len(self.age)

    def flat(self, values: npt.NDArray[np.generic]) -> Floats:
        """Return (A, N, P, ...) as (C, ...)."""
        taken: Floats = np.asarray(values[self.age, self.need, self.placement], dtype=np.float64)
        return taken

    def full(self, values: Floats) -> Floats:
        """Return (C, ...) as (A, N, P, ...), with nought where no plan can be."""
        whole = np.zeros((*self.space.shape, *values.shape[1:]))
        whole[self.age, self.need, self.placement] = values
        return whole

    def group(self, *axes: Ints) -> Ints:
        """Number the combinations of these (C,) axes: (C,)."""
        number = np.zeros(self.count, dtype=np.int64)
        for axis in axes:
            number = number * (int(axis.max(initial=0)) + 1) + axis
        return number


def cells_of(space: Space) -> Cells:
    """Lay out a space's cells."""
    _, needs, places = space.shape
    allowed = np.broadcast_to(space.allowed[:, None, :], space.shape)
    age, need, placement = (axis.astype(np.int64) for axis in np.nonzero(allowed))
    table = np.full(space.shape, NOWHERE, dtype=np.int64)
    table[age, need, placement] = np.arange(len(age))
    beyond = np.concatenate([table[1:], np.full((1, needs, places), NOWHERE)])
    arrival = beyond[age, need]
    older = arrival[np.arange(len(age)), placement]
    others = (arrival != NOWHERE).sum(axis=1) - (older != NOWHERE)
    ends = (arrival == NOWHERE).all(axis=1)
    years = np.array(space.ages)[age]
    return Cells(
        space=space,
        age=age,
        need=need,
        placement=placement,
        band=np.searchsorted(BANDS, years, side="right").astype(np.int64),
        category=space.category_index()[placement],
        table=table,
        arrival=arrival,
        older=older,
        ends=ends,
        must_move=(older == NOWHERE) & ~ends,
        can_move=others > 0,
    )


def cell_name(space: Space, age: int, need: int, placement: int) -> str:
    """Say where a cell is, from its places on the axes: "age 7, SEMH, Mainstream school"."""
    return f"age {space.ages[age]}, {space.needs[need]}, {space.placements[placement].title}"


def refuse_outside(cells: Cells, values: npt.NDArray[np.generic], what: str, year: int) -> None:
    """Raise ForecastError if `values` (A, N, P) say anything of a cell that no plan can be in."""
    outside = np.argwhere((cells.table == NOWHERE) & (values != 0))
    if len(outside):
        where = cell_name(cells.space, *map(int, outside[0]))
        place = cells.space.placements[int(outside[0][2])]
        raise ForecastError(
            f"{what} in {year}: {values[tuple(outside[0])]:g} at {where}, where there can be none; "
            f"{place.title} is for ages {place.first_age} to {place.last_age}. "
            "Mend the number, or the ages of the placement."
        )
