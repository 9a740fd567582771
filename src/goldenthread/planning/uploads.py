"""Files as finance officers have them, made into what the readers read: CSV, and amounts in pounds.

A sheet of Excel becomes CSV cell by cell; amounts given in thousands are multiplied. What a reader refuses it
then refuses by the row and the column of the file that was given, for neither has moved.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from goldenthread.core.refusals import InvalidInput
from goldenthread.planning.enums import InputKind

# The columns of each kind that hold money, and the items of the block that are none.
MONEY: Final[dict[InputKind, tuple[str, ...]]] = {
    InputKind.PRICES: ("place", "top_up"),
    InputKind.BLOCK: ("amount",),
    InputKind.BUDGET: ("amount",),
}
NOT_MONEY: Final = {"inflation"}
ACTUALS: Final = ("amount", "pounds")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?\Z")
# More than any input has; a small file can be made to unfold into very much more.
MOST_UNFOLDED: Final = 200 * 1024 * 1024
MOST_ROWS: Final = 500_000


def as_csv(content: bytes, file_name: str) -> bytes:
    """The file as CSV: the first sheet of an Excel file, any other file as it is.

    Raises InvalidInput for a file that is named like Excel's and cannot be read, or is far too large.
    """
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unfolded = sum(part.file_size for part in parts.infolist())
        if unfolded > MOST_UNFOLDED:
            raise InvalidInput(
                "The Excel file is too large to open.", "Save the sheet as CSV and give that.", field="file"
            )
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(content))
            .get_sheet_by_index(0)
            .to_python(
                skip_empty_area=False  # else the rows told of would not be those of the sheet
            )
        )
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError):
        raise InvalidInput(
            f"{file_name} is not an Excel file that can be read.",
            "Save the sheet as CSV (UTF-8) and give that.",
            field="file",
        ) from None
    if len(rows) > MOST_ROWS:
        raise InvalidInput(f"The sheet has more than {MOST_ROWS:,} rows.", field="file")
    return _written([[_text(cell) for cell in row] for row in rows])


def in_pounds(content: bytes, columns: Iterable[str]) -> bytes:
    """A CSV file whose amounts are in thousands, with those of `columns` in pounds; the rest as it is."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"))))
    if not rows:
        return content
    header = [" ".join(cell.split()).lower() for cell in rows[0]]
    wanted = {at for at, name in enumerate(header) if name in set(columns)}
    item = header.index("item") if "item" in header else None
    for row in rows[1:]:
        if item is not None and item < len(row) and row[item].strip() in NOT_MONEY:
            continue
        for at in wanted.intersection(range(len(row))):
            row[at] = _times_thousand(row[at])
    return _written(rows)


def _times_thousand(text: str) -> str:
    """The amount in pounds; what is no number stays, for the reader to refuse."""
    bare = text.replace(",", "").replace("£", "").strip()
    return f"{Decimal(bare) * 1000:f}" if _NUMBER.match(bare) else text


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time().isoformat() == "00:00:00":
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
