"""The register's CSV as rows of values, each with what is wrong with it.

Takes the columns of GIAS's `edubasealldata` in any order, and the same words in snake_case; UTF-8 or
Windows-1252, whichever the file is.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from goldenthread.core.refusals import InvalidInput
from goldenthread.people.normal import stored_postcode
from goldenthread.statute.identifiers import InvalidIdentifier, check_postcode, check_ukprn, check_urn

_BLOCK = 1 << 20
MOST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one row: the line of the file, the column as headed, and how to mend it."""

    line: int
    column: str
    message: str
    left_out: bool = False


@dataclass(slots=True)
class SettingRow:
    """One row: `values` by the fields of a setting, everything else in `extra` as received."""

    line: int
    urn: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the row can be stored; otherwise a problem says why not."""
        return not any(problem.left_out for problem in self.problems)


class _WrongValueError(ValueError):
    """A value that cannot be read; the message says how to mend it."""


def _text(length: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > length:
            raise _WrongValueError(
                f"This is longer than {length} characters. The first {length} can be entered by hand."
            )
        return text

    return read


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise _WrongValueError("This must be a whole number.")
    return int(text)


def _day(text: str) -> date:
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            # A day has no time zone.
            return datetime.strptime(text[:10], pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise _WrongValueError("This must be a date such as 31-08-2024.")


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return check(text)
        except InvalidIdentifier as error:
            raise _WrongValueError(str(error)) from error

    return read


def _postcode(text: str) -> str:
    return stored_postcode(_checked(check_postcode)(text))


@dataclass(frozen=True, slots=True)
class _Column:
    field: str
    read: Callable[[str], Any]
    headings: tuple[str, ...]


COLUMNS = (
    _Column("urn", _checked(check_urn), ("urn",)),
    _Column("ukprn", _checked(check_ukprn), ("ukprn",)),
    _Column("name", _text(200), ("establishmentname",)),
    _Column("type_name", _text(100), ("typeofestablishmentname", "typeofestablishment")),
    _Column("phase", _text(60), ("phaseofeducationname", "phaseofeducation")),
    _Column("status", _text(40), ("establishmentstatusname", "establishmentstatus")),
    _Column("la_code", _text(3), ("lacode", "localauthoritycode")),
    _Column("la_name", _text(80), ("laname", "localauthorityname")),
    _Column("low_age", _number, ("statutorylowage", "statutorylowestage")),
    _Column("high_age", _number, ("statutoryhighage", "statutoryhighestage")),
    _Column("street", _text(150), ("street",)),
    _Column("town", _text(80), ("town",)),
    _Column("postcode", _postcode, ("postcode",)),
    _Column("capacity", _number, ("schoolcapacity",)),
    _Column("opened_on", _day, ("opendate",)),
    _Column("closed_on", _day, ("closedate",)),
    _Column("provision", _text(100), ("typeofresourcedprovisionname", "typeofresourcedprovision")),
)
_BY_HEADING = {heading: column for column in COLUMNS for heading in column.headings}
NEEDED = {"urn": "URN", "name": "EstablishmentName"}


def read_settings(file: IO[bytes]) -> Iterator[SettingRow]:
    """Each row of the file, one at a time. Raises InvalidInput for a file that is not the register."""
    text = io.TextIOWrapper(file, encoding=_encoding(file), newline="")
    try:
        yield from _rows(text)
    finally:
        text.detach()


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 if the whole file is, else Windows-1252, in which GIAS writes its download."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    found = "utf-8-sig"
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = "cp1252"
    file.seek(0)
    return found


def _rows(text: IO[str]) -> Iterator[SettingRow]:
    reader = csv.reader(text)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        columns = [_BY_HEADING.get(re.sub(r"[^a-z]", "", heading.lower())) for heading in headings]
        _check_headings(headings, columns)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, headings, columns, cells)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            "The file has bytes that are neither UTF-8 nor Windows-1252 text.",
            "Download it again from Get Information about Schools.",
            "file",
        ) from error
    except csv.Error as error:
        raise InvalidInput(
            f"Line {reader.line_num} cannot be read as CSV.",
            "It may have been cut off, or a quotation mark is never closed. Download the file again.",
            "file",
        ) from error


def _check_headings(headings: list[str], columns: list[_Column | None]) -> None:
    found = {column.field for column in columns if column}
    missing = [label for name, label in NEEDED.items() if name not in found]
    if missing:
        raise InvalidInput(
            f"The file has no column {' and no column '.join(missing)}.",
            "Use “All establishment data” (edubasealldata) of Get Information about Schools, as CSV.",
            "file",
        )
    twice = {column.field for column in columns if column and sum(other is column for other in columns) > 1}
    if twice:
        names = ", ".join(
            heading
            for heading, column in zip(headings, columns, strict=True)
            if column and column.field in twice
        )
        raise InvalidInput(f"These columns mean the same: {names}.", "Leave only one of them.", "file")


def _row(line: int, headings: list[str], columns: list[_Column | None], cells: list[str]) -> SettingRow:
    row = SettingRow(line)
    if len(cells) != len(headings):
        words = "more" if len(cells) > len(headings) else "fewer"
        text = f"The row has {words} cells than there are columns. Check for a comma outside quotation marks."
        row.problems.append(Problem(line, "", text, left_out=True))
    for heading, column, cell in zip(headings, columns, cells, strict=False):
        text = cell.strip()
        if column is None:
            if text:
                row.extra[heading] = text
        else:
            _take(row, column, heading, text)
    for name, label in NEEDED.items():
        if row.usable and not row.values.get(name):
            row.problems.append(Problem(line, label, f"There is no usable {label}.", left_out=True))
    row.urn = row.values.pop("urn", "") or ""
    return row


def _take(row: SettingRow, column: _Column, heading: str, text: str) -> None:
    if not text:
        row.values[column.field] = None
        return
    try:
        row.values[column.field] = column.read(text)
    except _WrongValueError as wrong:
        row.problems.append(Problem(row.line, heading, str(wrong), left_out=column.field in NEEDED))
        # Nothing is lost: what could not be read is kept as it came.
        row.extra[heading] = text
