"""Which input the deficit hangs on most: each moved down and up alone, the rest as it was (a tornado)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from goldenthread.forecast.costs import spend
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.money import LINES
from goldenthread.forecast.parallel import Progress, Stop
from goldenthread.forecast.running import Simulate, watched
from goldenthread.forecast.space import Floats, Ints

Move = Callable[[Inputs, Edits, float], tuple[Inputs, Edits]]


@dataclass(frozen=True, slots=True)
class Swing:
    """One input and how far it is moved. `low` and `high` are in `unit`; nought leaves it as it is.

    `flows`: whether it changes where children are. Use dataclasses.replace for other amounts.
    """

    code: str
    title: str
    unit: str
    low: float
    high: float
    move: Move
    flows: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean cumulative deficit at the end of the last financial year, pounds, at both ends of a swing."""

    swing: Swing
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart the two ends are, pounds."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """`deficit` is that of the run as it is; the bars are in order of width, widest first."""

    deficit: float
    bars: tuple[Bar, ...]


def sensitivity(
    inputs: Inputs,
    simulate: Simulate,
    *,
    edits: Edits | None = None,
    swings: Sequence[Swing] | None = None,
    simulations: int = 200,
    seed: int = 1,
    workers: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Tornado:
    """Move each input of a run, or of a scenario if `edits` are given, and return what the deficit becomes.

    All runs have the same random numbers, and are handed whole to `workers` processes. A swing of places is
    left out where no places bind. Raises what the engine raises, and `parallel.Stopped` if `stop` says so.
    """
    edits = edits or no_edits(inputs.space, inputs.horizon, len(LINES))
    chosen = [swing for swing in swings or SWINGS if swing.code != "capacity" or inputs.capacity is not None]

    base = simulate(inputs, edits, simulations=simulations, seed=seed)
    ends = [(swing, amount) for swing in chosen for amount in (swing.low, swing.high)]
    work = partial(_end, inputs, edits, simulate, base.by_placement, simulations, seed)
    deficits = list(watched(work, ends, workers=workers, progress=progress, stop=stop))
    bars = [Bar(swing, *deficits[2 * place : 2 * place + 2]) for place, swing in enumerate(chosen)]
    bars.sort(key=lambda bar: (-bar.width, bar.swing.code))
    return Tornado(_deficit(inputs, edits, base.by_placement, seed), tuple(bars))


def _end(
    inputs: Inputs,
    edits: Edits,
    simulate: Simulate,
    as_is: Ints,
    simulations: int,
    seed: int,
    end: tuple[Swing, float],
) -> float:
    """The deficit at one end of a swing."""
    swing, amount = end
    moved, under = swing.move(inputs, edits, amount)
    plans = simulate(moved, under, simulations=simulations, seed=seed).by_placement if swing.flows else as_is
    return _deficit(moved, under, plans, seed)


def _deficit(inputs: Inputs, edits: Edits, plans: Ints, seed: int) -> float:
    lines, _ = spend(inputs.money, inputs.space, plans, edits, seed, 0)
    income = inputs.money.allocation + inputs.money.transfers
    balance = inputs.money.opening_balance + (income - lines.sum(axis=2)).sum(axis=1)
    return -float(balance.mean())


def _by_year(growth: float, horizon: int, *, first: int) -> Floats:
    """(H,) a growth a year, compounded, that has acted `first` times in the first year."""
    return np.array([(1.0 + growth) ** (year + first) for year in range(horizon)])


def _joiner_growth(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    factor = _by_year(amount, inputs.horizon, first=1)[:, None, None, None]
    return inputs, replace(edits, joiner_factor=edits.joiner_factor * factor)


def _leavers(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    return inputs, replace(edits, leaver_factor=edits.leaver_factor * (1.0 + amount))


def _inflation(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    later = np.where(np.arange(inputs.horizon) > 0, amount, 0.0)
    nought = np.zeros(inputs.horizon)
    rises = {line: inputs.money.inflation.get(line, nought) + later for line in LINES}
    return replace(inputs, money=replace(inputs.money, inflation=rises)), edits


def _fee_level(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    fees = np.array([place.category == "NMISS" for place in inputs.space.placements])
    return inputs, replace(edits, price_factor=edits.price_factor * np.where(fees, 1.0 + amount, 1.0))


def _places(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    binding = np.zeros_like(edits.places) if inputs.capacity is None else inputs.capacity.places
    return inputs, replace(edits, places=edits.places + amount * np.nan_to_num(binding))


def _allocation(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    allocation = inputs.money.allocation * _by_year(amount, inputs.horizon, first=0)
    return replace(inputs, money=replace(inputs.money, allocation=allocation)), edits


def _mix(inputs: Inputs, edits: Edits, amount: float) -> tuple[Inputs, Edits]:
    """Send a share of those bound for mainstream to special schools; the other way if negative."""
    category = [place.category for place in inputs.space.placements]
    if "MmSoA" not in category or "MdSSA" not in category:
        return inputs, edits
    source, to = category.index("MmSoA"), category.index("MdSSA")
    if amount < 0:
        source, to = to, source
    both = inputs.space.allowed[:, source] & inputs.space.allowed[:, to]
    divert = edits.divert.copy()
    undiverted = 1.0 - divert[:, both, :, source].sum(axis=-1)
    divert[:, both, :, source, to] += abs(amount) * undiverted
    return inputs, replace(edits, divert=divert)


A_YEAR: Final = "a year, compounded"

SWINGS: Final[tuple[Swing, ...]] = (
    Swing("joiner_growth", "Growth of new plans", A_YEAR, -0.05, 0.05, _joiner_growth, flows=True),
    Swing("leavers", "Plans that end", "of the chance that a plan ends", -0.1, 0.1, _leavers, flows=True),
    Swing("inflation", "Inflation", "a year on every price", -0.01, 0.01, _inflation, flows=False),
    Swing("fee_level", "Independent fees", "of the fee", -0.1, 0.1, _fee_level, flows=False),
    Swing("capacity", "Places", "of the places that bind", -0.1, 0.1, _places, flows=True),
    Swing("allocation_growth", "Growth of the allocation", A_YEAR, -0.01, 0.01, _allocation, flows=False),
    Swing(
        "placement_mix", "Mainstream to special school", "of new and moving children", -0.1, 0.1, _mix, True
    ),
)
