"""Runs: workers and a cluster change nothing, progress is told, and a run can be stopped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Outlook
from goldenthread.forecast.parallel import Stopped, simulate, simulate_many
from goldenthread.forecast.synthetic import council, small_space
from tests.forecast.test_engine_properties import _same

INPUTS = replace(
    council(small_space(), 200, 2, transitions=2),
    outlook=Outlook(np.full(2, 0.05), np.full((2, 1), 0.03), np.full(2, 0.02)),
)


def test_two_workers_give_what_one_gives():
    told: list[tuple[int, int]] = []
    alone = simulate(INPUTS, simulations=300)
    assert _same(alone, simulate(INPUTS, simulations=300, workers=2, progress=lambda *at: told.append(at)))
    assert told == [(125, 300), (250, 300), (300, 300)]


def test_a_dask_cluster_gives_what_one_process_gives():
    distributed = pytest.importorskip("distributed", reason="dask distributed is an option")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        assert _same(simulate(INPUTS, simulations=260), simulate(INPUTS, simulations=260, cluster=address))


def test_a_cluster_that_is_not_there_is_told_of():
    pytest.importorskip("distributed", reason="dask distributed is an option")
    with pytest.raises(ForecastError, match="no dask scheduler at nowhere"):
        simulate(INPUTS, simulations=2, cluster="nowhere://127.0.0.1:1")


def test_progress_is_told_by_one_process():
    told: list[tuple[int, int]] = []
    simulate(INPUTS, simulations=130, progress=lambda *at: told.append(at))
    assert told == [(125, 130), (130, 130)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_stops_when_it_is_asked_to(workers):
    told: list[int] = []
    with pytest.raises(Stopped):
        simulate(
            INPUTS,
            simulations=500,
            workers=workers,
            progress=lambda done, _: told.append(done),
            stop=lambda: bool(told),
        )
    assert told == [125]


def test_many_councils_come_in_order_and_as_each_alone():
    councils = [council(small_space(), plans, 2, transitions=2) for plans in (60, 90, 120)]
    told: list[tuple[int, int]] = []
    results = list(simulate_many(councils, simulations=20, workers=2, progress=lambda *at: told.append(at)))
    assert [result.totals()[0, 0] for result in results] == [60, 90, 120]
    assert all(
        _same(result, simulate(one, simulations=20)) for one, result in zip(councils, results, strict=True)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_many_councils_can_be_stopped():
    councils = [council(small_space(), 60, 1, transitions=2)] * 3
    results = simulate_many(councils, simulations=5, stop=iter([False, True]).__next__)
    next(results)
    with pytest.raises(Stopped):
        next(results)


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"simulations": 0}, "0 simulations"), ({"workers": 0}, "0 workers"), ({"seed": -1}, "seed -1")],
)
def test_a_run_that_cannot_be_is_refused(asked, words):
    with pytest.raises(ForecastError, match=words):
        simulate(INPUTS, **asked)


def test_a_baseline_of_another_run_is_refused():
    base = simulate(INPUTS, simulations=10)
    with pytest.raises(ForecastError, match="10 simulations and seed 1; this run 11"):
        simulate(INPUTS, simulations=11, baseline=base)
