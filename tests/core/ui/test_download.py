"""CSV and Excel: the same data, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.download import csv_response, guard, xlsx_response
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import Tag

COLUMNS = (
    Column("name", "Name"),
    Column("n", "Number", numeric=True),
    Column("day", "Day"),
    Column("tag", "Tag"),
)
DANGERS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "=1", "@x"]


def csv_rows(rows: list[Row]) -> list[list[str]]:
    body = b"".join(csv_response("list", COLUMNS, rows)).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(body, newline="")))


def excel_rows(rows: list[Row]) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(excel_file(rows)))
    return book.get_sheet_by_index(0).to_python()


def excel_file(rows: list[Row]) -> bytes:
    response = xlsx_response("list", COLUMNS, rows)
    with response.file_to_stream:
        return b"".join(response)  # type: ignore[arg-type]


@given(st.one_of(st.sampled_from(DANGERS), st.text()))
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    cell = csv_rows([Row({"name": text})])[1][0]
    assert not cell.lstrip(" ").startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    )
    assert cell in {text, f"'{text}"}


def test_ordinary_words_and_numbers_are_left_alone() -> None:
    row = Row({"name": Link("O’Example-Sample", "/x"), "n": -3, "day": date(2024, 3, 5), "tag": Tag("New")})
    assert csv_rows([row])[1] == ["O’Example-Sample", "-3", "2024-03-05", "New"]
    assert guard("a=b") == "a=b"


@pytest.mark.parametrize("danger", DANGERS)
def test_excel_holds_dangerous_words_as_quoted_words(danger: str) -> None:
    book = zipfile.ZipFile(io.BytesIO(excel_file([Row({"name": danger})])))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert b'quotePrefix="1"' in book.read("xl/styles.xml")
    (cell, *_) = excel_rows([Row({"name": danger})])[1]
    assert isinstance(cell, str)
    assert cell.split() == danger.split()


def test_excel_holds_numbers_and_days_as_themselves() -> None:
    moment = datetime(2024, 7, 1, 11, 30, tzinfo=UTC)
    rows = excel_rows(
        [Row({"name": "Wren", "n": 12, "day": date(2024, 3, 5)}), Row({"name": "Rowan", "day": moment})]
    )
    assert rows[0] == ["Name", "Number", "Day", "Tag"]
    assert rows[1][:3] == ["Wren", 12.0, date(2024, 3, 5)]
    assert rows[2][2] == datetime(2024, 7, 1, 12, 30)


def test_an_empty_list_still_has_its_headings() -> None:
    assert csv_rows([]) == [["Name", "Number", "Day", "Tag"]]
    assert excel_rows([]) == [["Name", "Number", "Day", "Tag"]]


@pytest.mark.parametrize("name", ["", "Wren Sample", "../x", 'a"b', "a\nb"])
def test_file_names_are_plain(name: str) -> None:
    with pytest.raises(ValueError, match="is no file name"):
        csv_response(name, COLUMNS, [])
    with pytest.raises(ValueError, match="is no file name"):
        xlsx_response(name, COLUMNS, [])
