"""Whether prices, spending and income can be right, and are all in pounds."""

from __future__ import annotations

from typing import Final

import numpy as np

from goldenthread.forecast.costs import check_line
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.money import Money, Price
from goldenthread.forecast.space import Floats, Space

# What a plan costs in a full year, pounds. In England in 2021-22 an independent special place cost about
# 59,000 and mainstream top-ups a few thousand; bounds are far outside, so that only a unit crosses them.
_LEAST: Final = 100.0
_LEAST_SPECIAL: Final = 1_000.0
_MOST: Final = 1_000_000.0
# The block's grant for each plan, pounds: 15,600 in a county of 6,000 plans in 2023-24.
_LEAST_GRANT: Final = 500.0
_MOST_GRANT: Final = 500_000.0
_TRIFLE: Final = (
    1e-4  # a balance or a total of lines below this share of the grant is in thousands, or nothing
)
_LEAP: Final = 20.0  # from one year to the next
_SPECIAL: Final = ("MdSSA", "NMISS")
_ONE: Final = 1e-6


def check_money(inputs: Inputs) -> None:
    """Raise ForecastError for a price, a line or a sum that cannot be right, or is not in pounds."""
    money, years = inputs.money, inputs.years[:-1]
    _check_prices(money, inputs.space)
    for name, lines in (("Fixed spending", money.fixed), ("Inflation", money.inflation)):
        for line, values in lines.items():
            check_line(line, name)
            _check_years(f"{name} on line {line}", values, years)
    for name, values in (("The allocation", money.allocation), ("Transfers", money.transfers)):
        _check_years(name, values, years)
    _check_inflation(money, years)
    _check_units(inputs)


def _check_years(what: str, values: Floats, years: tuple[int, ...]) -> None:
    if np.shape(values) != (len(years),):
        raise ForecastError(
            f"{what} is for {np.size(values)} financial years and the forecast for {len(years)}, "
            f"{years[0]}-{(years[0] + 1) % 100:02} to {years[-1]}-{(years[-1] + 1) % 100:02}. "
            "Enter a number for each."
        )
    if not np.isfinite(values).all():
        year = years[int(np.argmin(np.isfinite(values)))]
        raise ForecastError(f"{what} has no number for {year}-{(year + 1) % 100:02}. Fill the gap.")


def _check_prices(money: Money, space: Space) -> None:
    codes = [price.placement for price in money.prices]
    category = {place.code: place.category for place in space.placements}
    for code in codes:
        if codes.count(code) > 1:
            raise ForecastError(f"There are two prices for {code}. Keep one; bands can hold several.")
        if code not in category:
            raise ForecastError(f"There is a price for {code}, which is no placement of this forecast.")
    missing = [code for code in category if code not in codes]
    if missing:
        raise ForecastError(
            f"There is no price for {', '.join(missing)}. Enter what a plan costs there, nought if nothing."
        )
    for price in money.prices:
        _check_price(price, special=category[price.placement] in _SPECIAL)


def _check_price(price: Price, *, special: bool) -> None:
    check_line(price.line, f"The price of {price.placement}")
    numbers = [price.place, price.spread, *(number for band in price.bands for number in band)]
    if not all(np.isfinite(number) and number >= 0 for number in numbers):
        raise ForecastError(
            f"The price of {price.placement} has a number that is missing or below nought. Enter pounds, "
            "and shares of plans from 0 to 1."
        )
    shares = sum(share for share, _ in price.bands)
    if price.bands and abs(shares - 1.0) > _ONE:
        raise ForecastError(
            f"The bands of {price.placement} add up to {shares:.4f} of its plans. They must add up to one."
        )
    if price.spread > 2.0:
        raise ForecastError(
            f"The spread of one fee in {price.placement} is {price.spread:g}. It is the standard deviation "
            "of the fee's logarithm, such as 0.5, not pounds."
        )
    total = price.place + sum(share * top_up for share, top_up in price.bands)
    least = _LEAST_SPECIAL if special else _LEAST
    if total and not least <= total <= _MOST:
        raise ForecastError(
            f"A plan in {price.placement} costs £{total:,.2f} a year, which no such place does. "
            f"Is it in {'thousands of pounds' if total < least else 'pence'}? Enter pounds for a full year."
        )


def _check_inflation(money: Money, years: tuple[int, ...]) -> None:
    for line, rises in money.inflation.items():
        if rises[0] != 0:
            raise ForecastError(
                f"Inflation on line {line} is {rises[0]:g} in {years[0]}. Prices are those of that year, so "
                "its rise must be nought."
            )
        if (np.abs(rises) > 0.5).any():
            worst = float(rises[np.abs(rises).argmax()])
            raise ForecastError(
                f"Inflation on line {line} is {worst:g} a year, which is {worst:.0%}. Enter 3% as 0.03."
            )
    if not 0 <= money.inflation_spread <= 0.5:
        raise ForecastError(
            f"The spread of inflation is {money.inflation_spread:g}. Enter a share from 0 to 0.5: 2% is 0.02."
        )


def _check_units(inputs: Inputs) -> None:
    """Refuse sums that only make sense in another unit than pounds."""
    money, plans = inputs.money, float(inputs.stock.sum())
    for year, grant in zip(inputs.years, money.allocation, strict=False):
        each = grant / max(plans, 1.0)
        if grant < 0 or (grant > 0 and not _LEAST_GRANT <= each <= _MOST_GRANT):
            raise ForecastError(
                f"The allocation of {year} is £{grant:,.2f}, that is £{each:,.2f} for each of {plans:,.0f} "
                "plans. Is it in thousands or millions of pounds? Enter pounds."
            )
    paid = money.allocation[money.allocation > 0]
    if len(paid) and paid.max() > _LEAP * paid.min():
        raise ForecastError(
            f"The allocation goes from £{paid.min():,.0f} to £{paid.max():,.0f} within the forecast. "
            "Are some years in another unit? Enter pounds throughout."
        )
    grant = float(paid.mean()) if len(paid) else 0.0
    fixed = float(sum(np.abs(values).max() for values in money.fixed.values()))
    for what, pounds in (("The opening balance", money.opening_balance), ("All fixed spending", fixed)):
        _check_beside(what, pounds, grant)


def _check_beside(what: str, pounds: float, grant: float) -> None:
    if not np.isfinite(pounds):
        raise ForecastError(f"{what} is missing. Enter pounds, nought if there is none.")
    if grant and abs(pounds) > _LEAP * grant:
        raise ForecastError(
            f"{what} is £{pounds:,.0f} beside an allocation of £{grant:,.0f}. Are both in pounds? "
            "Enter pounds."
        )
    if grant and 0 < abs(pounds) < _TRIFLE * grant:
        raise ForecastError(
            f"{what} is £{pounds:,.2f} beside an allocation of £{grant:,.0f}. Is it in thousands or "
            "millions? Enter pounds; if it is really so small, enter nought."
        )
