"""A CSV file as rows of named cells; what is wrong is gathered with its place, then refused as a whole."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from goldenthread.core.refusals import InvalidInput

LARGEST: Final = 30 * 1024 * 1024  # bytes
SHOWN = 20
# How DfE writes a figure that it does not give. Source: DfE, explore education statistics, symbols.
NOT_GIVEN: Final = {
    "x": "not available",
    "z": "not applicable",
    "c": "suppressed, for so few",
    "k": "low",
    "u": "low reliability",
    ":": "not available",
    "..": "not available",
    "-": "nil or not given",
}
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)$")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell. `row` counts from 1, the header being row 1."""

    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{place[0].upper()}{place[1:]}: {self.message}"


class FileRefused(InvalidInput):
    """A file with wrong cells: nothing of it was stored. `problems` has them all."""

    def __init__(self, problems: list[CellProblem]) -> None:
        told = "; ".join(str(one) for one in problems[:SHOWN])
        more = f"; and {len(problems) - SHOWN:,} more" if len(problems) > SHOWN else ""
        many = "one wrong cell" if len(problems) == 1 else f"{len(problems):,} wrong cells"
        super().__init__(
            f"The file has {many}, so nothing was stored. {told}{more}.",
            "Mend the file and give it again.",
            field="file",
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found: how many rows, what they cover, and the rows as plain lists and dicts."""

    rows: int
    about: dict[str, Any]
    content: Any


@dataclass(slots=True)
class Table:
    """The rows of a file, and what was found wrong with them so far."""

    header: list[str]
    lines: list[tuple[int, dict[str, str]]]
    problems: list[CellProblem] = field(default_factory=list)

    def wrong(self, row: int, column: str, value: str, message: str) -> None:
        """Note a wrong cell."""
        self.problems.append(CellProblem(row, column, value, message))

    def finish(self) -> None:
        """Raise FileRefused if anything was wrong."""
        if self.problems:
            raise FileRefused(sorted(self.problems, key=lambda one: one.row))

    def number(
        self, row: int, column: str, cells: dict[str, str], *, least: float | None = 0.0, most: float = 1e12
    ) -> float | None:
        """A number from a cell; None, and a problem noted, where there is none or it cannot be right."""
        text = cells.get(column, "")
        plain = text.replace(",", "").replace("£", "").replace(" ", "").rstrip("%")
        if not plain:
            self.wrong(row, column, text, "the cell is empty; give a figure")
        elif plain.lower() in NOT_GIVEN:
            meaning = NOT_GIVEN[plain.lower()]
            self.wrong(
                row, column, text, f"“{text}” stands for a figure that is {meaning}; give the figure itself"
            )
        elif not _NUMBER.match(plain):
            self.wrong(row, column, text, f"“{text[:30]}” is not a number")
        elif least is not None and float(plain) < least:
            low = "cannot be negative" if least == 0 else f"cannot be under {least:g}"
            self.wrong(row, column, text, f"{text} {low}")
        elif float(plain) > most:
            self.wrong(row, column, text, f"{text} cannot be over {most:g}")
        else:
            return float(plain)
        return None

    def whole(self, row: int, column: str, cells: dict[str, str], *, least: int, most: int) -> int | None:
        """A whole number between two others, such as a year."""
        text = cells.get(column, "")
        if not text.isdecimal() or not least <= int(text) <= most:
            self.wrong(row, column, text, f"“{text[:30]}” is not a whole number from {least} to {most}")
            return None
        return int(text)

    def one_of(self, row: int, column: str, cells: dict[str, str], words: Iterable[str]) -> str | None:
        """One of some words."""
        text, allowed = cells.get(column, ""), list(words)
        if text not in allowed:
            self.wrong(row, column, text, f"“{text[:30]}” is not one of {', '.join(allowed)}")
            return None
        return text

    def financial_year(self, row: int, cells: dict[str, str], column: str = "financial_year") -> int | None:
        """The year in which a financial year such as 2024-25 begins."""
        text = cells.get(column, "")
        found = re.fullmatch(r"(20\d\d)[-/](\d\d)(\d\d)?", text)
        whole = int(found[1]) if found else 0
        ends = {f"{(whole + 1) % 100:02d}", str(whole + 1)}
        if found is None or found[2] + (found[3] or "") not in ends:
            self.wrong(row, column, text, f"“{text[:30]}” is not a financial year such as 2024-25")
            return None
        return whole

    def refuse_twice(self, row: int, key: object, seen: dict[Any, int], what: str) -> bool:
        """Note a second row for the same thing; whether it was one."""
        if key in seen:
            self.wrong(row, "", "", f"{what} stands here and in row {seen[key]}; keep one")
            return True
        seen[key] = row
        return False


def open_table(content: bytes, needed: Iterable[str]) -> Table:
    """The rows of a CSV file by column, names in small letters. Raises FileRefused for a file that is none,
    has no rows, lacks a column or has one twice."""
    text = _text(content)
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise FileRefused(
            [CellProblem(1, "", "", f"this is not a CSV file that can be read: {error}")]
        ) from None
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise FileRefused(
            [CellProblem(1, "", "", "the file is empty; give a CSV file with a row of headings")]
        )
    header = [" ".join(cell.split()).lower() for cell in lines[0]]
    problems = [
        CellProblem(1, name, "", f"the column {name} is missing; the file has {', '.join(header)[:200]}")
        for name in needed
        if name not in header
    ]
    problems += [
        CellProblem(1, name, name, f"the column {name} stands twice; keep one")
        for name in sorted({name for name in header if name and header.count(name) > 1})
    ]
    if problems:
        raise FileRefused(problems)
    rows = list(_rows(header, lines[1:]))
    if not rows:
        raise FileRefused([CellProblem(2, "", "", "the file has headings and no rows")])
    return Table(header, rows)


def _rows(header: list[str], lines: list[list[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            message = f"the row has {len(cells)} cells for {len(header)} headings"
            raise FileRefused([CellProblem(number, "", "", message)])
        yield number, dict(zip(header, [*cells, *[""] * len(header)], strict=False))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.startswith("PK"):
        problem = CellProblem(1, "", "", "this is not a CSV file; save the sheet as CSV and give that")
        raise FileRefused([problem])
    return text
