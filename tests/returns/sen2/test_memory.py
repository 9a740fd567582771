"""A large return is read in the memory of one person, and a hostile one is refused in no more."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from goldenthread.returns.sen2.read import FileRefused, open_return
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.sen2.write_blades import write_blades
from goldenthread.returns.sen2.write_xml import write_return

from .builders import HEADER, person, xml_of

MANY = 50_000
MEGABYTE = 1 << 20


def _persons() -> Iterator[PersonRecord]:
    return (person(number) for number in range(MANY))


def _resident() -> int:
    """Resident memory in bytes, which counts what the XML parser holds outside Python."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def _peak(path: Path) -> tuple[int, int]:
    """The most memory above the start while all persons are read, and how many were kept."""
    start, peak = _resident(), 0
    with open_return(path) as reading:
        for number, _ in enumerate(reading):
            if number % 1_000 == 0:
                peak = max(peak, _resident() - start)
        return peak, reading.kept


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
@pytest.mark.parametrize(
    "write",
    [
        lambda path: write_return(path, HEADER, _persons()),
        lambda path: write_blades(path, HEADER, _persons(), exported_on=date(2027, 3, 1)),
    ],
    ids=["xml", "blades"],
)
def test_fifty_thousand_persons_stay_under_a_hundred_megabytes(
    write: Callable[[Path], int], tmp_path: Path
) -> None:
    path = tmp_path / "return"
    write(path)
    peak, kept = _peak(path)
    assert kept == MANY
    assert peak < 100 * MEGABYTE


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
def test_two_gigabytes_of_one_line_are_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    start = xml_of().split("</Persons>")[0].encode() + b"<Person><Surname>"
    with path.open("wb") as file:
        file.write(start)
        file.truncate(2 << 30)  # a sparse file: zeros to the end
    before = _resident()
    tracemalloc.start()
    with pytest.raises(FileRefused, match="Nothing was loaded"):
        open_return(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * MEGABYTE
    assert _resident() - before < 50 * MEGABYTE
