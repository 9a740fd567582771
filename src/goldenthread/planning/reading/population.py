"""Population by single year of age, in the layout of the ONS subnational projections.

One row an area and age, one column a year; areas are added up. An area that is the sum of all others, such as
a county beside its districts, is taken for them, so that nobody counts twice. Other downloads have a column
for sex too: rows of "persons" are taken or, where there are none, females and males together.
"""

from __future__ import annotations

import re
from collections import defaultdict

from goldenthread.planning.reading.table import CellProblem, FileRefused, Read, Table, open_table

LAYOUT = "area_code, area_name, age, then one column for each mid-year, such as 2023, 2024 and so on."
OLDEST = 25
# More children of one age than any council has, and fewer than the smallest that has plans to forecast.
MOST_OF_AN_AGE = 60_000
Heads = dict[int, dict[int, float]]  # age -> mid-year -> heads
_YEAR = re.compile(r"(?:mid[- ]?)?(20\d\d)$")


def read(content: bytes) -> Read:
    """Heads by age and mid-year, areas added up. Raises FileRefused."""
    table = open_table(_renamed(content), ["age"])
    years = _years(table)
    by_area, areas, seen = _heads(table, years)
    _check_ages(table, {key[2] for key in seen}, seen)
    table.finish()
    total = _sum_of_others(by_area)
    used = {total: by_area[total]} if total else by_area
    heads, named = _added(list(used.values())), list(years.values())
    return Read(
        rows=len(seen),
        about={
            "areas": sorted(areas[area] for area in used),
            "first_year": min(named),
            "last_year": max(named),
            "ages": [min(heads), max(heads)],
        },
        content={"years": named, "ages": {str(age): [heads[age][y] for y in named] for age in sorted(heads)}},
    )


def _heads(
    table: Table, years: dict[str, int]
) -> tuple[dict[str, Heads], dict[str, str], dict[tuple[str, str, int], int]]:
    """Heads by area, the areas' names, and in which row each area, sex and age stands."""
    by_area: dict[str, Heads] = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(years.values(), 0.0)))
    seen: dict[tuple[str, str, int], int] = {}
    areas: dict[str, str] = {}
    taken = _chosen_sex(table)
    for row, cells in table.lines:
        if taken and cells.get("sex", "").lower() not in taken:
            continue
        age = _age(table, row, cells)
        if age is None:
            continue
        area = cells.get("area_code") or cells.get("area_name") or "all"
        if table.refuse_twice(row, (area, cells.get("sex", ""), age), seen, f"Age {age} of area {area}"):
            continue
        areas[area] = cells.get("area_name") or area
        for column, year in years.items():
            value = table.number(row, column, cells, most=MOST_OF_AN_AGE)
            by_area[area][age][year] += value or 0.0
    return by_area, areas, seen


def _renamed(content: bytes) -> bytes:
    """ONS's own download calls the column AGE_GROUP."""
    head, line_end, rest = content.partition(b"\n")
    return re.sub(rb"(?i)\bage_group\b", b"age", head) + line_end + rest


def _years(table: Table) -> dict[str, int]:
    years = {name: int(found[1]) for name in table.header if (found := _YEAR.match(name))}
    if not years:
        raise FileRefused(
            [CellProblem(1, "", "", "there is no column for a year, such as 2024; give the ONS layout")]
        )
    named = list(years.values())
    if len(set(named)) < len(named):
        twice = next(year for year in named if named.count(year) > 1)
        raise FileRefused([CellProblem(1, str(twice), "", f"the year {twice} stands twice; keep one")])
    missing = sorted(set(range(min(named), max(named) + 1)) - set(named))
    if missing:
        raise FileRefused(
            [CellProblem(1, str(missing[0]), "", f"the year {missing[0]} is missing between others; add it")]
        )
    return years


def _chosen_sex(table: Table) -> set[str]:
    """Which values of the column for sex are taken; none where there is no such column."""
    if "sex" not in table.header:
        return set()
    found = {cells["sex"].lower() for _, cells in table.lines}
    return {"persons"} if "persons" in found else found


def _age(table: Table, row: int, cells: dict[str, str]) -> int | None:
    """The age of a row; None for one that is not needed, such as all ages, or over 25."""
    text = cells["age"].lower()
    if text in {"all ages", "90 and over", "90+", "100 and over"}:
        return None
    age = table.whole(row, "age", cells, least=0, most=120)
    return age if age is not None and age <= OLDEST else None


def _check_ages(table: Table, ages: set[int], seen: dict[tuple[str, str, int], int]) -> None:
    wanted = set(range(1, OLDEST + 1))  # age 0 is often left out; the forecast says what it takes for it
    for age in sorted(wanted - ages):
        table.wrong(1, "age", "", f"age {age} is missing; give every single year of age from 1 to {OLDEST}")
    for area in {key[:2] for key in seen}:
        has = {key[2] for key in seen if key[:2] == area}
        for age in sorted(ages - has):
            table.wrong(1, "age", "", f"age {age} is missing for area {area[0]}, which has others")


def _added(areas: list[Heads]) -> Heads:
    return {age: {year: sum(one[age][year] for one in areas) for year in areas[0][age]} for age in areas[0]}


def _sum_of_others(by_area: dict[str, Heads]) -> str | None:
    """The area whose every figure is that of all others together, but for rounding; None where none is."""
    if len(by_area) < 3:
        return None
    whole = _added(list(by_area.values()))
    for area, heads in by_area.items():
        gaps = [abs(2 * heads[age][year] - whole[age][year]) for age in heads for year in heads[age]]
        if max(gaps) <= len(by_area):
            return area
    return None
