"""The published figures that the demonstration county follows (data/published.toml), read once.

Each table names the published file it was typed from, so that a test can compare figure by figure.
Source: DfE, Education, health and care plans; local authority 937; Open Government Licence v3.0.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "published.toml"
LA_CODE = "937"
NOT_PUBLISHED = "x"


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One published table cut to local authority 937: rows of figures under named columns."""

    name: str
    title: str
    file: str  # folder and file of the published data
    row_is: str  # "period", or the published column whose text names the row
    columns: tuple[str, ...]
    rows: dict[str, tuple[float | str, ...]]
    topic: str = ""  # breakdown_topic of the published file
    period: str = ""  # time_period, where every row is of the same one
    value: str = ""  # published column, where our columns are the published rows

    def figure(self, row: str, column: str) -> float:
        """The published figure; raises LookupError where it was not published."""
        found = self.rows[row][self.columns.index(column)]
        if isinstance(found, str):
            raise LookupError(f"{self.name}: {column} for {row} was not published")
        return found

    def column(self, column: str) -> dict[str, float]:
        """Every published figure of one column, by row; rows not published are left out."""
        at = self.columns.index(column)
        return {row: cells[at] for row, cells in self.rows.items() if not isinstance(cells[at], str)}  # type: ignore[misc]

    def row(self, row: str) -> dict[str, float]:
        """Every published figure of one row, by column; those not published are left out."""
        pairs = zip(self.columns, self.rows[row], strict=True)
        return {column: cell for column, cell in pairs if not isinstance(cell, str)}


@cache
def tables() -> dict[str, PublishedTable]:
    """All tables by name."""
    with DATA.open("rb") as file:
        raw = tomllib.load(file)
    return {
        name: PublishedTable(
            name=name,
            columns=tuple(body["columns"]),
            rows={row: tuple(cells) for row, cells in body["rows"].items()},
            **{key: text for key, text in body.items() if key not in ("columns", "rows")},
        )
        for name, body in raw.items()
    }


def table(name: str) -> PublishedTable:
    """One table; raises KeyError for a name that is not in the data file."""
    return tables()[name]


def figure(name: str, row: str | int, column: str) -> float:
    """One published figure: table, row, column. Raises LookupError where none was published."""
    return table(name).figure(str(row), column)
