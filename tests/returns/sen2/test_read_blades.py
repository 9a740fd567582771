"""Blades from a zip or a folder, whole or broken."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from goldenthread.returns.sen2.read import open_return
from goldenthread.returns.sen2.write_blades import write_blades

from .builders import HEADER, person, plain, read_all, refused, request


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The blades of three persons as a folder."""
    write_blades(
        tmp_path / "blades.zip",
        HEADER,
        [person(number) for number in (1, 2, 3)],
        exported_on=date(2027, 3, 1),
    )
    with zipfile.ZipFile(tmp_path / "blades.zip") as archive:
        archive.extractall(tmp_path / "blades")
    return tmp_path / "blades"


def _blade(folder: Path, table: str) -> Path:
    return folder / f"Blade-Export_01-03-2027_{table}.csv"


def _change(folder: Path, table: str, old: str, new: str) -> None:
    path = _blade(folder, table)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1), newline="")


def test_a_folder_reads_as_its_zip(folder: Path) -> None:
    kept, issues = read_all(folder)
    again, _ = read_all(folder.parent / "blades.zip")
    assert plain(kept) == plain(again) == [person(number) for number in (1, 2, 3)]
    assert issues == []
    with open_return(folder) as reading:
        assert (reading.kind, reading.persons, reading.total_hint) == ("blades", 3, 3)
    assert "2026-Feb-02 00:00:00" in _blade(folder, "requests").read_text()


def test_lines_and_files_are_those_of_the_blade(folder: Path) -> None:
    _change(folder, "person", "WBRI", "ZZZZ")
    _, issues = read_all(folder)
    assert [(each.code, each.file, each.line) for each in issues] == [
        ("V04", "Blade-Export_01-03-2027_person.csv", 2)
    ]


def test_mended_and_renamed_blades_are_read(folder: Path) -> None:
    _change(folder, "requests", "2026-Feb-02 00:00:00", "02/02/2026")
    path = _blade(folder, "requests")
    path.rename(folder / "requests.csv")
    assert plain(read_all(folder)[0])[0] == person(1)


def test_windows_text_is_read(folder: Path) -> None:
    _change(folder, "person", "Robin", "Renée")
    path = _blade(folder, "person")
    path.write_bytes(path.read_text().encode("cp1252"))
    assert read_all(folder)[0][0].forename == "Renée"
    path.write_bytes(path.read_text("cp1252").encode("utf-8-sig"))
    assert read_all(folder)[0][0].forename == "Renée"


def test_rows_of_nobody_are_reported(folder: Path) -> None:
    path = _blade(folder, "requests")
    lines = path.read_text().splitlines()
    lines[2] = lines[2].replace(",1,2,", ",1,77,", 1)
    path.write_text("\n".join(lines))
    kept, issues = read_all(folder)
    assert [len(each.requests) for each in kept] == [1, 0, 1]
    found = [each for each in issues if each.code == "V13"]
    assert [(each.line, each.value, each.path) for each in found] == [(3, "77", "Requests")]


def test_rows_without_ids_belong_to_nobody(folder: Path) -> None:
    path = _blade(folder, "person")
    path.write_text(path.read_text().replace("\n1,", "\n,").replace("\n2,", "\n,"))
    path = _blade(folder, "requests")
    path.write_text(path.read_text().replace(",1,1,", ",1,,"))
    kept, issues = read_all(folder)
    assert [len(each.requests) for each in kept] == [0, 0, 1]
    assert [each.line for each in issues if each.code == "V13"] == [2, 3]


def test_rows_with_the_same_id_are_reported(folder: Path) -> None:
    path = _blade(folder, "person")
    path.write_text(path.read_text().replace("\n3,", "\n2,"))
    kept, issues = read_all(folder)
    assert plain(kept) == [person(1), person(2)]
    assert {(each.code, each.line) for each in issues} == {("V16", 4), ("V13", 4)}


def test_short_rows_are_reported(folder: Path) -> None:
    path = _blade(folder, "senneed")
    lines = path.read_text().splitlines()
    lines[1] = lines[1].rpartition(",")[0]
    path.write_text("\n".join(lines))
    kept, issues = read_all(folder)
    assert len(kept) == 3
    assert ("V18", 2) in {(each.code, each.line) for each in issues}


def test_unknown_columns_are_kept(folder: Path) -> None:
    path = _blade(folder, "person")
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([head + ",shoe", *(f"{row},42" for row in rows)]))
    kept, issues = read_all(folder)
    assert kept[2].raw["shoe"] == "42"
    assert [(each.code, each.value) for each in issues] == [("V09", "42"), ("V09", "3 times in all")]


def test_missing_tables(folder: Path) -> None:
    _blade(folder, "senneed").unlink()
    assert len(read_all(folder)[0]) == 3
    _blade(folder, "person").unlink()
    assert "The blades for person are missing." in refused(folder).message


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("requests", "persontableid", "x", "has no column persontableid"),
        ("person", "persontableid", "x", "has no column persontableid"),
        ("person", "Robin", '"Robin', "cannot be read as CSV"),
        ("person", "Robin", "R" * 100_001, "a line of more than 100,000 characters"),
    ],
)
def test_broken_blade_is_refused(table: str, old: str, new: str, message: str, folder: Path) -> None:
    _change(folder, table, old, new)
    refusal = refused(folder)
    assert message in refusal.message
    assert "Nothing was loaded." in refusal.message


def test_two_sets_of_blades_are_refused(folder: Path) -> None:
    (folder / "Blade-Export_02-03-2027_person.csv").write_text("persontableid\n")
    assert "two files for the blade person" in refused(folder).message


def test_one_csv_alone_is_refused(folder: Path) -> None:
    assert "One CSV file alone is not a return." in refused(_blade(folder, "person")).message


def test_an_empty_person_blade_is_refused(folder: Path) -> None:
    path = _blade(folder, "person")
    path.write_text(path.read_text().splitlines()[0])
    assert "The person blade has no rows." in refused(folder).message


@pytest.mark.parametrize("name", ["../person.csv", "/person.csv", "C:\\person.csv", "a\\..\\person.csv"])
def test_a_zip_that_points_outside_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "blades.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "persontableid\n1\n")
    assert "points outside it" in refused(path).message
    assert [each.name for each in tmp_path.iterdir()] == ["blades.zip"]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blades.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.csv", b"0" * (60 << 20))
    assert "unpack to far more" in refused(path).message


def test_a_zip_that_lies_about_its_size_is_refused(folder: Path) -> None:
    path = folder.parent / "blades.zip"
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("Blade-Export_01-03-2027_person.csv").file_size.to_bytes(4, "little")
    content = content.replace(size, (10).to_bytes(4, "little"))
    path.write_bytes(content)
    assert "damaged" in refused(path).message


def test_a_damaged_or_empty_or_other_zip_is_refused(folder: Path) -> None:
    path = folder.parent / "blades.zip"
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged" in refused(path).message
    with zipfile.ZipFile(path, "w"):
        pass
    assert "neither COLLECT blades nor one XML return" in refused(path).message
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "neither COLLECT blades nor one XML return" in refused(path).message


def test_a_zip_of_one_xml_return_is_read(tmp_path: Path) -> None:
    from goldenthread.returns.sen2.write_xml import write_return

    write_return(tmp_path / "return.xml", HEADER, [person(requests=[request()])])
    with zipfile.ZipFile(tmp_path / "return.zip", "w") as archive:
        archive.write(tmp_path / "return.xml", "return.xml")
    assert plain(read_all(tmp_path / "return.zip")[0]) == [person()]


def test_nothing_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spare = folder.parent / "spare"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    with open_return(folder) as reading:
        assert list(spare.iterdir())
        assert sum(1 for _ in reading) == 3
    assert list(spare.iterdir()) == []
    _blade(folder, "person").write_text("x\n")
    refused(folder)
    assert list(spare.iterdir()) == []
