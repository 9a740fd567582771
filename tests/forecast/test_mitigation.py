"""Mitigations as data: strength over time, bounds, and the way to and from plain dictionaries."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.forecast.county_2020 import may_2020
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.mitigation import RULES, Confidence, Effect, Kind, Mitigation, Where, in_order
from goldenthread.forecast.mitigation_data import as_dict, from_dict, start_of

MOVE = Effect(Kind.MOVE_HEADS, 5.0, "plans a year", Where(placements=("special",), to="resourced"))


def mitigation(reference: str = "1", starts: date = date(2021, 9, 1), **more: Any) -> Mitigation:
    return Mitigation(reference, "Move some", (MOVE,), starts, **more)


def plain(**changes: Any) -> dict[str, Any]:
    return as_dict(mitigation()) | changes


def test_strength_follows_the_ramp_from_the_start_and_then_holds() -> None:
    made = mitigation(ramp=(0.25, 0.5, 1.0))
    days = [date(2021, 8, 31), date(2021, 9, 1), date(2022, 8, 1), date(2022, 9, 1), date(2030, 1, 1)]
    assert [made.strength(MOVE, day) for day in days] == [0.0, 0.25, 0.25, 0.5, 1.0]


def test_an_effect_can_come_later_and_have_its_own_ramp() -> None:
    later = Effect(Kind.JOINER_FACTOR, 0.9, "times", after=2, ramp=(0.5, 1.0))
    made = mitigation()
    days = [date(2023, 8, 1), date(2023, 9, 1), date(2024, 9, 1)]
    assert [made.strength(later, day) for day in days] == [0.0, 0.5, 1.0]


def test_a_financial_year_has_as_much_as_its_months() -> None:
    made = mitigation(ramp=(0.6, 1.0))
    assert made.strength_in_year(MOVE, 2020) == 0
    assert made.strength_in_year(MOVE, 2021) == pytest.approx(0.6 * 7 / 12)
    assert made.strength_in_year(MOVE, 2022) == pytest.approx((0.6 * 5 + 7) / 12)


def test_a_start_within_a_month_counts_from_the_next() -> None:
    made = mitigation(starts=date(2021, 4, 2))
    assert made.strength_in_year(MOVE, 2021) == pytest.approx(11 / 12)


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "where", "message"),
    [
        (
            Kind.DIVERT,
            10.0,
            "share",
            Where(placements=("special",), to="mainstream"),
            "A tenth is 0.1, not 10",
        ),
        (Kind.DIVERT, 0.1, "times", Where(placements=("special",), to="mainstream"), "is share, not 'times'"),
        (Kind.DIVERT, 0.1, "share", Where(placements=("special",)), "must name its to"),
        (Kind.MOVE_HEADS, 5.0, "plans a year", Where(to="special"), "must name its placements"),
        (Kind.MOVE_HEADS, 5.0, "plans a year", Where(placements=("special",), to="special"), "on both sides"),
        (Kind.LEAVER_HEADS, -5.0, "plans a year", Where(), "out of bounds"),
        (Kind.JOINER_FACTOR, float("nan"), "times", Where(), "out of bounds"),
        (Kind.PLACES, 5.0, "places", Where(placements=("special", "resourced")), "one placement"),
        (Kind.PRICE, 1.1, "times", Where(ages=(1, 2), placements=("special",)), "is not by ages"),
        (Kind.FIXED, 5.0, "pounds a year", Where(), "must name its line"),
        (Kind.FIXED, 5.0, "pounds a year", Where(line="1.2.12"), "line '1.2.12', which there is not"),
    ],
)
def test_an_effect_that_cannot_be_is_refused(
    kind: Kind, amount: float, unit: str, where: Where, message: str
) -> None:
    with pytest.raises(ForecastError, match=message):
        Effect(kind, amount, unit, where)


def test_every_kind_has_a_rule() -> None:
    assert set(RULES) == set(Kind)


def test_a_ramp_an_empty_reference_and_a_negative_delay_are_refused() -> None:
    with pytest.raises(ForecastError, match=r"1\.5 is no fraction"):
        mitigation(ramp=(1.5,))
    with pytest.raises(ForecastError, match="no ramp"):
        mitigation(ramp=())
    with pytest.raises(ForecastError, match="no reference"):
        mitigation(" ")
    with pytest.raises(ForecastError, match="2 years before"):
        Effect(Kind.JOINER_FACTOR, 0.9, "times", after=-2)


def test_references_are_ordered_as_people_number_them() -> None:
    made = [mitigation(reference) for reference in ("10", "2", "3b", "3a", "1")]
    assert [each.reference for each in in_order(made)] == ["1", "2", "3a", "3b", "10"]


@given(
    amount=st.floats(0, 50),
    ages=st.none() | st.tuples(st.integers(0, 10), st.integers(10, 25)),
    ramp=st.lists(st.floats(0, 1), min_size=1, max_size=5),
    one_off=st.dictionaries(st.integers(2000, 2050), st.floats(-1e6, 1e6)),
    confidence=st.sampled_from(Confidence),
    starts=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
)
def test_what_is_written_is_read(
    amount: float,
    ages: tuple[int, int] | None,
    ramp: list[float],
    one_off: dict[int, float],
    confidence: Confidence,
    starts: date,
) -> None:
    effect = Effect(Kind.LEAVER_HEADS, amount, "plans a year", Where(ages, ("ASD",)), after=1)
    made = Mitigation(
        "7", "Internships", (effect,), starts, tuple(ramp), "", one_off=one_off, confidence=confidence
    )
    assert from_dict(json.loads(json.dumps(as_dict(made)))) == made


def test_what_is_left_out_has_its_usual_value() -> None:
    where = {"placements": ["special"], "to": "resourced"}
    effect = {"kind": "move_heads", "amount": 5, "unit": "plans a year", "where": where}
    made = from_dict(
        {"reference": "1", "title": "Move some", "starts": "2021/22 academic year", "effects": [effect]}
    )
    assert made == mitigation()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-09-01", date(2021, 9, 1)),
        ("2021/22", date(2021, 4, 1)),
        ("2021-22 financial year", date(2021, 4, 1)),
        ("2021", date(2021, 4, 1)),
        ("2021/22 academic year", date(2021, 9, 1)),
        (date(2021, 5, 6), date(2021, 5, 6)),
    ],
)
def test_starts_are_read(text: object, day: date) -> None:
    assert start_of(text) == day


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (plain(starts="2021/23"), r"Mitigation 1: starts: '2021/23' is no start"),
        (plain(owners="A post"), "Mitigation 1: there is no entry owners"),
        ({"reference": "4"}, "Mitigation 4: title, effects, starts is missing"),
        (plain(confidence="sure"), "confidence: there is no 'sure'. Use one of: high, medium"),
        (plain(ramp=["half"]), "ramp: 'half' is not a number"),
        (plain(ramp=0.5), "ramp: 0.5 is not a list"),
        (plain(title=4), "title: 4 is not text"),
        (plain(one_off=[5]), "one_off: .* is not a list of financial years"),
        (plain(effects=5), "effects: 5 is not a list"),
        (plain(effects=[{"kind": "magic"}]), "effect 1: kind: there is no 'magic'"),
        (plain(effects=[{"kind": "divert", "amount": True}]), "effect 1: amount: True is not a number"),
        (plain(effects=[{"kind": "divert", "after": 0.5}]), "not a whole number"),
        (plain(effects=[{"kind": "divert", "where": {"ages": [5, 1]}}]), r"ages: \[5, 1\] are no ages"),
        (plain(effects=["move"]), "effect 1: 'move' is not a set of names"),
        ([], r"Mitigation \?: \[\] is not a set of names"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(data: Any, message: str) -> None:
    with pytest.raises(ForecastError, match=message):
        from_dict(data)


def test_the_shipped_plan_has_the_eleven_actions_owned_by_posts() -> None:
    plan = may_2020()
    assert [each.reference for each in plan] == [str(number) for number in range(1, 12)]
    assert all(each.owner and each.evidence and each.notes and each.effects for each in plan)
    assert {effect.kind for each in plan for effect in each.effects} >= {
        Kind.PLACES, Kind.MOVE_HEADS, Kind.DIVERT, Kind.JOINER_FACTOR, Kind.INFLATION_CAP, Kind.LEAVER_HEADS,
        Kind.PRICE, Kind.REPRICE, Kind.FIXED, Kind.JOINER_HEADS,
    }  # fmt: skip
