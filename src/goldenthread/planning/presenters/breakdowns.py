"""A forecast cut up: every way in which plans and money are shown and downloaded, from one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from goldenthread.core.ui.filters import pounds
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.forecast.space import CATEGORIES as SHEETS
from goldenthread.forecast.space import Floats
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import LEVELS, Summary

Names = Callable[[Summary], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut a forecast: `read` gives (R, years, rows), or (R, years) for a single row.

    `kind` is plans, flows or money; `stock` is true where the years are January censuses.
    """

    key: str
    title: str
    kind: str
    read: Callable[[Summary], Floats]
    names: Names
    stock: bool = False
    empty_rows: bool = True  # whether rows of nought throughout are worth a line on the page

    def years(self, summary: Summary) -> list[str]:
        """The heads of the columns."""
        if self.stock:
            return [words.census(year) for year in summary.years]
        if self.kind == "money":
            return [words.financial_year(year) for year in summary.financial_years]
        return [f"to {words.census(year)}" for year in summary.years[1:]]

    def values(self, summary: Summary) -> Floats:
        """(R, years, rows)."""
        found = self.read(summary)
        return found if found.ndim == 3 else found[:, :, None]

    def write(self, value: float) -> str:
        """One figure for the page."""
        return pounds(value) if self.kind == "money" else words.heads(value)

    def write_range(self, low: float, high: float) -> str:
        """A range for the page."""
        return words.money_range(low, high) if self.kind == "money" else words.head_range(low, high)


def _one(name: str) -> Names:
    return lambda summary: [name]


def _placements(summary: Summary) -> list[str]:
    return [place.title for place in summary.space.placements]


def _categories(summary: Summary) -> list[str]:
    return [words.CATEGORIES[code] for code in SHEETS]


def _ages(summary: Summary) -> list[str]:
    return [f"Age {age}" for age in summary.space.ages]


def _lines(summary: Summary) -> list[str]:
    return [words.line_name(line) for line in summary.lines]


CUTS: Final[dict[str, Cut]] = {
    cut.key: cut
    for cut in (
        Cut("total", "EHC plans", "plans", lambda s: s.totals, _one("All EHC plans"), stock=True),
        Cut("category", "EHC plans by placement category", "plans", lambda s: s.by_category, _categories,
            stock=True),
        Cut("placement", "EHC plans by placement", "plans", lambda s: s.by_placement, _placements,
            stock=True, empty_rows=False),
        Cut("need", "EHC plans by primary need", "plans", lambda s: s.by_need,
            lambda s: words.needs(s.space), stock=True, empty_rows=False),
        Cut("age", "EHC plans by age at 31 August", "plans", lambda s: s.by_age, _ages, stock=True,
            empty_rows=False),
        Cut("joiners", "New plans", "flows", lambda s: s.joiners, _one("New plans")),
        Cut("leavers", "Plans that end", "flows", lambda s: s.leavers, _one("Plans that end")),
        Cut("movers", "Changes of placement", "flows", lambda s: s.movers, _one("Changes of placement")),
        Cut("overflow", "No place where one was meant", "flows", lambda s: s.overflow, _placements,
            empty_rows=False),
        Cut("spend", "Spending", "money", lambda s: s.spend, _one("All spending")),
        Cut("spend_line", "Spending by section 251 line", "money", lambda s: s.spend_by_line, _lines,
            empty_rows=False),
        Cut("spend_category", "Spending by placement category", "money", lambda s: s.spend_by_category,
            _categories),
        Cut("spend_placement", "Spending by placement", "money", lambda s: s.spend_by_placement, _placements,
            empty_rows=False),
        Cut("in_year", "Income less spending in the year", "money", lambda s: s.in_year,
            _one("Under or (over) spend")),
        Cut("balance", "Balance at the end of the year", "money", lambda s: s.balance, _one("Balance")),
    )
}  # fmt: skip


def page_table(summary: Summary, cut: Cut, range_: str = "80") -> Table:
    """A row for each name and a column for each year: the mean, and the range under it."""
    _, low, high = words.RANGES[range_]
    values, years = cut.values(summary), cut.years(summary)
    ends = summary.level(low), summary.level(high)
    columns = [Column("name", cut.title)] + [
        Column(str(at), year, numeric=True) for at, year in enumerate(years)
    ]
    rows = []
    for at, name in enumerate(cut.names(summary)):
        cells = values[:, :, at]
        if not cut.empty_rows and not cells.any():
            continue
        row = {
            str(n): _cell(cut, cells[0, n], cells[ends[0], n], cells[ends[1], n]) for n in range(len(years))
        }
        rows.append(Row({"name": name} | row))
    return Table(cut.title, columns, rows, id=cut.key, empty="Nothing of this kind is forecast.",
                 scroll=True)  # fmt: skip


def _cell(cut: Cut, mean: float, low: float, high: float) -> list[str] | str:
    words_ = cut.write(mean)
    return words_ if low == high == mean else [words_, cut.write_range(low, high)]


_FILE_COLUMNS: Final = (
    Column("measure", "Measure"),
    Column("name", "Row"),
    Column("year", "Year"),
    *(
        Column(level, "mean" if level == "mean" else level.replace("_", "."), numeric=True)
        for level in LEVELS
    ),
)


def file_columns() -> tuple[Column, ...]:
    """The columns of a file of numbers: the measure, the row, the year, the mean and each quantile."""
    return _FILE_COLUMNS


def file_rows(summary: Summary, cuts: Sequence[Cut]) -> Iterator[Row]:
    """Every number of these cuts, one year a row; money in pounds to the penny, heads to a thousandth."""
    for cut in cuts:
        values, years = cut.values(summary), cut.years(summary)
        places = 2 if cut.kind == "money" else 3
        for at, name in enumerate(cut.names(summary)):
            for n, year in enumerate(years):
                levels = {level: round(float(values[r, n, at]), places) for r, level in enumerate(LEVELS)}
                yield Row({"measure": cut.title, "name": name, "year": year} | levels)


def age_groups(summary: Summary) -> Table:
    """The mean by the age groups of the DSG management plan, which have no range of their own."""
    years = [words.census(year) for year in summary.years]
    columns = [Column("name", "Age at 31 August")] + [
        Column(str(at), year, numeric=True) for at, year in enumerate(years)
    ]
    rows = []
    for name, first, last in words.AGE_GROUPS:
        at = [n for n, age in enumerate(summary.space.ages) if first <= age <= last]
        sums = summary.by_age[0][:, at].sum(axis=1)
        rows.append(Row({"name": name} | {str(n): words.heads(value) for n, value in enumerate(sums)}))
    return Table("EHC plans by age group", columns, rows, id="age-groups", scroll=True)
