"""A small council for the tests of scenarios: fictional, and quick to run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goldenthread.forecast.inputs import Capacity, History, Inputs
from goldenthread.forecast.money import LINES, Money, Price
from goldenthread.forecast.space import Floats, Ints, Space

SPACE = Space(needs=("ASD", "SEMH"))
CODES = [place.code for place in SPACE.placements]
BASE_YEAR = 2020

# Plans of each need at each age from first to last.
_STOCK = {
    "early_years": (2, 4, 2),
    "mainstream": (4, 16, 6),
    "resourced": (5, 15, 2),
    "special": (4, 18, 6),
    "independent": (5, 18, 3),
    "ap_hospital": (9, 15, 2),
    "further_education": (16, 23, 4),
    "specialist_post_16": (16, 22, 1),
    "elsewhere": (4, 20, 1),
}
_JOIN = {"early_years": (2, 4), "mainstream": (4, 14), "special": (4, 11), "independent": (6, 14)}
_COST = {
    "early_years": (0.0, 4_000.0, "1.2.1", 0.0),
    "mainstream": (0.0, 6_000.0, "1.2.1", 0.0),
    "resourced": (6_000.0, 7_000.0, "1.2.1", 0.0),
    "special": (10_000.0, 12_000.0, "1.2.2", 0.0),
    "independent": (0.0, 58_000.0, "1.2.3", 0.4),
    "ap_hospital": (10_000.0, 9_000.0, "1.2.7", 0.0),
    "further_education": (0.0, 8_000.0, "1.2.2", 0.0),
    "specialist_post_16": (0.0, 30_000.0, "1.2.3", 0.3),
    "elsewhere": (0.0, 1_000.0, "1.2.11", 0.0),
}


def at(code: str) -> int:
    """The number of a placement on the axis P."""
    return CODES.index(code)


def stock() -> Ints:
    """(A, N, P)."""
    heads = np.zeros(SPACE.shape, dtype=np.int64)
    for code, (first, last, number) in _STOCK.items():
        heads[first : last + 1, :, at(code)] = number
    return heads * SPACE.allowed[:, None, :]


def money(horizon: int, *, spread: bool = True, inflation: float = 0.03) -> Money:
    """Prices near those of England, a fixed line, an allocation that does not keep up."""
    rises = np.array([0.0] + [inflation] * (horizon - 1))
    return Money(
        prices=tuple(
            Price(code, place, ((0.5, top * 0.8), (0.5, top * 1.2)), line, fee * spread)
            for code, (place, top, line, fee) in _COST.items()
        ),
        fixed={"1.2.5": np.full(horizon, 400_000.0), "1.2.13": np.full(horizon, 100_000.0)},
        inflation=dict.fromkeys(LINES, rises),
        allocation=8_000_000.0 * 1.03 ** np.arange(horizon),
        transfers=np.zeros(horizon),
        opening_balance=-900_000.0,
        inflation_spread=0.01 if spread else 0.0,
    )


def history(transitions: int = 3) -> History:
    """A few transitions with a little growth: joiners at school ages, moves at the changes of phase."""
    shape = (transitions, *SPACE.shape)
    joined, left = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    moved = np.zeros((*shape, len(CODES)), dtype=np.int64)
    there = np.repeat(stock()[None], transitions, axis=0)
    for code, (first, last) in _JOIN.items():
        joined[:, first : last + 1, :, at(code)] = 1
    for step in range(transitions):  # no two years are the same
        joined[step, 5 : 6 + 2 * step, :, at("mainstream")] += 1
    left[:, 16:23] = there[:, 16:23] // 3
    left[:, 8:12, :, at("mainstream")] = 1
    moved[:, 4, :, at("early_years"), at("mainstream")] = 2
    moved[:, 10, :, at("mainstream"), at("special")] = 1
    moved[:, 9:12, :, at("special"), at("independent")] = 1
    moved[:, 15, :, at("mainstream"), at("further_education")] = 4
    moved[:, 10:13, :, at("mainstream"), at("ap_hospital")] += 1
    return History(there, joined, left, moved, np.full((transitions, 26), 900.0))


def inputs(horizon: int = 4, *, spread: bool = True, places: float | None = None) -> Inputs:
    """The council; `places` limits special schools, from where one goes to independent ones."""
    made = Inputs(
        space=SPACE,
        base_year=BASE_YEAR,
        horizon=horizon,
        stock=stock(),
        population=np.full((horizon + 1, 26), 900.0),
        history=history(),
        money=money(horizon, spread=spread),
    )
    return made if places is None else replace(made, capacity=limited(horizon, places))


def limited(horizon: int, places: float) -> Capacity:
    """So many special places in every year; who finds none goes to an independent school, or stays home."""
    limits: Floats = np.full((horizon + 1, len(CODES)), np.nan)
    limits[:, at("special")] = places
    overflow = np.zeros((len(CODES), len(CODES)))
    overflow[at("special"), at("independent")] = 1.0
    return Capacity(limits, overflow)
