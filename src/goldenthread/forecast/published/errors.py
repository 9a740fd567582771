"""What is refused of a published table."""

from __future__ import annotations

from pathlib import Path

from goldenthread.forecast.errors import ForecastError


class PublishedError(ForecastError):
    """A table that cannot be right: file, row and column as a spreadsheet has them, value, way out.

    `row` is None where the whole file is meant, `column` is "" where the whole row is.
    """

    def __init__(self, why: str, mend: str, *, file: Path, row: int | None = None, column: str = "",
                 value: str = "") -> None:  # fmt: skip
        where = ", ".join(
            part
            for part in (file.name, f"row {row}" if row else "", f"column {column}" if column else "")
            if part
        )
        found = f" (found “{value}”)" if value else ""
        super().__init__(f"{where}: {why}{found}. {mend}")
        self.file, self.row, self.column, self.value, self.mend = file, row, column, value, mend
