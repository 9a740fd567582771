"""Single cells of a published table: numbers with DfE's symbols, years, local authority codes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goldenthread.forecast.published.errors import PublishedError

# Not available, not applicable, suppressed, rounded away, or simply empty: never nought.
# Source: DfE, explore education statistics, symbols; “-” and “..” are those of the interactive tool.
MISSING: Final = frozenset({"", "x", "z", "c", "k", "u", "low", ":", "-", ".."})
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_OLD_CODE: Final = re.compile(r"\d{3}")
_NEW_CODE: Final = re.compile(r"E\d{8}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number as a spreadsheet counts it, and its cells by column."""

    file: Path
    row: int
    cells: dict[str, str]

    def refused(self, column: str, why: str, mend: str) -> PublishedError:
        """Return the refusal of one cell."""
        return PublishedError(
            why, mend, file=self.file, row=self.row, column=column, value=self.cells.get(column, "")
        )


def number(line: Line, column: str) -> float:
    """Return a count or a percentage, NaN if missing. Raises PublishedError: no number, or below nought."""
    text = line.cells[column].strip()
    if text.lower() in MISSING:
        return math.nan
    if not _NUMBER.fullmatch(text):
        raise line.refused(
            column, "this is not a number", "Write digits alone, or “x” where it is not known."
        )
    value = float(text)
    if value < 0:
        raise line.refused(column, "a number of children cannot be below nought", "Write the number, or “x”.")
    return value


def census_year(line: Line) -> int:
    """Return the January of an academic year such as 202324 (2024), or of a year such as 2022."""
    text = line.cells["time_period"].strip()
    if re.fullmatch(r"\d{6}", text) and (int(text[:4]) + 1) % 100 == int(text[4:]):
        return _checked_year(line, int(text[:4]) + 1)
    if re.fullmatch(r"\d{4}", text):
        return _checked_year(line, int(text))
    raise line.refused("time_period", "this is not a year", "Write 202324 for 2023/24, or 2023.")


def _checked_year(line: Line, year: int) -> int:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise line.refused(
            "time_period", "there are no plans of this year", "Write 202324 for 2023/24, or 2023."
        )
    return year


def authority(line: Line) -> tuple[str, str]:
    """Return DfE's three-figure code and the ONS code, in whichever of the two columns each stands.

    The releases of 2022 and later have the two columns in different order, and copies are about with their
    values changed round. Raises PublishedError if neither column has a three-figure code.
    """
    first, second = line.cells["old_la_code"].strip(), line.cells["new_la_code"].strip()
    if _NEW_CODE.fullmatch(first) and _OLD_CODE.fullmatch(second):
        first, second = second, first
    if not _OLD_CODE.fullmatch(first):
        raise line.refused(
            "old_la_code", "this is not a local authority's code", "Write three figures, such as 937."
        )
    return first, second
