"""The Excel template is read whatever the case and spacing of its captions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goldenthread.returns.sen2.read import open_return

from .builders import HEADER, active_plan, person, plain, read_all, refused, request
from .template import write_template

REVIEWED = person(
    requests=[
        request(
            active_plan=active_plan(
                review_meeting=date(2026, 11, 2), review_outcome="A", last_review=date(2026, 11, 20)
            )
        )
    ]
)
MEETING, DECISION = "Annual Review Meeting Date", "EHC Plan Review Decisions Date"


def test_persons_come_back(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    persons = [person(1), replace(REVIEWED, upn=person(2).upn, forename="Kim"), person(3, requests=[])]
    write_template(path, HEADER, persons)
    kept, issues = read_all(path)
    assert plain(kept) == persons
    assert [(each.code, each.person_ref) for each in issues] == [("L20", "person 3")]
    with open_return(path) as reading:
        assert reading.kind == "template"
        assert reading.header == HEADER


def test_captions_in_other_case_and_spacing(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    captions = {
        "UPN - Unique Pupil Number": "UPN – unique  PUPIL number",
        "Sex": "GENDER",
        "Date of Birth (ccyy-mm-dd)": "Date of Birth \n(ccyy-mm-dd)",
        "SEN Setting - Establishment type": "SEN Setting – Establishment type",
    }
    write_template(path, HEADER, [person()], captions=captions)
    assert plain(read_all(path)[0]) == [person()]


def test_unknown_captions_are_kept_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, HEADER, [person()], captions={"Ethnicity": "Favourite colour"})
    kept, issues = read_all(path)
    assert kept[0].ethnicity is None
    assert kept[0].raw["Favourite colour"] == "WBRI"
    assert "V09" in {each.code for each in issues}


def test_swapped_review_captions_are_put_right(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, HEADER, [REVIEWED], captions={MEETING: DECISION, DECISION: MEETING})
    kept, issues = read_all(path)
    assert plain(kept) == [REVIEWED]
    assert [(each.code, each.severity) for each in issues] == [("V17", "note")]


def test_lines_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, HEADER, [person(1, ethnicity="ZZZZ")])
    _, issues = read_all(path)
    assert [(each.code, each.line, each.value) for each in issues] == [("V04", 9, "ZZZZ")]


@pytest.mark.parametrize(
    ("sheet", "message"), [("Sheet1", 'no sheet "Data Entry Template"'), ("data entry  template", "")]
)
def test_the_sheet_is_found_by_name(sheet: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, HEADER, [person()], sheet=sheet)
    if message:
        assert message in refused(path).message
    else:
        assert plain(read_all(path)[0]) == [person()]


def test_an_empty_template_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, HEADER, [])
    assert "The template holds no person." in refused(path).message


def test_an_old_or_locked_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "template.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "old Excel workbook or one with a password" in refused(path).message
