"""What plans cost: place funding, top-ups by band, fees with a heavy tail, inflation with caps.

Money is in pounds of its own financial year. Each simulation has its own place in one stream of random
numbers, counted from the first simulation of the whole run: however a run is split, and whatever is edited,
a simulation meets the same prices. So runs that differ by a mitigation differ by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from goldenthread.forecast.edits import Edits
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.money import LINES, Money, Price
from goldenthread.forecast.space import Floats, Ints, Space

PLACE_LINE: Final = "1.0.2"
ONE_OFF_LINE: Final = "1.2.8"  # what is spent once to bring a change about is support for inclusion
# April to August belong to the school year of the January before, September to March to that of the January
# after.
BEFORE_SEPTEMBER: Final = 5 / 12
FROM_SEPTEMBER: Final = 7 / 12
# Of the children whose fees make up this year's total, so many are taken to be there next year: with a stay
# of five years, four in five. It ties the luck of one year's fees to the next's and changes no single year.
FEES_KEPT: Final = 0.8

_STREAM: Final = 0x636F737473  # "costs": its own stream beside those of the engine


@dataclass(frozen=True, slots=True)
class _Table:
    """Prices in the order of the space's placements: (P,) each."""

    place: Floats
    top_up: Floats  # mean over bands
    variation: Floats  # squared coefficient of variation of one top-up; nought where the price is fixed
    lines: tuple[str, ...]


def average_plans(plans: Ints | Floats) -> Floats:
    """Plans paid for in each financial year: (S, H+1, P) heads at January to (S, H, P) full-year plans."""
    average: Floats = BEFORE_SEPTEMBER * plans[:, :-1] + FROM_SEPTEMBER * plans[:, 1:]
    return average


def spend(
    money: Money, space: Space, plans: Ints, edits: Edits, seed: int, first: int
) -> tuple[Floats, Floats]:
    """Return spending in pounds by section 251 line (S, H, L), as LINES are ordered, and placement (S, H, P).

    `plans` (S, H+1, P) are heads at January; `first` is the number in the whole run of the first simulation.
    Fixed spending and one-off costs (line 1.2.8) belong to no placement. Raises ForecastError for a placement
    without a price or a line that is none.
    """
    table = _table(money, space)
    horizon, places = plans.shape[1] - 1, plans.shape[2]
    normals = _normals(seed, first, len(plans), horizon * (1 + places))
    shock = money.inflation_spread * normals[:, :horizon, None]
    shock[:, :1] = 0.0  # prices are those of the first year
    luck = _persistent(normals[:, horizon:].reshape(len(plans), horizon, places))

    heads = average_plans(plans) * edits.price_factor
    place = heads * table.place * _level(money, (PLACE_LINE,) * places, edits, shock)
    fees = _fee_factor(average_plans(plans), table.variation, luck)
    top_up = heads * table.top_up * fees * _level(money, table.lines, edits, shock)
    return _by_line(money, table, place, top_up, edits), place + top_up


def unit_costs(money: Money, space: Space, edits: Edits | None = None) -> Floats:
    """Return the expected cost of one plan for a full year, place and top-up, in pounds by year: (H, P)."""
    table, horizon = _table(money, space), len(money.allocation)
    places = space.shape[2]
    still = np.zeros((1, horizon, 1))
    place = table.place * _level(money, (PLACE_LINE,) * places, edits, still)
    top_up = table.top_up * _level(money, table.lines, edits, still)
    costs: Floats = (place + top_up)[0]
    return costs if edits is None else costs * edits.price_factor


def _table(money: Money, space: Space) -> _Table:
    by_code = {price.placement: price for price in money.prices}
    missing = [place.code for place in space.placements if place.code not in by_code]
    if missing:
        raise ForecastError(
            f"There is no price for {', '.join(missing)}. Enter what a plan costs there, nought if nothing."
        )
    prices = [by_code[place.code] for place in space.placements]
    for price in prices:
        check_line(price.line, f"The price of {price.placement}")
    bands = [_bands(price) for price in prices]
    return _Table(
        place=np.array([price.place for price in prices], dtype=np.float64),
        top_up=np.array([mean for mean, _ in bands]),
        variation=np.array([variation for _, variation in bands]),
        lines=tuple(price.line for price in prices),
    )


def check_line(line: str, what: str) -> None:
    """Raise ForecastError unless `line` is one of LINES; `what` begins the sentence."""
    if line not in LINES:
        raise ForecastError(
            f"{what} goes to section 251 line {line!r}, which there is not. Use one of: {', '.join(LINES)}."
        )


def _bands(price: Price) -> tuple[float, float]:
    """Mean top-up, and squared coefficient of variation of one: the bands' spread and the fees' own."""
    mean = sum(share * top_up for share, top_up in price.bands)
    if price.spread <= 0 or mean <= 0:
        return mean, 0.0
    square = sum(share * top_up**2 for share, top_up in price.bands) * float(np.exp(price.spread**2))
    return mean, square / mean**2 - 1.0


def _fee_factor(heads: Floats, variation: Floats, luck: Floats) -> Floats:
    """The total of n fees over n mean fees (S, H, P): a lognormal with the mean and variance of that sum.

    The sum of n independent fees has mean n·m and variance n·v; the lognormal that has both is known as
    Fenton and Wilkinson's. One draw does for all n, so twenty thousand children cost no more than ten.
    """
    if not variation.any():
        return np.ones((1, 1, 1))
    of_total: Floats = np.divide(variation, heads, out=np.zeros_like(heads), where=heads > 0)
    width: Floats = np.log1p(of_total)
    factor: Floats = np.exp(np.sqrt(width) * luck - width / 2.0)
    return factor


def _persistent(luck: Floats) -> Floats:
    """Tie each year's luck to the year before; every year stays standard normal. (S, H, P)."""
    tied = luck.copy()
    own = np.sqrt(1 - FEES_KEPT**2)
    for year in range(1, luck.shape[1]):
        tied[:, year] = FEES_KEPT * tied[:, year - 1] + own * luck[:, year]
    return tied


def _level(money: Money, lines: tuple[str, ...], edits: Edits | None, shock: Floats) -> Floats:
    """Price level by year against the first, each rise held to the cap of its year: (S, H, P)."""
    nought = np.zeros(shock.shape[1])
    rises: Floats = np.stack([money.inflation.get(line, nought) for line in lines], axis=1)[None] + shock
    if edits is not None:
        rises = np.minimum(rises, edits.inflation_cap)
    level: Floats = (1.0 + rises).cumprod(axis=1)
    return level


def _by_line(money: Money, table: _Table, place: Floats, top_up: Floats, edits: Edits) -> Floats:
    order = {line: index for index, line in enumerate(LINES)}
    lines = np.zeros((*place.shape[:2], len(LINES)))
    lines[:, :, order[PLACE_LINE]] += place.sum(axis=2)
    for index, line in enumerate(table.lines):
        lines[:, :, order[line]] += top_up[:, :, index]
    for line, pounds in money.fixed.items():
        check_line(line, "Fixed spending")
        lines[:, :, order[line]] += pounds
    lines[:, :, order[ONE_OFF_LINE]] += edits.one_off
    return lines + edits.fixed


def _normals(seed: int, first: int, simulations: int, each: int) -> Floats:
    """Return (S, each) standard normals; row s depends on the seed and `first + s` alone.

    A counter-based generator is moved to the row's own place. Box and Muller's formula takes exactly two
    uniforms for two normals, so that places can be counted, which numpy's own method does not allow.
    """
    uniforms = -(-each // 4) * 4  # Philox counts in fours
    key = np.random.SeedSequence([seed, _STREAM]).generate_state(2, np.uint64)
    bits = np.random.Philox(key=key)
    bits.advance(first * uniforms // 4)
    u = np.random.Generator(bits).random((simulations, uniforms // 2, 2))
    radius = np.sqrt(-2.0 * np.log1p(-u[:, :, 0]))
    angle = 2.0 * np.pi * u[:, :, 1]
    both = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    normals: Floats = both.reshape(simulations, uniforms)[:, :each]
    return normals
