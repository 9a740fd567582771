"""Rows of DfE's tables: what is read, and what is refused with its cell."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from goldenthread.forecast.published import PublishedError, read_table
from goldenthread.forecast.published.tables import CASELOAD, OLD_CASELOAD, REQUESTS
from tests.forecast.published.made_up import line, write


@pytest.mark.parametrize("symbol", ["x", "z", "c", "", " x ", "low", ":", "X"])
def test_a_symbol_is_missing_and_never_nought(tmp_path: Path, symbol: str) -> None:
    path = write(tmp_path, REQUESTS, [line(REQUESTS, requests_received_in_year=symbol)])
    (row,) = read_table(path, REQUESTS)
    assert math.isnan(row.values["requests"])
    assert row.values["refused"] == 10.0


def test_a_part_that_is_missing_makes_the_sum_missing(tmp_path: Path) -> None:
    path = write(tmp_path, CASELOAD, [line(CASELOAD, mainstream_academy_senunit="x")])
    (row,) = read_table(path, CASELOAD)
    assert math.isnan(row.values["RPSEN"])
    assert row.values["MmSoA"] == 30.0
    assert row.values["NMISS"] == 30.0  # with mainstream independent schools, as DfE groups them


@pytest.mark.parametrize(("period", "year"), [("202324", 2024), ("199900", 2000), ("2023", 2023)])
def test_an_academic_year_is_its_january(tmp_path: Path, period: str, year: int) -> None:
    (row,) = read_table(write(tmp_path, CASELOAD, [line(CASELOAD, period=period)]), CASELOAD)
    assert row.year == year


def test_codes_are_found_in_either_column(tmp_path: Path) -> None:
    swapped = line(CASELOAD, old_la_code="E06000901", new_la_code="901")
    (row,) = read_table(write(tmp_path, CASELOAD, [swapped]), CASELOAD)
    assert (row.code, row.ons_code) == ("901", "E06000901")


def test_special_schools_are_added_up_where_a_release_splits_them(tmp_path: Path) -> None:
    split = line(CASELOAD)
    del split["special_academy_free"]
    split |= {"special_academy": "7", "special_free_school": "5"}
    (row,) = read_table(write(tmp_path, CASELOAD, [split]), CASELOAD)
    assert row.values["MdSSA"] == 22.0


def test_rows_about_some_are_left_out_when_all_are_asked_for(tmp_path: Path) -> None:
    some = line(CASELOAD, breakdown_topic="Sex", breakdown="Female", ehcplans="not a number")
    path = write(tmp_path, CASELOAD, [line(CASELOAD), some])
    assert len(list(read_table(path, CASELOAD, whole=True))) == 1
    with pytest.raises(PublishedError, match="not a number"):
        list(read_table(path, CASELOAD))


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"ehcplans": "1,000"}, "ehcplans", "not a number"),
        ({"ehcplans": "nan"}, "ehcplans", "not a number"),
        ({"ehcplans": "-4"}, "ehcplans", "below nought"),
        ({"time_period": "202325"}, "time_period", "not a year"),
        ({"time_period": "1066"}, "time_period", "no plans of this year"),
        ({"old_la_code": "93"}, "old_la_code", "not a local authority's code"),
        ({"geographic_level": "Ward"}, "geographic_level", "level is not known"),
    ],
)
def test_a_cell_that_cannot_be_right_is_named(
    tmp_path: Path, changes: dict[str, str], column: str, words: str
) -> None:
    path = write(tmp_path, CASELOAD, [line(CASELOAD, "902"), line(CASELOAD, **changes)])
    with pytest.raises(PublishedError, match=words) as refused:
        list(read_table(path, CASELOAD))
    error = refused.value
    assert (error.file, error.row, error.column, error.value) == (path, 3, column, changes[column])
    assert error.mend
    assert f"caseload.csv, row 3, column {column}" in str(error)


def test_a_year_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    path = write(tmp_path, OLD_CASELOAD, [line(OLD_CASELOAD), line(OLD_CASELOAD, "902"), line(OLD_CASELOAD)])
    with pytest.raises(PublishedError, match="second time; it is in row 2 too") as refused:
        list(read_table(path, OLD_CASELOAD))
    assert refused.value.row == 4


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    row = line(CASELOAD)
    del row["fe_total"]
    with pytest.raises(PublishedError, match="column fe_total is missing"):
        list(read_table(write(tmp_path, CASELOAD, [row]), CASELOAD))
    del row["time_period"]
    with pytest.raises(PublishedError, match="column time_period is missing"):
        list(read_table(write(tmp_path, CASELOAD, [row]), CASELOAD))


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, REQUESTS, [line(REQUESTS)])
    path.write_text(path.read_text(encoding="utf-8") + "2023,Local authority\n", encoding="utf-8")
    with pytest.raises(PublishedError, match=r"row 3.*2 cells"):
        list(read_table(path, REQUESTS))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    path.write_bytes(b"time_period,caf\xe9\n")
    with pytest.raises(PublishedError, match="not a CSV file in UTF-8"):
        list(read_table(path, REQUESTS))
