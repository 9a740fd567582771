"""`manage backtest`: files in, scores and forecasts out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from goldenthread.forecast.record import record_of
from tests.forecast.published.made_up import panel, write_panel


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_panel(tmp_path_factory.mktemp("dfe"), panel(councils=15, first=2017))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command("backtest", *words, "--simulations", "50")
    return capsys.readouterr().out


def test_json_and_files(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forecasts, record = tmp_path / "forecasts.csv", tmp_path / "record.json"
    words = ["--data", str(data), "--origins", "2022-2024", "--horizons", "1-2", "--seed", "3", "--json"]
    found = json.loads(run(capsys, *words, "--forecasts", str(forecasts), "--record", str(record)))
    assert (found["origins"], found["horizons"], found["seed"]) == ([2022, 2023, 2024], [1, 2], 3)
    assert (found["councils"], found["data_to_january"]) == (15, 2024)
    total = next(one for one in found["compared"] if one["horizon"] == 2 and one["category"] == "total")
    assert total["n"] == 15
    with forecasts.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 15 * 3 * 2 * 8
    assert {row["origin"] for row in rows} == {"2022", "2023", "2024"}
    kept = record_of(json.loads(record.read_text(encoding="utf-8")))
    assert kept.as_dict()["rows"] == found["rows"]
    assert kept.made_on


def test_text(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "--data", str(data), "--origins", "2023", "--horizons", "1")
    assert "15 councils, forecast from January 2023; outcomes to January 2024; seed 1" in text
    assert "half own, half national" in text
    assert "In 95%" in text
    nothing = run(capsys, "--data", str(data), "--origins", "2024", "--horizons", "1")
    assert "No outcome is in the data yet." in nothing


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--origins", "20x"], "not a range of years"),
        (["--origins", "2023-2020"], "has no year"),
        (["--origins", "2022,2022"], "one twice"),
        (["--origins", "2022", "--horizons", "0"], "Horizons run from 1 to 10"),
        (["--origins", "2022", "--seed", "-1"], "seed is nought or more"),
        (["--origins", "2017"], "Nothing can be learnt before January 2017"),
        (["--origins", "2031"], "no figures of 2031"),
        (["--origins", "2023", "--forecasts", "/no/such/folder/f.csv"], "cannot be written"),
        (["--origins", "2023", "--record", "/no/such/folder/f.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told(data: Path, words: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("backtest", "--data", str(data), "--simulations", "20", *words)


def test_a_folder_that_is_not_there_and_a_bad_table_are_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backtest", "--data", str(tmp_path / "none"), "--origins", "2022")
    made = write_panel(tmp_path / "dfe", panel(councils=3, first=2020))
    path = made / "caseload.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    with pytest.raises(CommandError, match=r"caseload\.csv, row 17, column time_period.*second time"):
        call_command("backtest", "--data", str(made), "--origins", "2022")
