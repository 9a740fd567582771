"""A CSV or Excel file as headings and rows of text; which encoding it was in is recognised and told."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.download import begins_like_formula
from goldenthread.localoffer.sheet.columns import BY_KEY, REPORT_KEYS, Column, heading_key

LARGEST: Final = 60 * 1024 * 1024  # bytes
MOST_UNFOLDED: Final = 600 * 1024 * 1024  # bytes; a small file can be made to unfold into very much more
MOST_ROWS: Final = 60_000
_SAVE = "Save the sheet as CSV (UTF-8) and give that."
_ZIP: Final = b"PK\x03\x04"


@dataclass(slots=True)
class Sheet:
    """A file: its headings as given, the column of each (None: unknown or only told), and its rows.

    The number of a row is that of the spreadsheet: the headings are row 1.
    """

    read_as: str
    headings: list[str]
    columns: list[Column | None]
    rows: list[tuple[int, list[str]]]
    unknown: list[str] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def cells(self, row: Sequence[str]) -> dict[Column, str]:
        """The cells of a row that are read, by column."""
        pairs = zip(self.columns, row, strict=False)
        return {column: text for column, text in pairs if column is not None and column.read is not None}


def read_sheet(content: bytes, file_name: str) -> Sheet:
    """Read a file. Raises InvalidInput, saying what is wrong and how to mend it, for one that cannot be."""
    read_as, lines = raw_rows(content, file_name)
    headings = next(lines, [])
    if not any(headings):
        raise _refusal("The file is empty.", "Give a file with a row of headings, as in the download.")
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            raise _refusal(f"The file has more than {MOST_ROWS:,} rows.", "Give it as several files.")
        rows.append((number, cells))
    return _sheet(read_as, headings, rows)


def raw_rows(content: bytes, file_name: str) -> tuple[str, Iterator[list[str]]]:
    """How a file was read, and its rows of text. Raises InvalidInput, also while the rows are read."""
    if len(content) > LARGEST:
        raise _refusal(f"The file is larger than {LARGEST // 1024**2} MB.", "Give it as several files.")
    if content.startswith(_ZIP):
        return "Excel", _excel(content, file_name)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refusal(f"{file_name} is an old kind of Excel file.", "Save it as .xlsx or CSV and give that.")
    read_as, text = decoded(content)
    return read_as, _csv(text)


def _refusal(message: str, mend: str) -> InvalidInput:
    return InvalidInput(message, mend, field="file")


def _sheet(read_as: str, headings: list[str], rows: list[tuple[int, list[str]]]) -> Sheet:
    keys = [heading_key(one) for one in headings]
    columns = [BY_KEY.get(key) for key in keys]
    twice = {one.label for one in columns if one and columns.count(one) > 1}
    if twice:
        raise _refusal(f"The column {', '.join(sorted(twice))} stands twice.", "Leave only one of them.")
    found = Sheet(read_as, headings, columns, rows)
    for heading, key, column in zip(headings, keys, columns, strict=True):
        if column is None and key not in REPORT_KEYS and heading:
            found.unknown.append(heading[:100])
        elif column is not None and column.read is None:
            found.not_read.append(column.label)
    known = {one.label for one in columns if one}
    if not known & {"Key", "Name"}:
        raise _refusal(
            "The file has no column Name and no column Key, so no row says which service it is of.",
            "Download the entries as a file to see how the columns are headed.",
        )
    if not rows:
        raise _refusal("The file has headings and no rows.", "Give a file with a row for each service.")
    found.lacking = [one.label for one in BY_KEY.values() if one.read and one.label not in known]
    return found


def decoded(content: bytes) -> tuple[str, str]:
    """Which encoding the bytes are in, and the text: UTF-8 with or without its mark, UTF-16 with its mark, or
    Windows-1252. Raises InvalidInput for bytes that are none of these."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        names: tuple[tuple[str, str], ...] = (("UTF-16", "utf-16"),)
    else:
        marked = content.startswith(b"\xef\xbb\xbf")
        names = (("UTF-8 with a mark" if marked else "UTF-8", "utf-8-sig"), ("Windows-1252", "cp1252"))
    for label, codec in names:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise _refusal("This is no CSV file.", _SAVE)
        return label, text
    raise _refusal("The file is neither in UTF-8 nor in Windows-1252, nor is it Excel.", _SAVE)


def _csv(text: str) -> Iterator[list[str]]:
    first = text[: text.find("\n") + 1] or text
    delimiter = max(",;\t", key=first.count)
    # A description of five megabytes is told of with its row, not the whole file refused for it.
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield [unguarded(cell.strip()) for cell in row]
    except csv.Error as error:
        raise _refusal(
            f"The file cannot be read as CSV after line {reader.line_num}: {error}.",
            "Look there for a quotation mark that is not closed, or save the sheet as CSV again.",
        ) from None


def unguarded(text: str) -> str:
    """The text without the apostrophe that our downloads put before what a spreadsheet would run."""
    return text[1:] if text[:1] == "'" and begins_like_formula(text[1:]) else text


def _excel(content: bytes, file_name: str) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNFOLDED:
                raise _refusal("The Excel file is too large to open.", _SAVE)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        # Not skipped: else the rows told of would not be those of the sheet.
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, IndexError):
        raise _refusal(f"{file_name} is no Excel file that can be read.", _SAVE) from None
    for row in rows:
        yield [unguarded(_text(cell)) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    # Excel writes a line end within a cell, and control characters, in ways of its own.
    return re.sub(r"_x000D_|\r", "", str(cell)).strip()
