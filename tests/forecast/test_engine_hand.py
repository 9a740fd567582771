"""The engine against cases worked out by hand: chances of nought and one leave nothing to luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.edits import no_edits
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.expectation import expectation
from goldenthread.forecast.inputs import Capacity, Outlook
from goldenthread.forecast.money import LINES
from goldenthread.forecast.parallel import simulate
from goldenthread.forecast.result import Result
from goldenthread.forecast.space import CATEGORIES, Floats
from tests.forecast.cohort import COLLEGE, HAND, JUNIOR, SPECIAL, hand_inputs, hand_rates, hand_truth


def _only(result: Result, year: int = 1) -> Floats:
    """The stock of a January, which every simulation has to agree on."""
    assert (result.by_placement == result.by_placement[:1]).all()
    return result.mean_stock[year]


def _edits(horizon: int = 1):
    return no_edits(HAND, horizon, len(LINES))


def test_everyone_grows_older_and_the_oldest_leave():
    inputs = hand_inputs({(0, 1, SPECIAL): 5, (3, 0, SPECIAL): 7})
    result = simulate(inputs, simulations=3, rates=hand_rates())
    assert _only(result)[1, 1, SPECIAL] == 5
    assert _only(result).sum() == 5
    assert (result.leavers == 7).all()
    assert (result.movers == 0).all()


def test_whose_school_ends_moves_where_they_can():
    inputs = hand_inputs({(1, 0, JUNIOR): 6, (0, 0, JUNIOR): 2})
    result = simulate(inputs, simulations=3, rates=hand_rates())
    assert _only(result)[2, 0, COLLEGE] == 6
    assert _only(result)[1, 0, JUNIOR] == 2
    assert (result.movers == 6).all()
    assert (result.leavers == 0).all()


def test_all_leave_where_leaving_is_certain():
    leave = np.zeros(HAND.shape)
    leave[0, 0, SPECIAL] = 1.0
    inputs = hand_inputs({(0, 0, SPECIAL): 4, (0, 1, SPECIAL): 3})
    result = simulate(inputs, simulations=3, rates=hand_rates(leave=leave))
    assert (result.leavers == 4).all()
    assert _only(result)[1, 1, SPECIAL] == 3


def test_all_move_where_moving_is_certain():
    move = np.zeros(HAND.shape)
    move[1, 0, SPECIAL] = 1.0
    inputs = hand_inputs({(1, 0, SPECIAL): 4})
    result = simulate(inputs, simulations=3, rates=hand_rates(move=move))
    assert _only(result)[2, 0, COLLEGE] == 4
    assert (result.movers == 4).all()


def test_the_outlook_is_met_by_joiners_to_the_head():
    outlook = Outlook(mean=np.log([1.5, 2.0]), shared=np.zeros((2, 1)), own=np.zeros(2))
    inputs = replace(hand_inputs({(0, 0, SPECIAL): 10}, horizon=2), outlook=outlook)
    rates = hand_rates(2, rate=np.array([0.02, 0.0, 0.0, 0.0]))
    result = simulate(inputs, simulations=4, rates=rates)
    assert (result.totals() == [10, 15, 30]).all()
    assert (result.joiners == [5, 15]).all()
    assert _only(result, 1)[0, 0, JUNIOR] == 5


def test_a_shrinking_outlook_ends_plans_evenly_and_says_so():
    outlook = Outlook(mean=np.log([0.5]), shared=np.zeros((1, 1)), own=np.zeros(1))
    inputs = replace(hand_inputs({(0, 0, SPECIAL): 10, (1, 0, JUNIOR): 10}), outlook=outlook)
    result = simulate(inputs, simulations=8, rates=hand_rates(rate=np.array([0.1, 0, 0, 0])))
    assert (result.totals()[:, 1] == 10).all()
    assert (result.leavers == 10).all()
    assert (result.joiners == 0).all()
    assert result.mean_stock[1][1, 0, SPECIAL] == pytest.approx(5, abs=0.6)
    assert any("8 of 8 simulated years" in note and "the rest end" in note for note in result.notes)


def test_shocks_move_the_total_as_the_outlook_says():
    outlook = Outlook(mean=np.array([0.1]), shared=np.array([[0.05]]), own=np.zeros(1), degrees=np.inf)
    inputs = replace(hand_inputs({(0, 0, SPECIAL): 10_000}), outlook=outlook)
    result = simulate(inputs, simulations=1000, rates=hand_rates(rate=np.array([0.1, 0, 0, 0])))
    growth = np.log(result.totals()[:, 1] / 10_000)
    assert growth.mean() == pytest.approx(0.1, abs=4 * 0.05 / np.sqrt(1000))
    assert growth.std() == pytest.approx(0.05, rel=4 / np.sqrt(2000))


def test_the_mix_of_an_outlook_is_met_by_those_who_arrive():
    mix = np.zeros((1, len(CATEGORIES)))
    order = list(CATEGORIES)
    mix[0, order.index("MdSSA")], mix[0, order.index("P16FE")] = 0.8, 0.2
    outlook = Outlook(np.zeros(1), np.zeros((1, 1)), np.zeros(1), mix=mix)
    ways = hand_truth().ways.copy()
    ways[1, :, JUNIOR] = (0.0, 0.5, 0.5)
    inputs = replace(hand_inputs({(0, 0, SPECIAL): 500, (1, 0, JUNIOR): 500}), outlook=outlook)
    result = simulate(inputs, simulations=250, rates=hand_rates(ways=ways))
    # 500 stay in the special school; 300 of the 500 who change are to come to it, where 250 would have.
    assert result.by_placement[:, 1, SPECIAL].mean() == pytest.approx(800, abs=4 * 11 / np.sqrt(250))
    assert expectation(inputs, rates=hand_rates(ways=ways)).stock[1].sum(axis=(0, 1)) == pytest.approx(
        [0, 800, 200], abs=0.01
    )


def test_joiners_are_pulled_as_movers_are():
    mix = np.zeros((1, len(CATEGORIES)))
    order = list(CATEGORIES)
    mix[0, order.index("MmSoA")], mix[0, order.index("MdSSA")] = 0.2, 0.8
    outlook = Outlook(np.log([2.0]), np.zeros((1, 1)), np.zeros(1), mix=mix)
    joined = np.zeros(HAND.shape)
    joined[0, 0, JUNIOR], joined[0, 1, JUNIOR] = 0.3, 0.2
    joined[0, 0, SPECIAL], joined[0, 1, SPECIAL] = 0.3, 0.2
    rates = hand_rates(rate=np.array([0.1, 0, 0, 0]), mix=joined)
    inputs = replace(hand_inputs({(0, 0, SPECIAL): 1000}), outlook=outlook)
    result = simulate(inputs, simulations=250, rates=rates)
    # 1,000 stay in the special school; of 1,000 joiners 600 are to come to it, where 500 would have.
    assert result.by_placement[:, 1, SPECIAL].mean() == pytest.approx(1600, abs=4 * 16 / np.sqrt(250))
    # What they need is not the pull's business: three in five have ASD still.
    assert result.by_need[:, 1, 1].mean() == pytest.approx(400, abs=4 * 16 / np.sqrt(250))


def test_places_bind_and_overflow_is_counted():
    places = np.array([[np.nan, np.nan, np.nan], [np.nan, np.nan, 4.0]])
    overflow = np.zeros((3, 3))
    overflow[COLLEGE, SPECIAL] = 1.0
    inputs = replace(
        hand_inputs({(1, 0, JUNIOR): 6, (2, 0, COLLEGE): 3}), capacity=Capacity(places, overflow)
    )
    result = simulate(inputs, simulations=5, rates=hand_rates())
    assert (result.by_placement[:, 1] == [0, 5, 4]).all()
    assert (result.overflow[:, 0] == [0, 0, 5]).all()


def test_those_in_a_placement_keep_it_when_it_is_over_full():
    places = np.array([[np.nan, np.nan, 1.0], [np.nan, np.nan, 1.0]])
    overflow = np.zeros((3, 3))
    overflow[COLLEGE, SPECIAL] = 1.0
    inputs = replace(
        hand_inputs({(2, 0, COLLEGE): 3, (1, 1, JUNIOR): 2}), capacity=Capacity(places, overflow)
    )
    result = simulate(inputs, simulations=2, rates=hand_rates())
    assert (result.by_placement[:, 1] == [0, 2, 3]).all()
    assert any("College has 3 plans in 2024 and 1 places" in note for note in result.notes)


def test_overflow_goes_on_where_it_finds_no_place():
    places = np.array([[np.nan] * 3, [np.nan, 1.0, 2.0]])
    overflow = np.zeros((3, 3))
    overflow[COLLEGE, SPECIAL] = 1.0
    overflow[SPECIAL, COLLEGE] = 1.0
    inputs = replace(hand_inputs({(1, 0, JUNIOR): 6}), capacity=Capacity(places, overflow))
    with pytest.raises(ForecastError, match="would have nowhere to go"):
        simulate(inputs, simulations=2, rates=hand_rates())


def test_added_places_take_in_whom_they_can():
    places = np.array([[np.nan] * 3, [np.nan, np.nan, 2.0]])
    overflow = np.zeros((3, 3))
    overflow[COLLEGE, SPECIAL] = 1.0
    inputs = replace(hand_inputs({(1, 0, JUNIOR): 6}), capacity=Capacity(places, overflow))
    edits = _edits()
    edits.places[1, COLLEGE] = 3
    result = simulate(inputs, edits, simulations=2, rates=hand_rates())
    assert (result.by_placement[:, 1] == [0, 1, 5]).all()
    assert (result.overflow[:, 0] == [0, 0, 1]).all()


def test_heads_are_moved_and_ended_as_asked():
    inputs = hand_inputs({(1, 0, SPECIAL): 400, (0, 1, SPECIAL): 400})
    edits = _edits()
    edits.move_heads[0, 1, 0, SPECIAL, COLLEGE] = 100
    edits.leaver_heads[0, 0, 1, SPECIAL] = 40
    result = simulate(inputs, edits, simulations=500, rates=hand_rates())
    assert result.by_placement[:, 1, COLLEGE].mean() == pytest.approx(100, abs=4 * 8.7 / np.sqrt(500))
    assert result.leavers.mean() == pytest.approx(40, abs=4 * 6 / np.sqrt(500))
    flows = expectation(inputs, edits, hand_rates())
    assert flows.stock[1, 2, 0, COLLEGE] == pytest.approx(100)
    assert flows.left[0].sum() == pytest.approx(40)


def test_all_of_a_cell_can_be_moved():
    inputs = hand_inputs({(1, 0, SPECIAL): 4})
    edits = _edits()
    edits.move_heads[0, 1, 0, SPECIAL, COLLEGE] = 4
    assert _only(simulate(inputs, edits, simulations=3, rates=hand_rates()))[2, 0, COLLEGE] == 4


def test_joiners_are_multiplied_added_and_diverted():
    inputs = hand_inputs({(0, 0, SPECIAL): 1})
    rates = hand_rates(rate=np.array([1.0, 0.0, 0.0, 0.0]))
    edits = _edits()
    edits.joiner_factor[0, 0, 0, JUNIOR] = 2.0
    edits.joiner_heads[0, 2, 1, COLLEGE] = 7.0
    edits.divert[0, 0, 0, JUNIOR, SPECIAL] = 1.0
    base = simulate(inputs, simulations=50, rates=rates)
    result = simulate(inputs, edits, simulations=50, rates=rates)
    assert (result.joiners == base.joiners * 2 + 7).all()
    assert (result.by_placement[:, 1, SPECIAL] == base.joiners[:, 0] * 2 + 1).all()
    assert (result.by_placement[:, 1, COLLEGE] == 7).all()


def test_fewer_joiners_are_a_part_of_those_there_were():
    inputs = hand_inputs({(0, 0, SPECIAL): 1})
    rates = hand_rates(rate=np.array([1.0, 0.0, 0.0, 0.0]))
    edits = _edits()
    edits.joiner_heads[0, 0, 0, JUNIOR] = -25.0
    base = simulate(inputs, simulations=500, rates=rates)
    fewer = simulate(inputs, edits, simulations=500, rates=rates)
    assert (fewer.joiners <= base.joiners).all()
    assert (base.joiners - fewer.joiners).mean() == pytest.approx(25, abs=4 * 5 / np.sqrt(500))


@pytest.mark.parametrize(
    ("part", "cell", "value", "words"),
    [
        ("leaver_heads", (0, 0, 0, SPECIAL), 6.0, "6.00 heads of the 5.00 expected at age 9, ASD, Special"),
        ("leaver_heads", (0, 3, 0, SPECIAL), 1.0, "1.00 heads of the 0.00 expected at age 12"),
        (
            "leaver_heads",
            (0, 3, 0, JUNIOR),
            1.0,
            "where there can be none; Junior school is for ages 9 to 10",
        ),
        ("move_heads", (0, 0, 0, SPECIAL, JUNIOR), 5.5, "5.50 heads of the 5.00 expected"),
        ("move_heads", (0, 0, 0, SPECIAL, COLLEGE), 1.0, "cannot be there at that age"),
        ("joiner_heads", (0, 0, 0, JUNIOR), -101.0, "101.00 heads of the 100.00 expected"),
        ("leaver_factor", (0, 0, 0, SPECIAL), -1.0, "leave factor at age 9, ASD, Special school is -1"),
        ("divert", (0, 0, 0, JUNIOR, SPECIAL), 1.2, "120% of those arriving"),
        ("divert", (0, 0, 0, JUNIOR, COLLEGE), 0.2, "cannot be there at that age"),
    ],
)
def test_what_cannot_be_is_refused_with_cell_and_year(part, cell, value, words):
    inputs = hand_inputs({(0, 0, SPECIAL): 5})
    edits = _edits()
    getattr(edits, part)[cell] = value
    with pytest.raises(ForecastError, match=r"202[45]") as refused:
        simulate(inputs, edits, simulations=2, rates=hand_rates(rate=np.array([1.0, 0, 0, 0])))
    assert words in str(refused.value)


def test_a_factor_that_would_pass_certainty_is_refused():
    leave = np.full(HAND.shape, 0.6)
    edits = _edits()
    edits.leaver_factor[0, 0, 0, SPECIAL] = 2.0
    with pytest.raises(ForecastError, match="age 9, ASD, Special school"):
        simulate(hand_inputs({(0, 0, SPECIAL): 5}), edits, simulations=2, rates=hand_rates(leave=leave))


def test_a_plan_where_none_can_be_is_refused():
    with pytest.raises(ForecastError, match="3 at age 12, ASD, Junior school"):
        simulate(hand_inputs({(3, 0, JUNIOR): 3}), simulations=2, rates=hand_rates())


def test_joiners_without_a_population_are_refused():
    inputs = hand_inputs({(0, 0, SPECIAL): 5})
    outlook = Outlook(mean=np.array([0.5]), shared=np.zeros((1, 1)), own=np.zeros(1))
    with pytest.raises(ForecastError, match="no age has both a population and"):
        simulate(replace(inputs, outlook=outlook), simulations=2, rates=hand_rates())
