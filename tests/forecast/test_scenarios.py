"""Each kind of mitigation does what it says, on a small council and with the engine itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.forecast.costs import unit_costs
from goldenthread.forecast.county_2020 import may_2020
from goldenthread.forecast.edits import Edits, no_edits
from goldenthread.forecast.engine import prepare
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.expectation import expectation
from goldenthread.forecast.inputs import Outlook
from goldenthread.forecast.mitigation import Effect, Kind, Mitigation, Where
from goldenthread.forecast.money import LINES
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.result import Result
from goldenthread.forecast.scenario import edits_for, remarks
from goldenthread.forecast.space import Floats
from tests.forecast import council

HORIZON = 4
COUNCIL = council.inputs(HORIZON)
AS_IS = prepare(COUNCIL)
ORDER = list(LINES)
RUNS = 125


def plan(*effects: Effect, reference: str = "1", **more: Any) -> Mitigation:
    """A mitigation from September of the base year."""
    return Mitigation(reference, "A plan", effects, more.pop("starts", date(2020, 9, 1)), **more)


def effect(kind: Kind, amount: float, unit: str = "", **where: Any) -> Effect:
    units = {
        Kind.JOINER_FACTOR: "times", Kind.LEAVER_FACTOR: "times", Kind.PRICE: "times", Kind.REPRICE: "times",
        Kind.DIVERT: "share", Kind.PLACES: "places", Kind.INFLATION_CAP: "share a year",
        Kind.FIXED: "pounds a year",
    }  # fmt: skip
    return Effect(kind, amount, unit or units.get(kind, "plans a year"), Where(**where))


@pytest.fixture(scope="module")
def base() -> Result:
    return simulate(COUNCIL, simulations=RUNS)


def run(*plans: Mitigation) -> Result:
    return simulate(COUNCIL, edits_for(COUNCIL, plans, AS_IS), simulations=RUNS)


def expected(*plans: Mitigation) -> Floats:
    """(H+1, P) plans expected."""
    return expectation(COUNCIL, edits_for(COUNCIL, plans, AS_IS)).stock.sum(axis=(1, 2))


def saved(base: Result, result: Result) -> Floats:
    """(H,) mean."""
    return (base.spend.sum(axis=2) - result.spend.sum(axis=2)).mean(axis=0)


def same(one: Edits, two: Edits) -> bool:
    return all(np.array_equal(getattr(one, each.name), getattr(two, each.name)) for each in fields(Edits))


def test_nothing_changes_nothing(base: Result) -> None:
    assert same(edits_for(COUNCIL, []), no_edits(COUNCIL.space, HORIZON, len(LINES)))
    result = run()
    assert np.array_equal(result.spend, base.spend)
    assert np.array_equal(result.by_placement, base.by_placement)


def test_a_plan_at_neutral_amounts_is_the_baseline(base: Result) -> None:
    neutral = plan(
        effect(Kind.JOINER_FACTOR, 1.0),
        effect(Kind.LEAVER_FACTOR, 1.0),
        effect(Kind.DIVERT, 0.0, placements=("special",), to="mainstream"),
        effect(Kind.PRICE, 1.0, placements=("special",)),
        effect(Kind.MOVE_HEADS, 0.0, placements=("special",), to="mainstream"),
    )
    result = run(neutral)
    assert np.array_equal(result.spend, base.spend)


def test_1_children_move_to_resourced_provision_and_others_fill_their_places(base: Result) -> None:
    ages = {"ages": (5, 14)}
    moves = plan(
        effect(Kind.MOVE_HEADS, 6.0, placements=("special",), to="resourced", **ages),
        effect(Kind.MOVE_HEADS, 6.0, placements=("independent",), to="special", **ages),
        ramp=(1.0, 0.0),
    )
    before, after = expected(), expected(moves)
    change = after[1] - before[1]
    assert change[council.at("resourced")] == pytest.approx(6)
    assert change[council.at("special")] == pytest.approx(0, abs=1e-9)
    assert change[council.at("independent")] == pytest.approx(-6)
    assert change.sum() == pytest.approx(0)
    assert saved(base, run(moves)).min() > 0


def test_2_places_take_in_those_who_overflow_to_independent_schools() -> None:
    full = council.inputs(HORIZON, places=160)
    more = plan(effect(Kind.PLACES, 20.0, placements=("special",)), ramp=(0.5, 1.0))
    before = simulate(full, simulations=RUNS)
    after = simulate(full, edits_for(full, [more]), simulations=RUNS)
    special, independent = council.at("special"), council.at("independent")
    assert before.by_placement[:, -1, special].max() <= 180
    assert edits_for(full, [more]).places[:, special].tolist() == [0, 10, 20, 20, 20]
    assert after.by_placement[:, -1, special].mean() > before.by_placement[:, -1, special].mean() + 10
    assert after.by_placement[:, -1, independent].mean() < before.by_placement[:, -1, independent].mean() - 10
    assert after.overflow.sum() < before.overflow.sum()
    assert saved(before, after)[-1] > 0


def test_3_earlier_plans_are_dearer_first_and_cheaper_later(base: Result) -> None:
    early = plan(
        effect(Kind.JOINER_HEADS, 8.0, ages=(2, 4), placements=("early_years",)),
        Effect(Kind.JOINER_FACTOR, 0.1, "times", Where(ages=(5, 6)), after=1),
        Effect(
            Kind.DIVERT, 0.9, "share", Where(ages=(4, 8), placements=("special",), to="mainstream"), after=1
        ),
    )
    savings = saved(base, run(early))
    assert savings[0] < 0
    assert savings[-1] > 0


def test_4_growth_is_aligned(base: Result) -> None:
    fewer = plan(effect(Kind.JOINER_FACTOR, 0.8), ramp=(0.5, 1.0))
    result = run(fewer)
    ratio = result.joiners.mean(axis=0) / base.joiners.mean(axis=0)
    assert ratio.tolist() == pytest.approx([0.9, 0.8, 0.8, 0.8], abs=0.03)
    assert np.diff(saved(base, result)).min() > 0


def test_5_inflation_is_capped_in_contracts(base: Result) -> None:
    cap = plan(effect(Kind.INFLATION_CAP, 0.01, placements=("independent",)), starts=date(2020, 4, 1))
    result = run(cap)
    assert np.array_equal(result.by_placement, base.by_placement)
    before, after = (
        unit_costs(COUNCIL.money, COUNCIL.space, under) for under in (None, edits_for(COUNCIL, [cap]))
    )
    column = council.at("independent")
    assert after[:, column].tolist() == pytest.approx([58_000 * 1.01**year for year in range(HORIZON)])
    assert np.delete(after, column, axis=1) == pytest.approx(np.delete(before, column, axis=1))
    assert saved(base, result)[0] == pytest.approx(0)
    assert saved(base, result)[1:].min() > 0


def test_a_cap_on_half_of_the_fees_stands_halfway() -> None:
    half = plan(
        effect(Kind.INFLATION_CAP, 0.01, placements=("independent",)), starts=date(2020, 4, 1), ramp=(0.5,)
    )
    assert edits_for(COUNCIL, [half]).inflation_cap[1, council.at("independent")] == pytest.approx(0.02)


def test_a_contract_signed_after_the_rise_caps_the_next() -> None:
    late = plan(effect(Kind.INFLATION_CAP, 0.01, placements=("independent",)), starts=date(2021, 9, 1))
    caps = edits_for(COUNCIL, [late]).inflation_cap[:, council.at("independent")]
    assert np.isinf(caps[:2]).all()
    assert caps[2:].tolist() == [0.01, 0.01]


def test_6_fewer_go_to_alternative_provision(base: Result) -> None:
    packages = plan(effect(Kind.DIVERT, 0.5, placements=("ap_hospital",), to="mainstream"))
    before, after = expected(), expected(packages)
    column, other = council.at("ap_hospital"), council.at("mainstream")
    assert after[-1, column] < 0.8 * before[-1, column]
    assert after[-1, other] > before[-1, other]
    assert saved(base, run(packages)).min() > 0


def test_7_internships_end_plans(base: Result) -> None:
    internships = plan(effect(Kind.LEAVER_HEADS, 5.0, ages=(17, 20), placements=("further_education",)))
    before, after = expectation(COUNCIL), expectation(COUNCIL, edits_for(COUNCIL, [internships], AS_IS))
    column = council.at("further_education")
    more = (after.left - before.left)[0, :, :, column].sum()
    # Those who would have moved on anyway leave as well, and no other flow changes.
    assert more == pytest.approx(5.0)
    assert (before.stock[1] - after.stock[1]).sum() == pytest.approx(5.0)
    result = run(internships)
    gone = base.by_age[:, 1].sum(axis=1) - result.by_age[:, 1].sum(axis=1)
    assert gone.mean() == pytest.approx(5.0, abs=1.0)
    assert saved(base, result).min() > 0


def test_8_more_money_keeps_children_in_mainstream() -> None:
    stay = plan(
        effect(Kind.PRICE, 500.0, "pounds a plan", placements=("mainstream",)),
        effect(Kind.DIVERT, 0.3, placements=("special", "independent"), to="mainstream"),
        starts=date(2020, 4, 1),
    )
    after = edits_for(COUNCIL, [stay], AS_IS)
    prices = unit_costs(COUNCIL.money, COUNCIL.space)[:, council.at("mainstream")]
    dearer = unit_costs(COUNCIL.money, COUNCIL.space, after)[:, council.at("mainstream")]
    assert (dearer - prices).tolist() == pytest.approx([500.0] * HORIZON)
    assert expected(stay)[-1, council.at("mainstream")] > expected()[-1, council.at("mainstream")]
    assert expected(stay)[-1, council.at("special")] < expected()[-1, council.at("special")]


def test_9_reviews_take_money_off_a_line(base: Result) -> None:
    review = plan(effect(Kind.FIXED, -50_000.0, line="1.2.5"), starts=date(2021, 10, 1))
    result = run(review)
    line = ORDER.index("1.2.5")
    assert (base.spend - result.spend)[:, :, line].mean(axis=0).tolist() == pytest.approx([0, 25e3, 5e4, 5e4])
    assert saved(base, result).tolist() == pytest.approx([0, 25_000, 50_000, 50_000])


def test_10_a_new_matrix_costs_nothing_on_the_plans_expected() -> None:
    matrix = plan(effect(Kind.REPRICE, 1.2, placements=("resourced",), to="special"), starts=date(2021, 4, 1))
    edits = edits_for(COUNCIL, [matrix], AS_IS)
    plans = expectation(COUNCIL).stock.sum(axis=(1, 2))
    average = 5 / 12 * plans[:-1] + 7 / 12 * plans[1:]
    before, after = (average * unit_costs(COUNCIL.money, COUNCIL.space, each) for each in (None, edits))
    assert after.sum(axis=1) == pytest.approx(before.sum(axis=1))
    assert after[1, council.at("resourced")] == pytest.approx(1.2 * before[1, council.at("resourced")])
    assert after[1, council.at("special")] < before[1, council.at("special")]


def test_11_joint_commissioning_moves_money_between_lines(base: Result) -> None:
    joint = plan(
        effect(Kind.FIXED, 25_000.0, line="1.2.13"),
        effect(Kind.FIXED, -25_000.0, line="1.2.5"),
        starts=date(2020, 4, 1),
    )
    result = run(joint)
    assert saved(base, result) == pytest.approx(np.zeros(HORIZON), abs=1e-6)
    assert (result.spend - base.spend)[0, 0, ORDER.index("1.2.13")] == pytest.approx(25_000)


def test_a_one_off_is_spent_in_its_year(base: Result) -> None:
    result = run(plan(one_off={2021: 30_000.0, 2040: 1.0}))
    assert saved(base, result).tolist() == pytest.approx([0, -30_000, 0, 0])


def test_fewer_and_more_new_plans_come_to_the_number_named() -> None:
    for heads in (-6.0, 4.0):
        change = plan(effect(Kind.JOINER_HEADS, heads, ages=(4, 10), placements=("mainstream",)))
        before, after = expectation(COUNCIL), expectation(COUNCIL, edits_for(COUNCIL, [change], AS_IS))
        assert (after.joined - before.joined).sum(axis=(1, 2, 3)).tolist() == pytest.approx([heads] * HORIZON)


def refused(message: str, kind: Kind, amount: float, unit: str = "", **where: Any) -> Any:
    return pytest.param(effect(kind, amount, unit, **where), message, id=f"{kind} {amount:g}")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        refused(
            r"Mitigation 1: 500\.0 children move in independent .* January 2020 and 2021, and \d+\.\d are",
            Kind.MOVE_HEADS, 500.0, placements=("independent",), to="special",
        ),
        refused(r"1: 70\.0 plans more end .*ages 18 to 18", Kind.LEAVER_HEADS, 70.0, ages=(18, 18)),
        refused(r"1: 500\.0 fewer new plans in all placements", Kind.JOINER_HEADS, -500.0),
        refused(
            r"and 0\.0 are expected there",
            Kind.MOVE_HEADS, 1.0, placements=("mainstream",), to="further_education", ages=(5, 9),
        ),
        refused("no placement boarding", Kind.DIVERT, 0.1, placements=("boarding",), to="special"),
        refused("no need ASC in this forecast. It has ASD, SEMH", Kind.JOINER_FACTOR, 0.1, needs=("ASC",)),
        refused("ages 26 to 30 are outside this forecast", Kind.JOINER_FACTOR, 0.1, ages=(26, 30)),
        refused("line 1.2.5 in 2021, and its fixed spending is £400,000", Kind.FIXED, -5e5, line="1.2.5"),
        refused("more off the price", Kind.PRICE, -9_000.0, "pounds a plan", placements=("mainstream",)),
        refused("they cannot pay for it", Kind.REPRICE, 9.0, placements=("special",), to="resourced"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_the_reference(wrong: Effect, message: str) -> None:
    with pytest.raises(ForecastError, match=message):
        edits_for(COUNCIL, [plan(wrong)], AS_IS)


def test_a_place_without_a_price_has_none_to_change() -> None:
    prices = tuple(
        replace(price, place=0.0, bands=((1.0, 0.0),)) if price.placement == "mainstream" else price
        for price in COUNCIL.money.prices
    )
    free = replace(COUNCIL, money=replace(COUNCIL.money, prices=prices))
    dearer = effect(Kind.PRICE, 500.0, "pounds a plan", placements=("mainstream",))
    with pytest.raises(ForecastError, match="Mitigation 1: mainstream has no price to change"):
        edits_for(free, [plan(dearer)])


def test_whom_one_year_took_is_not_there_for_the_next() -> None:
    cohort = effect(Kind.MOVE_HEADS, 10.0, ages=(5, 18), placements=("independent",), to="special")
    edits_for(COUNCIL, [plan(cohort, ramp=(1.0, 0.0))], AS_IS)
    once = edits_for(COUNCIL, [plan(cohort)], AS_IS).move_heads[1]
    twice = edits_for(COUNCIL, [plan(cohort, ramp=(0.0, 1.0))], AS_IS).move_heads[1]
    assert once.sum() == pytest.approx(10)
    assert not np.allclose(once, twice)  # those taken in the first year are fewer in their cells
    too_often = effect(Kind.MOVE_HEADS, 60.0, placements=("independent",), to="special")
    with pytest.raises(ForecastError, match=r"Mitigation 1: 60\.0 children .* between January 2021 and 2022"):
        edits_for(COUNCIL, [plan(too_often)], AS_IS)


def test_two_that_take_the_same_children_are_refused_together() -> None:
    first = plan(
        effect(Kind.LEAVER_HEADS, 8.0, ages=(18, 18), placements=("further_education",)), reference="A"
    )
    second = plan(
        effect(Kind.LEAVER_HEADS, 1.0, ages=(17, 20), placements=("further_education",)), reference="B"
    )
    edits_for(COUNCIL, [second], AS_IS)
    there = expectation(COUNCIL).can_leave[0, 18, :, council.at("further_education")].sum()
    amount = there - 0.01
    first = plan(
        effect(Kind.LEAVER_HEADS, amount, ages=(18, 18), placements=("further_education",)),
        reference="A",
        ramp=(1.0, 0.0),
    )
    edits_for(COUNCIL, [first], AS_IS)
    with pytest.raises(ForecastError, match=r"Mitigation A, with B, takes \d\.\d\d children at age 18"):
        edits_for(COUNCIL, [first, second], AS_IS)


def test_whose_plan_ends_cannot_be_moved_as_well() -> None:
    there = expectation(COUNCIL).can_leave[0, 8, :, council.at("special")].sum()
    ended = plan(
        effect(Kind.LEAVER_HEADS, there - 0.1, ages=(8, 8), placements=("special",)), ramp=(1.0, 0.0)
    )
    moved = plan(
        effect(Kind.MOVE_HEADS, 1.0, ages=(8, 8), placements=("special",), to="resourced"),
        reference="2",
        ramp=(1.0, 0.0),
    )
    edits_for(COUNCIL, [moved], AS_IS)
    with pytest.raises(
        ForecastError, match=r"Mitigation 2: 1\.0 children move in special .* 0\.1 are expected"
    ):
        edits_for(COUNCIL, [ended, moved], AS_IS)


def test_with_an_outlook_and_places_that_bind_the_number_named_is_the_number_moved() -> None:
    outlook = Outlook(np.full(HORIZON, 0.05), np.full((HORIZON, 1), 0.03), np.full(HORIZON, 0.01))
    made = replace(council.inputs(HORIZON, places=165), outlook=outlook)
    moves = [
        plan(effect(Kind.LEAVER_HEADS, 6.0, ages=(16, 21)), reference="1"),
        plan(effect(Kind.MOVE_HEADS, 9.0, placements=("special",), to="mainstream"), reference="2"),
    ]
    edits = edits_for(made, moves)
    assert edits.leaver_heads.sum(axis=(1, 2, 3)).tolist() == pytest.approx([6.0] * HORIZON)
    assert edits.move_heads.sum(axis=(1, 2, 3, 4)).tolist() == pytest.approx([9.0] * HORIZON)
    base = simulate(made, simulations=RUNS)
    result = simulate(made, edits, simulations=RUNS, baseline=base)
    ended = base.totals()[:, 1].mean() - result.totals()[:, 1].mean()
    assert ended == pytest.approx(6.0, abs=1.0)
    assert (result.movers - base.movers)[:, 0].mean() == pytest.approx(9.0, abs=1.5)


def test_a_reference_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ForecastError, match="Reference 1 is there twice"):
        edits_for(COUNCIL, [plan(), plan()])


def test_shares_act_on_whom_the_others_leave() -> None:
    one = plan(effect(Kind.DIVERT, 0.5, placements=("special",), to="mainstream"), reference="1")
    two = plan(effect(Kind.DIVERT, 0.5, placements=("special",), to="resourced"), reference="2")
    again = plan(effect(Kind.DIVERT, 0.5, placements=("special",), to="mainstream"), reference="2")
    three = plan(effect(Kind.DIVERT, 1.0, placements=("special",), to="mainstream"), reference="3")
    special, cell = council.at("special"), (1, 8, 0)
    both = edits_for(COUNCIL, [one, two]).divert[cell][special]
    assert both.sum() == pytest.approx(0.75)
    assert both[council.at("mainstream")] == pytest.approx(both[council.at("resourced")])
    assert edits_for(COUNCIL, [one, again]).divert[cell][special].sum() == pytest.approx(0.75)
    assert edits_for(COUNCIL, [one, three]).divert[cell][special].sum() == 1.0


def test_factors_multiply_and_the_lowest_cap_holds() -> None:
    price = effect(Kind.PRICE, 1.1, placements=("special",))
    more = effect(Kind.PRICE, 100.0, "pounds a plan", placements=("special",))
    caps = [effect(Kind.INFLATION_CAP, cap, placements=("special",)) for cap in (0.02, 0.01)]
    plans = [
        plan(price, caps[0], more, reference="1", starts=date(2020, 4, 1)),
        plan(price, caps[1], more, reference="2", starts=date(2020, 4, 1)),
    ]
    edits = edits_for(COUNCIL, plans)
    cost = unit_costs(COUNCIL.money, COUNCIL.space)[2, council.at("special")]
    assert edits.price_factor[2, council.at("special")] == pytest.approx(1.1 * 1.1 * (1 + 200 / cost))
    assert edits.inflation_cap[2, council.at("special")] == 0.01


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_order_of_a_list_makes_no_difference(order: list[int]) -> None:
    plans = [each for each in may_2020() if each.reference not in {"2", "7"}][:6]
    assert same(
        edits_for(COUNCIL, plans, AS_IS), edits_for(COUNCIL, [plans[index] for index in order], AS_IS)
    )


def test_remarks_say_what_can_do_nothing() -> None:
    places = effect(Kind.PLACES, 5.0, placements=("special",))
    made = plan(places, starts=date(2030, 9, 1), one_off={2019: 5.0})
    said = remarks(COUNCIL, [made])
    assert len(said) == 3
    assert "starts after the last financial year" in said[0]
    assert "outside the years of this forecast: 2019" in said[1]
    assert "adds places in special, where this forecast has no limit" in said[2]
    assert remarks(council.inputs(HORIZON, places=70), [plan(places)]) == ()
