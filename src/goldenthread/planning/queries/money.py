"""The money of a forecast, from the versions in force or from what is assumed in their place."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from goldenthread.forecast.costs import PLACE_LINE
from goldenthread.forecast.money import LINES, Money, Price
from goldenthread.forecast.space import PLACEMENTS, Floats
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import rows_of
from goldenthread.planning.stated import SHIPPED, financial_year

Versions = Mapping[InputKind, InputVersion]
ASSUMED = SHIPPED / "assumed.toml"


@cache
def assumed() -> dict[str, Any]:
    """The figures that stand in for a council's own (`data/assumed.toml`, each with its source)."""
    return tomllib.loads(ASSUMED.read_text("utf-8"))


def money_of(versions: Versions, base_year: int, horizon: int) -> tuple[Money, list[str]]:
    """Prices, income and other spending for `horizon` financial years from April of `base_year`; and, in
    plain words, all that was assumed."""
    rows = rows_of(versions[InputKind.BLOCK]) if InputKind.BLOCK in versions else []
    notes: list[str] = []
    inflation = _inflation(rows, base_year, horizon, notes)
    years = range(base_year, base_year + horizon)
    prices = _prices(versions, base_year, notes)
    return Money(
        prices=prices,
        fixed=_fixed(rows, years, inflation, notes),
        inflation=inflation,
        allocation=_allocation(rows, years, notes),
        transfers=_transfers(rows, years, notes),
        opening_balance=_opening(rows, base_year, notes),
        inflation_spread=assumed()["inflation"]["spread"],
    ), notes


def _prices(versions: Versions, base_year: int, notes: list[str]) -> tuple[Price, ...]:
    given: dict[str, Any] = {}
    if InputKind.PRICES in versions:
        given = {one["placement"]: one for one in rows_of(versions[InputKind.PRICES])}
        notes.append(f"Unit costs as given are taken to be prices of {financial_year(base_year)}.")
    stand_in = {one["placement"]: one for one in assumed()["price"]}
    rise = (1 + assumed()["inflation"]["rise"]) ** max(0, base_year - assumed()["price_year"])
    missing = [place.title.lower() for place in PLACEMENTS if place.code not in given]
    if missing:
        which = "Unit costs" if not given else f"Unit costs of {', '.join(missing)}"
        notes.append(
            f"{which} are assumed: those of one county in {financial_year(assumed()['price_year'])}, "
            f"raised by {assumed()['inflation']['rise']:.0%} a year."
        )
    return tuple(
        _price(given[place.code], 1.0) if place.code in given else _price(stand_in[place.code], rise)
        for place in PLACEMENTS
    )


def _price(row: Mapping[str, Any], rise: float) -> Price:
    bands = tuple((float(share), round(top_up * rise, 2)) for share, top_up in row["bands"])
    # Place funding is fixed by DfE and has not risen with prices.
    return Price(row["placement"], float(row["place"]), bands, row["line"], float(row.get("spread", 0.0)))


def _inflation(rows: list[Any], base_year: int, horizon: int, notes: list[str]) -> dict[str, Floats]:
    given = {(one["line"], one["year"]): one["amount"] / 100 for one in rows if one["item"] == "inflation"}
    usual = float(assumed()["inflation"]["rise"])
    paths: dict[str, Floats] = {}
    assumed_years = set()
    for line in LINES:
        path = np.zeros(horizon)
        for step in range(1, horizon):
            year = base_year + step
            rise = given.get((line, year), given.get(("", year)))
            if rise is None:
                assumed_years.add(year)
                rise = 0.0 if line == PLACE_LINE else usual
            path[step] = rise
        paths[line] = path
    if assumed_years:
        span = _span(assumed_years)
        notes.append(
            f"Prices are assumed to rise by {usual:.0%} a year in {span}; place funding stays as it is."
        )
    return paths


def _fixed(
    rows: list[Any], years: range, inflation: Mapping[str, Floats], notes: list[str]
) -> dict[str, Floats]:
    by_line: dict[str, dict[int, float]] = defaultdict(dict)
    for one in rows:
        if one["item"] == "fixed":
            by_line[one["line"]][one["year"]] = one["amount"]
    if not by_line:
        notes.append(
            "Spending that follows no plan is assumed: one county's budget for "
            f"{financial_year(assumed()['price_year'])}, raised with prices."
        )
        for one in assumed()["fixed"]:
            by_line[one["line"]][assumed()["price_year"]] = float(one["pounds"])
    return {line: _carried(known, years, inflation[line]) for line, known in by_line.items()}


def _carried(known: Mapping[int, float], years: range, rises: Floats) -> Floats:
    """Each year as given; where none is, the nearest before it, raised by the line's inflation since."""
    usual, path = float(assumed()["inflation"]["rise"]), []
    for place, year in enumerate(years):
        if year in known:
            path.append(known[year])
        elif place:
            path.append(path[-1] * (1 + rises[place]))
        else:
            before = [one for one in known if one < year]
            path.append(known[max(before)] * (1 + usual) ** (year - max(before)) if before else 0.0)
    return np.array(path)


def _allocation(rows: list[Any], years: range, notes: list[str]) -> Floats:
    known = {one["year"]: one["amount"] for one in rows if one["item"] == "allocation"}
    stand_in = assumed()["allocation"]
    if not known:
        known = {stand_in["year"]: float(stand_in["pounds"])}
        notes.append(
            f"The allocation is assumed: that of one county for {financial_year(stand_in['year'])}, before "
            f"deductions, raised by {stand_in['growth']:.0%} a year."
        )
    elif max(known) < years[-1]:
        notes.append(
            f"After {financial_year(max(known))} the allocation is assumed to rise by "
            f"{stand_in['growth']:.0%} a year."
        )
    first, path = min(known), []
    for year in years:
        before = max((one for one in known if one <= year), default=first)
        path.append(known[before] * (1 + stand_in["growth"]) ** (year - before))
    if first > years[0]:
        notes.append(f"Before {financial_year(first)} the allocation is worked back at the same rate.")
    return np.array(path)


def _transfers(rows: list[Any], years: range, notes: list[str]) -> Floats:
    known = {one["year"]: one["amount"] for one in rows if one["item"] == "transfer"}
    if not known:
        notes.append("No transfer from other blocks is assumed.")
    return np.array([known.get(year, 0.0) for year in years])


def _opening(rows: list[Any], base_year: int, notes: list[str]) -> float:
    given = [one for one in rows if one["item"] == "opening_balance"]
    if not given:
        notes.append(f"The balance at 1 April {base_year} is assumed to be nought.")
        return 0.0
    one = given[0]
    if one["year"] != base_year:
        notes.append(
            f"The balance at 1 April {base_year} is assumed to be that given for 1 April {one['year']}."
        )
    return float(one["amount"])


def _span(years: set[int]) -> str:
    first, last = financial_year(min(years)), financial_year(max(years))
    return first if first == last else f"{first} to {last}"
