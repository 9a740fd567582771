"""The two ways to take a step: by what is expected, and by drawing heads. The step itself is written once.

`Expected` carries fractions of heads in one column. `Sampled` carries whole heads, one column a simulation.
Both answer the same questions: how many of these go, where do they go, who joins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from goldenthread.forecast.cells import Cells, cell_name
from goldenthread.forecast.draws import BLOCK, Process, binomial, heads_uniform, stream
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.space import Bools, Floats, Ints

Shares = dict[tuple[Process, int], Floats]


@dataclass(frozen=True, slots=True)
class Turn:
    """How a simulation turns the weights of destinations: `table` (P, K, S), the row of each cell (C,)."""

    table: Floats
    row: Ints


class Draw(Protocol):
    """What a step asks."""

    year: int
    tally: dict[str, int]

    def thin(self, counts: Floats, log_stay: Floats, process: Process) -> Floats:
        """Return how many of `counts` (C, S) go, each staying with the chance exp(`log_stay`)."""

    def share(self, heads: Floats, counts: Floats, process: Process) -> Floats:
        """Return the share of `counts` that `heads` (C, 1) are expected to be."""

    def past_one(self, rows: Ints, where: Bools, chance: Floats) -> None:
        """Take note of a scenario that takes the `chance` of leaving past one in these cells."""

    def cut(self, counts: Floats, share: Floats, process: Process, row: int = 0) -> Floats:
        """Return as many of `counts` (R, S) as `share` (S,) of their total, evenly, to the head."""

    def whole(self, heads: Floats, process: Process) -> Floats:
        """Return heads (C, S) with the expectation `heads` (C, 1)."""

    def spread(
        self, heads: Floats, weights: Floats, reached: Ints, turn: Turn | None, process: Process
    ) -> Floats:
        """Send `heads` (C, S) by `weights` (C, P) to the cells `reached` (C, P)."""

    def join(self, volume: Floats, weights: Floats) -> Floats:
        """Share `volume` (S,) out among the cells by `weights` (C, S)."""


@dataclass(slots=True)
class Expected:
    """Expectations, one column. Finds the shares that numbers of heads come to, and keeps them."""

    cells: Cells
    base_year: int
    year: int = 0
    shares: Shares = field(default_factory=dict)
    tally: dict[str, int] = field(default_factory=dict)

    def thin(self, counts: Floats, log_stay: Floats, process: Process) -> Floats:
        gone: Floats = counts * -np.expm1(log_stay)
        return gone

    def share(self, heads: Floats, counts: Floats, process: Process) -> Floats:
        """Raise ForecastError where `heads` are more than there are."""
        over = heads[:, 0] > counts[:, 0] * (1 + 1e-9) + 1e-9
        if over.any():
            cell = int(np.flatnonzero(over)[0])
            raise ForecastError(
                f"In the year from January {self.base_year + self.year}, the scenario asks for "
                f"{heads[cell, 0]:.2f} heads of the {counts[cell, 0]:.2f} expected at "
                f"{self._at(cell)} ({_ASKED[process]}). "
                "Ask for fewer, later, or elsewhere."
            )
        share = np.divide(heads, counts, out=np.zeros_like(counts), where=counts > 0)
        self.shares[process, self.year] = np.minimum(share, 1.0)
        return self.shares[process, self.year]

    def past_one(self, rows: Ints, where: Bools, chance: Floats) -> None:
        """Raise ForecastError."""
        if where.any():
            spot = int(np.flatnonzero(where[:, 0])[0])
            raise ForecastError(
                f"In the year from January {self.base_year + self.year}, the scenario's factor takes the "
                f"chance of leaving at {self._at(int(rows[spot]))} to {chance[spot, 0]:.0%}. "
                "Lower the factor."
            )

    def cut(self, counts: Floats, share: Floats, process: Process, row: int = 0) -> Floats:
        return counts * share

    def _at(self, cell: int) -> str:
        spot = (int(axis[cell]) for axis in (self.cells.age, self.cells.need, self.cells.placement))
        return cell_name(self.cells.space, *spot)

    def whole(self, heads: Floats, process: Process) -> Floats:
        return heads.copy()

    def spread(
        self, heads: Floats, weights: Floats, reached: Ints, turn: Turn | None, process: Process
    ) -> Floats:
        turned = weights if turn is None else weights * turn.table[:, turn.row, 0].T
        total = turned.sum(axis=1, keepdims=True)
        ways = np.divide(turned, total, out=np.zeros_like(turned), where=total > 0) * heads
        sent = ways > 0
        arrived = np.zeros_like(heads)
        np.add.at(arrived[:, 0], reached[sent], ways[sent])
        return arrived

    def join(self, volume: Floats, weights: Floats) -> Floats:
        total = weights.sum(axis=0)
        _refuse_nobody(volume, total, self.base_year + self.year)
        shared: Floats = np.divide(weights * volume, total, out=np.zeros_like(weights), where=total > 0)
        return shared


_ASKED = {
    Process.EDIT_LEAVE: "more who leave",
    Process.EDIT_MOVE: "moved to another placement",
    Process.EDIT_FEWER: "fewer who join",
}


def _refuse_nobody(volume: Floats, total: Floats, year: int) -> None:
    if ((volume > 0) & ~(total > 0)).any():
        raise ForecastError(
            f"Children should join in the year from January {year}, but no age has both a population and a "
            "rate of joining. Give the population by age, or a history or prior with joiners."
        )


@dataclass(slots=True)
class Sampled:
    """Draws of whole heads for one block of simulations. `shares` are those that the expectation found."""

    cells: Cells
    base_year: int
    seed: int
    block: int
    size: int
    shares: Shares
    year: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    _held: tuple[Process, int, Floats] | None = None

    def stream(self, process: Process) -> np.random.Generator:
        """Return this year's generator for a process."""
        return stream(self.seed, self.block, self.year + 1, process)

    def uniform(self, process: Process) -> Floats:
        """Return a uniform for each cell and simulation, the same however many simulations are wanted."""
        if self._held is not None and self._held[:2] == (process, self.year):
            return self._held[2]
        drawn = self.stream(process).random((self.cells.count, BLOCK))
        self._held = (process, self.year, np.ascontiguousarray(drawn[:, : self.size]))
        return self._held[2]

    def thin(self, counts: Floats, log_stay: Floats, process: Process) -> Floats:
        gone = np.zeros_like(counts)
        some = np.flatnonzero(counts > 0)
        if len(some):
            stay = np.broadcast_to(log_stay, counts.shape).ravel()[some]
            gone.ravel()[some] = binomial(counts.ravel()[some], stay, self.uniform(process).ravel()[some])
        return gone

    def share(self, heads: Floats, counts: Floats, process: Process) -> Floats:
        return self.shares[process, self.year]

    def past_one(self, rows: Ints, where: Bools, chance: Floats) -> None:
        """Count them: the expectation is below one, this simulation's own chance is high."""
        self.tally["leaving made certain"] = self.tally.get("leaving made certain", 0) + int(where.sum())

    def cut(self, counts: Floats, share: Floats, process: Process, row: int = 0) -> Floats:
        """Walk through the cells from a random start and take a head each time a whole one has come up.

        Systematic sampling: the total is right to the head, every cell gets its share on average.
        """
        start = self.stream(process).random((row + 1, BLOCK))[row, : self.size]
        passed = np.floor(np.cumsum(counts, axis=0) * share + start)
        taken: Floats = np.diff(passed, axis=0, prepend=0.0)
        return taken

    def whole(self, heads: Floats, process: Process) -> Floats:
        rounded: Floats = np.floor(heads + self.uniform(process))
        return rounded

    def spread(
        self, heads: Floats, weights: Floats, reached: Ints, turn: Turn | None, process: Process
    ) -> Floats:
        some = np.flatnonzero(heads > 0)
        count = heads.ravel()[some].astype(np.int64)
        cell, column = np.divmod(some, heads.shape[1])
        chosen = np.ascontiguousarray(weights.T)[:, cell]
        if turn is not None:
            chosen *= turn.table.reshape(len(chosen), -1)[:, turn.row[cell] * heads.shape[1] + column]
        chosen = np.cumsum(chosen, axis=0)
        # From here on by head, one placement after another: arrays of one axis are much the quickest.
        entry = np.repeat(np.arange(len(some)), count)
        number = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
        uniform = heads_uniform(self.uniform(process).ravel()[some][entry], number)
        target = uniform * chosen[-1][entry]
        way = np.zeros(len(entry), dtype=np.int64)
        for passed in chosen[:-1]:
            way += passed[entry] <= target
        place = reached[cell[entry], way] * heads.shape[1] + column[entry]
        arrived = np.bincount(place, minlength=heads.size).astype(np.float64)
        return arrived.reshape(heads.shape)

    def join(self, volume: Floats, weights: Floats) -> Floats:
        """Draw each joiner by itself: uniforms in order, looked up in the running total of weights."""
        cells, size = weights.shape
        passed = np.cumsum(weights, axis=0)
        _refuse_nobody(volume, passed[-1], self.base_year + self.year)
        total = np.where(passed[-1] > 0, passed[-1], 1.0)
        ladder = np.ascontiguousarray((passed / total + np.arange(size)).T).ravel()
        column = np.repeat(np.arange(size), volume.astype(np.int64))
        keys = column + self.stream(Process.JOIN).random(len(column))
        keys = np.minimum(keys, np.nextafter(column + 1.0, 0.0))  # in case one was rounded up
        keys.sort()
        if len(keys) < len(ladder):
            found = np.searchsorted(ladder, keys, side="right")
            joined = np.bincount(found, minlength=len(ladder)).astype(np.float64)
        else:  # the same counts, looked up the other way round
            joined = np.diff(np.searchsorted(keys, ladder), prepend=0).astype(np.float64)
        return np.ascontiguousarray(joined.reshape(size, cells).T)
