"""Every typed figure equals the published one, where the published files are at hand."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from goldenthread.demo import published

DFE = Path(__file__).parents[2].parent / "shared" / "data" / "dfe"
needs_files = pytest.mark.skipif(
    not DFE.exists(), reason="the published DfE files are not beside this checkout (../shared/data/dfe)"
)


@cache
def published_rows(file: str) -> list[dict[str, str]]:
    with (DFE / file).open(encoding="utf-8-sig", newline="") as handle:
        # One edition of sen2_mi.csv carries the old and the new LA code in each other's column.
        return [
            row
            for row in csv.DictReader(handle)
            if published.LA_CODE in (row["old_la_code"], row["new_la_code"])
        ]


def published_value(table: published.PublishedTable, row: str, column: str) -> str:
    period = row if table.row_is == "period" else table.period
    for candidate in published_rows(table.file):
        if candidate["time_period"] != period:
            continue
        if table.value:
            if candidate["characteristic_age"] == column:
                return candidate[table.value]
        elif table.topic and candidate["breakdown_topic"] != table.topic:
            continue
        elif table.row_is == "period" or candidate[table.row_is] == row:
            return candidate[column]
    raise AssertionError(f"{table.name}: nothing published for {row}, {column}")


@needs_files
@pytest.mark.parametrize("name", sorted(published.tables()))
def test_typed_figures_equal_the_published_ones(name: str) -> None:
    table = published.table(name)
    for row, cells in table.rows.items():
        for column, typed in zip(table.columns, cells, strict=True):
            found = published_value(table, row, column)
            if typed == published.NOT_PUBLISHED:
                assert found in ("x", "z"), (row, column)
            else:
                assert float(found) == typed, (row, column)


def test_a_figure_that_was_not_published_is_refused() -> None:
    with pytest.raises(LookupError, match="not published"):
        published.figure("requests", 2019, "requests_withdrawn")


def test_totals_add_up_where_they_should() -> None:
    ages = published.table("caseload_age").column("ehcplans")
    assert sum(ages.values()) == published.figure("caseload", "202324", "ehcplans")
    assert published.figure("requests", 2023, "requests_received_in_year") == sum(
        published.figure("requests", 2023, column)
        for column in (
            "requests_decided_to_assess",
            "requests_decided_not_to_assess",
            "requests_decision_not_made",
            "requests_withdrawn",
        )
    )
