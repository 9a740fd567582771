"""How many people of each kind the county holds: the published year totals, scaled and closed.

A `Lot` is a number of people with the same outline: where their plan came from, its year, their age,
and when and why it ceased. The flows close by construction: January stock, plus new plans, plus plans
moved in, less ceased, is the next January's stock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenthread.demo import assumptions as assumed
from goldenthread.demo.apportion import largest_remainder, with_limits
from goldenthread.demo.published import figure, table

PUBLISHED_PLANS = 6054
AGE_GROUPS = {
    "Under 5": (0, 4),
    "Age 5 to 10": (5, 10),
    "Age 11 to 15": (11, 15),
    "Age 16 to 19": (16, 19),
    "Age 20 to 25": (20, 25),
}
_ANY_AGE = ("5", "8", "9", "2")  # reasons a plan of a child under 16 may cease for


@dataclass(frozen=True, slots=True)
class Cell:
    """Where plans come from: `stock` (before 2019), `new` or `moved_in`; with year and academic-year age."""

    origin: str
    year: int
    age: int  # on 31 August of `year` (of 2018 for the stock)

    def age_on_31_august(self, year: int) -> int:
        """Age on 31 August of another year."""
        return self.age + year - self.year


@dataclass(frozen=True, slots=True)
class Lot:
    """So many plans of one cell that ceased in one year for one reason; year 0: still maintained."""

    cell: Cell
    count: int
    cease_year: int = 0
    cease_reason: str = ""


def ages(rows: dict[str, float]) -> dict[int, float]:
    """Published age rows ("age 7", "under 3", "Aged 20 and over") as whole ages; "unknown" is left out."""
    found: dict[int, float] = {}
    for text, value in rows.items():
        number = re.search(r"\d+", text)
        if number:
            age = min(int(number[0]), assumed.LAST_AGE) - (1 if text.startswith("under") else 0)
            found[age] = found.get(age, 0) + value
    return found


def new_plan_ages(year: int) -> dict[int, float]:
    """New plans of a year by age. 2019-2021: the published age groups, split as in 2022 and 2023.

    Published "age when plan started" is read as age on 31 August of that year: read so, it agrees with
    the ages of requests and of the caseload.
    """
    if year >= 2022:
        return ages(table(f"new_plans_age_{min(year, 2023)}").column("new_ehc_plans"))
    shape: dict[int, float] = {}
    for known in (2022, 2023):
        for age, count in new_plan_ages(known).items():
            shape[age] = shape.get(age, 0) + count
    found: dict[int, float] = {}
    for group, (low, high) in AGE_GROUPS.items():
        inside = {age: count for age, count in shape.items() if low <= age <= high}
        whole = sum(inside.values())
        total = figure("new_plans_bands", year, group)
        found |= {age: total * count / whole for age, count in inside.items()}
    return found


def ceased_by_reason(year: int) -> dict[str, float]:
    """Plans that ceased in a year by SEN2 reason, as published, with the residual of 2020 and 2021."""
    if year >= 2022:
        columns = ("max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng",
                   "deceased", "other")  # fmt: skip
        return {str(code): figure("ceased", year, name) for code, name in enumerate(columns, start=1)}
    older = {"2": "DismetEHC", "5": "DisleaEHC", "6": "DisleftEHC", "9": "DisothEHC"}
    found = {code: figure("older_returns", year, name) for code, name in older.items()}
    found["5"] += max(0.0, -unexplained(year, sum(found.values())))
    return found


def january(year: int) -> float:
    """Published plans in January of a year."""
    return figure("caseload", f"{year - 1}{year % 100}", "ehcplans")


def unexplained(year: int, ceased: float) -> float:
    """Change of stock over a year that new and ceased plans leave unexplained: moved in; below 0, out."""
    new = figure("new_plans", year, "new_ehc_plans") + (assumed.PLANS_JANUARY_2024 if year == 2023 else 0)
    return january(year + 1) - january(year) - new + ceased


class Totals:
    """The published totals scaled to a county of `plans` plans in January 2024."""

    def __init__(self, plans: int) -> None:
        if plans < 1:
            raise ValueError("a county has at least one plan")
        self.plans = plans
        self.scale = plans / PUBLISHED_PLANS

    def scaled(self, published: float) -> int:
        """A published count at this county's size."""
        return round(published * self.scale)

    def new(self, year: int) -> int:
        """New plans of a year; 2024: those of its first days, up to the census."""
        if year == 2024:
            return self.scaled(assumed.PLANS_JANUARY_2024)
        return self.scaled(figure("new_plans", year, "new_ehc_plans"))

    def requests(self, year: int, outcome: str) -> int:
        """Requests of a year with outcome N or W, A (undecided at the census) or "" (all)."""
        column = {"": "received_in_year", "N": "decided_not_to_assess", "A": "decision_not_made"}.get(outcome)
        if column is not None:
            if outcome == "A" and year < 2023:
                return 0
            return self.scaled(figure("requests", year, f"requests_{column}"))
        if year in assumed.REQUESTS_WITHDRAWN:
            return self.scaled(assumed.REQUESTS_WITHDRAWN[year])
        return self.scaled(figure("requests", year, "requests_withdrawn"))

    def agreed(self, year: int) -> int:
        """Requests of a year that were agreed at once: all the others."""
        others = sum(self.requests(year, outcome) for outcome in "NAW")
        return max(0, self.requests(year, "") - others)

    def assessments(self, year: int, outcome: str) -> int:
        """Assessments of a year that ended without a plan: N (not issued) or W (withdrawn)."""
        if outcome == "W" and year in assumed.ASSESSMENTS_WITHDRAWN:
            return self.scaled(assumed.ASSESSMENTS_WITHDRAWN[year])
        column = {"N": "assess_not_issued", "W": "assess_withdrawn"}[outcome]
        return self.scaled(figure("assessments", year, column))

    @cached_property
    def lots(self) -> list[Lot]:
        """Every plan of the county, as lots. Those that never ceased add up to `plans`."""
        stock: dict[Cell, int] = {}
        for age, count in largest_remainder(self.scaled(january(2019)), assumed.STOCK_2019_BY_AGE).items():
            stock[Cell("stock", 2018, age)] = count
        ceased: list[Lot] = []
        for year in assumed.YEARS:
            gone = list(self._cease(stock, year))
            ceased += gone
            for lot in gone:
                stock[lot.cell] -= lot.count
            self._join(stock, year)
        kept = [Lot(cell, count) for cell, count in stock.items() if count]
        return ceased + kept

    def _cease(self, stock: dict[Cell, int], year: int) -> Iterator[Lot]:
        """Take the year's ceased plans out of the stock, by age, and give each lot its reason."""
        age = {cell: cell.age_on_31_august(year - 1) for cell, count in stock.items() if count}
        reasons = {code: self.scaled(count) for code, count in ceased_by_reason(year).items()}
        total = sum(reasons.values())
        last = {cell: stock[cell] for cell in age if age[cell] >= assumed.LAST_AGE}
        young = {cell: stock[cell] * assumed.CEASE_BELOW_16 for cell in age if age[cell] < 16}
        young_total = min(round(sum(young.values())), sum(reasons.get(code, 0) for code in _ANY_AGE))
        leaving = with_limits(young_total, young, {cell: stock[cell] for cell in young}) | last
        older = {c: stock[c] * assumed.CEASE_FROM_16[age[c]] for c in age if 16 <= age[c] < assumed.LAST_AGE}
        rest = max(0, total - sum(leaving.values()))
        leaving |= with_limits(rest, older, {cell: stock[cell] for cell in older})
        yield from _with_reasons(leaving, age, reasons, year)

    def _join(self, stock: dict[Cell, int], year: int) -> None:
        """Add a year's new plans and the plans that moved in, so that the next January's stock is met."""
        years = (year, 2024) if year == 2023 else (year,)
        for start in years:
            for age, count in largest_remainder(self.new(start), new_plan_ages(start)).items():
                stock[Cell("new", start, age)] = count
        target = self.plans if year == 2023 else self.scaled(january(year + 1))
        missing = max(0, target - sum(stock.values()))
        for age, count in largest_remainder(missing, assumed.MOVED_IN_BY_AGE).items():
            stock[Cell("moved_in", year, age)] = count


def _with_reasons(
    leaving: dict[Cell, int], age: dict[Cell, int], reasons: dict[str, int], year: int
) -> Iterator[Lot]:
    """Share the reasons out: the young take those any age may have, the oldest reach the maximum age."""
    left = dict(reasons)
    for cell in sorted(leaving, key=lambda cell: (age[cell] >= 16, -age[cell])):
        allowed = _ANY_AGE if age[cell] < 16 else tuple(left)
        if age[cell] < assumed.LAST_AGE:
            allowed = tuple(code for code in allowed if code != "1")
        open_counts = {code: left.get(code, 0) for code in allowed}
        wanted = leaving[cell]
        taken = dict.fromkeys(open_counts, 0)
        if age[cell] >= assumed.LAST_AGE:
            taken["1"] = min(wanted, left.get("1", 0))
            open_counts["1"] = 0
        given = with_limits(wanted - sum(taken.values()), open_counts, open_counts)
        for code, count in given.items():
            count += taken.get(code, 0)
            left[code] = left.get(code, 0) - count
            wanted -= count
            if count:
                yield Lot(cell, count, year, code)
        if wanted:  # more had to leave than the published total: the commonest reason takes them
            yield Lot(cell, wanted, year, "6" if age[cell] >= 16 else "5")
