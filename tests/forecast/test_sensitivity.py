"""The tornado: each input moved alone, with the sign it should have and the bars in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goldenthread.forecast.county_2020 import may_2020
from goldenthread.forecast.edits import no_edits
from goldenthread.forecast.money import LINES
from goldenthread.forecast.parallel import Stopped, simulate
from goldenthread.forecast.scenario import edits_for
from goldenthread.forecast.sensitivity import SWINGS, Tornado, sensitivity
from tests.forecast import council

COUNCIL = council.inputs(4, places=160)
RUNS = 60
CODES = {swing.code: swing for swing in SWINGS}


@pytest.fixture(scope="module")
def tornado() -> Tornado:
    return sensitivity(COUNCIL, simulate, simulations=RUNS)


def run(*codes: str, **more: Any) -> Tornado:
    swings = [CODES[code] for code in codes]
    return sensitivity(COUNCIL, simulate, swings=swings, simulations=RUNS, **more)


def test_every_input_moves_the_deficit_and_the_widest_comes_first(tornado: Tornado) -> None:
    assert {bar.swing.code for bar in tornado.bars} == set(CODES)
    widths = [bar.width for bar in tornado.bars]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] > 0


def test_the_middle_is_the_run_as_it_is(tornado: Tornado) -> None:
    result = simulate(COUNCIL, simulations=RUNS)
    assert tornado.deficit == pytest.approx(-result.balance()[:, -1].mean())


@pytest.mark.parametrize("code", ["joiner_growth", "inflation", "fee_level", "placement_mix"])
def test_what_costs_more_raises_the_deficit(tornado: Tornado, code: str) -> None:
    bar = next(bar for bar in tornado.bars if bar.swing.code == code)
    assert bar.low < tornado.deficit < bar.high


@pytest.mark.parametrize("code", ["leavers", "allocation_growth", "capacity"])
def test_what_saves_or_brings_in_more_lowers_it(tornado: Tornado, code: str) -> None:
    bar = next(bar for bar in tornado.bars if bar.swing.code == code)
    assert bar.low > tornado.deficit > bar.high


def test_a_fee_swing_is_a_tenth_of_what_independent_places_cost(tornado: Tornado) -> None:
    spent = simulate(COUNCIL, simulations=RUNS).spend_by_placement[:, :, council.at("independent")]
    bar = next(bar for bar in tornado.bars if bar.swing.code == "fee_level")
    assert bar.high - tornado.deficit == pytest.approx(0.1 * spent.sum(axis=1).mean())
    assert tornado.deficit - bar.low == pytest.approx(0.1 * spent.sum(axis=1).mean())


def test_an_allocation_swing_is_worked_by_hand() -> None:
    made = run("allocation_growth")
    more = sum(8e6 * 1.03**year * (1.01**year - 1) for year in range(4))
    assert made.deficit - made.bars[0].high == pytest.approx(more)


def test_inflation_spares_the_first_year() -> None:
    one = replace(
        COUNCIL, horizon=1, population=COUNCIL.population[:2], money=council.money(1), capacity=None
    )
    made = sensitivity(one, simulate, swings=[CODES["inflation"]], simulations=5)
    assert made.bars[0].width == 0


def test_places_are_left_out_where_none_bind() -> None:
    made = sensitivity(council.inputs(2), simulate, simulations=5)
    assert "capacity" not in {bar.swing.code for bar in made.bars}


def test_a_council_without_special_schools_has_no_swing_to_them() -> None:
    space = replace(
        COUNCIL.space, placements=tuple(p for p in COUNCIL.space.placements if p.code != "special")
    )
    edits = no_edits(space, 4, len(LINES))
    inputs, under = CODES["placement_mix"].move(replace(COUNCIL, space=space), edits, 0.1)
    assert under is edits
    assert inputs.space is space


def test_a_scenario_has_its_own_tornado_and_amounts_can_be_others() -> None:
    plan = [each for each in may_2020() if each.reference in {"5", "6"}]
    edits = edits_for(COUNCIL, plan)
    made = run("placement_mix", edits=edits)
    assert made.deficit < run("placement_mix").deficit
    wide = replace(CODES["leavers"], low=-0.2, high=0.0)
    bar = sensitivity(COUNCIL, simulate, swings=[wide], simulations=RUNS).bars[0]
    assert bar.high == pytest.approx(run("leavers").deficit)


def test_two_workers_give_what_one_gives(tornado: Tornado) -> None:
    made = run("leavers", "fee_level", workers=2)
    assert set(made.bars) == {bar for bar in tornado.bars if bar.swing.code in {"leavers", "fee_level"}}


def test_progress_is_told_and_a_run_can_be_stopped() -> None:
    heard: list[tuple[int, int]] = []
    run("inflation", "leavers", progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    with pytest.raises(Stopped):
        run("inflation", stop=lambda: True)
