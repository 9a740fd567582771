"""A zip is looked at before it is read: where its entries point, and how large they would become.

Nothing is ever unpacked to a name that the zip gives.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

from .issues import FileRefused
from .xml_guard import NOTHING_LOADED

MAX_UNPACKED = 8 << 30
MAX_ENTRIES = 10_000
# A true return packs to a tenth or a fortieth; a bomb to a thousandth.
MAX_RATIO = 250
SMALL = 20 << 20
_PIECE = 1 << 20


def check_archive(path: Path) -> list[str]:
    """The names of the entries. Raises FileRefused for a broken, locked, hostile or far too large zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            for entry in entries:
                _check_entry(entry)
            _check_size(entries)
            for entry in entries:
                _check_content(archive, entry)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as fault:
        raise FileRefused(
            f"The zip file is damaged and cannot be read ({type(fault).__name__}). {NOTHING_LOADED}",
            "Make the zip again, or copy it again from where it came from.",
        ) from None
    return [entry.filename for entry in entries if not entry.is_dir()]


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise FileRefused(f"The zip has a password. {NOTHING_LOADED}", "Make the zip without a password.")
    posix, windows = PurePosixPath(entry.filename), PureWindowsPath(entry.filename)
    if (
        ".." in (*posix.parts, *windows.parts)
        or posix.is_absolute()
        or windows.is_absolute()
        or windows.drive
    ):
        raise FileRefused(
            f"An entry of the zip points outside it, which a return never does. {NOTHING_LOADED}",
            "Make the zip again from the blades alone.",
        )


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = [entry for entry in entries if entry.file_size > SMALL]
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or any(entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in packed)
    ):
        raise FileRefused(
            f"The zip would unpack to far more than a return holds. {NOTHING_LOADED}",
            "Make the zip again from the blades alone.",
        )


def _check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read the entry through once: its size and check sum must be what the zip says they are."""
    with archive.open(entry) as stream:
        while stream.read(_PIECE):
            pass
