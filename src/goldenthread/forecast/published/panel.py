"""Every local authority's plans and the way in to them, year by year, from one or more releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from goldenthread.forecast.published import tables
from goldenthread.forecast.published.cells import MISSING, Line, number
from goldenthread.forecast.published.errors import PublishedError
from goldenthread.forecast.published.lineage import FAMILIES, Family
from goldenthread.forecast.published.tables import LOCAL, Row, Table, lines, other_plans, read_table
from goldenthread.forecast.space import CATEGORIES, Bools, Floats

FLOWS: Final = ("new_plans", "requests", "refused", "issued", "in_time", "ceased")
_INTERACTIVE_TOOL = "lait_children_with_sen_all_las.csv"
_PREVALENCE = "SEN_TotStat"  # % of pupils with a statement or plan, all schools
_PARTS: Final = tuple(CATEGORIES)[:-1]
# Oldest first: what a later one says of the same year is taken in its stead.
_TABLES: Final = (
    tables.OLD_CASELOAD,
    tables.OLD_NEW_PLANS,
    tables.OLD_FLOWS,
    tables.CASELOAD,
    tables.NEW_PLANS,
    tables.REQUESTS,
    tables.TIMELINESS,
    tables.CEASED,
)
Cells = dict[str, dict[tuple[str, int], float]]  # measure -> (code, year) -> figure


@dataclass(frozen=True, slots=True)
class Panel:
    """L councils by Y years that follow each other; NaN where nothing is published.

    `plans` are those at the January census; `flows` those of the calendar year, which are published together
    with the census after it. `categories` has the order of CATEGORIES. `prevalence` is the percentage of
    pupils with a plan each January. `own` is where the census figure is the council's own.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    plans: Floats  # (L, Y) heads
    categories: Floats  # (L, Y, 7) heads
    flows: dict[str, Floats]  # FLOWS -> (L, Y) a calendar year
    prevalence: Floats  # (L, Y) per cent
    own: Bools  # (L, Y)

    def at(self, year: int) -> int:
        """Return where a year is on the axis of years. Raises PublishedError if it is not there."""
        if not self.years[0] <= year <= self.years[-1]:
            raise PublishedError(
                f"there are no figures of {year}; they run from {self.years[0]} to {self.years[-1]}",
                "Choose another year, or give the release that has it.",
                file=Path("the published tables"),
            )
        return year - self.years[0]

    def council(self, code: str) -> int:
        """Return where a council is on its axis. Raises PublishedError for a code that is not there."""
        if code not in self.codes:
            raise PublishedError(
                "there is no local authority with this code",
                "Give DfE's three figures, such as 937.",
                file=Path("the published tables"),
                value=code,
            )
        return self.codes.index(code)

    def known_at(self, origin: int) -> Panel:
        """Return what was published once the census of January `origin` was: nothing later, in any array.

        Stocks and prevalence to January `origin`, flows to the calendar year before; new councils have their
        forebears' past from their own first census on.
        """
        cut = self.at(origin) + 1
        flows = {name: values[:, :cut].copy() for name, values in self.flows.items()}
        for values in flows.values():
            values[:, -1] = np.nan
        known = replace(
            self,
            years=self.years[:cut],
            plans=self.plans[:, :cut].copy(),
            categories=self.categories[:, :cut].copy(),
            flows=flows,
            prevalence=self.prevalence[:, :cut].copy(),
            own=self.own[:, :cut].copy(),
        )
        for family in FAMILIES:
            _inherit(known, family)
        return known


def read_panel(*folders: Path) -> Panel:
    """Read all tables found in the folders, at any depth. A later release's figures replace an earlier's.

    Wanted: caseload.csv of at least one release. Used where they are there: its new plans, requests,
    timeliness and ceased plans; the tables of 2010 to 2022 (sen2_*.csv); the interactive tool's percentage of
    pupils.
    Raises PublishedError for a file that cannot be right, with the row and column.
    """
    cells: Cells = defaultdict(dict)
    about: dict[str, tuple[str, str]] = {}
    for table in _TABLES:
        if table is tables.CASELOAD:
            for row in _old_places(folders, cells["plans"]):
                _keep(row, cells, about)
        for row in _releases(folders, table):
            if table is tables.CASELOAD:
                row.values["OTHER"] = other_plans(row, table, _PARTS)
            _keep(row, cells, about)
    for line, year, value in _prevalences(folders):
        cells["prevalence"][_tool_code(line), year] = value
    if not any(_found(folders, tables.CASELOAD.file)):
        raise PublishedError(
            "there is no caseload.csv in this folder",
            "Give the folder that has DfE's tables on EHC plans.",
            file=Path(*folders[:1]),
        )
    return _panel(cells, about)


def _found(folders: tuple[Path, ...], name: str) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob(name))


def _releases(folders: tuple[Path, ...], table: Table) -> Iterator[Row]:
    """The local authorities' rows of every file of the kind, the release with the latest year last."""
    read = [
        [row for row in read_table(path, table, whole=True) if row.level == LOCAL]
        for path in _found(folders, table.file)
    ]
    for rows in sorted((rows for rows in read if rows), key=lambda rows: max(row.year for row in rows)):
        yield from rows


def _keep(row: Row, cells: Cells, about: dict[str, tuple[str, str]]) -> None:
    about[row.code] = (row.name, row.region)
    for name, value in row.values.items():
        if not np.isnan(value) or (row.code, row.year) not in cells[name]:
            cells[name][row.code, row.year] = value


def _old_places(folders: tuple[Path, ...], plans: dict[tuple[str, int], float]) -> Iterator[Row]:
    """The councils' plans by category up to 2022: types added up, what is left of all `plans` being “OTHER”.

    The table's own total leaves plans out that have no placement, some 2% of those of January 2018.
    """
    for path in _found(folders, tables.OLD_PLACES.file):
        whole: dict[tuple[str, int], Row] = {}
        parts: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: dict.fromkeys(_PARTS, 0.0))
        for row in read_table(path, tables.OLD_PLACES):
            if row.level != LOCAL:
                continue
            if row.labels == ("Total", "Total"):
                whole[row.code, row.year] = row
            elif (category := tables.OLD_TYPES.get(row.labels[0])) is not None:
                parts[row.code, row.year][category] += row.values["plans"]
        for key, row in whole.items():
            row.values.update(parts[key], plans=plans.get(key, row.values["plans"]))
            row.values["OTHER"] = other_plans(row, tables.OLD_PLACES, _PARTS)
            yield row


def _prevalences(folders: tuple[Path, ...]) -> Iterator[tuple[Line, int, float]]:
    for path in _found(folders, _INTERACTIVE_TOOL):
        for line in lines(path, ("Short Desc", "Years", "Values", "LA Number")):
            if line.cells["Short Desc"] != _PREVALENCE or not _tool_code(line):
                continue
            if line.cells["Values"].strip().lower() not in MISSING:
                yield line, _tool_year(line), number(line, "Values")


def _tool_year(line: Line) -> int:
    text = line.cells["Years"].strip()
    if not (len(text) == 4 and text.isdigit()):
        raise line.refused("Years", "this is not a year", "Write four digits, such as 2024.")
    return int(text)


def _tool_code(line: Line) -> str:
    code = line.cells["LA Number"].strip().removesuffix(".0")
    return code if len(code) == 3 and code.isdigit() else ""


def _panel(cells: Cells, about: dict[str, tuple[str, str]]) -> Panel:
    codes = tuple(sorted(about))
    stock_years = [year for _, year in cells["plans"]]
    years = tuple(range(min(stock_years), max(stock_years) + 1))
    at = {code: place for place, code in enumerate(codes)}

    def laid_out(name: str) -> Floats:
        array = np.full((len(codes), len(years)), np.nan)
        for (code, year), value in cells[name].items():
            if code in at and years[0] <= year <= years[-1]:
                array[at[code], year - years[0]] = value
        return array

    plans = laid_out("plans")
    return Panel(
        codes=codes,
        names=tuple(about[code][0] for code in codes),
        regions=tuple(about[code][1] for code in codes),
        years=years,
        plans=plans,
        categories=np.stack([laid_out(name) for name in CATEGORIES], axis=2),
        flows={name: laid_out(name) for name in FLOWS},
        prevalence=laid_out("prevalence"),
        own=np.isfinite(plans),
    )


def _inherit(panel: Panel, family: Family) -> None:
    """Give those who took over their part of the past. Nothing happens before their first census is known."""
    if panel.years[-1] < family.first or not set(family.before + family.after) <= set(panel.codes):
        return
    cut = family.first - panel.years[0]
    before = [panel.codes.index(code) for code in family.before]
    after = [panel.codes.index(code) for code in family.after]
    share = panel.plans[after, cut] / panel.plans[after, cut].sum()
    if cut <= 0 or not np.isfinite(share).all():
        return
    for array in (panel.plans, *panel.flows.values()):
        _filled(array, after, cut, share[:, None] * array[before].sum(axis=0))
    _filled(panel.categories, after, cut, share[:, None, None] * panel.categories[before].sum(axis=0))
    weighed = (panel.prevalence[before] * panel.plans[before]).sum(axis=0) / panel.plans[before].sum(axis=0)
    _filled(panel.prevalence, after, cut, np.broadcast_to(weighed, (len(after), len(weighed))))


def _filled(array: Floats, rows: list[int], cut: int, values: Floats) -> None:
    """Put values before the first census where there are none."""
    for at, row in enumerate(rows):
        empty = np.isnan(array[row, :cut])
        array[row, :cut][empty] = values[at, :cut][empty]
