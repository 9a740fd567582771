"""County, to SEN2 file, to an empty database: the same people, cases, plans and figures, to the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.demo.actions import make_county
from goldenthread.demo.county import CENSUS_DAY
from tests.demo import snapshots

PLANS = 600
pytestmark = pytest.mark.django_db


class _BackError(Exception):
    """Ends an emptied database."""


@contextmanager
def empty_again() -> Iterator[None]:
    """What is written within is gone afterwards, as in a database of its own."""
    try:
        with transaction.atomic(), clock.fixed(CENSUS_DAY):
            yield
            raise _BackError
    except _BackError:
        clock.forget()


def county(*, detail: bool, plans: int = PLANS) -> tuple[snapshots.Rows, dict[str, Any]]:
    with empty_again():
        make_county(plans=plans, seed=1, by=System.DEMONSTRATION, detail=detail)
        return snapshots.tables(), snapshots.reports()
    raise AssertionError


def files(folder: Path, name: str) -> tuple[Path, Path]:
    """The county's return and its register of settings."""
    sen2, gias = folder / name, folder / "settings.csv"
    call_command("make_county", plans=PLANS, sen2=sen2, gias=gias, only_file=True, stdout=StringIO())
    return sen2, gias


def loaded(sen2: Path, gias: Path | None) -> None:
    if gias is not None:
        call_command("import_settings", gias, stdout=StringIO())
    call_command("import_sen2", sen2, as_of=CENSUS_DAY, stdout=StringIO())


def differences(one: snapshots.Rows, other: snapshots.Rows) -> dict[str, list[str]]:
    """For each table, some of the rows that only one of the two has."""
    apart = {table: (one[table] - other[table]) + (other[table] - one[table]) for table in one}
    return {table: sorted(map(str, rows))[:4] for table, rows in apart.items() if rows}


@pytest.mark.parametrize("name", ["county.xml", "county.zip"])
def test_a_county_comes_back_from_its_file_to_the_row(tmp_path: Path, name: str) -> None:
    tables, reports = county(detail=False)
    with empty_again():
        loaded(*files(tmp_path, name))
        found, said = snapshots.tables(), snapshots.reports()
    assert differences(tables, found) == {}
    assert said == reports
    assert tables["Plan"].total() > PLANS
    assert reports["timeliness 2023"]["issued"] > 0
    assert len(reports["worklist 2024-01-18"]) > PLANS


def test_what_a_return_does_not_carry_is_all_that_is_lost(tmp_path: Path) -> None:
    """Beside drafts, advice, consultations and who works on a case, the whole county comes back."""
    tables, reports = county(detail=True)
    with empty_again():
        loaded(*files(tmp_path, "county.xml"))
        found, said = snapshots.tables(), snapshots.reports()
    assert set(differences(tables, found)) <= {"Person", "Address", "Case", "Deadline", "CaseEvent", "Pace"}
    overturned = _overturned(tables["Case"])
    for name in reports:
        if name.startswith("worklist"):
            # Between a refusal and its overturning a case is closed; a return does not say how long that was.
            census = name.endswith(CENSUS_DAY.isoformat())
            leave = set() if census else overturned
            assert _open(said[name], leave) == _open(reports[name], leave)
        else:
            assert _without_steps(said[name]) == _without_steps(reports[name])


def _overturned(cases: Counter[Any]) -> set[str]:
    names = snapshots.columns(Case)
    reference, refused = names.index("reference"), names.index("assess_refused_on")
    return {row[reference] for row in cases if row[refused]}


def _open(cases: list[dict[str, Any]], leave: set[str]) -> list[dict[str, Any]]:
    """Which cases are open, since when, and the last day for the plan: the next step may be a draft."""
    told = ("reference", "received_on", "final_due_on")
    kept = [{name: case[name] for name in told} for case in cases if case["reference"] not in leave]
    return sorted(kept, key=lambda case: str(case["reference"]))


def _without_steps(report: dict[str, Any]) -> dict[str, Any]:
    """A return does not tell a plan that is drafted from one that is being written or assessed for."""
    statuses = dict(report.get("open_requests_by_status", {}))
    after = sum(statuses.pop(name, 0) for name in ("assessing", "issuing", "draft"))
    return {**report, "open_requests_by_status": {**statuses, "after the decision to assess": after}}


def test_without_the_register_only_the_kinds_of_setting_are_unknown(tmp_path: Path) -> None:
    tables, reports = county(detail=False)
    with empty_again():
        loaded(files(tmp_path, "county.xml")[0], None)
        found, said = snapshots.tables(), snapshots.reports()
    # A place is told by its URN, or its UKPRN if it has none; the register has both.
    for name in ("NamedSetting", "Placement"):
        tables[name], found[name] = (_by_one_number(name, rows[name]) for rows in (tables, found))
    assert differences(tables, found) == {}
    for name, report in reports.items():
        for key in report if isinstance(report, dict) else ():
            assert key == "plans_by_setting" or said[name][key] == report[key]
    assert "ukrlp_provider" in said["caseload 2024"]["plans_by_setting"]


def _by_one_number(table: str, rows: Counter[Any]) -> Counter[Any]:
    names = snapshots.columns(next(one for one in snapshots.TABLES if one.__name__ == table))
    urn, ukprn = names.index("setting__urn"), names.index("setting__ukprn")
    told: Counter[Any] = Counter()
    for row, number in rows.items():
        told[tuple(None if at == ukprn and row[urn] else value for at, value in enumerate(row))] += number
    return told
