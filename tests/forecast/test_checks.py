"""Inputs that cannot be right are refused, with the cell and the way out; those that can are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from goldenthread.forecast.checks import check
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs, Outlook, Pipeline
from goldenthread.forecast.money import Money, Price
from tests.forecast import council

Change = Callable[[Inputs], Inputs]


def test_a_council_that_can_be_passes() -> None:
    made = council.inputs(4, places=70)
    pipeline = Pipeline(np.array([90.0, 95.0]), np.array([60.0, 65.0]), 0.3, 40.0, 0.4)
    outlook = Outlook(np.full(4, 0.05), np.full((4, 1), 0.03), np.full(4, 0.01), mix=np.full((4, 7), 1 / 7))
    check(replace(made, pipeline=pipeline, outlook=outlook, prior=made.history))


def set_in(name: str, cell: tuple[int, ...], value: float) -> Change:
    """Change one number of an array of the inputs, `name` as history.stock."""

    def change(inputs: Inputs) -> Inputs:
        *path, last = name.split(".")
        owner = inputs if not path else getattr(inputs, path[0])
        array = getattr(owner, last).copy()
        if not np.isfinite(value):
            array = array.astype(np.float64)
        array[cell] = value
        changed = replace(owner, **{last: array})
        return changed if not path else replace(inputs, **{path[0]: changed})

    return change


def money(**changes: object) -> Change:
    return lambda inputs: replace(inputs, money=replace(inputs.money, **changes))  # type: ignore[arg-type]


def price(code: str, **changes: object) -> Change:
    def change(inputs: Inputs) -> Inputs:
        prices = tuple(
            replace(each, **changes) if each.placement == code else each  # type: ignore[arg-type]
            for each in inputs.money.prices
        )
        return replace(inputs, money=replace(inputs.money, prices=prices))

    return change


def twice(inputs: Inputs) -> Inputs:
    history = inputs.history
    parts = {name: getattr(history, name).copy() for name in ("stock", "joined", "left", "moved")}
    for part in parts.values():
        part[2] = part[0]
    return replace(inputs, history=replace(history, **parts))


def suppressed(inputs: Inputs) -> Inputs:
    cells = inputs.stock.astype(object)
    cells[5, 0, 1] = "c"
    return replace(inputs, stock=cells)


def outlook(**changes: object) -> Change:
    made = Outlook(np.full(4, 0.05), np.full((4, 1), 0.03), np.full(4, 0.01))
    return lambda inputs: replace(inputs, outlook=replace(made, **changes))  # type: ignore[arg-type]


def pipeline(**changes: object) -> Change:
    made = Pipeline(np.array([90.0]), np.array([60.0]), 0.3, 40.0, 0.4)
    return lambda inputs: replace(inputs, pipeline=replace(made, **changes))  # type: ignore[arg-type]


SPECIAL, MAINSTREAM, FE = council.at("special"), council.at("mainstream"), council.at("further_education")

REFUSALS: list[tuple[str, Change, str]] = [
    ("gap", set_in("population", (1, 7), np.nan), "population has no number for January 2021, age 7. Fill"),
    ("negative people", set_in("population", (0, 7), -3.0), "is -3 for January 2020, age 7"),
    ("negative stock", set_in("stock", (6, 0, SPECIAL), -1), "is -1 for age 6, ASD, special"),
    ("missing stock", set_in("stock", (6, 0, SPECIAL), np.nan), "no number for age 6, ASD, special"),
    ("suppressed", suppressed, "perhaps a suppressed cell"),
    (
        "not allowed",
        set_in("stock", (6, 0, FE), 2),
        "2 aged 6 with need ASD in further_education.*ages 14 to 25",
    ),
    ("people in thousands", lambda i: replace(i, population=i.population / 1000), "population in thousands"),
    (
        "stock shape",
        lambda i: replace(i, stock=i.stock[:, :1]),
        "is 26 by 1 by 9, and should be 26 by 2 by 9",
    ),
    ("history hole", set_in("history.population", (1, 3), np.nan), "January 2018 to the next, age 3"),
    ("history negative", set_in("history.left", (0, 8, 1, SPECIAL), -2), "age 8, SEMH, special"),
    (
        "history flat",
        lambda i: replace(i, history=replace(i.history, stock=i.stock)),
        "must be by transition",
    ),
    ("year twice", twice, "from January 2019 is the same as that from January 2017.*there twice"),
    ("horizon", lambda i: replace(i, horizon=0), "0 years ahead"),
    ("prior weight", lambda i: replace(i, prior_weight=-1.0), "prior's weight is -1"),
    (
        "price in thousands",
        price("special", place=10.0, bands=((1.0, 13.0),)),
        "special costs £23.00.*thousands",
    ),
    ("price in pence", price("independent", bands=((1.0, 5_870_000.0),)), "Is it in pence"),
    ("bands", price("special", bands=((0.5, 9_000.0), (0.4, 9_000.0))), r"special add up to 0\.9000"),
    ("negative band", price("special", bands=((1.0, -1.0),)), "missing or below nought"),
    ("fee spread", price("independent", spread=9_000.0), "spread of one fee in independent is 9000"),
    ("price line", price("special", line="1.2.12"), "special goes to section 251 line '1.2.12'"),
    (
        "no price",
        lambda i: replace(i, money=replace(i.money, prices=i.money.prices[1:])),
        "no price for early",
    ),
    ("two prices", lambda i: replace(i, money=replace(i.money, prices=i.money.prices * 2)), "two prices"),
    ("other price", price("special", placement="boarding"), "boarding, which is no placement"),
    ("millions", money(allocation=np.full(4, 94.5)), "allocation of 2020 is £94.50.*thousands or millions"),
    (
        "a year in thousands",
        money(allocation=np.array([8e6, 8e6, 35e4, 8e6])),
        "goes from £350,000 to £8,000,000",
    ),
    ("allocation gap", money(allocation=np.array([8e6, np.nan, 8e6, 8e6])), "no number for 2021-22"),
    ("allocation years", money(allocation=np.full(3, 8e6)), "for 3 financial years and the forecast for 4"),
    ("balance in millions", money(opening_balance=-0.9), "opening balance is £-0.90"),
    ("balance in pence", money(opening_balance=-9e9), "Are both in pounds"),
    ("no balance", money(opening_balance=np.nan), "opening balance is missing"),
    ("fixed in thousands", money(fixed={"1.2.5": np.full(4, 400.0)}), "All fixed spending is £400.00"),
    ("fixed line", money(fixed={"1.2": np.zeros(4)}), "'1.2', which there is not"),
    ("percent", money(inflation={"1.2.3": np.array([0, 3.0, 3.0, 3.0])}), "300%. Enter 3% as 0.03"),
    ("first rise", money(inflation={"1.2.3": np.full(4, 0.03)}), "rise must be nought"),
    ("inflation spread", money(inflation_spread=2.0), "spread of inflation is 2"),
    ("overflow", set_in("capacity.overflow", (SPECIAL, council.at("independent")), 0.8), "special, 80.0% go"),
    (
        "overflow home",
        set_in("capacity.overflow", (SPECIAL, SPECIAL), 0.1),
        "110.0% go|goes to special itself",
    ),
    ("negative places", set_in("capacity.places", (2, SPECIAL), -4.0), "is -4 for January 2022, special"),
    ("outlook years", outlook(mean=np.zeros(3)), "mean is for 3 years and the forecast for 4"),
    ("outlook gap", outlook(own=np.array([0, np.nan, 0, 0])), "own has no number for January 2022"),
    ("outlook mix", outlook(mix=np.full((4, 7), 0.1)), "January 2021 adds up to 0.7000"),
    ("refused share", pipeline(refused_share=30.0), "Enter a share from 0 to below 1"),
    ("delay in weeks", pipeline(delay_years=20.0), "years, not weeks"),
    ("requests", pipeline(requests=np.array([-1.0])), "pipeline's requests is -1 for year 1 of 1"),
]


@pytest.mark.parametrize(
    ("change", "message"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS]
)
def test_what_cannot_be_is_refused(change: Change, message: str) -> None:
    with pytest.raises(ForecastError, match=message):
        check(change(council.inputs(4, places=70)))


def test_the_overflow_of_a_placement_cannot_be_itself() -> None:
    made = council.inputs(4, places=70)
    made.capacity.overflow[SPECIAL] = 0.0  # type: ignore[union-attr]
    made.capacity.overflow[SPECIAL, SPECIAL] = 1.0  # type: ignore[union-attr]
    with pytest.raises(ForecastError, match="goes to special itself"):
        check(made)


def test_a_few_hundred_pounds_may_be_a_mainstream_top_up_but_no_special_place() -> None:
    top_up = ((1.0, 500.0),)
    check(price("mainstream", place=0.0, bands=top_up)(council.inputs(4)))
    with pytest.raises(ForecastError, match=r"special costs £500\.00"):
        check(price("special", place=0.0, bands=top_up)(council.inputs(4)))


def test_a_place_that_costs_nothing_and_a_balance_of_nought_are_no_mistake() -> None:
    made = price("elsewhere", place=0.0, bands=((1.0, 0.0),))(council.inputs(4))
    check(replace(made, money=replace(made.money, opening_balance=0.0, fixed={})))
    assert isinstance(made.money, Money)
    assert isinstance(made.money.prices[0], Price)
