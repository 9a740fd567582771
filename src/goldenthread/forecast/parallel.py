"""Runs: one council in this process, on a pool of processes or on a dask cluster; or one after another.

Blocks of simulations depend on the seed and their number alone, so that the result is the same wherever and
in whatever order they run. A pool starts new interpreters: a script that asks for workers needs the usual
`if __name__ == "__main__":`.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np

from goldenthread.forecast import costs
from goldenthread.forecast.draws import BLOCK
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.engine import Block, Prepared, blocks_of, prepare, run_block
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.money import LINES
from goldenthread.forecast.rates import Rates
from goldenthread.forecast.result import Controls, Result
from goldenthread.forecast.told import notes_of

Progress = Callable[[int, int], None]  # done, of how many
Stop = Callable[[], bool]  # true when the run should end
_Task = TypeVar("_Task")
_Done = TypeVar("_Done")

_POLL: Final = 0.2  # seconds between two questions whether to stop


class Stopped(Exception):  # noqa: N818 - not an error: it is what was asked for
    """Raised where `stop()` said so. Nothing of the run is left."""


def simulate(
    inputs: Inputs,
    edits: Edits | None = None,
    *,
    simulations: int = 1000,
    seed: int = 1,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
    rates: Rates | None = None,
    baseline: Result | None = None,
) -> Result:
    """Forecast one council.

    The answer depends on inputs, edits, simulations and seed; not on `workers` (processes) or `cluster` (a
    dask scheduler's address, which takes the place of workers). Simulation s is the same in a longer run, and
    meets the same chances with edits as without. `progress(done, total)` counts simulations; `stop()` is
    asked between blocks, and `Stopped` raised if it says so. `rates` take the place of those from the
    history. `baseline`, the result of the same run without edits, spares an edited run with an outlook half
    its time. Raises ForecastError for inputs or edits that cannot be.
    """
    _refuse_run(simulations, seed, workers)
    prepared = prepare(inputs, edits, rates)
    tasks = _tasks(baseline, simulations, seed)
    work = partial(_run_task, prepared, seed)
    blocks: list[Block] = []
    done = 0
    for block in run_tasks(work, tasks, min(workers, len(tasks)), cluster, stop):
        blocks.append(block)
        done += len(block.joiners)
        if progress is not None:
            progress(done, simulations)
    return _result(prepared, seed, blocks)


def simulate_many(
    councils: Sequence[Inputs],
    *,
    simulations: int = 1000,
    seed: int = 1,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Iterator[Result]:
    """Forecast many councils, one to a worker at a time; results come in the order of `councils`.

    Each is what `simulate` gives with the same seed: councils share their draws, so sums over councils should
    be made of means, not of draws. `progress(done, total)` counts councils. Results are handed out as they
    come, for 151 of them at once are half a gigabyte.
    """
    _refuse_run(simulations, seed, workers)
    work = partial(_run_council, simulations, seed)
    results = run_tasks(work, councils, min(workers, len(councils)), cluster, stop)
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done, len(councils))
        yield result


def _refuse_run(simulations: int, seed: int, workers: int) -> None:
    if simulations < 1 or workers < 1:
        raise ForecastError(
            f"A run of {simulations} simulations on {workers} workers cannot be. Ask for one or more of each."
        )
    if not 0 <= seed < 2**64:
        raise ForecastError(f"The seed {seed} is not a whole number from 0 to 2**64 - 1. Give one that is.")


def _tasks(baseline: Result | None, simulations: int, seed: int) -> list[tuple[int, int, Controls | None]]:
    """Number, size and controls of each block."""
    return [
        (number, size, _part(baseline, number, size, simulations, seed))
        for number, size in blocks_of(simulations)
    ]


def _part(baseline: Result | None, block: int, size: int, simulations: int, seed: int) -> Controls | None:
    """The controls of a block's simulations, from the baseline's."""
    if baseline is None or baseline.controls is None:
        return None
    whole = baseline.controls
    if len(whole.volume) != simulations or baseline.seed != seed:
        raise ForecastError(
            f"The baseline has {len(whole.volume)} simulations and seed {baseline.seed}; this run "
            f"{simulations} and {seed}. Run the baseline again with the same."
        )
    rows = slice(block * BLOCK, block * BLOCK + size)
    return Controls(whole.volume[rows], whole.ends[rows], whole.pull[rows])


def _run_task(prepared: Prepared, seed: int, task: tuple[int, int, Controls | None]) -> Block:
    number, size, controls = task
    return run_block(prepared, seed, number, size, controls)


def _run_council(simulations: int, seed: int, inputs: Inputs) -> Result:
    return simulate(inputs, simulations=simulations, seed=seed)


def run_tasks(
    work: Callable[[_Task], _Done],
    tasks: Sequence[_Task],
    workers: int,
    cluster: str | None,
    stop: Stop | None,
) -> Iterator[_Done]:
    """Do all tasks, on processes or on a cluster if asked, and hand out what they give in their order.

    `work` and what it gives must be picklable unless it is done here. Raises `Stopped` if `stop` says so.
    """
    if cluster is None and workers <= 1:
        for task in tasks:
            _ask(stop)
            yield work(task)
        return
    with _submitting(work, workers, cluster) as submit:
        futures: list[Future[_Done]] = [submit(task) for task in tasks]
        try:
            for future in futures:
                _await(future, stop)
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def _await(future: Future[_Done], stop: Stop | None) -> None:
    _ask(stop)
    while stop is not None and wait([future], timeout=_POLL).not_done:
        _ask(stop)


def _ask(stop: Stop | None) -> None:
    if stop is not None and stop():
        raise Stopped("The run was stopped.")


@contextmanager
def _submitting(
    work: Callable[[_Task], _Done], workers: int, cluster: str | None
) -> Iterator[Callable[[_Task], Future[_Done]]]:
    """Give what hands a task to a process or to the cluster; `work` itself is sent once."""
    if cluster is None:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_take, initargs=(work,)) as pool:
            yield lambda task: pool.submit(_do, task)
        return
    with _client(cluster) as client:
        sent = client.scatter(work, broadcast=True, hash=False)
        executor = client.get_executor(pure=False)
        yield lambda task: executor.submit(_apply, sent, task)


def _client(cluster: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ForecastError(
            "A cluster needs the package distributed, which is not installed. Install it, or use workers."
        ) from error
    try:
        client: Any = Client
        return client(cluster, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ForecastError(
            f"There is no dask scheduler at {cluster}: {error}. Start one, or mend the address."
        ) from error


def _apply(work: Callable[[_Task], _Done], task: _Task) -> _Done:
    return work(task)


# What a worker of the pool does: sent when the worker starts, not with every task.
_work: Callable[..., Any] | None = None


def _take(work: Callable[..., Any]) -> None:
    global _work
    _work = work


def _do(task: Any) -> Any:
    if _work is None:
        raise RuntimeError("This worker was started without work.")
    return _work(task)


def _result(prepared: Prepared, seed: int, blocks: list[Block]) -> Result:
    """Put the blocks together, and price them."""
    inputs, money = prepared.inputs, prepared.inputs.money
    edits = prepared.edits or no_edits(inputs.space, inputs.horizon, len(LINES))
    by_placement = np.concatenate([block.by_placement for block in blocks])
    spend, spend_by_placement = costs.spend(money, inputs.space, by_placement, edits, seed, 0)
    whole = np.sum([block.total_stock for block in blocks], axis=0) / len(by_placement)
    return Result(
        space=inputs.space,
        years=inputs.years,
        seed=seed,
        by_age=np.concatenate([block.by_age for block in blocks]),
        by_need=np.concatenate([block.by_need for block in blocks]),
        by_placement=by_placement,
        mean_stock=np.moveaxis(prepared.cells.full(np.moveaxis(whole, 0, -1)), -1, 0),
        joiners=np.concatenate([block.joiners for block in blocks]),
        leavers=np.concatenate([block.leavers for block in blocks]),
        movers=np.concatenate([block.movers for block in blocks]),
        overflow=np.concatenate([block.overflow for block in blocks]),
        spend=spend,
        spend_by_placement=spend_by_placement,
        lines=tuple(LINES),
        income=money.allocation + money.transfers,
        opening_balance=money.opening_balance,
        notes=notes_of(prepared, blocks),
        controls=_controls(blocks),
    )


def _controls(blocks: list[Block]) -> Controls:
    return Controls(
        volume=np.concatenate([block.controls.volume for block in blocks]),
        ends=np.concatenate([block.controls.ends for block in blocks]),
        pull=np.concatenate([block.controls.pull for block in blocks]),
    )
