"""The report can be opened in a spreadsheet, and says what is wrong and how to mend it."""

from __future__ import annotations

import csv
import io

from goldenthread.returns.sen2.issues import REPORT_COLUMNS, Issue, write_report

ISSUE = Issue("return.xml", 12, "person 3", "UPN", "A1", "L15", "error", "Not a true UPN.", "Check it.")


def test_report_has_a_row_for_each_issue() -> None:
    text = io.StringIO(newline="")
    assert write_report(text, [ISSUE, ISSUE]) == 2
    rows = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert tuple(rows[0]) == REPORT_COLUMNS
    assert rows[1]["line"] == "12"
    assert rows[1]["value"] == "A1"
    assert rows[1]["how to mend it"] == "Check it."


def test_values_are_not_formulas() -> None:
    text = io.StringIO(newline="")
    bad = Issue("f", 0, "", "Surname", '=HYPERLINK("x")', "V09", "note", "r.", "m.")
    write_report(text, [bad])
    row = next(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert row["value"] == '\'=HYPERLINK("x")'
    assert row["line"] == ""
