"""How sparse cells borrow strength: shares are drawn towards the groups that a cell belongs to, then to it.

One rule serves leaving (two outcomes: go or stay), moving, destinations, and what joiners need. Expected
shares begin at a start (the prior's, or the whole council's); group after group, the outcomes seen in the
group are set against those expected there, the ratio is held towards one by `weight` heads, and the shares of
all its cells are turned by it. Main effects of placement, need, age and of placement within an age band add
up so on the scale of log odds. What a cell has seen itself comes last, as the counts of a Beta or Dirichlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from goldenthread.forecast.space import Floats, Ints

IGNORANCE: Final = 1.0  # heads that a start counts for which knows nothing: all outcomes alike


def borrowed(counts: Floats, start: Floats, groups: Sequence[Ints], weight: float) -> Floats:
    """Return shares (R, Q) of Q outcomes for R rows from counts (R, Q), by way of each grouping (R,) in turn.

    `weight` is the heads that expectation counts for in a group. An outcome that the start rules out (nought)
    stays ruled out; rows of nothing but noughts stay so.
    """
    shares = _to_one(start)
    heads = counts.sum(axis=1, keepdims=True)
    for group in groups:
        size = int(group.max(initial=0)) + 1
        seen, expected = np.zeros((size, counts.shape[1])), np.zeros((size, counts.shape[1]))
        np.add.at(seen, group, counts)
        np.add.at(expected, group, heads * shares)
        total = expected.sum(axis=1, keepdims=True)
        even = np.divide(expected, total, out=np.zeros_like(expected), where=total > 0)
        toward = np.divide(seen + weight * even, total + weight)
        turn = np.divide(toward, even, out=np.ones_like(even), where=even > 0)
        shares = _to_one(shares * turn[group])
    return shares


def _to_one(values: Floats) -> Floats:
    total = values.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(values, total, out=np.zeros_like(values), where=total > 0)
    return shares


def posterior(counts: Floats, shares: Floats, weight: float) -> Floats:
    """Return the Dirichlet's parameters: what was seen, and `weight` heads of what was expected."""
    parameters: Floats = counts + weight * shares
    return parameters
