"""The block's money: allocation, transfers, opening balance, spending that no plan moves, and inflation."""

from __future__ import annotations

from typing import Any

from goldenthread.forecast.money import LINES
from goldenthread.planning.reading.table import Read, Table, open_table

LAYOUT = (
    "financial_year, item, line, amount. item is allocation, transfer, opening_balance, fixed or inflation; "
    "line is the section 251 line of fixed and inflation (inflation without a line: all). "
    "Pounds; inflation in %."
)
ITEMS = ["allocation", "transfer", "opening_balance", "fixed", "inflation"]
# Pounds: an allocation under the first was given in thousands or millions.
LEAST_ALLOCATION, MOST = 1_000_000.0, 5e9


def read(content: bytes) -> Read:
    """Amounts by item, line and financial year. Raises FileRefused."""
    table = open_table(content, ["financial_year", "item", "line", "amount"])
    kept: list[dict[str, Any]] = []
    seen: dict[tuple[int, str, str], int] = {}
    for row, cells in table.lines:
        year = table.financial_year(row, cells)
        item = table.one_of(row, "item", cells, ITEMS)
        if year is None or item is None or not _line_fits(table, row, item, cells):
            continue
        amount = _amount(table, row, item, cells)
        line = cells["line"]
        if amount is None or table.refuse_twice(
            row, (year, item, line), seen, f"{item} {line} of {cells['financial_year']}".replace("  ", " ")
        ):
            continue
        kept.append({"year": year, "item": item, "line": line, "amount": amount})
    _check(table, kept)
    table.finish()
    years = sorted({one["year"] for one in kept if one["item"] == "allocation"})
    return Read(len(kept), {"first_year": years[0], "last_year": years[-1]}, kept)


def _line_fits(table: Table, row: int, item: str, cells: dict[str, str]) -> bool:
    line = cells["line"]
    if item == "fixed" or (item == "inflation" and line):
        return table.one_of(row, "line", cells, list(LINES)) is not None
    if line:
        table.wrong(row, "line", line, f"{item} has no line; leave it empty")
        return False
    return True


def _amount(table: Table, row: int, item: str, cells: dict[str, str]) -> float | None:
    if item == "inflation":
        return table.number(row, "amount", cells, least=-20, most=50)
    least = 0.0 if item in {"allocation", "fixed"} else -MOST
    amount = table.number(row, "amount", cells, least=least, most=MOST)
    if amount is not None and item == "allocation" and amount < LEAST_ALLOCATION:
        table.wrong(
            row, "amount", cells["amount"],
            f"an allocation of £{amount:,.0f} is too small; amounts are pounds: was it given in thousands?",
        )  # fmt: skip
        return None
    return amount


def _check(table: Table, kept: list[dict[str, Any]]) -> None:
    years = sorted(one["year"] for one in kept if one["item"] == "allocation")
    if not years and not table.problems:
        table.wrong(1, "item", "", "there is no allocation; give at least one financial year's")
    for year in sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else []:
        table.wrong(1, "financial_year", "", f"the allocation of {year}-{(year + 1) % 100:02d} is missing")
    if sum(one["item"] == "opening_balance" for one in kept) > 1:
        table.wrong(1, "item", "", "there is more than one opening_balance; give that of the first year")
    ratio = _largest_step([one["amount"] for one in kept if one["item"] == "allocation"])
    if ratio > 100:
        table.wrong(
            1, "amount", "", f"one allocation is {ratio:,.0f} times another: are pounds and thousands mixed?"
        )


def _largest_step(amounts: list[float]) -> float:
    return max(amounts) / min(amounts) if amounts and min(amounts) > 0 else 1.0
