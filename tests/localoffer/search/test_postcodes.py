"""The file of postcodes: written, read, and refused in words where it is wrong."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.localoffer.search import places
from goldenthread.localoffer.search.postcodes import Directory, NoPostcodesError, from_csv, write

ROWS = [
    ("ZZ1 1ZZ", 412_345.0, 308_765.0),
    ("ZZ11ZY", 412_355.0, 308_775.0),
    ("ZZ10 1AA", 500_000.0, 400_000.0),
    ("Z1  1AA", 100_000.0, 200_000.0),
    ("BT1 1AA", 333_000.0, 374_000.0),
    ("ZZ2 2ZZ", 0.0, 0.0),
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "postcodes.bin"
    assert write(ROWS, path) == 4
    held = Directory(path)
    assert held.point_of("ZZ1", "1ZZ") == (412_345, 308_765)
    assert held.point_of("ZZ1") == (412_350, 308_770)
    assert held.point_of("ZZ10") == (500_000, 400_000)
    assert held.point_of("Z1", "1AA") == (100_000, 200_000)
    assert held.point_of("BT1", "1AA") is None
    assert held.point_of("ZZ2") is None
    assert [one.name for one in tmp_path.iterdir()] == ["postcodes.bin"]


@pytest.mark.parametrize("broken", [b"", b"GTPOST01", b"GTPOST01" + bytes([2] + [0] * 30), b"x" * 48])
def test_a_broken_file_is_told(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "postcodes.bin"
    path.write_bytes(broken)
    with pytest.raises(NoPostcodesError, match="load_postcodes again"):
        Directory(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pcds,oseast1m\nZZ1 1ZZ,1\n", "no column osnrth1m"),
        ("name\n", "no column pcds"),
        ("pcds,oseast1m,osnrth1m\nZZ1 1ZZ,east,2\n", "Line 2: 'east'"),
    ],
)
def test_a_wrong_csv_is_told(text: str, told: str) -> None:
    with pytest.raises(NoPostcodesError, match=told):
        list(from_csv(StringIO(text)))


@pytest.mark.parametrize("rows", [[], [("nonsense!", 1.0, 2.0)], [("ZZ2 2ZZ", 0.0, 0.0)]])
def test_nothing_is_written_of_no_postcodes(tmp_path: Path, rows: list[tuple[str, float, float]]) -> None:
    with pytest.raises(NoPostcodesError, match="no postcode"):
        write(rows, tmp_path / "postcodes.bin")
    assert not (tmp_path / "postcodes.bin").exists()


@pytest.mark.django_db
def test_the_command_loads_a_file_and_the_search_knows_it(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VAR = tmp_path
    given = tmp_path / "given.csv"
    given.write_text("\ufeffPCDS,OSEAST1M,OSNRTH1M\nZZ1 1ZZ,412345,308765\nZZ3 3ZZ,,\n", encoding="utf-8")
    assert places.point_of("ZZ1 1ZZ") is None
    call_command("load_postcodes", str(given))
    assert "1 postcodes are loaded" in capsys.readouterr().out
    assert places.point_of("zz11zz") == (412_345, 308_765)
    assert places.point_of("ZZ3 3ZZ") is None
    with pytest.raises(CommandError, match=r"missing.csv cannot be read"):
        call_command("load_postcodes", str(tmp_path / "missing.csv"))
    given.write_bytes(b"pcds,oseast1m,osnrth1m\n\xff\xfe,1,2\n")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_postcodes", str(given))
    assert places.point_of("zz11zz") == (412_345, 308_765)
