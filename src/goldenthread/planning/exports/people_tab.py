"""The children and young people summary: tables that add up the category tabs, and Excel's own charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports.category_tab import CategoryTab
from goldenthread.planning.exports.counts import AGES, Counts
from goldenthread.planning.exports.finance_tab import FinanceTab
from goldenthread.planning.exports.material import Material
from goldenthread.planning.exports.sheets import Book, Check, Live, Sheet
from goldenthread.planning.presenters import words

_COLOURS = ("#0b4f55", "#b9770e", "#5a3d78", "#1f7a8c", "#8c2f39", "#5b6770", "#9fb3b3")
_BY_CATEGORY, _BY_AGE, _BY_NEED = "by placement category", "by age group", "by primary need"


class PeopleTab:
    """The sheet, and the rows that its charts are drawn from."""

    def __init__(self, book: Book, material: Material) -> None:
        """Open the sheet; `write` fills it once the category tabs are there."""
        self.sheet: Sheet = book.sheet("CYP summary", "Children and young people summary")
        self.material = material
        self.rows: dict[tuple[str, str], tuple[int, int]] = {}  # first and last row of a table
        self.heads = 0
        self.total = 0
        self.row = 0

    def write(self, tabs: Sequence[CategoryTab], counts: dict[str, Counts], finance: FinanceTab) -> None:
        """8.1 the tables, 8.2 the charts."""
        sheet = self.sheet
        sheet.note("Every figure adds up the category tabs. Charts show them and are described in words.")
        sheet.heading("8.1 Data tables: number of EHCPs at the January census")
        for name, one in counts.items():
            self._categories(name, one, tabs)
            self._ages(name, one, tabs)
            self._needs(name, one, tabs)
        self._graphs(tabs, counts, finance)
        sheet.freeze()

    def _table(self, name: str, by: str, one: Counts, rows: dict[str, list[Live]]) -> int:
        """Write a table and its total row; gives back the total's row."""
        sheet = self.sheet
        sheet.heading(f"{name}: {by}")
        self.heads = sheet.row
        sheet.head("", [str(year) for year in one.years])
        first = sheet.row
        for label, cells in rows.items():
            sheet.cells(label, cells)
        self.rows[name, by] = first, sheet.row - 1
        return sheet.sums("All EHCPs", first, one.totals().sum(axis=1).tolist())

    def _categories(self, name: str, one: Counts, tabs: Sequence[CategoryTab]) -> None:
        totals = one.totals()
        rows = {
            CATEGORIES[tab.code]: [
                Live(f"={tab.sheet.at(tab.total[name], at + 1)}", int(totals[at, k]))
                for at in range(len(one.years))
            ]
            for k, tab in enumerate(tabs)
        }
        self.total = self._table(name, _BY_CATEGORY, one, rows)

    def _ages(self, name: str, one: Counts, tabs: Sequence[CategoryTab]) -> None:
        rows = {
            label: self._added([(tab, row) for tab in tabs if (row := tab.ages[name][g]) is not None],
                               one.by_age[:, :, g].sum(axis=1).tolist())
            for g, label in enumerate(AGES)
        }  # fmt: skip
        self._tie(name, one, self._table(name, _BY_AGE, one, rows), _BY_AGE)

    def _needs(self, name: str, one: Counts, tabs: Sequence[CategoryTab]) -> None:
        rows = {
            label: self._added([(tab, tab.needs[name][n]) for tab in tabs],
                               one.by_need[:, :, n].sum(axis=1).tolist())
            for n, label in enumerate(one.needs)
        }  # fmt: skip
        self._tie(name, one, self._table(name, _BY_NEED, one, rows), _BY_NEED)

    def _added(self, parts: Sequence[tuple[CategoryTab, int]], values: Sequence[int]) -> list[Live]:
        return [
            Live("=" + "+".join(tab.sheet.at(row, at) for tab, row in parts), value)
            for at, value in enumerate(values, start=1)
        ]

    def _tie(self, name: str, one: Counts, row: int, by: str) -> None:
        totals = one.totals().sum(axis=1).tolist()
        for at, year in enumerate(one.years):
            left, right = (Live(f"={self.sheet.at(r, at + 1)}", totals[at]) for r in (self.total, row))
            what = f"{name}, all tabs, January {year}: {_BY_CATEGORY} and {by}"
            self.sheet.book.checks.append(Check(what, left, right))

    def _graphs(self, tabs: Sequence[CategoryTab], counts: dict[str, Counts], finance: FinanceTab) -> None:
        self.sheet.heading("8.2 Graphs")
        self.row = self.sheet.row
        for name, one in counts.items():
            years = len(one.years)
            self._stack(name, _BY_CATEGORY, years)
            self._stack(name, _BY_AGE, years)
            self._lines(name, _BY_NEED, years)
            self._money(name, tabs, finance, "spending by placement category", "spend")
            self._money(name, tabs, finance, "average cost of a plan", "unit")
        self._balance(finance)

    def _put(self, chart: Any, title: str, words_: str) -> None:
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        self.sheet.show(chart, words_, row=self.row)
        self.row += 22

    def _series(self, chart: Any, sheet: Sheet, row: int, heads: tuple[Sheet, int], count: int,
                at: int, name: Any = None) -> None:  # fmt: skip
        colour = _COLOURS[at % len(_COLOURS)]
        dash = ("solid", "dash", "round_dot")[at // len(_COLOURS) % 3]
        chart.add_series({
            "name": name or [sheet.name, row, 0],
            "categories": heads[0].span(heads[1], 1, count),
            "values": sheet.span(row, 1, count),
            "fill": {"color": colour}, "line": {"color": colour, "dash_type": dash, "width": 2},
        })  # fmt: skip

    def _stack(self, name: str, by: str, years: int) -> None:
        chart = self.sheet.book.chart("column", "stacked")
        first, last = self.rows[name, by]
        short = list(words.CATEGORIES.values()) if by == _BY_CATEGORY else [None] * len(AGES)
        for at, row in enumerate(range(first, last + 1)):
            self._series(chart, self.sheet, row, (self.sheet, first - 1), years, at, short[at])
        title = f"{name}: number of EHCPs {by}"
        self._put(
            chart, title, f"{title}: a column for each January. The figures are in the table of that name."
        )

    def _lines(self, name: str, by: str, years: int) -> None:
        chart = self.sheet.book.chart("line")
        first, last = self.rows[name, by]
        for at, row in enumerate(range(first, last + 1)):
            self._series(chart, self.sheet, row, (self.sheet, first - 1), years, at)
        title = f"{name}: number of EHCPs {by}"
        self._put(chart, title, f"{title}: a line for each need. The figures are in the table of that name.")

    def _money(self, name: str, tabs: Sequence[CategoryTab], finance: FinanceTab, what: str, of: str) -> None:
        chart = self.sheet.book.chart("column" if of == "spend" else "line",
                                      "stacked" if of == "spend" else None)  # fmt: skip
        count = len(self.material.financial_years())
        for at, tab in enumerate(tabs):
            row = getattr(tab, of)[name]
            heads = (finance.sheet, finance.heads)
            self._series(chart, tab.sheet, row, heads, count, at, words.CATEGORIES[tab.code])
        chart.set_y_axis({"num_format": "£#,##0"})
        title = f"{name}: {what}"
        self._put(chart, title, f"{title}: by financial year. The figures are on the category tabs.")

    def _balance(self, finance: FinanceTab) -> None:
        chart = self.sheet.book.chart("line")
        count, heads = len(self.material.financial_years()), (finance.sheet, finance.heads)
        for at, (name, row) in enumerate(finance.closing.items()):
            self._series(chart, finance.sheet, row, heads, count, at, name)
        for at, (label, row) in enumerate(finance.ranges.items()):
            self._series(chart, finance.sheet, row, heads, count, 7 + at // 2, label)
        chart.set_y_axis({"num_format": "£#,##0"})
        chart.set_x_axis({"label_position": "low"})
        title = "Cumulative balance of the high needs block, with 80% ranges"
        said = "Closing balance by financial year, unmitigated and mitigated. A deficit is below nought."
        self._put(chart, title, f"{said} The figures are in 7.1 of the financial summary.")
