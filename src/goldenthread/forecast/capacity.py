"""Places that bind: who arrives where all places are taken goes where overflow really goes, and is counted.

Those who are in a placement stay, even if they are more than its places; only arrivals are sent on. If the
placement that they are sent to is full as well, they go on from there by its own row; after that to what has
no limit. Each head is counted once, at the placement that it was meant for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.cells import NOWHERE, Cells
from goldenthread.forecast.draws import Process
from goldenthread.forecast.engine_draw import Draw
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.space import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Limits:
    """Places by January (H+1, P), NaN where nothing binds, and where overflow goes from each cell (C, P)."""

    places: Floats
    first: Floats  # weights by the overflow as given
    last: Floats  # weights to what never binds, by following the overflow on
    reached: Ints  # (C, P) the cell of the same age and need in each placement
    bound: Bools  # (P,) whether it ever binds


def limits_of(inputs: Inputs, cells: Cells, more: Floats) -> Limits | None:
    """Return the limits with `more` (H+1, P) places added, or None if nothing binds.

    Raises ForecastError for places below nought, and for a placement that binds where children of some age
    would have nowhere to go.
    """
    if inputs.capacity is None or np.isnan(inputs.capacity.places).all():
        return None
    places = inputs.capacity.places + more
    if (places < 0).any():
        year, place = map(int, np.argwhere(places < 0)[0])
        raise ForecastError(
            f"{inputs.space.placements[place].title} has {places[year, place]:g} places in "
            f"{inputs.base_year + year}. Places cannot be fewer than none: mend the capacity or the scenario."
        )
    bound: Bools = np.logical_not(np.isnan(places[1:]).all(axis=0))
    overflow = np.where(bound[:, None], inputs.capacity.overflow, 0.0)
    reached = cells.table[cells.age, cells.need]
    first = overflow[cells.placement] * (reached != NOWHERE)
    first[np.arange(cells.count), cells.placement] = 0.0
    last = _followed(overflow, bound)[cells.placement] * (reached != NOWHERE)
    _refuse_nowhere(cells, bound, last)
    return Limits(places, np.where(first.any(axis=1, keepdims=True), first, last), last, reached, bound)


def _followed(overflow: Floats, bound: Bools) -> Floats:
    """Where one ends who goes on and on from what binds to what does not: (P, P)."""
    among, out = overflow * bound, overflow * ~bound
    ends = out
    for _ in bound:  # whatever can be reached at all is reached in as many steps as there are placements
        ends = out + np.einsum("pq,qr->pr", among, ends)
    return ends


def _refuse_nowhere(cells: Cells, bound: Bools, last: Floats) -> None:
    stuck = np.flatnonzero(bound[cells.placement] & ~last.any(axis=1))
    if len(stuck):
        place = cells.space.placements[int(cells.placement[stuck[0]])]
        age = cells.space.ages[int(cells.age[stuck[0]])]
        raise ForecastError(
            f"{place.title} is limited, and a child of {age} for whom it has no place would have "
            "nowhere to go. Let its overflow go, at that age, to a placement without a limit."
        )


def fit(draw: Draw, limits: Limits, cells: Cells, stayers: Floats, arrivals: Floats) -> tuple[Floats, Floats]:
    """Return arrivals (C, S) after all who found no place were sent on, and how many those were (P, S)."""
    places = limits.places[draw.year + 1]
    overflow = np.zeros((len(places), arrivals.shape[1]))
    kept, turned_away = arrivals.copy(), np.zeros_like(arrivals)
    for place in np.flatnonzero(~np.isnan(places)):
        rows = np.flatnonzero(cells.placement == place)
        over = _over(places[place], stayers[rows], arrivals[rows])
        sent = _cut(draw, arrivals[rows], over, Process.OVERFLOW, int(place))
        kept[rows] -= sent
        turned_away[rows] = sent
        overflow[place] = sent.sum(axis=0)
    if not turned_away.any():
        return kept, overflow
    incoming = draw.spread(turned_away, limits.first, limits.reached, None, Process.OVERFLOW)
    return kept + _again(draw, limits, cells, stayers + kept, incoming), overflow


def _again(draw: Draw, limits: Limits, cells: Cells, there: Floats, incoming: Floats) -> Floats:
    """Send those on who were sent to what is full as well."""
    places = limits.places[draw.year + 1]
    kept, turned_away = incoming.copy(), np.zeros_like(incoming)
    for place in np.flatnonzero(~np.isnan(places)):
        rows = np.flatnonzero(cells.placement == place)
        over = _over(places[place], there[rows], incoming[rows])
        sent = _cut(draw, incoming[rows], over, Process.OVERFLOW_AGAIN, int(place))
        kept[rows] -= sent
        turned_away[rows] = sent
    if not turned_away.any():
        return kept
    return kept + draw.spread(turned_away, limits.last, limits.reached, None, Process.OVERFLOW_AGAIN)


def _over(places: float, there: Floats, coming: Floats) -> Floats:
    """Heads (S,) among `coming` for whom there is no place."""
    free = np.maximum(places - there.sum(axis=0), 0.0)
    over: Floats = np.maximum(coming.sum(axis=0) - free, 0.0)
    return over


def _cut(draw: Draw, coming: Floats, over: Floats, process: Process, place: int) -> Floats:
    total = coming.sum(axis=0)
    share = np.divide(over, total, out=np.zeros_like(over), where=total > 0)
    return draw.cut(coming, share, process, place)
