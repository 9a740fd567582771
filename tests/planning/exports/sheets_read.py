"""A workbook read again: its values, and its formulas reckoned by our own small reckoner."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

from lxml import etree
from python_calamine import CalamineWorkbook

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_CELL = r"\$?([A-Z]{1,3})\$?(\d+)"


def values(made: bytes, sheet: str) -> list[list[Any]]:
    """The kept values of a sheet, row by row."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def row(made: bytes, sheet: str, label: str, *, after: str = "") -> list[Any]:
    """The cells after a label; of several rows the first below the row that begins with `after`."""
    reached = not after
    for cells in values(made, sheet):
        reached = reached or str(cells[0]) == after
        if reached and cells[0] == label:
            return list(cells[1:])
    raise AssertionError(f"{sheet} has no row {label!r}")


class Reckoner:
    """Reckons SUM, IF, ABS, COUNTIF, + - * / and links between sheets afresh, from the constants alone."""

    def __init__(self, made: bytes) -> None:
        """Read every formula and constant of the file."""
        self.formulas: dict[tuple[str, str], str] = {}
        self.kept: dict[tuple[str, str], Any] = {}
        names = CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            words = etree.fromstring(parts.read("xl/sharedStrings.xml")).findall("m:si", _NS)
            texts = ["".join(word.itertext()) for word in words]
            for at, name in enumerate(names, start=1):
                self._read(name, etree.fromstring(parts.read(f"xl/worksheets/sheet{at}.xml")), texts)
        self.value = cache(self._value)

    def _read(self, name: str, sheet: etree._Element, texts: list[str]) -> None:
        for cell in sheet.iterfind(".//m:c", _NS):
            formula, value = cell.find("m:f", _NS), cell.findtext("m:v", None, _NS)
            key = name, cell.get("r")
            if formula is not None:
                self.formulas[key] = formula.text
            if value is not None:
                kind = cell.get("t")
                self.kept[key] = (
                    texts[int(value)] if kind == "s" else value if kind == "str" else float(value)
                )

    def _value(self, sheet: str, cell: str) -> Any:
        formula = self.formulas.get((sheet, cell))
        return self.kept.get((sheet, cell), 0.0) if formula is None else self._reckon(sheet, formula)

    def _reckon(self, sheet: str, formula: str) -> Any:
        pattern = rf"\"[^\"]*\"|(?:'([^']+)'!)?{_CELL}(?::{_CELL})?"
        code = re.sub(pattern, lambda match: self._name(sheet, match), formula)
        code = re.sub(r"(?<![<>=])=(?!=)", "==", code).replace("&", "+STR+")
        return eval(code, {"SUM": sum, "ABS": abs, "IF": _if, "COUNTIF": _countif, "STR": _Joined(),
                           "v": self.value, "span": self._span})  # fmt: skip

    def _name(self, sheet: str, match: re.Match[str]) -> str:
        if match[0].startswith('"'):
            return match[0]
        there = match[1] or sheet
        if match[4]:
            return f"span({there!r},{match[2]!r},{match[3]},{match[4]!r},{match[5]})"
        return f"v({there!r},{match[2] + match[3]!r})"

    def _span(self, sheet: str, left: str, top: int, right: str, bottom: int) -> list[Any]:
        columns = range(_number(left), _number(right) + 1)
        cells = [_letters(at) + str(line) for line in range(top, bottom + 1) for at in columns]
        return [self.value(sheet, cell) for cell in cells]


class _Joined:
    """`a & b` as `a + STR + b`: joins as text."""

    def __radd__(self, left: Any) -> _Left:
        return _Left(left)


class _Left:
    def __init__(self, left: Any) -> None:
        self.left = left

    def __add__(self, right: Any) -> str:
        shown = int(self.left) if isinstance(self.left, float) else self.left
        return f"{shown}{right}"


def _if(test: bool, yes: Any, no: Any) -> Any:
    return yes if test else no


def _countif(cells: list[Any], wanted: str) -> int:
    return sum(cell == wanted for cell in cells)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
