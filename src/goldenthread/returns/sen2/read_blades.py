"""COLLECT blades: a zip or folder of `Blade-Export_DD-MM-YYYY_<table>.csv`, one file per module.

Only the last part of a file's name counts, so blades that were renamed or mended are read too. Text may be
UTF-8 or Windows text. Rows are linked by their `…tableid` columns.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from .issues import FileRefused
from .items import fold
from .layout import BY_TABLE, PARENT_TABLE
from .spool import Spool
from .xml_guard import NOTHING_LOADED

Opener = Callable[[], BinaryIO]

_NAME = re.compile(r"(?:.*[_\- ])?(" + "|".join(BY_TABLE) + r")\.csv", re.IGNORECASE)
_BOOKKEEPING = {"nativeid", "sourceid"}
MAX_CELL = 100_000
_PIECE = 1 << 20


def open_blades(path: Path, name: str) -> Spool:
    """Read the blades into a spool. Raises FileRefused when there are none, or one cannot be read."""
    spool = Spool("blades", name)
    try:
        files = _found(path)
        missing = [table for table in ("person", "requests") if table not in files]
        if missing:
            raise FileRefused(
                f"The blades for {' and '.join(missing)} are missing. {NOTHING_LOADED}",
                "Give all the files of the export together: sen2, person, requests, assessment, namedplan, "
                "plandetail, activeplans, placementdetail, senneed.",
            )
        for table, (shown, opener) in files.items():
            spool.file_of(table, shown)
            _read(spool, table, shown, opener)
        spool.finish()
        if not spool.persons:
            raise FileRefused(f"The person blade has no rows. {NOTHING_LOADED}", "Export the return again.")
    except BaseException:
        spool.close()
        raise
    return spool


def _found(path: Path) -> dict[str, tuple[str, Opener]]:
    """For each table the name of its file and how to open it."""
    found: dict[str, tuple[str, Opener]] = {}
    for name, opener in _entries(path):
        match = _NAME.fullmatch(PurePosixPath(name).name)
        if match is None or PurePosixPath(name).name.startswith("."):
            continue
        table = match[1].lower()
        if table in found:
            raise FileRefused(
                f"There are two files for the blade {table}: {found[table][0]} and {name}. {NOTHING_LOADED}",
                "Leave one set of blades of one export.",
            )
        found[table] = (PurePosixPath(name).name, opener)
    return found


def _entries(path: Path) -> Iterator[tuple[str, Opener]]:
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.is_file():
                yield file.name, _opener(file)
        return
    with zipfile.ZipFile(path) as archive:
        names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    for name in names:
        if not name.startswith("__MACOSX/"):
            yield name, _zip_opener(path, name)


def _opener(file: Path) -> Opener:
    return lambda: cast(BinaryIO, file.open("rb"))


def _zip_opener(path: Path, name: str) -> Opener:
    return lambda: cast(BinaryIO, zipfile.ZipFile(path).open(name))


def _encoding(opener: Opener) -> str:
    """UTF-8 if the whole file is that, else Windows text, which has a meaning for nearly every byte."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with closing(opener()) as stream:
        try:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _rows(opener: Opener, shown: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines. Raises FileRefused where a file cannot be read as CSV."""
    text = io.TextIOWrapper(opener(), encoding=_encoding(opener), newline="")
    with closing(text):
        reader = csv.reader(_short_lines(text, shown), strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as fault:
            raise FileRefused(
                f"{shown} cannot be read as CSV after line {line}: {fault}. {NOTHING_LOADED}",
                "Export the blades again; the file may be cut short.",
            ) from None


def _short_lines(text: io.TextIOWrapper, shown: str) -> Iterator[str]:
    while line := text.readline(MAX_CELL):
        if len(line) == MAX_CELL:
            raise FileRefused(
                f"{shown} has a line of more than {MAX_CELL:,} characters. {NOTHING_LOADED}",
                "Export the blades again.",
            )
        if "\0" in line:
            raise FileRefused(
                f"{shown} holds bytes that no text has. {NOTHING_LOADED}",
                "Save it as CSV in UTF-8, or export the blades again.",
            )
        yield line


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a blade has its own ID, its parent's ID (-1 for none) and its items."""

    count: int
    own: int
    parent: int
    items: list[tuple[int, str]]


def _columns(table: str, shown: str, heading: list[str]) -> _Columns:
    """The columns by their heading. Raises FileRefused when the rows could not be linked."""
    names = [fold(cell) for cell in heading]
    own, parent = f"{table}tableid", f"{PARENT_TABLE[table]}tableid" if table in PARENT_TABLE else ""
    # A row without children needs no ID of its own; persons and header belong to the return as a whole.
    needed = [parent] if parent else []
    if BY_TABLE[table].children:
        needed.append(own)
    lacking = [column for column in needed if column not in names]
    if lacking:
        raise FileRefused(
            f"{shown} has no column {' or '.join(lacking)}, so its rows cannot be linked. {NOTHING_LOADED}",
            "Export the blades again, or put the heading row back.",
        )
    items = [
        (at, heading[at].strip())
        for at, column in enumerate(names)
        if column and not column.endswith(("tableid", "orderseqcolumn")) and column not in _BOOKKEEPING
    ]
    places = {column: at for at, column in enumerate(names)}
    return _Columns(len(heading), places.get(own, -1), places.get(parent, -1), items)


def _read(spool: Spool, table: str, shown: str, opener: Opener) -> None:
    rows = _rows(opener, shown)
    columns = _columns(table, shown, next(rows, (0, []))[1])
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != columns.count:
            spool.report("V18", table, line, f"{len(row)} cells, {columns.count} in the heading")
            continue
        leaves = [(tag, text) for at, tag in columns.items if (text := row[at].strip())]
        if table == "sen2":
            spool.header.leaves.extend((tag, text, line) for tag, text in leaves)
            continue
        own, parent = (row[at].strip() if at >= 0 else "" for at in (columns.own, columns.parent))
        spool.add(table, line, own, parent, leaves)
