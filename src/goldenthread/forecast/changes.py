"""Edits laid out for the engine: by future year, in cells, with nothing for what is not changed.

Ages are those of the flows: joiners and those diverted, at the January when they have arrived; leavers and
those moved, at the January before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.cells import NOWHERE, Cells, cell_name, refuse_outside
from goldenthread.forecast.edits import Edits
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.space import Floats


@dataclass(frozen=True, slots=True)
class Changes:
    """One future year's changes; None where there is none. (C, 1), or (C, P): `divert` and `move_heads`."""

    join_factor: Floats | None = None
    join_heads: Floats | None = None
    leave_factor: Floats | None = None
    leave_heads: Floats | None = None
    divert: Floats | None = None
    move_heads: Floats | None = None


def changes_of(edits: Edits, inputs: Inputs, cells: Cells) -> tuple[Changes, ...]:
    """Return the changes of each future year.

    Raises ForecastError, with the cell and the year, for a factor below nought, heads to leave or to move
    below nought, shares that are none or go past one, and heads where no plan can be.
    """
    return tuple(_year(edits, inputs, cells, year) for year in range(inputs.horizon))


def changes_flows(edits: Edits, inputs: Inputs) -> bool:
    """Whether the edits change who is where, or prices and spending alone."""
    heads = (edits.joiner_heads, edits.leaver_heads, edits.divert, edits.move_heads)
    factors = (edits.joiner_factor, edits.leaver_factor)
    places = inputs.capacity is not None and bool(edits.places.any())
    return places or any(bool(part.any()) for part in heads) or any(bool((f != 1).any()) for f in factors)


def _year(edits: Edits, inputs: Inputs, cells: Cells, year: int) -> Changes:
    begin = inputs.base_year + year
    refuse_outside(cells, edits.joiner_heads[year], "Joiners", begin + 1)
    refuse_outside(cells, edits.leaver_heads[year], "Leavers", begin)
    changes = Changes(
        join_factor=_column(cells, edits.joiner_factor[year], 1.0),
        join_heads=_column(cells, edits.joiner_heads[year], 0.0),
        leave_factor=_column(cells, edits.leaver_factor[year], 1.0),
        leave_heads=_column(cells, edits.leaver_heads[year], 0.0),
        divert=_ways(cells, edits.divert[year], "Those diverted", begin + 1),
        move_heads=_ways(cells, edits.move_heads[year], "Those moved", begin),
    )
    for name in ("join_factor", "leave_factor", "leave_heads", "divert", "move_heads"):
        _refuse_below_nought(cells, getattr(changes, name), name, begin)
    _refuse_no_such_way(cells, changes, begin)
    return changes


def _column(cells: Cells, values: Floats, neutral: float) -> Floats | None:
    if (values == neutral).all():
        return None
    return cells.flat(values)[:, None]


def _ways(cells: Cells, values: Floats, what: str, year: int) -> Floats | None:
    if not values.any():
        return None
    refuse_outside(cells, values.sum(axis=3), what, year)
    return cells.flat(values)


def _at(cells: Cells, cell: int) -> str:
    return cell_name(cells.space, int(cells.age[cell]), int(cells.need[cell]), int(cells.placement[cell]))


def _refuse_below_nought(cells: Cells, values: Floats | None, name: str, begin: int) -> None:
    if values is not None and not (values >= 0).all():
        cell, column = map(int, np.argwhere(~(values >= 0))[0])
        raise ForecastError(
            f"In the year from January {begin}, the scenario's {name.replace('_', ' ')} at "
            f"{_at(cells, cell)} is {values[cell, column]:g}. Give a number that is not below nought."
        )


def _refuse_no_such_way(cells: Cells, changes: Changes, begin: int) -> None:
    """Diverted children are at their age already; those moved arrive a year older."""
    now = cells.table[cells.age, cells.need]
    for values, reached, what in (
        (changes.divert, now, "Diverting"),
        (changes.move_heads, cells.arrival, "Moving"),
    ):
        if values is None:
            continue
        own = np.arange(values.shape[1]) == cells.placement[:, None]
        wrong = np.argwhere((values > 0) & ((reached == NOWHERE) | own))
        if len(wrong):
            cell, place = map(int, wrong[0])
            raise ForecastError(
                f"{what} from {_at(cells, cell)} to {cells.space.placements[place].title} in the year from "
                f"January {begin}: they cannot be there at that age, or are there already. "
                "Change the ages or the placement."
            )
    if changes.divert is not None and (changes.divert.sum(axis=1) > 1 + 1e-9).any():
        cell = int(changes.divert.sum(axis=1).argmax())
        raise ForecastError(
            f"{changes.divert[cell].sum():.0%} of those arriving at {_at(cells, cell)} are diverted in the "
            f"year from January {begin}. All shares together can be no more than 100%."
        )
