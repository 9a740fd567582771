"""What plans cost, worked by hand and against brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.costs import average_plans, spend, unit_costs
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.money import LINES, Money, Price
from goldenthread.forecast.space import Floats, Placement, Space
from tests.forecast import council

SPACE = Space(
    needs=("ASD",),
    placements=(Placement("special", "Special", "MdSSA"), Placement("independent", "Independent", "NMISS")),
)
ORDER = list(LINES)


def tiny(horizon: int = 2, **changes: object) -> Money:
    """Special: £10,000 place and £8,000 or £12,000 top-up by halves; independent: £50,000 fees."""
    money = Money(
        prices=(
            Price("special", 10_000.0, ((0.5, 8_000.0), (0.5, 12_000.0)), "1.2.2"),
            Price("independent", 0.0, ((1.0, 50_000.0),), "1.2.3"),
        ),
        fixed={"1.2.5": np.full(horizon, 100.0)},
        inflation={
            "1.0.2": np.zeros(horizon),
            "1.2.2": np.array([0.0] + [0.1] * (horizon - 1)),
            "1.2.3": np.array([0.0] + [0.05] * (horizon - 1)),
        },
        allocation=np.full(horizon, 1_000_000.0),
        transfers=np.zeros(horizon),
        opening_balance=0.0,
    )
    return replace(money, **changes)  # type: ignore[arg-type]


def edits(horizon: int = 2) -> Edits:
    return no_edits(SPACE, horizon, len(LINES))


def run(money: Money, plans: list[list[int]], under: Edits | None = None) -> tuple[Floats, Floats]:
    heads = np.array([plans], dtype=np.int64)
    lines, places = spend(money, SPACE, heads, under or edits(len(plans) - 1), 1, 0)
    return lines[0], places[0]


def test_a_year_has_five_months_of_the_school_year_before_and_seven_of_the_next() -> None:
    plans = np.array([[[12], [24], [0]]])
    assert average_plans(plans)[0, :, 0].tolist() == [5 + 14, 10]


def test_money_goes_to_its_lines() -> None:
    lines, places = run(tiny(), [[12, 0], [12, 0], [12, 12]])
    first, second = dict(zip(ORDER, lines[0], strict=True)), dict(zip(ORDER, lines[1], strict=True))
    assert first["1.0.2"] == pytest.approx(12 * 10_000)
    assert first["1.2.2"] == pytest.approx(12 * 10_000)  # the mean of two bands
    assert first["1.2.3"] == 0
    assert first["1.2.5"] == 100
    assert second["1.0.2"] == pytest.approx(120_000)
    assert second["1.2.2"] == pytest.approx(120_000 * 1.1)
    assert second["1.2.3"] == pytest.approx(7 * 50_000 * 1.05)  # seven twelfths of twelve
    assert places[1].tolist() == pytest.approx([120_000 + 132_000, 7 * 52_500])
    assert lines.sum() == pytest.approx(places.sum() + 200)


def test_a_cap_holds_each_rise_and_what_was_not_paid_stays_unpaid() -> None:
    under = edits(3)
    under.inflation_cap[1, 1] = 0.01
    lines, _ = run(tiny(3), [[0, 12]] * 4, under)
    fees = lines[:, ORDER.index("1.2.3")]
    assert fees.tolist() == pytest.approx([600_000, 606_000, 606_000 * 1.05])


def test_price_factors_fixed_pounds_and_one_offs_are_added() -> None:
    under = edits()
    under.price_factor[1, 0] = 0.5
    under.fixed[0, ORDER.index("1.2.13")] = 40.0
    under.one_off[1] = 7.0
    lines, places = run(tiny(), [[12, 0]] * 3, under)
    assert places[1, 0] == pytest.approx(0.5 * (120_000 + 132_000))
    assert lines[0, ORDER.index("1.2.13")] == 40
    assert lines[1, ORDER.index("1.2.8")] == 7


def test_unit_costs_are_what_one_plan_costs() -> None:
    under = edits()
    under.price_factor[1, 1] = 2.0
    assert unit_costs(tiny(), SPACE, under)[1].tolist() == pytest.approx([10_000 + 11_000, 105_000])
    _, places = run(tiny(), [[1, 1]] * 3)
    assert unit_costs(tiny(), SPACE) == pytest.approx(places)


@pytest.mark.parametrize("plans", [1, 6, 60])
def test_the_total_of_fees_has_the_mean_and_spread_of_so_many_draws(plans: int) -> None:
    bands, spread, runs = ((0.7, 40_000.0), (0.3, 80_000.0)), 0.5, 40_000
    money = tiny(1, prices=(tiny().prices[0], Price("independent", 0.0, bands, "1.2.3", spread)))
    heads = np.zeros((runs, 2, 2), dtype=np.int64)
    heads[:, :, 1] = plans
    _, places = spend(money, SPACE, heads, edits(1), 5, 0)
    random = np.random.default_rng(1)
    fees = random.choice([40_000.0, 80_000.0], p=[0.7, 0.3], size=(runs, plans))
    brute = (fees * random.lognormal(-(spread**2) / 2, spread, fees.shape)).sum(axis=1)
    assert places[:, 0, 1].mean() == pytest.approx(brute.mean(), rel=0.01)
    assert places[:, 0, 1].std() == pytest.approx(brute.std(), rel=0.04)


def test_fees_of_one_year_go_with_those_of_the_next() -> None:
    money = tiny(3, prices=(tiny().prices[0], Price("independent", 0.0, ((1.0, 50_000.0),), "1.2.3", 0.5)))
    heads = np.full((20_000, 4, 2), 10, dtype=np.int64)
    _, places = spend(money, SPACE, heads, edits(3), 5, 0)
    fees = np.log(places[:, :, 1])
    assert np.corrcoef(fees[:, 0], fees[:, 1])[0, 1] == pytest.approx(0.8, abs=0.02)
    assert np.corrcoef(fees[:, 0], fees[:, 2])[0, 1] == pytest.approx(0.64, abs=0.02)
    assert fees[:, 0].std() == pytest.approx(fees[:, 2].std(), rel=0.03)


def test_the_shock_to_inflation_is_shared_by_all_prices_and_spares_the_first_year() -> None:
    money = tiny(inflation_spread=0.02)
    heads = np.full((20_000, 3, 2), 12, dtype=np.int64)
    _, places = spend(money, SPACE, heads, edits(), 5, 0)
    assert places[:, 0].std(axis=0).tolist() == pytest.approx([0, 0], abs=1e-6)
    special, independent = (places[:, 1] / places[:, 0]).T
    assert independent.std() == pytest.approx(0.02, rel=0.03)
    assert np.corrcoef(special, independent)[0, 1] == pytest.approx(1.0)


@settings(max_examples=25, deadline=None)
@given(cut=st.integers(1, 39), seed=st.integers(0, 2**32), horizon=st.integers(1, 4))
def test_the_same_however_a_run_is_split(cut: int, seed: int, horizon: int) -> None:
    money, space = council.money(horizon), council.SPACE
    heads = np.random.default_rng(0).integers(0, 50, (40, horizon + 1, space.shape[2]))
    under = no_edits(space, horizon, len(LINES))
    whole = spend(money, space, heads, under, seed, 0)
    parts = [
        spend(money, space, heads[:cut], under, seed, 0),
        spend(money, space, heads[cut:], under, seed, cut),
    ]
    for index in (0, 1):
        assert np.array_equal(whole[index], np.concatenate([part[index] for part in parts]))


def test_another_seed_gives_other_fees() -> None:
    heads = np.full((5, 3, council.SPACE.shape[2]), 10, dtype=np.int64)
    under = no_edits(council.SPACE, 2, len(LINES))
    one, two = (spend(council.money(2), council.SPACE, heads, under, seed, 0)[0] for seed in (1, 2))
    assert not np.isclose(one.sum(), two.sum())


def test_no_plans_cost_nothing() -> None:
    money = tiny(prices=(tiny().prices[0], Price("independent", 0.0, ((1.0, 50_000.0),), "1.2.3", 0.5)))
    _, places = run(money, [[0, 0]] * 3)
    assert places.tolist() == [[0, 0], [0, 0]]


def test_a_missing_price_and_an_unknown_line_are_refused() -> None:
    with pytest.raises(ForecastError, match="no price for independent"):
        run(tiny(prices=tiny().prices[:1]), [[1, 1]] * 3)
    with pytest.raises(ForecastError, match=r"independent goes to section 251 line '1\.2\.12'"):
        run(tiny(prices=(tiny().prices[0], replace(tiny().prices[1], line="1.2.12"))), [[1, 1]] * 3)
    with pytest.raises(ForecastError, match="Fixed spending goes to section 251 line '9'"):
        run(tiny(fixed={"9": np.zeros(2)}), [[1, 1]] * 3)
