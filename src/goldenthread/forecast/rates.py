"""Chances of leaving and moving, where movers go, and what joiners are like, with how sure each is.

From what was seen between Januaries; sparse cells borrow (see `borrow`) from their placement, need, age and
age band, and from the prior: neighbours and England pooled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.borrow import IGNORANCE, borrowed, posterior
from goldenthread.forecast.cells import NOWHERE, Cells, cell_name, cells_of
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import History, Inputs
from goldenthread.forecast.joining import Joining, joining_of
from goldenthread.forecast.space import Floats, Ints


@dataclass(frozen=True, slots=True)
class Rates:
    """What the engine draws from. A Beta's two columns are heads that went and heads that did not.

    `certain` leaves out the uncertainty of the chances, and keeps each at its mean.
    """

    leave: Floats  # (C, 2) Beta: the plan ends before the next January
    move: Floats  # (C, 2) Beta: of those who stay on, to another placement; where they could have stayed
    ways: Floats  # (C, P) where movers go: expected shares
    way_heads: Floats  # (bands, P, P) how many heads stand behind the shares, by band and both placements
    joining: Joining
    leave_shock: float = 0.06  # standard deviation of a year's log hazard of leaving, shared by all cells
    choice_shock: float = 0.08  # standard deviation of a year's change in a category's log pull
    certain: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A history summed over its transitions, in cells."""

    stock: Floats  # (C,)
    left: Floats  # (C,)
    moved: Floats  # (C, P)


def estimate(inputs: Inputs, cells: Cells | None = None) -> Rates:
    """Return the rates of a council from its history and prior.

    Raises ForecastError where more left or moved than there were (the cell and the year), where children
    joined at an age that the population has none of, and if there is neither history nor prior.
    """
    cells = cells or cells_of(inputs.space)
    weight = inputs.prior_weight
    own, notes = _seen(inputs.history, cells, inputs.base_year, "the history")
    known = None
    if inputs.prior is not None:
        other, _ = _seen(inputs.prior, cells, inputs.base_year, "the prior")
        known = _shares(other, cells, None, weight)
    if not own.stock.any() and known is None:
        raise ForecastError(
            "There is neither a history of plans nor a prior to take rates from. "
            "Load two Januaries of plans, or give the neighbours' history as the prior."
        )
    leave, move, ways = _shares(own, cells, known, weight)
    return Rates(
        leave=posterior(_split(own.left, own.stock), leave, weight),
        move=posterior(_chosen(own, cells), move, weight),
        ways=ways,
        way_heads=_way_heads(own.moved, ways, cells, weight),
        joining=joining_of(inputs, cells),
        notes=notes,
    )


def _shares(
    seen: _Seen, cells: Cells, known: tuple[Floats, Floats, Floats] | None, weight: float
) -> tuple[Floats, Floats, Floats]:
    """Expected shares of leaving (C, 2), moving (C, 2) and destinations (C, P); `known` is the start."""
    everyone = np.zeros(cells.count, dtype=np.int64)
    by_place = cells.group(cells.band, cells.placement)
    groups = [everyone, cells.placement, cells.need, cells.age, by_place]
    left, went = _split(seen.left, seen.stock), _chosen(seen, cells)
    start = known
    if start is None:  # nothing is known beforehand: what the whole council does counts for more
        anywhere = borrowed(seen.moved, _anywhere(cells), [everyone], IGNORANCE)
        start = (_overall(left), _overall(went), anywhere)
    leave = borrowed(left, start[0], groups, weight)
    move = borrowed(went, start[1], groups, weight)
    move[~cells.can_move] = (0.0, 1.0)
    ways = borrowed(seen.moved, start[2], [*groups, cells.group(cells.age, cells.placement)], weight)
    total = seen.moved.sum(axis=1, keepdims=True)
    return leave, move, (seen.moved + weight * ways) / (total + weight)


def _split(some: Floats, of: Floats) -> Floats:
    return np.stack([some, of - some], axis=1)


def _chosen(seen: _Seen, cells: Cells) -> Floats:
    """Heads who moved, and did not, where they could have stayed."""
    free = ~(cells.must_move | cells.ends)
    return _split(seen.moved.sum(axis=1), seen.stock - seen.left) * free[:, None]


def _overall(counts: Floats) -> Floats:
    """The whole council's share, half a head on each side, for every cell."""
    total = counts.sum(axis=0) + 0.5
    return np.broadcast_to(total / total.sum(), counts.shape).copy()


def _anywhere(cells: Cells) -> Floats:
    """Every placement allowed a year older but one's own, alike."""
    open_to: Floats = (cells.arrival != NOWHERE).astype(np.float64)
    open_to[np.arange(cells.count), cells.placement] = 0.0
    return open_to


def _way_heads(moved: Floats, ways: Floats, cells: Cells, weight: float) -> Floats:
    """How many heads stand behind each way: those seen, and the weight of the expectation, by band."""
    places = cells.space.shape[2]
    heads = np.zeros((int(cells.band.max(initial=0)) + 1, places, places))
    np.add.at(heads, (cells.band, cells.placement), moved)
    expected, rows = np.zeros_like(heads), np.zeros((*heads.shape[:2], 1))
    np.add.at(expected, (cells.band, cells.placement), ways)
    np.add.at(rows, (cells.band, cells.placement), 1.0)
    return heads + weight * np.divide(expected, rows, out=np.zeros_like(heads), where=rows > 0)


def _seen(history: History, cells: Cells, base_year: int, what: str) -> tuple[_Seen, tuple[str, ...]]:
    _refuse_more_than_stock(history, cells, base_year, what)
    stock, left = history.stock.sum(axis=0), history.left.sum(axis=0)
    moved = history.moved.sum(axis=0)
    reached = cells.flat(moved) * (cells.arrival != NOWHERE)
    outside = int(stock.sum() - cells.flat(stock).sum() + cells.flat(moved).sum() - reached.sum())
    notes = (
        f"{outside} heads of {what} are in, or moved to, a placement that is not for their age: "
        "they count for no rate.",
    )
    return _Seen(cells.flat(stock), cells.flat(left), reached), notes if outside else ()


def _refuse_more_than_stock(history: History, cells: Cells, base_year: int, what: str) -> None:
    gone: Ints = history.left + history.moved.sum(axis=4)
    for name, flow in (("left", history.left), ("moved", history.moved), ("stood", history.stock)):
        if (flow < 0).any():
            spot = np.argwhere(flow < 0)[0]
            raise ForecastError(
                f"In {what}, {flow[tuple(spot)]} {name} at {cell_name(cells.space, *map(int, spot[1:4]))} "
                f"({_when(history, base_year, int(spot[0]))}). "
                "Heads cannot be fewer than none: mend the count."
            )
    if (gone > history.stock).any():
        spot = np.argwhere(gone > history.stock)[0]
        where = cell_name(cells.space, *map(int, spot[1:4]))
        raise ForecastError(
            f"In {what}, {gone[tuple(spot)]} left or moved of {history.stock[tuple(spot)]} plans at {where} "
            f"({_when(history, base_year, int(spot[0]))}). Mend the counts of leavers, movers or plans there."
        )


def _when(history: History, base_year: int, transition: int) -> str:
    first = base_year - len(history.stock) + transition
    return f"January {first} to January {first + 1}"
