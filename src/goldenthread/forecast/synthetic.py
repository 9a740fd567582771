"""Councils made up from known chances: to test the forecast against a truth, and to measure it at any size.

Nothing here uses the engine. Children live one year after another by plain binomial and multinomial draws, so
that what the forecast says of them can be held against what it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.forecast.cells import cells_of
from goldenthread.forecast.inputs import History, Inputs
from goldenthread.forecast.joining import Joining
from goldenthread.forecast.money import Money, Price
from goldenthread.forecast.rates import Rates
from goldenthread.forecast.space import PLACEMENTS, Floats, Ints, Placement, Space
from goldenthread.forecast.trend import certain_volume


@dataclass(frozen=True, slots=True)
class Truth:
    """The chances that made-up children live by, and the shocks that all of them share."""

    space: Space
    leave: Floats  # (A, N, P)
    move: Floats  # (A, N, P) of those who stay on, where they can stay in the placement
    ways: Floats  # (A, N, P, P) weights of destinations, by age before
    rate: Floats  # (A,) joiners a head of population
    mix: Floats  # (A, N, P) shares of joiners at each age
    population: Floats  # (A,) the same every year
    shock: float = 0.15  # standard deviation of a year's log change in the volume of joiners, which stays
    leave_shock: float = 0.06  # of a year's log hazard of leaving


def known_truth(space: Space, plans: float, seed: int = 0, *, leaving: float = 0.06) -> Truth:
    """Return a truth whose stock would settle at about `plans` plans."""
    numbers = np.random.default_rng(seed)
    ages, needs, places = space.shape
    years = np.array(space.ages, dtype=np.float64)
    allowed = np.broadcast_to(space.allowed[:, None, :], space.shape)
    leave = leaving * numbers.uniform(0.5, 1.5, space.shape) + 0.35 * (years >= 18)[:, None, None]
    liking = numbers.gamma(1.5, size=(needs, places)) * np.geomspace(6.0, 0.3, places)[None]
    mix = allowed * liking * numbers.gamma(2.0, size=(needs, 1))
    mix = mix / np.maximum(mix.sum(axis=(1, 2), keepdims=True), 1e-12)
    beyond = np.concatenate([allowed[1:], np.zeros((1, needs, places), dtype=np.bool_)])
    ways = beyond[:, :, None, :] * liking[None, :, None, :] * (1.0 - np.eye(places))
    rate = np.exp(-0.5 * ((years - 6.0) / 4.0) ** 2) + 0.02
    population = np.full(ages, plans * 2.0)
    return Truth(
        space=space,
        leave=leave,
        move=0.04 * numbers.uniform(0.5, 1.5, space.shape) * (ways.sum(axis=3) > 0),
        ways=ways,
        rate=rate / rate.sum() * 0.06,
        mix=mix,
        population=population,
    )


def rates_of(truth: Truth, horizon: int) -> Rates:
    """Return a truth as rates that are known for certain: the engine then draws from it and nothing else."""
    cells = cells_of(truth.space)
    leave, move = cells.flat(truth.leave), cells.flat(truth.move)
    bands = int(cells.band.max(initial=0)) + 1
    places = truth.space.shape[2]
    joining = Joining(
        rate=truth.rate,
        rate_heads=np.ones(len(truth.rate)),
        volume=certain_volume(truth.shock),
        reach=np.zeros(horizon),
        lift=np.zeros(horizon),
        loading=np.ones(len(truth.rate)),
        mix=cells.flat(truth.mix),
        mix_heads=np.ones(cells.count),
        mix_group=np.zeros(cells.count, dtype=np.int64),
    )
    return Rates(
        leave=np.stack([leave, 1.0 - leave], axis=1),
        move=np.stack([move, 1.0 - move], axis=1),
        ways=cells.flat(truth.ways),
        way_heads=np.ones((bands, places, places)),
        joining=joining,
        leave_shock=truth.leave_shock,
        choice_shock=0.0,
        certain=True,
    )


def live(truth: Truth, years: int, numbers: np.random.Generator, stock: Ints) -> tuple[History, list[Ints]]:
    """Let `stock` (A, N, P) live for some years; return what was seen, and the stock of every January."""
    stocks, seen = [stock], []
    volume = 0.0
    for _ in range(years):
        volume += truth.shock * float(numbers.standard_normal())
        hazard = float(np.exp(truth.leave_shock * numbers.standard_normal()))
        left, moved, joined = _year(truth, numbers, stocks[-1], volume, hazard)
        staying = stocks[-1] - left - moved.sum(axis=3)
        after = joined.copy()
        after[1:] += staying[:-1] + moved[:-1].sum(axis=2)
        seen.append((stocks[-1], joined, left, moved))
        stocks.append(after)
    before, joined_in, left_in, moved_in = (np.stack(part) for part in zip(*seen, strict=True))
    people = np.repeat(truth.population[None], years, axis=0)
    return History(before, joined_in, left_in, moved_in, people), stocks


def _year(
    truth: Truth, numbers: np.random.Generator, stock: Ints, volume: float, hazard: float
) -> tuple[Ints, Ints, Ints]:
    space = truth.space
    beyond = np.concatenate([space.allowed[1:], np.zeros_like(space.allowed[:1])])
    can_stay = np.broadcast_to(beyond[:, None, :], space.shape)
    goes_on = truth.ways.sum(axis=3) > 0
    leave = np.where(can_stay | goes_on, 1.0 - (1.0 - truth.leave) ** hazard, 1.0)
    left = numbers.binomial(stock, leave)
    movers = numbers.binomial(stock - left, np.where(can_stay, truth.move, 1.0))
    weights = truth.ways / np.maximum(truth.ways.sum(axis=3, keepdims=True), 1e-300)
    last = 1.0 - weights[..., :-1].sum(axis=3, keepdims=True)
    shares = np.concatenate([weights[..., :-1], np.maximum(last, 0.0)], axis=3)
    moved = numbers.multinomial(movers, shares)
    heads = numbers.poisson(truth.population * truth.rate * np.exp(volume))
    flat = truth.mix.reshape(len(heads), -1)
    joined = numbers.multinomial(heads, flat / flat.sum(axis=1, keepdims=True)).reshape(stock.shape)
    return left.astype(np.int64), moved.astype(np.int64), joined.astype(np.int64)


def settled(truth: Truth, numbers: np.random.Generator, years: int = 25) -> Ints:
    """Return a stock that has lived long enough to have forgotten that it began with none."""
    return live(truth, years, numbers, np.zeros(truth.space.shape, dtype=np.int64))[1][-1]


def plain_money(space: Space, horizon: int) -> Money:
    """Return prices that are round numbers, for councils whose money does not matter."""
    prices = tuple(
        Price(place.code, 4000.0, ((0.5, 3000.0), (0.5, 9000.0)), "1.2.2") for place in space.placements
    )
    level = np.full(horizon, 0.03)
    level[0] = 0.0
    return Money(
        prices=prices,
        fixed={"1.2.5": np.full(horizon, 1e6)},
        inflation={"1.2.2": level, "1.0.2": level},
        allocation=np.full(horizon, 4e7),
        transfers=np.zeros(horizon),
        opening_balance=0.0,
    )


def council(space: Space, plans: int, horizon: int, *, transitions: int = 5, seed: int = 0) -> Inputs:
    """Return a made-up council of exactly `plans` plans with a history of so many transitions."""
    numbers = np.random.default_rng([seed, plans])
    truth = known_truth(space, float(plans), seed)
    history, stocks = live(truth, transitions, numbers, settled(truth, numbers))
    return Inputs(
        space=space,
        base_year=2024,
        horizon=horizon,
        stock=_exactly(stocks[-1], plans, numbers),
        population=np.repeat(truth.population[None], horizon + 1, axis=0),
        history=history,
        money=plain_money(space, horizon),
    )


def _exactly(stock: Ints, plans: int, numbers: np.random.Generator) -> Ints:
    """Draw a stock of exactly so many plans that looks like `stock`."""
    shares = stock.ravel() / stock.sum()
    return numbers.multinomial(plans, shares).reshape(stock.shape).astype(np.int64)


def witan_space() -> Space:
    """Return a space as large as that of witan.send's demonstration: 6 needs, 18 settings, 31 years of age.

    Ages are National Curriculum years -5 to 25 there. Source: MastodonC/witan.send, its demonstration data.
    """
    spans = [(0, 4), (0, 4), (4, 15), (4, 15), (4, 15), (4, 15), (4, 18), (4, 18), (4, 18), (4, 18), (4, 24),
             (4, 24), (15, 24), (15, 24), (15, 24), (15, 30), (15, 30), (0, 30)]  # fmt: skip
    places = tuple(
        Placement(f"setting_{number + 1}", f"Setting {number + 1}", _category(first, last), first, last)
        for number, (first, last) in enumerate(spans)
    )
    return Space(tuple(range(31)), tuple(f"need_{number}" for number in range(1, 7)), places)


def _category(first: int, last: int) -> str:
    if first >= 15:
        return "P16FE"
    return "MmSoA" if last <= 15 else "MdSSA"


def small_space() -> Space:
    """Return three needs and four of the usual placements, over all ages: quick enough for many runs."""
    codes = ("mainstream", "special", "further_education", "elsewhere")
    places = tuple(place for place in PLACEMENTS if place.code in codes)
    return Space(needs=("ASD", "SEMH", "SLCN"), placements=places)
