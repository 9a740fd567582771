"""The tabs about the plan itself: governance, comparators, reference data, checks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldenthread.core.ui.filters import long_date
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.planning.exports import saying
from goldenthread.planning.exports.category_tab import CategoryTab
from goldenthread.planning.exports.counts import Counts
from goldenthread.planning.exports.finance_tab import FinanceTab
from goldenthread.planning.exports.material import UNMITIGATED, Material
from goldenthread.planning.exports.sheets import AVERAGE, MONEY, Book, Cell, Check, Live, Sheet
from goldenthread.planning.presenters import words
from goldenthread.planning.presenters.scenarios import ramp_words

_LOG = ("Owner", "Start", "Ramp", "What changes", "Evidence", "Confidence", "One-off cost", "RAG", "Risk")
_LOG_WIDTHS = (20, 18, 12, 48, 34, 14, 13, 10, 24)


def write_governance(book: Book, material: Material) -> None:
    """9.1 sign-off and review; 9.2 the workstreams, with what each is reckoned to save."""
    sheet = book.sheet("Governance", "Governance and management", 40, _LOG_WIDTHS)
    sheet.heading("9.1 Sign-off and review")
    sheet.head("", ["Who", "Date", "Decision"], words=3)
    for row in ("Senior responsible owner", "Programme board", "Schools forum", "Cabinet"):
        sheet.to_enter(row, 3)
    sheet.heading("9.2 Workstream log")
    sheet.note(
        "The columns of the Department's log are not confirmed. RAG and risk are for the council to enter."
    )
    years = material.financial_years()
    savings = [f"Saving {year}" for year in years]
    sheet.head("Workstream", [*_LOG, *savings], words=6)
    first = sheet.row
    for one in material.mitigations:
        _workstream(sheet, one, material, len(years))
    if not material.mitigations:
        sheet.text("No scenario with mitigations was chosen.")
        return
    _log_total(sheet, first, material)
    sheet.note(
        "Savings are in pounds, net of what a workstream costs, means over all simulations. Where two act on "
        "the same children the saving is shared between them and counted once. The financial summary has the "
        "saving over all simulations of the two forecasts, which can differ a little."
    )


def _workstream(sheet: Sheet, one: Mitigation, material: Material, years: int) -> None:
    saving = material.saving(one.reference)
    cells: list[Cell] = [
        one.owner or "To be entered", long_date(one.starts), ramp_words(one.ramp),
        saying.changes(one, " "), saying.evidence(one), saying.confidence(one),
        sum(one.one_off.values()), None, None,
        *(saving.mean if saving else ["not reckoned"] * years),
    ]  # fmt: skip
    row = sheet.cells(f"{one.reference}. {one.title}", cells, MONEY)
    for column in (8, 9):
        sheet.made.write_blank(row, column, None, sheet.book.format("enter"))


def _log_total(sheet: Sheet, first: int, material: Material) -> None:
    """All savings, live; held against the spending of the runs that they were shared out from."""
    savings = material.savings
    if savings is None:
        return
    blank: list[Cell] = [None] * len(_LOG)
    last, summed = sheet.row - 1, np.sum(savings.mean, axis=0)
    cells = []
    for at, value in enumerate(summed.tolist(), start=len(_LOG) + 1):
        top, bottom = (sheet.at(line, at).split("!")[1] for line in (first, last))
        cells.append(Live(f"=SUM({top}:{bottom})", value))
    row = sheet.cells("All workstreams", [*blank, *cells], MONEY, total=True)
    saved = np.subtract(savings.as_is, savings.mitigated).tolist()
    whole = sheet.cells(
        f"As is less mitigated spending, in the {savings.simulations:,} simulations that were shared out",
        [*blank, *saved],
        MONEY,
    )
    for at, year in enumerate(material.financial_years(), start=len(_LOG) + 1):
        left, right = (
            Live(f"={sheet.at(row, at)}", float(summed[at - len(_LOG) - 1])),
            saved[at - len(_LOG) - 1],
        )
        held = Live(f"={sheet.at(whole, at)}", right)
        sheet.book.checks.append(
            Check(f"Savings of all workstreams and of the whole plan, {year}", left, held, 1.0)
        )


def write_comparators(book: Book, material: Material) -> None:
    """This council beside others, as far as published tables were given."""
    sheet = book.sheet("Comparators", "Comparators: statistical neighbours and England", 40, (44, 18, 13))
    sheet.note("The layout of this tab is not confirmed: see the introduction.")
    sheet.head("Area", ["Measure", "Period", "Value"], words=2)
    for one in material.comparators:
        sheet.cells(one.area, [one.measure, one.period, one.value], AVERAGE)
    if not material.comparators:
        sheet.text("No published tables of other councils were given.")
        for _ in range(5):
            sheet.to_enter("To be entered by the council", 3)


def write_reference(
    book: Book, material: Material, counts: Counts, tabs: Sequence[CategoryTab], finance: FinanceTab
) -> None:
    """Where the figures come from, and the control totals that the tabs are held against."""
    sheet = book.sheet("Reference data", "Reference data", 72, (40, 16, 13, 22))
    sheet.note(
        "The Department's template holds section 251, SEN2 and DSG figures ready filled; its layout was not "
        "seen. This is what the forecast was made from."
    )
    sheet.heading("Inputs")
    sheet.head("Input", ["Source", "Version", "Stand-in?", "SHA-256 (its first 16 letters)"], words=4)
    for one in material.sources:
        sheet.cells(one.kind, [one.words, one.version, "Yes" if one.assumed else "No", one.digest[:16]])
    _sen2_controls(sheet, material, counts, tabs)
    _line_controls(sheet, material, finance)


def _sen2_controls(sheet: Sheet, material: Material, counts: Counts, tabs: Sequence[CategoryTab]) -> None:
    """Plans by category at each actual census, counted straight from the stock, beside the tabs' totals."""
    space, summary = material.unmitigated.space, material.unmitigated
    stocks = {year: material.before[year].astype(float) for year in sorted(material.before)}
    stocks[summary.years[0]] = summary.mean_stock[0]
    sheet.heading("SEN2 control totals: plans at actual January censuses")
    sheet.head("", [str(year) for year in stocks])
    for k, tab in enumerate(tabs):
        of = space.category_index() == k
        totals = [round(float(stock[:, :, of].sum())) for stock in stocks.values()]
        row = sheet.cells(tab.sheet.title, totals)
        for at, year in enumerate(stocks):
            there = Live(f"={tab.sheet.at(tab.total[UNMITIGATED], at + 1)}", int(counts.totals()[at, k]))
            control = Live(f"={sheet.at(row, at + 1)}", totals[at])
            sheet.book.checks.append(
                Check(f"{tab.code}, January {year}: tab and SEN2 control total", there, control)
            )


def _line_controls(sheet: Sheet, material: Material, finance: FinanceTab) -> None:
    summary = material.unmitigated
    sheet.heading("Section 251 control totals: expenditure by line as forecast, unmitigated")
    sheet.head("", material.financial_years())
    first = sheet.row
    for at, line in enumerate(summary.lines):
        sheet.cells(words.line_name(line), summary.spend_by_line[0, :, at].tolist(), MONEY)
    totals = summary.spend_by_line[0].sum(axis=1).tolist()
    row = sheet.sums("Total expenditure", first, totals, MONEY)
    for at, year in enumerate(material.financial_years()):
        here = Live(f"={sheet.at(row, at + 1)}", totals[at])
        there = Live(f"={finance.sheet.at(finance.spend[UNMITIGATED], at + 1)}", float(summary.spend[0, at]))
        sheet.book.checks.append(Check(f"Section 251 lines {year}: summary and control", there, here, 1.0))


def write_checks(book: Book, counts: dict[str, Counts]) -> None:
    """Every total held against another way to it, live; then each cell that rounding moved."""
    sheet = book.sheet("Checks", "Checks", 66, (36, 40))
    count, first = len(book.checks), sheet.row + 3
    last = first + count - 1
    said = f"All {count} totals tie"
    differ = sum(_verdict(check) != "Ties" for check in book.checks)
    wrong = f'COUNTIF({sheet.at(first, 4)}:{sheet.at(last, 4).split("!")[1]},"DIFFERS")'
    sheet.made.write_formula(
        sheet.row,
        0,
        f'=IF({wrong}=0,"{said}",{wrong}&" of {count} totals differ")',
        book.format("heading"),
        f"{differ} of {count} totals differ" if differ else said,
    )
    sheet.row += 2
    sheet.head("What is held against what", ["First", "Second", "Difference", "Result"])
    for check in book.checks:
        left, right = (sheet.at(sheet.row, column).split("!")[1] for column in (1, 2))
        gap = sheet.at(sheet.row, 3).split("!")[1]
        ties = Live(f'=IF(ABS({gap})<{check.within:g},"Ties","DIFFERS")', _verdict(check))
        difference = Live(f"={left}-{right}", float(check.left.value) - float(check.right.value))
        sheet.cells(check.what, [check.left, check.right, difference, ties], AVERAGE)
    _list_moved(sheet, counts)
    sheet.freeze()


def _list_moved(sheet: Sheet, counts: dict[str, Counts]) -> None:
    sheet.heading("Cells that rounding moved from the nearest whole number")
    sheet.note("Each lies within 1 of its mean. They are moved so that every total is the sum of its parts.")
    sheet.head("Scenario and tab", ["Breakdown", "Row", "January", "Mean", "Published"], words=2)
    for name, one in counts.items():
        for cell in one.adjusted():
            sheet.cells(
                f"{name}, {cell.sheet}",
                [cell.breakdown, cell.row, str(cell.year), cell.mean, cell.published],
                AVERAGE,
            )


def _verdict(check: Check) -> str:
    return "Ties" if abs(float(check.left.value) - float(check.right.value)) < check.within else "DIFFERS"
