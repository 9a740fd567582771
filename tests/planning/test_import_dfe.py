"""DfE's tables are stored whole as a version, refused whole with the cell, and learnt from."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import InvalidInput
from goldenthread.forecast.published import FLOWS
from goldenthread.forecast.published.tables import CASELOAD
from goldenthread.planning import actions, queries
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.outlook import outlook_of
from goldenthread.planning.reading.dfe import as_content, from_content
from tests.forecast.published.made_up import line, panel, write, write_panel

pytestmark = pytest.mark.django_db
BY = System.COMMAND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty councils that do not exist, 2014 to 2024."""
    return write_panel(tmp_path / "release", panel())


def command(*words: str) -> str:
    out = StringIO()
    call_command("import_dfe", *words, stdout=out)
    return out.getvalue()


def test_a_panel_is_kept_to_the_last_figure() -> None:
    made = panel(councils=5)
    again = from_content(as_content(made))
    for name in ("plans", "categories", "prevalence", "own"):
        np.testing.assert_array_equal(getattr(again, name), getattr(made, name), name)
    for flow in FLOWS:
        np.testing.assert_array_equal(again.flows[flow], made.flows[flow], flow)
    assert (again.codes, again.names, again.years) == (made.codes, made.names, made.years)


def test_the_command_stores_a_version_and_a_forecast_learns_from_it(folder: Path) -> None:
    assert "40 local authorities, January 2014 to 2024" in command(str(folder), "--council", "905")
    version = InputVersion.objects.get()
    assert (version.kind, version.about["council"]) == (InputKind.DFE, "905")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["planning.input_stored"]
    outlook, notes = outlook_of(queries.in_force(), 2024, 4)
    assert outlook is not None
    assert outlook.mean.shape == (4,)
    assert "the council with DfE's code 905" in notes[0]
    assert outlook_of(queries.in_force(), 2025, 4)[0] is None  # no census of that year in the tables


def test_the_same_release_twice_is_one_version(folder: Path) -> None:
    command(str(folder), "--council", "905")
    command(str(folder), "--council", "905")
    assert InputVersion.objects.count() == 1
    command(str(folder), "--council", "906")
    assert queries.in_force()[InputKind.DFE].about["council"] == "906"


def test_a_council_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(CommandError, match="no local authority 123"):
        command(str(folder), "--council", "123")
    assert "This council is not among them" in command(str(folder))
    outlook, notes = outlook_of(queries.in_force(), 2024, 4)
    assert outlook is None
    assert notes == ["DfE's tables do not have this council, so nothing is learnt from others."]


def test_without_tables_that_is_told() -> None:
    outlook, notes = outlook_of({}, 2024, 4)
    assert outlook is None
    assert "DfE's tables are not loaded" in notes[0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([line(CASELOAD), line(CASELOAD)], "row 3"),
        ([line(CASELOAD, ehcplans="-5")], "column ehcplans"),
        ([line(CASELOAD, ehcplans="many")], "column ehcplans"),
    ],
)
def test_of_a_wrong_table_nothing_is_stored(tmp_path: Path, rows: list[dict[str, str]], message: str) -> None:
    write(tmp_path, CASELOAD, rows)
    with pytest.raises(InvalidInput, match=message) as refused:
        actions.import_dfe(by=BY, folder=tmp_path, source="DfE")
    assert "caseload.csv" in refused.value.message
    assert not InputVersion.objects.exists()


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CommandError, match=folder.name if folder != tmp_path else "caseload"):
            command(str(folder))
