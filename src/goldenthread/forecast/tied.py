"""Whole numbers that add up: controlled rounding, so that no total differs from the sum of its parts.

A table of means is a flow: from the whole through the rows to the cells, and from the cells through the
columns back to the whole. Such a flow can always be rounded so that every cell and every total goes to the
whole number just below or just above it (Cox, "A constructive procedure for unbiased controlled rounding",
Journal of the American Statistical Association 82, 1987). Of those roundings this gives one with the least
change, so that the largest remainders get their unit wherever the totals let them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.space import Floats, Ints

# Means count to a millionth and are then reckoned in whole numbers, so that no sum is off by a bit.
_UNIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Tied:
    """Two tables of the same groups K in whole numbers: each group has the same total in both."""

    first: Ints  # (K, R)
    second: Ints  # (K, C)


@dataclass(frozen=True, slots=True)
class _Arc:
    """A part of the flow, in millionths, from one place to the next."""

    start: int
    end: int
    value: int


def tie(table: Floats) -> Ints:
    """Round a table of means (R, C) so that each cell, row, column and the whole goes to a neighbour.

    A neighbour of a number is the whole number just below or above it; a whole number stays. Totals are the
    sums of what is given back. Raises ForecastError for a value that is negative or not finite.
    """
    exact = _exact(table, 2)
    rows, columns = exact.shape
    first_column = 1 + rows
    cells = [_Arc(1 + r, first_column + c, int(exact[r, c])) for r in range(rows) for c in range(columns)]
    totals = _margins(exact.sum(axis=1), exact.sum(axis=0), first_column)
    return _table(_round([*cells, *totals]), rows, columns)


def tie_counts(means: Floats) -> Tied:
    """Round the counts of groups K in two ways at once: means (K, R, C) to tables (K, R) and (K, C).

    In both tables each cell, each group, each row or column over all groups, and the whole go to a neighbour
    as in `tie`, and the two agree on every group. Raises ForecastError as `tie` does.
    """
    exact = _exact(means, 3)
    groups, rows, columns = exact.shape
    enter, leave, right = 1 + rows, 1 + rows + groups, 1 + rows + 2 * groups
    by_row, by_column = exact.sum(axis=2), exact.sum(axis=1)
    first = [_Arc(1 + r, enter + k, int(by_row[k, r])) for k in range(groups) for r in range(rows)]
    second = [_Arc(leave + k, right + c, int(by_column[k, c])) for k in range(groups) for c in range(columns)]
    through = [_Arc(enter + k, leave + k, int(by_row[k].sum())) for k in range(groups)]
    totals = _margins(by_row.sum(axis=0), by_column.sum(axis=0), right)
    whole = _round([*first, *second, *through, *totals])
    return Tied(_table(whole, groups, rows), _table(whole[len(first) :], groups, columns))


def _exact(means: Floats, axes: int) -> Ints:
    """The means in millionths."""
    if means.ndim != axes:
        raise ForecastError(f"A table of {axes} axes is to be rounded, not one of {means.ndim}.")
    if not np.isfinite(means).all() or (means < 0).any():
        raise ForecastError("A table with a negative or missing number cannot be rounded.")
    exact: Ints = np.rint(means * _UNIT).astype(np.int64)
    return exact


def _margins(rows: Ints, columns: Ints, first_column: int) -> list[_Arc]:
    """From the whole (place 0) to each row (places from 1), and from each column to the end and back to 0."""
    end = first_column + len(columns)
    into = [_Arc(0, 1 + r, int(value)) for r, value in enumerate(rows)]
    out = [_Arc(first_column + c, end, int(value)) for c, value in enumerate(columns)]
    return [*into, *out, _Arc(end, 0, int(rows.sum()))]


def _table(whole: Sequence[int], rows: int, columns: int) -> Ints:
    return np.array(whole[: rows * columns], dtype=np.int64).reshape(rows, columns)


def _round(arcs: Sequence[_Arc]) -> list[int]:
    """Round a flow, each arc to a neighbour: to the nearest first, then mended along the cheapest ways."""
    whole = [arc.value // _UNIT + (2 * (arc.value % _UNIT) > _UNIT) for arc in arcs]
    excess = [0] * (1 + max(max(arc.start, arc.end) for arc in arcs))
    for arc, value in zip(arcs, whole, strict=True):
        excess[arc.end] += value
        excess[arc.start] -= value
    while any(excess):
        way = _cheapest_way(arcs, whole, excess)
        for at, up in way:
            whole[at] += 1 if up else -1
        first, last = way[0], way[-1]
        excess[arcs[first[0]].start if first[1] else arcs[first[0]].end] -= 1
        excess[arcs[last[0]].end if last[1] else arcs[last[0]].start] += 1
    return whole


def _cheapest_way(arcs: Sequence[_Arc], whole: list[int], excess: list[int]) -> list[tuple[int, bool]]:
    """The steps (arc, whether it goes up) from a place with too much to one with too little (Bellman-Ford).

    There is always one: the means themselves are a flow without excess.
    """
    cost = [0.0 if amount > 0 else np.inf for amount in excess]
    came: dict[int, tuple[int, bool]] = {}
    steps = [(at, *_step(arc, whole[at])) for at, arc in enumerate(arcs) if arc.value % _UNIT]
    changed = True
    while changed:
        changed = False
        for at, up, price in steps:
            start, end = (arcs[at].start, arcs[at].end) if up else (arcs[at].end, arcs[at].start)
            if cost[start] + price < cost[end]:
                cost[end], came[end], changed = cost[start] + price, (at, up), True
    place = min((cost[n], n) for n, amount in enumerate(excess) if amount < 0)[1]
    way: list[tuple[int, bool]] = []
    while place in came:
        at, up = came[place]
        way.append((at, up))
        place = arcs[at].start if up else arcs[at].end
    return way[::-1]


def _step(arc: _Arc, value: int) -> tuple[bool, int]:
    """The way an arc may still go, and how much further from its mean that takes it."""
    part = arc.value % _UNIT
    up = value == arc.value // _UNIT
    return up, (_UNIT - 2 * part if up else 2 * part - _UNIT)
