"""What cannot be read is refused as a whole, with a clear message; what can is kept or reported."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.casework.models import Case
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.people.models import Person, Setting
from goldenthread.returns import actions
from goldenthread.returns.findings import COLUMNS, report_path
from goldenthread.returns.models import ImportRun, ImportState, SourceRecord
from tests.returns.bad_files import BAD, writer
from tests.returns.conftest import AS_OF, Load, dump
from tests.returns.sen2 import builders as make

pytestmark = pytest.mark.django_db


def command(path: Path, *options: str) -> None:
    call_command("import_sen2", str(path), "--as-of", "2027-01-21", *options)


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused(name: str, check: bool, tmp_path: Path) -> None:
    path, before = writer(tmp_path)(name), dump()
    with pytest.raises(CommandError) as refused:
        command(path, *(["--check"] if check else []))
    assert BAD[name][2] in str(refused.value)
    assert "Nothing was loaded" in str(refused.value)
    run = ImportRun.objects.get()
    assert (run.state, run.counts, run.running) == (ImportState.REFUSED, {}, None)
    assert run.mend
    assert dump() == before
    assert list(AuditEntry.objects.order_by("seq").values_list("action", flat=True)) == [
        "return.given",
        "return.refused",
    ]
    assert not report_path(run.pk).exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no file"):
        command(tmp_path / "gone.xml")
    assert not ImportRun.objects.exists()


def test_each_bad_value_is_reported_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    text = make.xml_of(
        make.PERSON_XML.replace("2017-05-04", "3019-05-04"),
        make.PERSON_XML.replace("2026-03-13", "2026-13-13").replace("H801200001001", make.upn(2)),
        make.PERSON_XML.replace(">N<", ">Q<").replace("H801200001001", make.upn(3)).replace("Robin", "Ash"),
        make.PERSON_XML.replace("<UPN>H801200001001</UPN>", "<UPN>H801200001001H801200001001</UPN>").replace(
            "Robin", "Wren"
        ),
    )
    path.write_text(text)
    report = tmp_path / "report.csv"
    command(path, "--report", str(report))
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    found = {(row["person"], row["field"], row["code"], row["loaded"]) for row in rows}
    assert ("person 1", "PersonBirthDate", "V02", "no") in found
    assert ("person 2", "Requests[1]/RequestOutcomeDate", "V02", "no") in found
    assert ("person 3", "Requests[1]/RequestOutcome", "V04", "yes") in found
    assert ("person 4", "UPN", "T09", "yes") in found
    first = next(row for row in rows if row["code"] == "V02")
    assert (first["file"], first["line"], first["value"]) == ("return.xml", "7", "3019-05-04")
    assert all(row["what is wrong"] and row["how to mend it"] for row in rows)
    assert set(Person.objects.values_list("forename", "upn")) == {("Ash", make.upn(3)), ("Wren", None)}


def test_a_plan_before_its_request_is_reported_and_the_rest_loads(load: Load) -> None:
    run = load(make.person(1, requests=[make.request(received_date=make.date(2026, 8, 1))]), make.person(2))
    assert run.counts["people refused"] == 1
    assert list(run.issues.filter(code="L36").values_list("kept", flat=True)) == [False]
    assert Person.objects.get().surname == "Example2"


def test_two_at_once_are_refused(load: Load, write: Any) -> None:
    waiting = actions.begin_import(
        by=System.IMPORT, as_of=AS_OF, file_name="one.xml", stored_path="returns/one.xml"
    )
    with pytest.raises(NotAllowedNow, match="Another return"):
        load(make.person(1))
    with pytest.raises(CommandError, match="Wait until"):
        command(write(make.person(1)))
    actions.cancel_import(by=System.IMPORT, run_id=waiting.pk)
    assert load(make.person(1)).state == ImportState.LOADED
    with pytest.raises(NotAllowedNow, match="already started"):
        actions.cancel_import(by=System.IMPORT, run_id=ImportRun.objects.latest("created_at").pk)


def test_the_database_lets_only_one_be_at_work(write: Any) -> None:
    path = write(make.person(1))
    one, other = (ImportRun.objects.create(file_name="x", as_of=AS_OF, by_label="x") for _ in range(2))
    ImportRun.objects.filter(pk=one.pk).update(running=True, state=ImportState.WAITING, stored_path="x")
    with pytest.raises(NotAllowedNow, match="Another return"):
        actions.run_import(run_id=other.pk, path=path, by=System.IMPORT)
    assert not Person.objects.exists()


def test_what_the_database_refuses_undoes_the_whole_file(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    # The second part of the file breaks a constraint that the rules before it should have kept.
    monkeypatch.setattr("goldenthread.returns.actions.running.CHUNK", 1)
    monkeypatch.setattr("goldenthread.returns.tidy.tidied", lambda person, ref: [])
    bad = make.person(2, requests=[make.request(received_date=make.date(2026, 3, 20))])
    run = load(make.person(1), bad)
    assert run.state == ImportState.REFUSED
    assert "nothing was loaded" in run.message
    assert not any(model.objects.exists() for model in (Person, Case, SourceRecord, Setting))
