"""The CSV files, read again."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest

from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports.counts import BY_AGE, BY_NEED
from goldenthread.planning.exports.material import Material
from goldenthread.planning.exports.tables import FILES, csv_file, csv_zip
from tests.factories.planning import HORIZON, material


def read(made: Material, name: str) -> list[dict[str, str]]:
    """The rows of a file."""
    return list(csv.DictReader(io.StringIO(csv_file(made, name).decode("utf-8-sig"))))


def test_counts_have_every_row_of_the_form_in_every_year() -> None:
    made = material()
    rows = read(made, "dsg_counts")

    # 7 tabs of 6 + 14 rows, less three ages of one; six censuses, two scenarios.
    assert len(rows) == (7 * 20 - 3) * 6 * 2
    assert {row["sheet_title"] for row in rows} == set(CATEGORIES.values())
    assert {(row["census_year"], row["kind"]) for row in rows if row["kind"] == "actual"} == {
        ("2023", "actual"), ("2024", "actual"),
    }  # fmt: skip


def test_counts_add_up_to_their_totals() -> None:
    sums: dict[tuple[str, ...], int] = {}
    totals: dict[tuple[str, ...], int] = {}
    for row in read(material(), "dsg_counts"):
        key = (row["sheet_title"], row["breakdown"], row["census_year"], row["scenario"])
        into = totals if row["row_label"].startswith("Total number") else sums
        into[key] = into.get(key, 0) + int(row["published_integer"])

    assert sums == totals
    for (sheet, breakdown, *rest), value in totals.items():
        assert breakdown == BY_NEED or value == totals[(sheet, BY_NEED, *rest)]


def test_ranges_stand_where_the_forecast_keeps_them() -> None:
    rows = read(material(), "dsg_counts")
    total = next(
        r for r in rows if r["row_label"] == "Total number by Age Group" and r["census_year"] == "2028"
    )
    cell = next(r for r in rows if r["breakdown"] == BY_AGE and r["row_label"] == "Age 5 to 10")

    assert float(total["p05"]) < float(total["p50"]) < float(total["p95"])
    assert (cell["p05"], cell["p50"], cell["p95"]) == ("", "", "")


def test_spending_by_line_is_all_and_by_category_all_that_follows_plans() -> None:
    made = material()
    rows = [row for row in read(made, "dsg_spend") if row["scenario"] == "Mitigated"]
    lines = [row for row in rows if row["placement_category"] == "All" and row["financial_year"] == "2025/26"]
    tabs = [row for row in rows if row["s251_line"] == "All" and row["financial_year"] == "2025/26"]

    assert sum(float(row["net"]) for row in lines) == pytest.approx(made.mitigated.spend[0, 1], abs=1)
    assert sum(float(row["net"]) for row in tabs) == pytest.approx(made.mitigated.spend[0, 1] - 2.5e6, abs=1)
    for row in tabs:
        assert float(row["plans"]) * float(row["unit_cost"]) == pytest.approx(float(row["net"]), rel=1e-4)


def test_the_position_goes_on_from_year_to_year() -> None:
    made = material()
    rows = [row for row in read(made, "dsg_position") if row["scenario"] == "Unmitigated"]

    assert [row["financial_year"] for row in rows] == ["2024/25", "2025/26", "2026/27", "2027/28"]
    for before, after in pairwise(rows):
        assert before["closing"] == after["opening"]
    for row in rows:
        money = {
            name: float(row[name])
            for name in ("opening", "allocation", "transfers", "expenditure", "closing")
        }
        due = money["opening"] + money["allocation"] + money["transfers"] - money["expenditure"]
        assert due == pytest.approx(money["closing"], abs=0.05)
        assert float(row["threshold"]) == 10e6
    assert float(rows[-1]["chance_deficit_exceeds_threshold"]) == made.unmitigated.chance_of_deficit(10e6)[-1]


def test_without_an_account_all_income_stands_under_the_allocation() -> None:
    row = read(material(account=None), "dsg_position")[0]

    assert (row["allocation"], row["transfers"]) == ("95000000.0", "")


def test_workstreams_say_what_they_change_and_save() -> None:
    made = material()
    rows = read(made, "workstreams")

    assert len(rows) == 2 * HORIZON
    assert rows[0]["lever"] == "places; divert"
    assert (
        "10% of those bound for State-funded special school go to Resourced" in rows[0]["transition_changed"]
    )
    assert (rows[0]["confidence"], rows[0]["evidence_grade"]) == ("High", "This council's own records")
    assert sum(float(row["saving"]) for row in rows) == pytest.approx(made.saved().sum(), abs=1)
    unshared = read(replace(made, savings=None), "workstreams")
    assert {row["saving"] for row in unshared} == {""}


def test_text_that_a_spreadsheet_could_run_is_guarded() -> None:
    rows = read(material(), "workstreams")

    assert rows[-1]["workstream"].startswith("'=HYPERLINK")


def test_the_zip_holds_each_file_and_says_what_they_are() -> None:
    made = material()
    with zipfile.ZipFile(io.BytesIO(csv_zip(made))) as archive:
        assert archive.namelist() == ["README.txt", *(f"{name}.csv" for name in FILES)]
        assert archive.read("dsg_spend.csv") == csv_file(made, "dsg_spend")
        assert "template was not available" in archive.read("README.txt").decode()
    assert csv_zip(made) == csv_zip(made)
