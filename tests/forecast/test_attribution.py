"""Savings are shared out to the penny, and what overlaps is not counted twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast import attribution
from goldenthread.forecast.attribution import attribute
from goldenthread.forecast.county_2020 import may_2020
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.mitigation import Effect, Kind, Mitigation, Where
from goldenthread.forecast.parallel import Stopped, simulate
from goldenthread.forecast.scenario import edits_for
from tests.forecast import council

COUNCIL = council.inputs(3)
ALL = {each.reference: each for each in may_2020() if each.reference not in {"2", "7"}}
RUNS = 20


def plan(reference: str, *effects: Effect) -> Mitigation:
    return Mitigation(reference, "A plan", effects, date(2020, 4, 1))


def cheaper(reference: str, times: float) -> Mitigation:
    where = Where(placements=("independent",))
    return plan(reference, Effect(Kind.PRICE, times, "times", where))


def share(*plans: Mitigation, **more: Any) -> attribution.Attribution:
    return attribute(COUNCIL, plans, simulate, simulations=RUNS, **more)


@settings(max_examples=8, deadline=None)
@given(chosen=st.sets(st.sampled_from(sorted(ALL)), min_size=1, max_size=4), seed=st.integers(0, 2**40))
def test_shares_add_up_to_what_all_save_in_every_simulation(chosen: set[str], seed: int) -> None:
    plans = [ALL[reference] for reference in chosen]
    made = attribute(COUNCIL, plans, simulate, simulations=5, seed=seed)
    before = simulate(COUNCIL, simulations=5, seed=seed).spend.sum(axis=2)
    after = simulate(COUNCIL, edits_for(COUNCIL, plans), simulations=5, seed=seed).spend.sum(axis=2)
    assert made.shares.sum(axis=0) == pytest.approx(made.total, abs=0.001)
    assert made.total == pytest.approx(before - after, abs=0.001)


def test_two_that_overlap_halve_the_overlap() -> None:
    made = share(cheaper("1", 0.5), cheaper("2", 0.5))
    fees = made.as_is - made.mitigated
    spent = fees / 0.75  # half, and half of the other half, is off
    assert made.alone == pytest.approx(np.stack([spent / 2] * 2))
    assert made.shares == pytest.approx(np.stack([spent * 0.375] * 2))
    assert made.interaction == pytest.approx(spent * 0.25)


def test_shares_are_the_mean_over_orders_worked_by_hand() -> None:
    made = share(cheaper("1", 0.5), cheaper("2", 0.8))
    spent = (made.as_is - made.mitigated) / 0.6
    assert made.shares[0] == pytest.approx(spent * (0.5 + 0.4) / 2)
    assert made.shares[1] == pytest.approx(spent * (0.2 + 0.1) / 2)


def test_one_alone_has_all_that_it_saves() -> None:
    made = share(ALL["6"])
    assert np.array_equal(made.shares[0], made.alone[0])
    assert np.abs(made.interaction).max() == 0


def test_references_are_in_order_and_years_are_financial() -> None:
    made = share(ALL["10"], ALL["9"], ALL["5"])
    assert made.references == ("5", "9", "10")
    assert made.years == (2020, 2021, 2022)
    assert made.share_ranges().shape == (6, 3, 3)
    assert made.total_ranges().shape == (6, 3)
    assert made.share_ranges()[0].sum(axis=0) == pytest.approx(made.total_ranges()[0])


def test_the_order_of_the_list_makes_no_difference() -> None:
    plans = [ALL[reference] for reference in ("4", "5", "6")]
    one, two = share(*plans), share(*plans[::-1])
    assert np.array_equal(one.shares, two.shares)


def test_drawn_orders_add_up_as_well_and_come_near_all_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [ALL[reference] for reference in ("4", "5", "6", "8", "9")]
    exact = share(*plans)
    monkeypatch.setattr(attribution, "EXACT_RUNS", 1)
    drawn = share(*plans)
    assert (exact.orders, drawn.orders) == (0, attribution.ORDERS)
    assert drawn.shares.sum(axis=0) == pytest.approx(drawn.total, abs=0.001)
    assert np.array_equal(drawn.total, exact.total)
    assert np.array_equal(drawn.alone, exact.alone)
    largest = np.abs(exact.shares.mean(axis=1)).max()
    assert drawn.shares.mean(axis=1) == pytest.approx(exact.shares.mean(axis=1), abs=0.03 * largest)


def test_each_drawn_order_goes_with_its_reverse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "EXACT_RUNS", 0)
    made = share(cheaper("1", 0.5), cheaper("2", 0.8))  # whatever is drawn, each is first as often as last
    assert made.orders == attribution.ORDERS
    assert made.shares[0] / made.total == pytest.approx(np.full_like(made.total, 0.75))


def test_prices_alone_need_no_run_of_their_own() -> None:
    calls: list[int] = []

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(1)
        return simulate(*given, **named)

    attribute(COUNCIL, [ALL["5"], ALL["9"], ALL["6"]], counted, simulations=RUNS)
    assert len(calls) == 2  # as-is, and with 6


def test_progress_is_told_and_a_run_can_be_stopped() -> None:
    heard: list[tuple[int, int]] = []
    share(ALL["4"], ALL["6"], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    asked: list[int] = []
    with pytest.raises(Stopped):
        share(ALL["4"], ALL["6"], stop=lambda: asked.append(1) or len(asked) > 2)
    assert len(asked) == 3


def test_two_workers_give_what_one_gives() -> None:
    one, two = (share(ALL["4"], ALL["6"], workers=workers) for workers in (1, 2))
    assert np.array_equal(one.shares, two.shares)


def test_no_mitigation_and_one_that_needs_another_are_refused() -> None:
    with pytest.raises(ForecastError, match="no mitigation to share"):
        share()
    opened = plan(
        "1",
        Effect(Kind.JOINER_HEADS, 30.0, "plans a year", Where(ages=(5, 9), placements=("ap_hospital",))),
    )
    moved = Where(ages=(5, 10), placements=("ap_hospital",), to="mainstream")
    closed = Mitigation(
        "2", "Move them", (Effect(Kind.MOVE_HEADS, 20.0, "plans a year", moved),), date(2021, 9, 1)
    )
    edits_for(COUNCIL, [opened, closed])
    with pytest.raises(ForecastError, match=r"with 2 alone of the plan, Mitigation 2: 20\.0 children"):
        share(opened, closed)
