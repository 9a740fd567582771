"""The financial summary: end-of-year positions, the plan for each block, what the mitigations save."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.forecast.space import CATEGORIES, Floats
from goldenthread.planning.exports.category_tab import CategoryTab
from goldenthread.planning.exports.material import MITIGATED, UNMITIGATED, Material
from goldenthread.planning.exports.sheets import MONEY, SHARE, Book, Check, Live, Sheet
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import Summary

_RANGES = (("80% range", "p10", "p90"), ("95% range", "p2_5", "p97_5"))
_OTHER_BLOCKS = ("Schools block", "Central school services block", "Early years block")


class FinanceTab:
    """The sheet, and the rows of it that other sheets point to."""

    def __init__(self, book: Book, material: Material) -> None:
        """Open the sheet; `write` fills it once the category tabs are there."""
        self.sheet: Sheet = book.sheet("Financial summary", "Financial summary")
        self.material = material
        self.years = material.financial_years()
        self.spend: dict[str, int] = {}
        self.closing: dict[str, int] = {}
        self.ranges: dict[str, int] = {}  # the ends of the 80% ranges
        self.heads = 0  # a header row with the financial years
        self._total_income: dict[str, int] = {}

    def write(self, tabs: Sequence[CategoryTab]) -> None:
        """Write 7.2 into the rows after those that 7.1 will take, then 7.1, which points to it."""
        sheet, scenarios = self.sheet, self.material.scenarios()
        sheet.note("Pounds by financial year, means over all simulations. A deficit is negative.")
        top = sheet.row
        sheet.row = top + 2 + len(scenarios) * 13
        sheet.heading("7.2 Financial plan per funding block")
        for name, summary in scenarios:
            self._block(name, summary, tabs)
        for block in _OTHER_BLOCKS:
            sheet.heading(block)
            sheet.head("", self.years)
            for row in ("Income", "Expenditure"):
                sheet.to_enter(f"{row} (not forecast here: to be entered)", len(self.years))
        if len(scenarios) == 2:
            self._savings()
        end, sheet.row = sheet.row, top
        sheet.heading("7.1 Summary of end-of-year positions: high needs block")
        for name, summary in scenarios:
            self._position(name, summary)
        sheet.row = end
        sheet.freeze()

    def _block(self, name: str, summary: Summary, tabs: Sequence[CategoryTab]) -> None:
        sheet = self.sheet
        sheet.heading(f"High needs block, {name.lower()}: income")
        sheet.head("", self.years)
        self._income(name, summary)
        sheet.heading(f"High needs block, {name.lower()}: expenditure by placement category")
        sheet.head("", self.years)
        first = sheet.row
        for k, (tab, title) in enumerate(zip(tabs, CATEGORIES.values(), strict=True)):
            pounds = summary.spend_by_category[0, :, k]
            sheet.cells(title, self._links(tab.sheet, tab.spend[name], pounds), MONEY)
        rest = summary.spend[0] - summary.spend_by_category[0].sum(axis=1)
        sheet.cells(
            "Spending that follows no plan (services, therapies, one-off costs)", rest.tolist(), MONEY
        )
        total = sheet.sums("Total expenditure", first, summary.spend[0].tolist(), MONEY)
        sheet.heading(f"High needs block, {name.lower()}: expenditure by section 251 line")
        sheet.head("", self.years)
        first = sheet.row
        for at, line in enumerate(summary.lines):
            sheet.cells(words.line_name(line), summary.spend_by_line[0, :, at].tolist(), MONEY)
        self.spend[name] = sheet.sums("Total expenditure", first, summary.spend[0].tolist(), MONEY)
        self._check(f"{name}: expenditure by category and by line", summary, total, self.spend[name])

    def _income(self, name: str, summary: Summary) -> None:
        account = self.material.account
        first = self.sheet.row
        if account is None:
            self.sheet.cells("Allocation and transfers", summary.income.tolist(), MONEY)
        else:
            self.sheet.cells("Allocation, after recoupment", account.allocation.tolist(), MONEY)
            self.sheet.cells("Transfers from other blocks or the council", account.transfers.tolist(), MONEY)
        self._total_income[name] = self.sheet.sums("Total income", first, summary.income.tolist(), MONEY)

    def _check(self, what: str, summary: Summary, left: int, right: int) -> None:
        for at, year in enumerate(self.years):
            value = float(summary.spend[0, at])
            one, other = (Live(f"={self.sheet.at(row, at + 1)}", value) for row in (left, right))
            self.sheet.book.checks.append(Check(f"{what}, {year}", one, other, within=1.0))

    def _links(self, sheet: Sheet, row: int, pounds: Floats) -> list[Live]:
        return [Live(f"={sheet.at(row, at + 1)}", float(value)) for at, value in enumerate(pounds)]

    def _position(self, name: str, summary: Summary) -> None:
        """Opening, in year, closing: live. Ranges and chances: as the simulations gave them."""
        sheet, income = self.sheet, self._total_income[name]
        sheet.heading(name)
        self.heads = sheet.row
        sheet.head("", self.years)
        opening = sheet.row
        closing = [summary.opening_balance, *summary.balance[0].tolist()]
        starts: list[Live | float] = [
            Live(f"={sheet.at(opening + 2, at)}", closing[at]) for at in range(1, len(self.years))
        ]
        sheet.cells("Opening balance at 1 April", [summary.opening_balance, *starts], MONEY)
        year = [
            Live(f"={sheet.at(income, at + 1)}-{sheet.at(self.spend[name], at + 1)}", float(value))
            for at, value in enumerate(summary.in_year[0])
        ]
        sheet.cells("In-year position: income less expenditure", year, MONEY)
        ends = [
            Live(f"={sheet.at(opening, at)}+{sheet.at(opening + 1, at)}", closing[at])
            for at in range(1, len(closing))
        ]
        self.closing[name] = sheet.cells("Closing balance at 31 March", ends, MONEY, total=True)
        self._ranges(name, summary)
        for at, words_ in enumerate(self.years):
            kept = Live(f"={float(summary.balance[0, at])!r}", float(summary.balance[0, at]))
            live = Live(f"={sheet.at(self.closing[name], at + 1)}", kept.value)
            sheet.book.checks.append(Check(f"{name}: closing balance {words_} as forecast", live, kept, 1.0))

    def _ranges(self, name: str, summary: Summary) -> None:
        sheet, above = self.sheet, self.material.threshold
        for label, low, high in _RANGES:
            for end, level in (("low end", low), ("high end", high)):
                row = sheet.cells(f"Closing balance, {label}, {end}",
                                  summary.balance[summary.level(level)].tolist(), MONEY)  # fmt: skip
                if low == "p10":
                    self.ranges[f"{name}, {label}, {end}"] = row
        chance = summary.chance_of_deficit(above).tolist()
        over = f"a cumulative deficit of more than £{above:,.0f}" if above else "a cumulative deficit"
        sheet.cells(f"Chance of {over}", chance, SHARE)

    def _savings(self) -> None:
        sheet, saved = self.sheet, self.material.saved()
        assert saved is not None
        sheet.heading("Planned savings: unmitigated less mitigated expenditure")
        sheet.head("", self.years)
        cells = [
            Live(f"={sheet.at(self.spend[UNMITIGATED], at)}-{sheet.at(self.spend[MITIGATED], at)}", value)
            for at, value in enumerate(saved.tolist(), start=1)
        ]
        sheet.cells("Saving in the year, net of what the mitigations cost", cells, MONEY, total=True)
