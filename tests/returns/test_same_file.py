"""The same file twice changes nothing; a check changes nothing; every kind of file gives the same records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from goldenthread.casework.models import Case, Plan
from goldenthread.core.models import AuditEntry
from goldenthread.demo.county import make_people
from goldenthread.demo.filing import header_of
from goldenthread.people.models import Person
from goldenthread.returns.models import ImportState
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.sen2.write_blades import write_blades
from tests.returns.conftest import Load, dump
from tests.returns.sen2 import builders as make
from tests.returns.sen2.template import write_template

pytestmark = pytest.mark.django_db
# What says who, when and in which order rather than what.
_BY_CHANCE = {"id", "created_at", "updated_at", "person_id", "case_id", "plan_id", "setting_id", "reference"}


def awkward() -> list[PersonRecord]:
    """People whose records are put right on the way in, or who cannot all be loaded."""
    twin = make.person(7, upn=None, upn_unknown="UN2")
    late = make.request(active_plan=make.active_plan(placements=[make.placement(), make.placement()]))
    return [
        make.person(1, surname="A" * 100),
        make.person(2, requests=[make.request(received_date=date(2026, 4, 2))]),
        make.person(3, requests=[late, make.request(received_date=date(2026, 6, 1), assessment=None)]),
        make.person(
            4,
            requests=[
                make.request(
                    assessment=make.assessment(named_plan=make.named_plan(cease_date=date(2026, 9, 1)))
                )
            ],
        ),
        make.person(5, requests=[]),
        twin,
        make.person(7, upn=None, upn_unknown="UN2"),
        make.person(8, upn=make.upn(1)),
    ]


def test_the_same_file_again_changes_nothing(load: Load, write: Callable[..., Path]) -> None:
    path = write(*awkward())
    first = load(path)
    assert first.counts["people added"] == first.counts["people kept"] == 6
    before, lines = dump(), AuditEntry.objects.count()
    again = load(path)
    assert dump() == before
    assert again.counts["people unchanged"] == 6
    assert again.counts["people refused"] == first.counts["people refused"] == 2
    written = list(AuditEntry.objects.order_by("seq").values_list("action", flat=True)[lines:])
    assert written == ["return.given", "return.loaded"]


def test_a_county_loads_twice_alike(load: Load, write: Callable[..., Path]) -> None:
    path = write(*make_people(60, 3), header=header_of(None))
    first = load(path, as_of=date(2024, 1, 18))
    assert first.state == ImportState.LOADED
    assert first.counts["people added"] == first.counts["people in the file"]
    before = dump()
    again = load(path, as_of=date(2024, 1, 18))
    assert again.counts["people unchanged"] == again.counts["people in the file"]
    assert dump() == before


def test_a_check_says_what_would_come_and_changes_nothing(load: Load, write: Callable[..., Path]) -> None:
    load(make.person(1), make.person(2))
    path = write(
        make.person(1), make.person(2, ethnicity="AIND"), make.person(3), make.person(4, forename="")
    )
    before, lines = dump(), AuditEntry.objects.count()
    run = load(path, check=True)
    assert run.state == ImportState.CHECKED
    wanted = {"people in the file": 4, "people unchanged": 1, "people changed": 1, "people added": 1}
    assert {name: run.counts[name] for name in wanted} == wanted
    assert run.counts["people refused"] == 1
    assert "V10" in run.counts["code"]
    assert dump() == before
    written = list(AuditEntry.objects.order_by("seq").values_list("action", flat=True)[lines:])
    assert written == ["return.given", "return.checked"]
    assert load(path).counts["people added"] == 1


def content(model: type[Any], *order: str) -> list[dict[str, Any]]:
    rows = [
        {name: value for name, value in row.items() if name not in _BY_CHANCE}
        for row in model.objects.values()
    ]
    return sorted(rows, key=repr)


def test_every_kind_of_file_gives_the_same_records(
    load: Load, write: Callable[..., Path], tmp_path: Path
) -> None:
    people = [
        make.person(1),
        make.person(2, requests=[make.request(outcome="N", assessment=None, active_plan=None)]),
    ]
    blades = tmp_path / "blades.zip"
    write_blades(blades, make.HEADER, people, exported_on=date(2027, 2, 1))
    folder = tmp_path / "folder"
    with ZipFile(blades) as archive:
        archive.extractall(folder)
    template = tmp_path / "template.xlsx"
    write_template(template, make.HEADER, people)
    assert load(write(*people)).counts["people added"] == 2
    stored = [content(model) for model in (Person, Case, Plan)]
    for path in (blades, folder, template):
        before = dump()
        run = load(path)
        assert (run.state, run.counts.get("people unchanged")) == (ImportState.LOADED, 2), path
        assert dump() == before
    assert [content(model) for model in (Person, Case, Plan)] == stored
