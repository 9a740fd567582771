"""What a scenario does to those who join."""

from __future__ import annotations

import numpy as np

from goldenthread.forecast.changes import Changes
from goldenthread.forecast.draws import Process
from goldenthread.forecast.engine_draw import Draw
from goldenthread.forecast.space import Floats


def edited_joiners(draw: Draw, joined: Floats, changes: Changes) -> Floats:
    """Thin joiners or add to them, cell by cell, by the same draws for every scenario.

    A factor below one keeps each joiner with that chance; one above adds others like them. Then heads are
    added, or taken away as the share of joiners that they are expected to be.
    """
    if changes.join_factor is not None:
        joined = _times(draw, joined, changes.join_factor)
    if changes.join_heads is None:
        return joined
    fewer, more = np.maximum(-changes.join_heads, 0.0), np.maximum(changes.join_heads, 0.0)
    if fewer.any():
        share = draw.share(fewer, joined, Process.EDIT_FEWER)
        with np.errstate(divide="ignore"):
            joined = joined - draw.thin(joined, np.log1p(-share), Process.EDIT_FEWER)
    return joined + draw.whole(more, Process.EDIT_HEADS) if more.any() else joined


def _times(draw: Draw, joined: Floats, factor: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        kept = np.log(np.minimum(factor, 1.0))
        times, part = np.divmod(np.maximum(factor - 1.0, 0.0), 1.0)
        others = np.log1p(-part)
    more = joined * times + draw.thin(joined, others, Process.EDIT_MORE)
    return joined - draw.thin(joined, kept, Process.EDIT_JOIN) + more
