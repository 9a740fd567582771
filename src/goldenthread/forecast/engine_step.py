"""One year: some leave, some move, all grow older, some join, and places bind. Written once for both draws.

Nothing is clipped: what cannot be (more to move than there are, no joiner where plans must fall) is refused
beforehand by the expectation, or done another way and told of in the tally.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.capacity import Limits, fit
from goldenthread.forecast.cells import NOWHERE, Cells
from goldenthread.forecast.chances import Chances
from goldenthread.forecast.changes import Changes
from goldenthread.forecast.choice import Sources, pull_to
from goldenthread.forecast.draws import Process
from goldenthread.forecast.engine_draw import Draw, Turn
from goldenthread.forecast.joiners import edited_joiners
from goldenthread.forecast.result import Controls
from goldenthread.forecast.space import Bools, Floats
from goldenthread.forecast.sums import Sums


@dataclass(frozen=True, slots=True)
class Frame:
    """What all years have in common."""

    cells: Cells
    sums: Sums
    chances: Chances
    sources: Sources | None
    limits: Limits | None
    changes: tuple[Changes, ...] | None  # None: no edits
    controls: Controls | None  # None: solve


@dataclass(frozen=True, slots=True)
class Year:
    """What one year did: all (C, S) but `overflow` (P, S), `volume` and `ends` (S,), `pull` (7, S)."""

    stock: Floats
    left: Floats
    moved: Floats  # from their cell at the January before, by choice, by age or by the scenario
    joined: Floats
    overflow: Floats
    volume: Floats
    ends: Floats
    pull: Floats


def step(draw: Draw, frame: Frame, stock: Floats) -> Year:
    """Take the plans of one January (C, S) to the next. `draw.year` says which."""
    cells, changes = frame.cells, _changes(frame, draw.year)
    left = _leave(draw, frame, stock, changes)
    stayers = stock - left
    movers = draw.thin(stayers, frame.chances.move, Process.MOVE)
    stayers = stayers - movers
    sent = _sent(draw, stayers, changes)
    stayers = stayers - sent
    moved = movers + sent
    volume, ends = _volume(draw, frame, stayers.sum(axis=0) + movers.sum(axis=0))
    if ends.any():
        both = draw.cut(np.concatenate([stayers, movers]), ends, Process.END_EXTRA)
        left = left + both[: cells.count] + both[cells.count :]
        stayers, movers = stayers - both[: cells.count], movers - both[cells.count :]
        moved = movers + sent
    grown = grow(cells, stayers)
    pull = _pull(draw, frame, grown, movers, volume)
    joined = _join(draw, frame, volume, pull, changes)
    turn = _turn(frame, pull)
    arrivals = joined + draw.spread(movers, frame.chances.ways, cells.arrival, turn, Process.MOVE)
    if changes.divert is not None:
        arrivals = _diverted(draw, cells, arrivals, changes.divert)
    if changes.move_heads is not None:
        arrivals = arrivals + draw.spread(sent, changes.move_heads, cells.arrival, None, Process.EDIT_MOVE)
    overflow = np.zeros((cells.space.shape[2], stock.shape[1]))
    if frame.limits is not None:
        arrivals, overflow = fit(draw, frame.limits, cells, grown, arrivals)
    return Year(grown + arrivals, left, moved, joined, overflow, volume, ends, pull)


def grow(cells: Cells, stayers: Floats) -> Floats:
    """Make everyone who stays in a placement a year older."""
    on = cells.older != NOWHERE
    grown = np.zeros_like(stayers)
    grown[cells.older[on]] = stayers[on]
    return grown


def _changes(frame: Frame, year: int) -> Changes:
    return Changes() if frame.changes is None else frame.changes[year]


def _leave(draw: Draw, frame: Frame, stock: Floats, changes: Changes) -> Floats:
    log_stay = frame.chances.leave
    if frame.chances.leave_scale is not None:
        log_stay = log_stay * frame.chances.leave_scale[draw.year]
    if changes.leave_factor is not None:
        log_stay = _times(draw, frame.cells, stock, log_stay, changes.leave_factor)
    left = draw.thin(stock, log_stay, Process.LEAVE)
    if changes.leave_heads is None:
        return left
    stayers = stock - left
    share = draw.share(changes.leave_heads, stayers, Process.EDIT_LEAVE)
    both: Floats = left + draw.thin(stayers, _log_stay(share), Process.EDIT_LEAVE)
    return both


def _times(draw: Draw, cells: Cells, stock: Floats, log_stay: Floats, factor: Floats) -> Floats:
    """Multiply the chance of leaving, where leaving is not certain by age."""
    free = (factor[:, 0] != 1) & ~cells.ends
    chance = -np.expm1(log_stay[free]) * factor[free]
    draw.past_one(np.flatnonzero(free), (chance > 1) & (stock[free] > 0), chance)
    changed = log_stay.copy()
    changed[free] = _log_stay(np.minimum(chance, 1.0))
    return changed


def _count(draw: Draw, what: str, where: Bools) -> None:
    draw.tally[what] = draw.tally.get(what, 0) + int(where.sum())


def _log_stay(share: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        staying: Floats = np.log1p(-share)
    return staying


def _sent(draw: Draw, stayers: Floats, changes: Changes) -> Floats:
    """Heads that the scenario moves, from their cell."""
    if changes.move_heads is None:
        return np.zeros((1, 1))
    heads = changes.move_heads.sum(axis=1, keepdims=True)
    share = draw.share(heads, stayers, Process.EDIT_MOVE)
    return draw.thin(stayers, _log_stay(share), Process.EDIT_MOVE)


def _volume(draw: Draw, frame: Frame, staying: Floats) -> tuple[Floats, Floats]:
    """Joiners (S,), and the share of plans (S,) that must end besides because the outlook has fewer."""
    if frame.controls is not None:
        return frame.controls.volume[:, draw.year], frame.controls.ends[:, draw.year]
    if frame.chances.volume is not None:
        return frame.chances.volume[draw.year], np.zeros_like(staying)
    if frame.chances.total is None:
        raise ValueError("Chances have neither a volume nor a total.")
    missing = frame.chances.total[draw.year] - staying
    fewer = np.maximum(-missing, 0.0)
    if fewer.any():
        _count(draw, "ended beyond the rates", fewer > 0)
    ends: Floats = fewer / np.where(staying > 0, staying, 1.0)
    return np.maximum(missing, 0.0), ends


def _pull(draw: Draw, frame: Frame, grown: Floats, movers: Floats, volume: Floats) -> Floats:
    if frame.controls is not None:
        kept: Floats = frame.controls.pull[:, draw.year].T
        return kept
    if frame.chances.aim is None or frame.sources is None:
        free: Floats = frame.chances.pull[draw.year]
        return free
    sources = frame.sources
    heads = np.zeros((len(sources.weights), grown.shape[1]))
    heads[: sources.joiners[0]] = frame.sums.by_age_placement(movers)
    ages = frame.chances.joiners[draw.year]
    in_all = ages.sum(axis=0)
    heads[sources.joiners] = ages * np.divide(volume, in_all, out=np.zeros_like(in_all), where=in_all > 0)
    total = grown.sum(axis=0) + heads.sum(axis=0)
    pull, missed = pull_to(frame.chances.aim[draw.year], total, frame.sums.by_category(grown), heads, sources)
    _count(draw, "mix not reached", np.logical_or.reduce(missed))
    return pull


def _turn(frame: Frame, pull: Floats) -> Turn:
    """What multiplies the weights of destinations: the pull, and each simulation's own shares."""
    cells = frame.cells
    category = cells.space.category_index()
    table: Floats = pull[category][:, None]
    if frame.chances.way_turn is None:
        return Turn(table, np.zeros(cells.count, dtype=np.int64))
    return Turn(frame.chances.way_turn * table, cells.band * len(table) + cells.placement)


def _join(draw: Draw, frame: Frame, volume: Floats, pull: Floats, changes: Changes) -> Floats:
    """Joiners: ages by the rates; need by age; placement by need, age and pull."""
    cells, chances = frame.cells, frame.chances
    pulled = chances.mix * pull[cells.category]
    before, after = frame.sums.by_age_need(chances.mix), frame.sums.by_age_need(pulled)
    back = np.divide(before, after, out=np.zeros_like(before), where=after > 0)
    at_age = frame.sums.by_age(chances.mix)
    ages = np.divide(chances.joiners[draw.year], at_age, out=np.zeros_like(at_age), where=at_age > 0)
    weights = pulled * (back * ages[frame.sums.need_age])[frame.sums.age_need]
    joined = draw.join(volume, weights)
    if frame.changes is None:
        return joined
    return edited_joiners(draw, joined, changes)


def _diverted(draw: Draw, cells: Cells, arrivals: Floats, divert: Floats) -> Floats:
    """Send the shares of arrivals to other placements, each head at most once."""
    left = arrivals.copy()
    result = np.zeros_like(arrivals)
    now = cells.table[cells.age, cells.need]
    gone = draw.thin(left, _log_stay(np.minimum(divert.sum(axis=1, keepdims=True), 1.0)), Process.EDIT_DIVERT)
    result += left - gone
    return result + draw.spread(gone, divert, now, None, Process.EDIT_DIVERT)
