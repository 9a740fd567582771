"""Which kind of return a path holds, told by its first bytes and not by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO, cast

from .archive import check_archive
from .issues import FileRefused
from .read_blades import open_blades
from .read_template import open_template
from .read_xml import XmlSource
from .source import Source
from .xml_guard import NOTHING_LOADED

CHOOSE = (
    "Choose the SEN2 return itself: its XML file, the zip or folder of COLLECT blades, or the Excel template."
)


def open_source(path: Path, name: str) -> Source:
    """Open what stands at the path. Raises FileRefused when it is no kind of SEN2 return."""
    if not path.exists():
        raise FileRefused(f"There is no file or folder {name}.", "Check its name and place.")
    if path.is_dir():
        return open_blades(path, name)
    with path.open("rb") as stream:
        start = stream.read(512)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(path, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            f"The file is an old Excel workbook or one with a password. {NOTHING_LOADED}",
            "Save it as an Excel workbook (.xlsx) without a password.",
        )
    if start.startswith(b"%PDF"):
        raise FileRefused(f"The file is a PDF. {NOTHING_LOADED}", CHOOSE)
    if path.suffix.lower() == ".csv":
        raise FileRefused(
            f"One CSV file alone is not a return. {NOTHING_LOADED}",
            "Give the folder or a zip of all the COLLECT blades.",
        )
    return XmlSource(lambda: cast(BinaryIO, path.open("rb")), name)


def _open_zip(path: Path, name: str) -> Source:
    names = check_archive(path)
    if any(each.lower().startswith("xl/") for each in names):
        return open_template(path, name)
    if any(each.lower().endswith(".csv") for each in names):
        return open_blades(path, name)
    xml = [each for each in names if each.lower().endswith(".xml")]
    if len(xml) == 1:
        return XmlSource(lambda: cast(BinaryIO, zipfile.ZipFile(path).open(xml[0])), name)
    raise FileRefused(f"The zip holds neither COLLECT blades nor one XML return. {NOTHING_LOADED}", CHOOSE)
