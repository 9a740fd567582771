"""Forecasts made by hand, small and plainly invented, and what exports are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from goldenthread.forecast.mitigation import Confidence, Effect, EvidenceGrade, Kind, Mitigation, Where
from goldenthread.forecast.money import LINES
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import Floats, Ints, Space
from goldenthread.planning.analyses import Savings
from goldenthread.planning.exports.material import (
    Account,
    Comparator,
    Material,
    Origin,
    Score,
    Source,
)
from goldenthread.planning.summary import Summary, summarise

HORIZON, SIMULATIONS = 4, 40
PRICE = np.array([6e3, 9e3, 18e3, 26e3, 61e3, 24e3, 12e3, 42e3, 15e3])  # pounds by placement


def stock_draws(space: Space, *, growth: float, seed: int = 3) -> Ints:
    """Heads (S, H+1, A, N, P): the same base for all, then growth with a shock of each simulation's own."""
    rng = np.random.default_rng(seed)
    base = rng.poisson(1.6 * space.allowed[:, None, :] * np.linspace(2, 0.1, len(space.needs))[:, None])
    shocks = rng.normal(growth, 0.03, (SIMULATIONS, HORIZON)).cumsum(axis=1)
    ahead = rng.poisson(base * np.exp(shocks)[..., None, None, None])
    first = np.broadcast_to(base, (SIMULATIONS, 1, *base.shape))
    return np.concatenate([first, ahead], axis=1).astype(np.int64)


def result(*, growth: float = 0.08, income: float = 95e6) -> Result:
    """A forecast from January 2024 over four years."""
    space = Space()
    stock = stock_draws(space, growth=growth)
    heads = stock.sum(axis=(2, 3))
    average = 5 / 12 * heads[:, :-1] + 7 / 12 * heads[:, 1:]
    by_placement = average * PRICE * 1.03 ** np.arange(HORIZON)[:, None]
    spend = np.zeros((SIMULATIONS, HORIZON, len(LINES)))
    for at in range(len(PRICE)):
        spend[:, :, at % 4] += by_placement[:, :, at]
    spend[:, :, list(LINES).index("1.2.5")] += 2.5e6
    flows = np.full((SIMULATIONS, HORIZON), 100, dtype=np.int64)
    return Result(
        space=space,
        years=tuple(range(2024, 2025 + HORIZON)),
        seed=7,
        by_age=stock.sum(axis=(3, 4)),
        by_need=stock.sum(axis=(2, 4)),
        by_placement=heads,
        mean_stock=stock.mean(axis=0),
        joiners=flows,
        leavers=flows // 2,
        movers=flows // 5,
        overflow=np.zeros((SIMULATIONS, HORIZON, len(PRICE)), dtype=np.int64),
        spend=spend,
        spend_by_placement=by_placement,
        lines=tuple(LINES),
        income=np.full(HORIZON, income),
        opening_balance=-5.2e6,
        notes=("Population of each age stays as it is.",),
    )


def summary(**changes: Any) -> Summary:
    """What is kept of `result`."""
    return summarise(result(**changes))


def mitigations() -> tuple[Mitigation, ...]:
    """Two actions of an invented plan."""
    return (
        Mitigation(
            "1", "More resourced provision",
            (Effect(Kind.PLACES, 40, "places", Where(placements=("resourced",))),
             Effect(Kind.DIVERT, 0.1, "share", Where(placements=("special",), to="resourced"))),
            date(2024, 9, 1), ramp=(0.5, 1.0), evidence="Our own moves of three years.",
            evidence_grade=EvidenceGrade.OWN_RECORDS, confidence=Confidence.HIGH,
            one_off={2024: 150_000.0}, owner="Head of Inclusion",
        ),
        Mitigation(
            "2", '=HYPERLINK("x") less alternative provision',
            (Effect(Kind.JOINER_FACTOR, 0.9, "times", Where(placements=("ap_hospital",), ages=(11, 15))),),
            date(2025, 4, 1), confidence=Confidence.MEDIUM_LOW, owner="Head of Access",
        ),
    )  # fmt: skip


def savings(as_is: Floats, mitigated: Floats) -> Savings:
    """Two shares that add up to the whole, each with a range."""
    shares = np.outer([0.7, 0.3], as_is - mitigated)

    def rows(values: Floats) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(float(value) for value in line) for line in values)

    total = shares.sum(axis=0)
    (as_is_row, mitigated_row, none, low, high) = rows(
        np.stack([as_is, mitigated, 0.1 * total, 0.8 * total, 1.2 * total])
    )
    return Savings(
        references=("1", "2"), years=tuple(range(2024, 2024 + HORIZON)),
        mean=rows(shares), low=rows(0.7 * shares), high=rows(1.3 * shares), alone=rows(1.1 * shares),
        as_is=as_is_row, mitigated=mitigated_row, interaction=none, total_low=low, total_high=high,
        orders=0, simulations=SIMULATIONS,
    )  # fmt: skip


def material(**changes: Any) -> Material:
    """What exports are made from, with everything that may be there."""
    baseline, scenario = summary(), summary(growth=0.06)
    made = Material(
        council="Threadshire County Council",
        la_code="999",
        title="Forecast from January 2024",
        origin=Origin(
            run="5b8a4f0e-0000-4000-8000-000000000001",
            made_on=date(2024, 1, 18),
            records_as_of=date(2024, 1, 18),
            code_version="0.1.0",
            mitigated_run="5b8a4f0e-0000-4000-8000-000000000002",
            digests=("a" * 64, "b" * 64),
        ),
        unmitigated=baseline,
        mitigated=scenario,
        scenario="Recovery plan",
        mitigations=mitigations(),
        savings=savings(baseline.spend[0], scenario.spend[0]),
        scores=(Score(1, 3.31, 3.66, 79.8, 94.1), Score(2, 5.52, 6.04, 78.1, 93.0)),
        scores_source="The method made forecasts for councils that are not real.",
        sources=(
            Source("Population by single year of age", "An invented table", "version 1", "c" * 64),
            Source("Unit costs by placement", "Worked out from a budget", "version 2", assumed=True),
        ),
        comparators=(Comparator("Threadshire", "Plans per 1,000 aged 2 to 18", "January 2024", 41.2),),
        account=Account(baseline.income - 1e6, np.full(HORIZON, 1e6)),
        before={2023: np.rint(baseline.mean_stock[0] * 0.9).astype(np.int64)},
        seen=((2022, 2800.0), (2023, 3000.0)),
        threshold=10e6,
    )
    return replace(made, **changes)
