"""What pulls arrivals towards the categories of placement, so that the stock has the shares aimed at.

Joiners and movers have weights for each category. All weights of a category are multiplied by one pull, found
for each simulation by proportional fitting, so that those who stay and those who arrive add up to the aim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.cells import NOWHERE, Cells
from goldenthread.forecast.space import CATEGORIES, Bools, Floats, Ints

ROUNDS: Final = 8
STRONGEST: Final = 20.0  # a pull beyond this, or below one over it, is no longer a choice that people make
MISSED: Final = 0.01  # of all plans, by how much a category may be off its aim without a word
LEAST: Final = 0.002  # of arrivals, what every category gets


@dataclass(frozen=True, slots=True)
class Sources:
    """Where arrivals come from: movers by age and placement, joiners by age. K of them in all."""

    movers: Ints  # (C,) the source that a mover of the cell belongs to
    joiners: Ints  # (A,) the source of joiners at an age
    weights: Floats  # (K, 7) of categories, without a pull


def sources_of(cells: Cells, movers: Floats, ways: Floats, mix: Floats) -> Sources:
    """Group cells; `movers` (C,) weighs the cells of a source, `ways` (C, P) and `mix` (C,) its choices."""
    ages, _, places = cells.space.shape
    groups = cells.age * places + cells.placement
    joiners = ages * places + np.arange(ages)
    weights = np.zeros((ages * places + ages, len(CATEGORIES)))
    category = cells.space.category_index()
    open_to = ways * (cells.arrival != NOWHERE)
    for place in range(places):
        np.add.at(weights[:, category[place]], groups, open_to[:, place] * movers)
    np.add.at(weights, (ages * places + cells.age, cells.category), mix)
    total = weights.sum(axis=1, keepdims=True)
    return Sources(groups, joiners, np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))


def pull_to(
    aim: Floats, total: Floats, stayers: Floats, heads: Floats, sources: Sources
) -> tuple[Floats, Bools]:
    """Return the pull (7, S), and where it did not reach (7, S).

    `aim` (7, S) shares of `total` (S,) plans; `stayers` (7, S) are placed, `heads` (K, S) are to come.
    """
    coming = heads.sum(axis=0)
    wanted = aim * total - stayers
    needed = np.maximum(wanted, LEAST * coming)
    needed = needed * np.divide(coming, needed.sum(axis=0), out=np.ones_like(coming), where=coming > 0)
    some = heads.any(axis=1) & (sources.weights.sum(axis=1) > 0)
    weights, heads = sources.weights[some], heads[some]
    pull = np.ones_like(aim)
    for _ in range(ROUNDS):
        reach = np.einsum("kc,cs->ks", weights, pull)
        given = pull * np.einsum("kc,ks->cs", weights, heads / reach)
        turned = pull * np.divide(needed, given, out=np.ones_like(given), where=given > 0)
        pull = np.clip(turned, 1.0 / STRONGEST, STRONGEST)
    given = pull * np.einsum("kc,ks->cs", weights, heads / np.einsum("kc,cs->ks", weights, pull))
    missed: Bools = np.abs(given - wanted) > MISSED * total
    return pull, missed
