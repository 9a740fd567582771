"""What is written is read back the same, by every way out and in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.returns.sen2.convert import Converter
from goldenthread.returns.sen2.kinds import open_source
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.sen2.write_blades import write_blades
from goldenthread.returns.sen2.write_xml import write_return

from .builders import HEADER, active_plan, named_plan, person, placement, plain, read_all, request
from .strategies import PERSONS

Writer = Callable[[Path, list[PersonRecord]], int]


def _as_xml(path: Path, persons: list[PersonRecord]) -> int:
    return write_return(path, HEADER, persons)


def _as_blades(path: Path, persons: list[PersonRecord]) -> int:
    return write_blades(path, HEADER, persons, exported_on=date(2027, 3, 1))


@pytest.mark.parametrize("write", [_as_xml, _as_blades])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons=st.lists(PERSONS, min_size=1, max_size=3))
def test_any_person_comes_back_the_same(write: Writer, persons: list[PersonRecord]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return"
        assert write(path, persons) == len(persons)
        source = open_source(path, "return")
        converter = Converter("return")
        read = [converter.person(node, at) for at, (node, _) in enumerate(source.nodes(), start=1)]
        source.close()
    assert plain(each.person for each in read) == persons
    assert [each.issues for each in read] == [[]] * len(persons)


@pytest.mark.parametrize("write", [_as_xml, _as_blades])
def test_a_right_return_has_no_issues(write: Writer, tmp_path: Path) -> None:
    persons = [person(number) for number in range(1, 6)]
    write(tmp_path / "return", persons)
    kept, issues = read_all(tmp_path / "return")
    assert plain(kept) == persons
    assert issues == []


def test_the_header_comes_back(tmp_path: Path) -> None:
    for write in (_as_xml, _as_blades):
        path = tmp_path / write.__name__
        write(path, [person()])
        source = open_source(path, "return")
        header, issues = Converter("return").header(source.header)
        source.close()
        assert header == HEADER
        assert issues == []


def test_the_2023_layout_has_residence_in_the_active_plan(tmp_path: Path) -> None:
    place = placement(residential="A", attendance="FT")
    old = person(requests=[request(active_plan=active_plan(placements=[place]))])
    path = tmp_path / "return.xml"
    write_return(path, replace(HEADER, year=2023), [old])
    text = path.read_text()
    assert text.index("<Res>A</Res>") < text.index("<PlacementDetail>")
    assert "<AttendancePattern>FT</AttendancePattern>" in text
    assert "RequestSource" not in text
    kept, _ = read_all(path)
    assert kept[0].requests[0].active_plan == old.requests[0].active_plan


def test_the_order_of_items_can_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    write_return(path, HEADER, [person()], order={"Person": ("UPN", "Sex")})
    text = path.read_text()
    assert text.index("<UPN>") < text.index("<Sex>") < text.index("<Surname>")
    assert plain(read_all(path)[0]) == [person()]


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    write_return(path, HEADER, [person(surname="Exam\x00ple\x0b")])
    assert read_all(path)[0][0].surname == "Example"


def test_further_assessments_come_back(tmp_path: Path) -> None:
    asked = request()
    assert asked.assessment is not None
    asked.further_assessments = [replace(asked.assessment, named_plan=None, outcome="N")]
    for write in (_as_xml, _as_blades):
        path = tmp_path / write.__name__
        write(path, [person(requests=[asked])])
        kept, issues = read_all(path)
        assert kept[0].requests == [asked]
        assert [each.code for each in issues] == ["V19"]


def test_a_ceased_plan_comes_back(tmp_path: Path) -> None:
    plan = named_plan(cease_date=date(2026, 12, 1), cease_reason="5")
    asked = request()
    assert asked.assessment is not None
    asked.assessment = replace(asked.assessment, named_plan=plan)
    _as_xml(tmp_path / "return.xml", [person(requests=[asked])])
    assert read_all(tmp_path / "return.xml")[0][0].requests[0].assessment == asked.assessment
