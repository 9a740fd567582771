"""The cohort engine: what a run needs made ready once, and one block of simulations run through its years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.capacity import Limits, limits_of
from goldenthread.forecast.cells import Cells, cells_of, refuse_outside
from goldenthread.forecast.chances import Chances, drawn_chances, expected_chances
from goldenthread.forecast.changes import Changes, changes_flows, changes_of
from goldenthread.forecast.choice import Sources, sources_of
from goldenthread.forecast.draws import BLOCK
from goldenthread.forecast.edits import Edits
from goldenthread.forecast.engine_draw import Draw, Expected, Sampled, Shares
from goldenthread.forecast.engine_step import Frame, Year, step
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.rates import Rates, estimate
from goldenthread.forecast.result import Controls
from goldenthread.forecast.space import CATEGORIES, Floats, Ints
from goldenthread.forecast.sums import Sums, sums_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run made ready: everything but the draws, the same for every block."""

    inputs: Inputs
    edits: Edits | None
    cells: Cells
    sums: Sums
    rates: Rates
    sources: Sources | None
    limits: Limits | None  # without edits
    edited_limits: Limits | None
    changes: tuple[Changes, ...] | None  # None where no edit changes who is where
    shares: Shares
    expected: tuple[Year, ...]  # the expectation of each future year, with edits


@dataclass(frozen=True, slots=True)
class Block:
    """A block's part of the result, axes as there; `mean` is the sum over its simulations (H+1, C)."""

    by_age: Ints
    by_need: Ints
    by_placement: Ints
    total_stock: Floats
    joiners: Ints
    leavers: Ints
    movers: Ints
    overflow: Ints
    controls: Controls
    tally: dict[str, int]


def prepare(inputs: Inputs, edits: Edits | None = None, rates: Rates | None = None) -> Prepared:
    """Estimate rates (unless given), and take the expectation through its years with and without edits.

    Raises ForecastError for inputs that cannot be, and for edits that ask for more than there is.
    """
    _refuse_inputs(inputs)
    cells = cells_of(inputs.space)
    refuse_outside(cells, inputs.stock, "Plans", inputs.base_year)
    rates = rates or estimate(inputs, cells)
    sums, chances = sums_of(cells), expected_chances(inputs, rates, cells)
    sources = _sources(inputs, cells, chances)
    nothing = np.zeros((inputs.horizon + 1, inputs.space.shape[2]))
    limits = limits_of(inputs, cells, nothing)
    draw = Expected(cells, inputs.base_year)
    expected = run(draw, Frame(cells, sums, chances, sources, limits, None, None), inputs)
    if edits is None or not changes_flows(edits, inputs):
        return Prepared(inputs, edits, cells, sums, rates, sources, limits, limits, None, {}, expected)
    changes, edited = changes_of(edits, inputs, cells), limits_of(inputs, cells, edits.places)
    frame = Frame(cells, sums, chances, sources, edited, changes, controls_of(expected))
    expected = run(draw, frame, inputs)
    return Prepared(
        inputs, edits, cells, sums, rates, sources, limits, edited, changes, draw.shares, expected
    )


def _sources(inputs: Inputs, cells: Cells, chances: Chances) -> Sources | None:
    if chances.aim is None:
        return None
    stock = cells.flat(inputs.stock) + 0.01  # so that a cell that is empty now has a say as well
    movers = stock * -np.expm1(chances.move[:, 0])
    return sources_of(cells, movers, chances.ways, chances.mix[:, 0])


def run(draw: Draw, frame: Frame, inputs: Inputs) -> tuple[Year, ...]:
    """Take the base stock through all years, and keep every year whole: for expectations and small cases."""
    size = frame.chances.leave.shape[1]
    stock = np.repeat(frame.cells.flat(inputs.stock)[:, None], size, axis=1)
    years: list[Year] = []
    for draw.year in range(inputs.horizon):
        years.append(step(draw, frame, stock))
        stock = years[-1].stock
    return tuple(years)


def run_block(
    prepared: Prepared, seed: int, block: int, size: int, controls: Controls | None = None
) -> Block:
    """Run one block of simulations; `controls` (of these simulations) spare an edited run the one without."""
    inputs, cells = prepared.inputs, prepared.cells
    chances = drawn_chances(inputs, prepared.rates, cells, seed, block, size)
    tally: dict[str, int] = {}
    base = Frame(cells, prepared.sums, chances, prepared.sources, prepared.limits, None, controls)
    if prepared.changes is None:
        return _block(_sampled(prepared, seed, block, size, tally), base, inputs)
    if controls is None and inputs.outlook is not None:
        controls = _block(_sampled(prepared, seed, block, size, tally), base, inputs).controls
    frame = Frame(
        cells, prepared.sums, chances, prepared.sources, prepared.edited_limits, prepared.changes, controls
    )
    return _block(_sampled(prepared, seed, block, size, tally), frame, inputs)


def _sampled(prepared: Prepared, seed: int, block: int, size: int, tally: dict[str, int]) -> Sampled:
    return Sampled(prepared.cells, prepared.inputs.base_year, seed, block, size, prepared.shares, tally=tally)


def _block(draw: Sampled, frame: Frame, inputs: Inputs) -> Block:
    """Run the years one after another and keep sums alone."""
    block = _empty(draw.size, inputs, frame.cells.count, draw.tally)
    stock = np.repeat(frame.cells.flat(inputs.stock)[:, None], draw.size, axis=1)
    _note_stock(block, frame, 0, stock)
    for draw.year in range(inputs.horizon):
        year = step(draw, frame, stock)
        stock = year.stock
        _note_stock(block, frame, draw.year + 1, stock)
        block.joiners[:, draw.year] = year.joined.sum(axis=0)
        block.leavers[:, draw.year] = year.left.sum(axis=0)
        block.movers[:, draw.year] = year.moved.sum(axis=0)
        block.overflow[:, draw.year] = year.overflow.T
        block.controls.volume[:, draw.year] = year.volume
        block.controls.ends[:, draw.year] = year.ends
        block.controls.pull[:, draw.year] = year.pull.T
    return block


def _note_stock(block: Block, frame: Frame, january: int, stock: Floats) -> None:
    block.by_age[:, january] = frame.sums.by_age(stock).T
    block.by_need[:, january] = frame.sums.by_need(stock).T
    block.by_placement[:, january] = frame.sums.by_placement(stock).T
    block.total_stock[january] = stock.sum(axis=1)


def _empty(size: int, inputs: Inputs, cells: int, tally: dict[str, int]) -> Block:
    horizon, (ages, needs, places) = inputs.horizon, inputs.space.shape
    return Block(
        by_age=np.zeros((size, horizon + 1, ages), dtype=np.int64),
        by_need=np.zeros((size, horizon + 1, needs), dtype=np.int64),
        by_placement=np.zeros((size, horizon + 1, places), dtype=np.int64),
        total_stock=np.zeros((horizon + 1, cells)),
        joiners=np.zeros((size, horizon), dtype=np.int64),
        leavers=np.zeros((size, horizon), dtype=np.int64),
        movers=np.zeros((size, horizon), dtype=np.int64),
        overflow=np.zeros((size, horizon, places), dtype=np.int64),
        controls=Controls(
            volume=np.zeros((size, horizon)),
            ends=np.zeros((size, horizon)),
            pull=np.ones((size, horizon, len(CATEGORIES))),
        ),
        tally=tally,
    )


def controls_of(years: tuple[Year, ...]) -> Controls:
    """Return what a run without edits came to, for the same run with edits to keep."""
    return Controls(
        volume=np.stack([year.volume for year in years], axis=1),
        ends=np.stack([year.ends for year in years], axis=1),
        pull=np.stack([year.pull.T for year in years], axis=1),
    )


def blocks_of(simulations: int) -> list[tuple[int, int]]:
    """Return (block, size) for all blocks that hold so many simulations."""
    return [(block, min(BLOCK, simulations - block * BLOCK)) for block in range(-(-simulations // BLOCK))]


def _refuse_inputs(inputs: Inputs) -> None:
    ages, needs, places = inputs.space.shape
    if inputs.horizon < 1:
        raise ForecastError(f"A forecast of {inputs.horizon} years has no future. Ask for one year or more.")
    shapes = {
        "stock": (inputs.stock.shape, (ages, needs, places)),
        "population": (inputs.population.shape, (inputs.horizon + 1, ages)),
        "history": (inputs.history.stock.shape[1:], (ages, needs, places)),
    }
    for name, (given, wanted) in shapes.items():
        if given != wanted:
            raise ForecastError(f"The {name} has the shape {given}; the space asks for {wanted}.")
    if (inputs.stock < 0).any():
        spot = tuple(map(int, np.argwhere(inputs.stock < 0)[0]))
        raise ForecastError(
            f"There are {inputs.stock[spot]} plans at age {inputs.space.ages[spot[0]]}, "
            f"{inputs.space.needs[spot[1]]}, {inputs.space.placements[spot[2]].title}. "
            "Heads cannot be fewer than none: mend the count."
        )
    if not (inputs.population >= 0).all():
        year, age = map(int, np.argwhere(~(inputs.population >= 0))[0])
        raise ForecastError(
            f"The population of age {inputs.space.ages[age]} in {inputs.base_year + year} is "
            f"{inputs.population[year, age]:g}. Give a number that is not below nought."
        )
