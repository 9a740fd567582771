"""The budget by section 251 line and financial year, which actual spending is laid beside."""

from __future__ import annotations

from typing import Any

from goldenthread.forecast.money import LINES
from goldenthread.planning.reading.table import Read, open_table

LAYOUT = "financial_year, line, amount: pounds for the whole year, one row for each section 251 line."


def read(content: bytes) -> Read:
    """Pounds by line and financial year. Raises FileRefused."""
    table = open_table(content, ["financial_year", "line", "amount"])
    kept: list[dict[str, Any]] = []
    seen: dict[tuple[int, str], int] = {}
    for row, cells in table.lines:
        year = table.financial_year(row, cells)
        line = table.one_of(row, "line", cells, list(LINES))
        amount = table.number(row, "amount", cells, most=5e9)
        if year is None or line is None or amount is None:
            continue
        if not table.refuse_twice(row, (year, line), seen, f"{line} of {cells['financial_year']}"):
            kept.append({"year": year, "line": line, "amount": amount})
    for year in sorted({one["year"] for one in kept}):
        total = sum(one["amount"] for one in kept if one["year"] == year)
        if 0 < total < 1_000_000:
            message = f"the budget of {year} would be £{total:,.0f}; amounts are pounds: was it in thousands?"
            table.wrong(1, "amount", "", message)
    table.finish()
    years = sorted({one["year"] for one in kept})
    return Read(len(kept), {"first_year": years[0], "last_year": years[-1]}, kept)
