"""How fast plans are forecast: one council, a large one on two cores, and councils of all England one by one.

Councils are made up (`forecast.synthetic`). The reference, witan.send, takes 137 s for 1,000 simulations of
2,154 plans over 5 years on two cores of the same kind. `--size` is the number of councils of England that are
run, 151 being all; the default is a sample from small to large, and the time for all is worked out from it.
Processor times are of all processes together: they stay the same when others use the machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Final

import numpy as np

from goldenthread.forecast.chances import drawn_chances
from goldenthread.forecast.draws import BLOCK, Process, stream
from goldenthread.forecast.engine import Prepared, blocks_of, prepare
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.parallel import simulate, simulate_many
from goldenthread.forecast.space import Space
from goldenthread.forecast.synthetic import council, witan_space

SIMULATIONS: Final = 1000
ENGLAND: Final = 151
REFERENCE: Final = 137.0  # seconds: witan.send, measured on two cores
REPEATS: Final = 5


def _seconds(do: Callable[[], object], repeats: int = 1) -> tuple[float, float]:
    """The quickest of several runs, and the least processor time, its workers' included."""
    walls, busy = [], []
    for _ in range(repeats):
        wall, before = time.perf_counter(), os.times()
        do()
        walls.append(time.perf_counter() - wall)
        busy.append(sum(os.times()[:4]) - sum(before[:4]))
    return min(walls), min(busy)


def _draw_alone(prepared: Prepared) -> None:
    """Draw the random numbers of a run and do nothing with them: parameters, and uniforms for all flows."""
    inputs, cells = prepared.inputs, prepared.cells
    heads = int(sum(year.joined.sum() for year in prepared.expected) / inputs.horizon)
    for block, size in blocks_of(SIMULATIONS):
        drawn_chances(inputs, prepared.rates, cells, 1, block, size)
        for year in range(1, inputs.horizon + 1):
            for process in (Process.LEAVE, Process.MOVE):
                stream(1, block, year, process).random((cells.count, BLOCK))
            stream(1, block, year, Process.JOIN).random(heads * size)


def _of_england(number: int) -> list[Inputs]:
    """So many councils, evenly from the smallest to the largest of 151 with 3,800 plans on average."""
    sizes = np.random.default_rng(1).lognormal(np.log(3300), 0.55, ENGLAND)
    sizes = np.clip(sizes * 3800 / sizes.mean(), 300, 15_000)
    chosen = np.sort(sizes)[np.linspace(0, ENGLAND - 1, number).round().astype(int)]
    return [council(Space(), int(plans), 5, seed=seed) for seed, plans in enumerate(chosen)]


def run(size: int = 8) -> dict[str, float]:
    """Seconds for 1,000 simulations each; `size` councils of England are run, the rest worked out."""
    small = council(witan_space(), 2154, 5)
    one, busy = _seconds(lambda: simulate(small, simulations=SIMULATIONS), REPEATS)
    prepared = prepare(small)
    numbers, drawing = _seconds(lambda: _draw_alone(prepared), REPEATS)
    cores = min(2, os.cpu_count() or 1)
    large = council(Space(), 20_000, 10)
    two, two_busy = _seconds(lambda: simulate(large, simulations=SIMULATIONS, workers=cores), 2)
    wide = council(witan_space(), 20_000, 10)
    widest, _ = _seconds(lambda: simulate(wide, simulations=SIMULATIONS, workers=cores))
    councils = _of_england(size)
    england, england_busy = _seconds(
        lambda: [
            result.totals().mean()
            for result in simulate_many(councils, simulations=SIMULATIONS, workers=cores)
        ]
    )
    return {
        "2,154 plans, 5 years, 6x18x31 cells, s": one,
        "  processor time, s": busy,
        "  times as fast as witan.send (137 s)": REFERENCE / one,
        "  drawing its random numbers alone, s": numbers,
        "  processor time of the run over that of these": busy / drawing,
        "20,000 plans, 10 years, 2 processes, s": two,
        "  processor time with 2 processes, s": two_busy,
        "  with 6x18x31 cells, s": widest,
        f"{size} councils of England, 5 years, 2 processes, s": england,
        "  processor time of these councils, s": england_busy,
        "  all 151 at that rate, minutes": england / size * ENGLAND / 60,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{value:12,.2f}  {name}")
