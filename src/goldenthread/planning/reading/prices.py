"""Unit costs: for each placement its place funding and its bands of top-up, in pounds a year."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from goldenthread.forecast.money import LINES
from goldenthread.forecast.space import PLACEMENTS
from goldenthread.planning.reading.table import Read, Table, open_table

LAYOUT = (
    "placement, line, place, share, top_up, spread: one row for each band of a placement. place and top_up "
    "are pounds a year; the shares of a placement's bands add up to 1; spread is 0 where the price is fixed."
)
CODES = [place.code for place in PLACEMENTS]
LINE_CODES = list(LINES)
# Pounds a year: a whole price under the first was given in thousands, one over the second in pence.
LEAST_PRICE, MOST_PRICE = 500.0, 1_000_000.0


def read(content: bytes) -> Read:
    """Prices by placement, as `queries.assemble` reads them. Raises FileRefused."""
    table = open_table(content, ["placement", "line", "place", "share", "top_up"])
    bands: dict[str, list[list[float]]] = defaultdict(list)
    heads: dict[str, dict[str, Any]] = {}
    rows: dict[str, int] = {}
    for row, cells in table.lines:
        code = table.one_of(row, "placement", cells, CODES)
        line = table.one_of(row, "line", cells, LINE_CODES)
        figures = [
            table.number(row, "place", cells, most=MOST_PRICE),
            table.number(row, "share", cells, most=1),
            table.number(row, "top_up", cells, most=MOST_PRICE),
            table.number(row, "spread", cells, most=3) if cells.get("spread") else 0.0,
        ]
        if code is None or line is None or any(figure is None for figure in figures):
            continue
        place, share, top_up, spread = (figure or 0.0 for figure in figures)
        head = {"placement": code, "line": line, "place": place, "spread": spread}
        if heads.setdefault(code, head) != head:
            table.wrong(
                row, "place", cells["place"], f"line, place or spread differ from row {rows[code]} of {code}"
            )
        rows.setdefault(code, row)
        bands[code].append([share, top_up])
    for code, given in bands.items():
        _check(table, rows[code], code, heads[code]["place"], given)
    table.finish()
    content_out = [heads[code] | {"bands": bands[code]} for code in heads]
    return Read(len(table.lines), {"placements": sorted(heads)}, content_out)


def _check(table: Table, row: int, code: str, place: float, bands: list[list[float]]) -> None:
    shares = sum(share for share, _ in bands)
    if abs(shares - 1) > 0.001:
        table.wrong(row, "share", "", f"the shares of {code} add up to {shares:g}, not 1")
    mean = place + sum(share * top_up for share, top_up in bands)
    if 0 < mean < LEAST_PRICE:
        table.wrong(
            row, "top_up", "", f"a plan in {code} would cost £{mean:,.2f} a year; "
            "prices are in pounds: were these given in thousands?",
        )  # fmt: skip
