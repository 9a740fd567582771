"""A report whose last column was filled mends the file: in XML, blades and the template."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from goldenthread.casework.models import Case, Plan
from goldenthread.people.models import Person
from goldenthread.returns.findings import COLUMNS, report_path
from goldenthread.returns.models import ImportRun
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.sen2.write_blades import write_blades
from goldenthread.returns.sen2.write_xml import write_return
from tests.returns.conftest import AS_OF, codes, load_file
from tests.returns.sen2 import builders as make
from tests.returns.sen2.template import write_template

pytestmark = pytest.mark.django_db


def wrong() -> list[PersonRecord]:
    """Three people, two of whom cannot be loaded and one has no sex."""
    late = make.request(received_date=make.date(2026, 8, 1))
    return [
        make.person(1, birth_date=make.date(1871, 1, 1)),
        make.person(2, requests=[late]),
        make.person(3, sex=None),
    ]


def as_xml(folder: Path, people: list[PersonRecord]) -> Path:
    path = folder / "return.xml"

    write_return(path, make.HEADER, people)
    return path


def as_blades(folder: Path, people: list[PersonRecord]) -> Path:
    write_blades(folder / "return.zip", make.HEADER, people, exported_on=make.date(2027, 2, 1))
    return folder / "return.zip"


def as_template(folder: Path, people: list[PersonRecord]) -> Path:
    write_template(folder / "return.xlsx", make.HEADER, people)
    return folder / "return.xlsx"


def fill(run: ImportRun, target: Path, wanted: dict[tuple[str, str], str], **more: str) -> Path:
    """Fill the last column of a run's report where (person, field) is wanted."""
    rows = list(csv.DictReader(report_path(run.pk).read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        row["corrected value"] = wanted.get((row["person"], row["field"]), "")
        row.update(more)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    target.write_text(out.getvalue(), encoding="utf-8")
    return target


MENDED = {
    ("person 1", "PersonBirthDate"): "03/02/2016",
    ("person 2", "Requests[1]/Assessment/NamedPlan/StartDate"): "2026-12-07",
    ("person 3", "Sex"): "M",
}


@pytest.mark.parametrize("kind", [as_xml, as_blades, as_template])
def test_a_filled_report_mends_the_file(kind: Callable[..., Path], tmp_path: Path) -> None:
    path = kind(tmp_path, wrong())
    first = load_file(path, check=True)
    assert first.counts["people refused"] == 2
    corrections = fill(first, tmp_path / "mended.csv", MENDED)
    run = load_file(path, corrections=corrections)
    assert run.counts["people added"] == 3, codes(run)
    assert Person.objects.get(surname="Example1").birth_date == make.date(2016, 2, 3)
    assert Plan.objects.get(person__surname="Example2").started_on == make.date(2026, 12, 7)
    assert Person.objects.get(surname="Example3").sex == "M"
    assert codes(run).count("V22") == 3
    assert "V23" not in codes(run)
    again = load_file(path, corrections=corrections)
    assert again.counts["people unchanged"] == 3


def test_what_was_received_is_kept_beside_the_correction(tmp_path: Path) -> None:
    from goldenthread.returns import sources

    path = as_xml(tmp_path, wrong())
    load_file(path, corrections=fill(load_file(path, check=True), tmp_path / "mended.csv", MENDED))
    said = sources.unpack(sources.history(Person.objects.get(surname="Example1").pk)[0].raw)
    assert said.raw["PersonBirthDate"] == "03/02/2016"
    assert said.raw["PersonBirthDate (before correction)"] == "1871-01-01"


@pytest.mark.parametrize(
    "more",
    [{"value": "1872-01-01"}, {"person": "person 9"}, {"field": "Nothing/Here"}, {"person": ""}],
    ids=str,
)
def test_a_correction_that_fits_nothing_is_reported(more: dict[str, str], tmp_path: Path) -> None:
    path = as_xml(tmp_path, [make.person(1, birth_date=make.date(1871, 1, 1)), make.person(2)])
    wanted = {("person 1", "PersonBirthDate"): "2016-02-03"}
    corrections = fill(load_file(path, check=True), tmp_path / "mended.csv", wanted, **more)
    run = load_file(path, corrections=corrections)
    assert "V23" in codes(run)
    assert Person.objects.count() == 1


def test_a_value_can_be_taken_out(tmp_path: Path) -> None:
    bad = make.request(outcome="N", outcome_date=make.date(2026, 1, 1), assessment=None, active_plan=None)
    path = as_xml(tmp_path, [make.person(1, requests=[bad])])
    first = load_file(path, check=True)
    field = first.issues.filter(field__endswith="RequestOutcomeDate").first()
    assert field is not None
    wanted = {("person 1", "Requests[1]/RequestOutcomeDate"): "(none)"}
    load_file(path, corrections=fill(first, tmp_path / "mended.csv", wanted))
    assert Case.objects.get().decided_to_assess_on is None


def test_another_file_is_no_report(tmp_path: Path) -> None:
    path = as_xml(tmp_path, wrong())
    other = tmp_path / "other.csv"
    other.write_text("name,age\nx,1\n")
    with pytest.raises(CommandError, match="has no column"):
        call_command("import_sen2", str(path), "--as-of", AS_OF.isoformat(), "--corrections", str(other))
    assert not Person.objects.exists()
