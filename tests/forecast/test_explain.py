"""What moved between two runs: each factor alone gets the whole change, and all add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.explain import FACTORS, FIXED, Explanation, explain
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import Floats
from tests.forecast import council

COUNCIL = council.inputs(3)
BASE = simulate(COUNCIL, simulations=20)


def compare(inputs: Inputs, result: Result) -> Explanation:
    return explain(COUNCIL, BASE, inputs, result)


def held(stock: Floats, inputs: Inputs = COUNCIL) -> Result:
    """A result with these mean plans, each at the price that the base run paid."""
    plans, before = stock.sum(axis=(1, 2)), BASE.mean_stock.sum(axis=(1, 2))
    average = [5 / 12 * each[:-1] + 7 / 12 * each[1:] for each in (plans, before)]
    placed = BASE.spend_by_placement * (average[0] / average[1])
    fixed = BASE.spend.sum(axis=2) - BASE.spend_by_placement.sum(axis=2)
    spend = np.zeros_like(BASE.spend)
    spend[:, :, 0] = placed.sum(axis=2) + fixed
    return replace(BASE, mean_stock=stock, spend=spend, spend_by_placement=placed)


def only(made: Explanation, factor: str) -> None:
    """All of the change, in plans and money, is one factor's."""
    assert made.plans[factor] == pytest.approx(made.plans_change)
    assert made.spend[factor] == pytest.approx(made.spend_change)
    for other in (*FACTORS, FIXED):
        if other != factor:
            assert made.spend[other] == pytest.approx(0, abs=1e-6)


def test_the_same_run_twice_has_nothing_to_explain() -> None:
    made = compare(COUNCIL, BASE)
    assert made.census_years == (2020, 2021, 2022, 2023)
    assert made.financial_years == (2020, 2021, 2022)
    assert all(np.abs(parts).max() == 0 for parts in made.spend.values())


def test_a_tenth_more_children_at_the_same_rates_is_population() -> None:
    more = replace(COUNCIL, population=COUNCIL.population * 1.1)
    made = compare(more, held(BASE.mean_stock * 1.1))
    only(made, "population")
    assert made.plans_change == pytest.approx(0.1 * BASE.mean_stock.sum(axis=(1, 2, 3)))


def test_older_children_at_the_same_rates_is_age() -> None:
    shift = np.linspace(0.8, 1.2, 26)
    older = replace(COUNCIL, population=COUNCIL.population * shift)
    only(compare(older, held(BASE.mean_stock * shift[:, None, None])), "age")


def test_more_plans_for_the_same_children_is_rate() -> None:
    made = compare(COUNCIL, held(BASE.mean_stock * 1.2))
    only(made, "rate")


def test_other_places_for_the_same_plans_is_mix() -> None:
    stock = BASE.mean_stock.copy()
    moved = stock[..., council.at("mainstream")] / 4
    stock[..., council.at("mainstream")] -= moved
    stock[..., council.at("special")] += moved
    made = compare(COUNCIL, held(stock))
    only(made, "mix")
    assert made.plans_change == pytest.approx(0, abs=1e-9)
    assert made.plans_by_placement["mix"][-1, council.at("special")] == pytest.approx(moved[-1].sum())
    assert made.spend_change.min() > 0


def test_dearer_places_is_price_and_other_spending_is_fixed() -> None:
    dearer = replace(BASE, spend=BASE.spend * 1.1, spend_by_placement=BASE.spend_by_placement * 1.1)
    made = compare(COUNCIL, dearer)
    fixed = (BASE.spend.sum(axis=2) - BASE.spend_by_placement.sum(axis=2)).mean(axis=0)
    assert made.spend["price"] == pytest.approx(0.1 * BASE.spend_by_placement.sum(axis=2).mean(axis=0))
    assert made.spend[FIXED] == pytest.approx(0.1 * fixed)
    assert np.abs(made.plans["price"]).max() == 0


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 1000), joiners=st.integers(0, 3), people=st.floats(0.5, 2), fee=st.floats(0.5, 2))
def test_all_parts_add_up_exactly(seed: int, joiners: int, people: float, fee: float) -> None:
    random = np.random.default_rng(seed)
    history = COUNCIL.history
    more = replace(history, joined=history.joined + joiners * (history.joined > 0))
    prices = tuple(replace(price, place=price.place * fee) for price in COUNCIL.money.prices)
    inputs = replace(
        COUNCIL,
        history=more,
        population=COUNCIL.population * people * random.uniform(0.8, 1.2, (4, 26)),
        money=replace(COUNCIL.money, prices=prices),
    )
    result = simulate(inputs, simulations=5)
    made = compare(inputs, result)
    spent = result.spend.sum(axis=2).mean(axis=0) - BASE.spend.sum(axis=2).mean(axis=0)
    assert made.spend_change == pytest.approx(spent)
    assert sum(made.spend.values()) == pytest.approx(spent, abs=0.001)
    plans = result.mean_stock.sum(axis=(1, 2, 3)) - BASE.mean_stock.sum(axis=(1, 2, 3))
    assert sum(made.plans.values()) == pytest.approx(plans, abs=1e-6)
    for factor in FACTORS:
        assert made.plans_by_placement[factor].sum(axis=1) == pytest.approx(made.plans[factor])


def test_last_years_run_is_compared_where_both_have_years() -> None:
    later = replace(COUNCIL, base_year=2021)
    made = compare(later, simulate(later, simulations=5))
    assert made.census_years == (2021, 2022, 2023)
    assert made.financial_years == (2021, 2022)
    assert sum(made.plans.values()) == pytest.approx(made.plans_change)


def test_an_age_or_a_place_that_only_one_run_has_adds_up_too() -> None:
    stock = BASE.mean_stock.copy()
    stock[:, 10] = 0
    stock[..., council.at("elsewhere")] = 0
    placed = BASE.spend_by_placement.copy()
    placed[..., council.at("elsewhere")] = 0
    made = compare(COUNCIL, replace(BASE, mean_stock=stock, spend_by_placement=placed))
    assert sum(made.plans.values()) == pytest.approx(made.plans_change)
    assert sum(made.spend.values()) == pytest.approx(made.spend_change, abs=0.001)


def test_an_age_that_loses_all_its_plans_has_no_change_of_mix() -> None:
    stock = BASE.mean_stock.copy()
    stock[:, 10] = 0
    made = compare(COUNCIL, held(stock))
    assert made.plans["rate"] == pytest.approx(made.plans_change)
    assert np.abs(made.plans_by_placement["mix"]).max() == pytest.approx(0, abs=1e-9)


def test_runs_that_cannot_be_compared_are_refused() -> None:
    later = replace(COUNCIL, base_year=2030)
    with pytest.raises(ForecastError, match="share no year: one covers 2020 to 2023, the other 2030 to 2033"):
        compare(later, replace(BASE, years=later.years))
    other = replace(COUNCIL, space=replace(COUNCIL.space, needs=("ASD", "MLD")))
    with pytest.raises(ForecastError, match="other ages, needs or placements"):
        compare(other, BASE)
    empty = COUNCIL.population.copy()
    empty[2, 7] = 0
    with pytest.raises(ForecastError, match="plans at age 7 in 2022, and nobody of that age"):
        compare(replace(COUNCIL, population=empty), BASE)
