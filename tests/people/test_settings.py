"""The register of settings: read as GIAS writes it, loaded again and again, with bad rows reported."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import InvalidInput, NotPermitted
from goldenthread.people.actions import ImportReport, ensure_settings, import_settings
from goldenthread.people.enums import SettingGroup
from goldenthread.people.models import Setting
from goldenthread.people.queries import SettingRef, settings_by_ukprn, settings_by_urn, settings_list
from goldenthread.people.setting_groups import group_of_type, known_types
from tests.factories import people as make

pytestmark = pytest.mark.django_db
HEADINGS = (
    "URN,LA (code),LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),"
    "OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,SchoolCapacity,UKPRN,"
    "Street,Town,Postcode,TypeOfResourcedProvision (name),SenUnitCapacity"
)
ALPHA = (
    "100001,999,Threadshire,Alpha Testing School,Community school,Open,01-09-1999,,Primary,4,11,210,10000001,"
    "1 Test Street,Testham,ZZ1 1AA,Resourced provision and SEN unit,12"
)
BETA = "100002,999,Threadshire,Beta Testing College,Further education,Open,,,16 plus,16,99,,10000002,,,,,"


def load(*lines: str, encoding: str = "utf-8", **options: Any) -> ImportReport:
    text = "\r\n".join((HEADINGS, *lines)) + "\r\n"
    return import_settings(by=System.SETTINGS_IMPORT, file=io.BytesIO(text.encode(encoding)), **options)


def test_the_register_is_loaded_and_nothing_of_a_row_is_lost() -> None:
    report = load(ALPHA, BETA)
    assert (report.rows, report.new, report.problems) == (2, 2, [])
    alpha = Setting.objects.get(urn="100001")
    assert (alpha.name, alpha.group, alpha.phase) == (
        "Alpha Testing School",
        SettingGroup.MAINSTREAM_MAINTAINED,
        "Primary",
    )
    assert (alpha.low_age, alpha.high_age, alpha.capacity) == (4, 11, 210)
    assert (alpha.opened_on, alpha.closed_on, alpha.postcode) == (date(1999, 9, 1), None, "ZZ11AA")
    assert (alpha.sen_unit, alpha.resourced_provision) == (True, True)
    assert alpha.extra == {"SenUnitCapacity": "12"}
    assert AuditEntry.objects.get().details == {"rows": 2, "new": 2, "changed": 0, "left_out": 0}


def test_the_same_file_twice_changes_nothing_and_a_later_one_only_what_it_says() -> None:
    load(ALPHA, BETA)
    stamps = list(Setting.objects.values_list("pk", "updated_at"))
    assert load(ALPHA, BETA).same == 2
    assert list(Setting.objects.values_list("pk", "updated_at")) == stamps
    report = load(ALPHA.replace("Open,01-09-1999,", "Closed,01-09-1999,31-08-2023").replace(",210,", ",,"))
    assert (report.changed, report.same) == (1, 0)
    alpha = Setting.objects.get(urn="100001")
    assert (alpha.status, alpha.closed_on, alpha.capacity) == ("Closed", date(2023, 8, 31), 210)
    assert Setting.objects.count() == 2
    load(ALPHA)
    assert Setting.objects.get(urn="100001").closed_on is None


def test_checking_first_changes_nothing() -> None:
    report = load(ALPHA, BETA, check_only=True)
    assert (report.new, report.checked_only) == (2, True)
    assert not Setting.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("bad", "column", "message"),
    [
        (ALPHA.replace("100001,", "1000,", 1), "URN", "must have 6"),
        (ALPHA.replace("100001,", ",", 1), "URN", "no usable URN"),
        (ALPHA.replace("Alpha Testing School", ""), "EstablishmentName", "no usable EstablishmentName"),
        (ALPHA + ",extra", "", "more cells"),
        (ALPHA[:60], "", "fewer cells"),
        (BETA + "\r\n" + BETA, "URN", "line 2 too"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_reported(bad: str, column: str, message: str) -> None:
    first = "" if bad.startswith(BETA) else BETA
    report = load(*[line for line in (first, bad) if line])
    assert report.left_out == 1
    told = [problem for problem in report.problems if problem.left_out and problem.column == column]
    assert any(message in problem.message and problem.line == 3 for problem in told)
    assert Setting.objects.get().urn == "100002"


@pytest.mark.parametrize(
    ("given", "wrong", "column"),
    [
        ("ZZ1 1AA", "NOWHERE", "Postcode"),
        ("01-09-1999", "1 Sept", "OpenDate"),
        (",4,11,", ",four,11,", "StatutoryLowAge"),
        ("10000001", "123", "UKPRN"),
        ("999,Threadshire", "9999,Threadshire", "LA (code)"),
    ],
)
def test_a_wrong_value_is_reported_and_the_rest_of_its_row_kept(given: str, wrong: str, column: str) -> None:
    report = load(ALPHA.replace(given, wrong))
    (problem,) = report.problems
    assert (problem.line, problem.column, problem.left_out) == (2, column, False)
    assert column in Setting.objects.get().extra


def test_an_unknown_type_is_counted_as_other_and_said_once() -> None:
    report = load(ALPHA.replace("Community", "Flying"), BETA.replace("Further education", "Flying school"))
    assert report.unknown_types == {"Flying school"}
    assert len(report.problems) == 1
    assert set(Setting.objects.values_list("group", flat=True)) == {SettingGroup.OTHER}


def test_windows_text_is_read() -> None:
    load(ALPHA.replace("Alpha", "Ælfgifu’s"), encoding="cp1252")
    assert Setting.objects.get().name == "Ælfgifu’s Testing School"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,town\r\nAlpha,Testham\r\n",
        b'URN,EstablishmentName\r\n100001,"never closed\r\n' + b"x" * 200_000,
        b"URN,EstablishmentName\r\n100001,\x81\x8d\r\n",
        b"URN,EstablishmentName,UKPRN,ukprn\r\n100001,Alpha,10000001,10000002\r\n",
        b"PK\x03\x04\x00\x00\xff\xfe",
    ],
)
def test_a_file_that_is_not_the_register_loads_nothing(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        import_settings(by=System.SETTINGS_IMPORT, file=io.BytesIO(content))
    assert not Setting.objects.exists()


def test_a_fault_late_in_the_file_leaves_nothing_half_loaded() -> None:
    rows = "".join(f"{100_000 + number},Testing School {number}\r\n" for number in range(1_500))
    content = f"URN,EstablishmentName\r\n{rows}100001,".encode() + b"\x81"
    with pytest.raises(InvalidInput):
        import_settings(by=System.SETTINGS_IMPORT, file=io.BytesIO(content))
    assert not Setting.objects.exists()


def test_only_managers_and_administrators_may_load_the_register() -> None:
    with pytest.raises(NotPermitted):
        import_settings(by=make.user(), file=io.BytesIO(b""))


def test_a_setting_named_before_the_register_knows_it_is_filled_later() -> None:
    refs = [SettingRef(urn="100001"), SettingRef(ukprn="10000002"), SettingRef(urn="100001")]
    made = ensure_settings(by=System.IMPORT, refs=refs)
    assert len(made) == Setting.objects.filter(known=False).count() == 2
    assert made[refs[0]].name == "Setting 100001 (not in the register yet)"
    assert ensure_settings(by=System.IMPORT, refs=refs) == made
    report = load(ALPHA, BETA)
    assert (report.new, report.changed) == (0, 2)
    assert {made[ref].pk for ref in refs} == set(
        Setting.objects.filter(known=True).values_list("pk", flat=True)
    )


def test_settings_are_found_by_number() -> None:
    load(ALPHA, BETA, ALPHA.replace("100001", "100000").replace("Open,01-09-1999,", "Closed,,01-01-2020"))
    assert settings_by_urn(["100001", "999999"]).keys() == {"100001"}
    assert settings_by_ukprn(["10000001"])["10000001"].urn == "100001"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"text": "testing"}, ["Alpha Testing School", "Beta Testing College"]),
        ({"text": "ALPHA school"}, ["Alpha Testing School"]),
        ({"text": "testham"}, ["Alpha Testing School"]),
        ({"text": "100002"}, ["Beta Testing College"]),
        ({"text": "10000001"}, ["Alpha Testing School"]),
        ({"text": "zz1 1aa"}, ["Alpha Testing School"]),
        ({"group": SettingGroup.FE_COLLEGE}, ["Beta Testing College"]),
        ({"phase": "Primary"}, ["Alpha Testing School"]),
        ({"la": "998"}, []),
    ],
)
def test_the_list_is_searched_and_filtered(asked: dict[str, str], names: list[str]) -> None:
    load(ALPHA, BETA)
    assert [one.name for one in settings_list(**asked).order_by("name_key")] == names


def test_every_type_has_a_group_in_any_spelling() -> None:
    assert all(group_of_type(name) for name in known_types())
    assert group_of_type("Free Schools - 16-19") == group_of_type("Free schools 16 to 19")
    assert group_of_type("OTHER INDEPENDENT SPECIAL SCHOOL") == SettingGroup.SPECIAL_INDEPENDENT
    assert group_of_type("No such type") is None


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, report = tmp_path / "gias.csv", tmp_path / "report.csv"
    file.write_text("\n".join((HEADINGS, ALPHA, BETA.replace("100002", "12"))), encoding="utf-8")
    call_command("import_settings", str(file), "--check", "--report", str(report))
    shown = capsys.readouterr().out
    assert "2 rows read: 1 would be added" in shown
    assert "line 3, URN" in shown
    assert report.read_text(encoding="utf-8-sig").count("\n") == 2
    call_command("import_settings", str(file))
    assert Setting.objects.count() == 1
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_settings", str(tmp_path / "none.csv"))
    file.write_text("a,b")
    with pytest.raises(CommandError, match="no column URN"):
        call_command("import_settings", str(file))
