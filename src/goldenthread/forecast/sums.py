"""Sums over cells, made ready once: by age, need, placement, category, and pairs of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.cells import Cells
from goldenthread.forecast.space import CATEGORIES, Floats, Ints


@dataclass(frozen=True, slots=True)
class Sum:
    """Adds up rows that have the same label."""

    order: Ints | None  # rows by label, None if they stand so
    starts: Ints
    labels: Ints
    size: int

    def __call__(self, values: Floats) -> Floats:
        """Return (size, S) from (C, S)."""
        sums = np.zeros((self.size, values.shape[1]))
        rows = values if self.order is None else values[self.order]
        sums[self.labels] = np.add.reduceat(rows, self.starts, axis=0)
        return sums


def sum_by(labels: Ints, size: int) -> Sum:
    """Return the sum by a label of each row, from 0 to `size` less one."""
    order = np.argsort(labels, kind="stable")
    found, starts = np.unique(labels[order], return_index=True)
    return Sum(None if (np.diff(labels) >= 0).all() else order, starts, found, size)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums that a run needs. `age_need` numbers each cell's age and need; `need_age` the age of those."""

    by_age: Sum
    by_need: Sum
    by_placement: Sum
    by_category: Sum
    by_age_need: Sum
    by_age_placement: Sum
    age_need: Ints  # (C,)
    need_age: Ints  # (A*N,)


def sums_of(cells: Cells) -> Sums:
    """Make the sums ready."""
    ages, needs, places = cells.space.shape
    age_need = cells.age * needs + cells.need
    return Sums(
        by_age=sum_by(cells.age, ages),
        by_need=sum_by(cells.need, needs),
        by_placement=sum_by(cells.placement, places),
        by_category=sum_by(cells.category, len(CATEGORIES)),
        by_age_need=sum_by(age_need, ages * needs),
        by_age_placement=sum_by(cells.age * places + cells.placement, ages * places),
        age_need=age_need,
        need_age=np.repeat(np.arange(ages), needs),
    )
