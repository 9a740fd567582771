"""Tables as CSV and Excel files, safe to open in a spreadsheet.

A cell that begins like a formula would be run by the program that opens the file. In CSV it gets a
leading apostrophe; in Excel it is stored as text with the same mark, and the value is unchanged.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from goldenthread.core.ui.tables import Column, Row, cell_kind, cell_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
# The last four are the wide forms that a spreadsheet may fold into the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MAX_EXCEL_TEXT = 32_767


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run this text."""
    return text.lstrip(" ").startswith(_FORMULA)


def guard(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet might run it."""
    return f"'{text}" if begins_like_formula(text) else text


def csv_response(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> StreamingHttpResponse:
    """Stream the rows as `name`.csv (UTF-8 with a mark that Excel knows, ISO dates).

    Raises ValueError unless `name` is small letters, digits and hyphens.
    """
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_checked(name)}.csv"'
    return response


def xlsx_response(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> FileResponse:
    """Send the rows as `name`.xlsx, written row by row so that memory stays small.

    Raises ValueError unless `name` is small letters, digits and hyphens.
    """
    _checked(name)
    # FileResponse closes the file, which removes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        _write_book(file, columns, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _checked(name: str) -> str:
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no file name: use small letters, digits and hyphens.")
    return name


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([guard(column.label) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(row.cells.get(column.key)) for column in columns])


def _csv_cell(cell: Any) -> str:
    value = _plain(cell)
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(cell: Any) -> Any:
    """A cell as the value that a file holds: numbers and days as themselves, the rest as text."""
    kind = cell_kind(cell)
    if kind == "number":
        return cell
    if kind == "date":
        aware = isinstance(cell, datetime) and timezone.is_aware(cell)
        return timezone.localtime(cell).replace(tzinfo=None) if aware else cell
    return cell_text(cell)


def _write_book(file: Any, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "d mmm yyyy"}),
            "time": book.add_format({"num_format": "d mmm yyyy hh:mm"}),
            "quoted": book.add_format({"quote_prefix": True}),
        }
        sheet = book.add_worksheet()
        for at, column in enumerate(columns):
            sheet.set_column(at, at, max(12, min(40, len(column.label) + 4)))
            sheet.write_string(0, at, column.label, styles["head"])
        sheet.freeze_panes(1, 1)
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                _write_cell(sheet, last, at, _plain(row.cells.get(column.key)), styles)
        sheet.autofilter(0, 0, last, max(0, len(columns) - 1))


def _write_cell(sheet: Any, row: int, at: int, value: Any, styles: dict[str, Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value, styles["time"])
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), styles["day"])  # noqa: DTZ001
    elif isinstance(value, str):
        text = value[:_MAX_EXCEL_TEXT]
        sheet.write_string(row, at, text, styles["quoted"] if begins_like_formula(text) else None)
    else:
        sheet.write_number(row, at, value)
