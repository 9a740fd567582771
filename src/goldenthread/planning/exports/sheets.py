"""A workbook with the same manners on every sheet: title, notes, tables, live formulas, print layout."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

HEADS, MONEY, AVERAGE, SHARE = "heads", "money", "average", "share"
_LINE = 15  # points a line of text takes
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#0b4f55"},
    "heading": {"bold": True, "font_size": 13, "font_color": "#0b4f55"},
    "head": {"bold": True, "bottom": 2, "text_wrap": True, "align": "right", "valign": "bottom"},
    "head_left": {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"},
    "text": {"text_wrap": True, "valign": "top"},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "bold": {"bold": True, "text_wrap": True, "valign": "top"},
    "note": {"italic": True, "text_wrap": True, "valign": "top"},
    "enter": {"bg_color": "#fff7cc", "border": 4, "text_wrap": True, "valign": "top"},
    HEADS: {"num_format": "#,##0", "valign": "top"},
    MONEY: {"num_format": "£#,##0;-£#,##0", "valign": "top"},
    AVERAGE: {"num_format": "#,##0.0", "valign": "top"},
    SHARE: {"num_format": "0%", "valign": "top"},
}
_LIVE, _TOTAL = {"bg_color": "#e8f3ea"}, {"bold": True, "top": 1}


@dataclass(frozen=True, slots=True)
class Live:
    """A formula and the value that it gives, kept beside it for readers that do not reckon."""

    formula: str
    value: float | str


Cell = str | int | float | Live | None


@dataclass(frozen=True, slots=True)
class Check:
    """Two ways to one figure. `left` and `right` are formulas; they may differ by less than `within`."""

    what: str
    left: Live
    right: Live
    within: float = 0.5


@dataclass(slots=True)
class Book:
    """The workbook, its formats, and the checks that its sheets ask for."""

    title: str
    on: date
    author: str
    checks: list[Check] = field(default_factory=list)
    _file: io.BytesIO = field(default_factory=io.BytesIO)
    _made: Any = None
    _formats: dict[tuple[str, bool, bool], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open it; its date is the forecast's, so that the same forecast gives the same file."""
        options = {"in_memory": True}
        self._made = xlsxwriter.Workbook(self._file, options)
        created = datetime(self.on.year, self.on.month, self.on.day)  # noqa: DTZ001 - a workbook has no zone
        self._made.set_properties({"title": self.title, "author": self.author, "created": created})
        self._made.set_calc_mode("auto")

    def sheet(self, name: str, title: str, label: int = 72, columns: Sequence[int] = ()) -> Sheet:
        """A new sheet with its title. `label` and `columns` are widths in letters; 13 where not given."""
        return Sheet(self, self._made.add_worksheet(name), name, title, (label, *columns))

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """A chart of Excel's own, to be put on a sheet."""
        return self._made.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))

    def format(self, name: str, *, live: bool = False, total: bool = False) -> Any:
        """A format by name; `live` colours a formula, `total` sets it off."""
        key = (name, live, total)
        if key not in self._formats:
            extra = (_LIVE if live else {}) | (_TOTAL if total else {})
            self._formats[key] = self._made.add_format(_FORMATS[name] | extra)
        return self._formats[key]

    def finish(self) -> bytes:
        """The file."""
        self._made.close()
        return self._file.getvalue()


@dataclass(slots=True)
class Sheet:
    """One sheet, written from the top down; `row` is the next free row, counted from nought."""

    book: Book
    made: Any
    name: str
    title: str
    widths: tuple[int, ...]
    row: int = 0

    def __post_init__(self) -> None:
        """Set widths and print layout, and write the title."""
        self.made.set_column(0, 40, 13)
        for at, letters in enumerate(self.widths):
            self.made.set_column(at, at, letters)
        self.made.set_landscape()
        self.made.set_paper(9)
        self.made.fit_to_pages(1, 0)
        self.made.hide_gridlines(2)
        self.made.set_footer(f"&L{self.book.title.replace('&', '&&')}&C&A&RPage &P of &N")
        self._line(self.title, "title")

    def heading(self, words: str) -> None:
        """A heading with a free row above it."""
        self.row += 1
        self._line(words, "heading")

    def note(self, words: str) -> None:
        """A sentence about what is on the sheet."""
        self._tall(words)
        self._line(words, "note")

    def text(self, words: str) -> None:
        """A paragraph."""
        self._tall(words)
        self._line(words, "text")

    def _tall(self, *words: Cell) -> None:
        """Make the row as tall as the longest of these words needs, column by column."""
        lines = 1
        for at, cell in enumerate(words):
            wide = self.widths[at] if at < len(self.widths) else 13
            lines = max(lines, -(-len(cell) // (wide + 1)) if isinstance(cell, str) else 1)
        if lines > 1:
            self.made.set_row(self.row, _LINE * lines)

    def _line(self, words: str, kind: str) -> None:
        self.made.write_string(self.row, 0, words, self._words(kind, words))
        self.row += 1

    def _words(self, kind: str, words: str) -> Any:
        risky = words.lstrip(" ")[:1] in set("=+-@") and kind == "text"
        return self.book.format("quoted" if risky else kind)

    def space(self, rows: int = 1) -> None:
        """Leave rows free."""
        self.row += rows

    def head(self, first: str, columns: Sequence[str], *, words: int = 0) -> None:
        """The header row of a table, of which the first `words` columns hold words, the others figures."""
        self._tall(first, *columns)
        self.made.write_string(self.row, 0, first, self.book.format("head_left"))
        for at, name in enumerate(columns, start=1):
            layout = self.book.format("head_left" if at <= words else "head")
            self.made.write_string(self.row, at, name, layout)
        self.row += 1

    def cells(self, label: str, cells: Iterable[Cell], kind: str = HEADS, *, total: bool = False) -> int:
        """One row of a table: its label and its cells; None leaves one free. Gives back the row's number."""
        at, cells = self.row, list(cells)
        self._tall(label, *cells)
        self.made.write_string(
            at, 0, label, self.book.format("bold") if total else self._words("text", label)
        )
        for column, cell in enumerate(cells, start=1):
            self._cell(at, column, cell, kind, total=total)
        self.row += 1
        return at

    def _cell(self, row: int, column: int, cell: Cell, kind: str, *, total: bool) -> None:
        if cell is None:
            return
        if isinstance(cell, Live):
            layout = self.book.format(kind, live=True, total=total)
            self.made.write_formula(row, column, cell.formula, layout, cell.value)
        elif isinstance(cell, str):
            self.made.write_string(row, column, cell, self._words("text", cell))
        else:
            self.made.write_number(row, column, cell, self.book.format(kind, total=total))

    def sums(self, label: str, first: int, values: Sequence[float], kind: str = HEADS) -> int:
        """A row of totals over the rows from `first` to the one above, live. Gives back its row's number."""
        last = self.row - 1
        cells = [
            Live(f"=SUM({_local(first, at)}:{_local(last, at)})", value)
            for at, value in enumerate(values, start=1)
        ]
        return self.cells(label, cells, kind, total=True)

    def to_enter(self, label: str, columns: int, *, lines: int = 1) -> int:
        """A row that the council fills in."""
        at = self.row
        self.made.set_row(at, _LINE * lines)
        self.made.write_string(at, 0, label, self.book.format("text"))
        for column in range(1, columns + 1):
            self.made.write_blank(at, column, None, self.book.format("enter"))
        self.row += 1
        return at

    def at(self, row: int, column: int) -> str:
        """The address of a cell, with the sheet's name, for a formula on any sheet."""
        return f"'{self.name}'!{_local(row, column)}"

    def span(self, row: int, first: int, last: int) -> list[Any]:
        """A stretch of a row, as charts take it."""
        return [self.name, row, first, row, last]

    def show(self, chart: Any, words: str, *, row: int, column: int = 0) -> None:
        """Put a chart on the sheet with words for those who do not see it."""
        chart.set_size({"width": 760, "height": 400})
        self.made.insert_chart(row, column, chart, {"description": words, "object_position": 2})

    def freeze(self, columns: int = 1) -> None:
        """Keep the labels in sight."""
        self.made.freeze_panes(1, columns)


def _local(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))
