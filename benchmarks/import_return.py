"""Loading a SEN2 return into an empty SQLite database: people a second and peak memory. Size: people."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks._county import Cost, manage
from goldenthread.demo.county import CENSUS_DAY, count_people


def run(size: int = 20_000) -> dict[str, float]:
    """Write a county of at least `size` people as XML; load it by `manage import_sen2`, and once more."""
    with tempfile.TemporaryDirectory(prefix="gt-import-") as folder:
        file, database = Path(folder) / "return.xml", Path(folder) / "import.sqlite3"
        plans = _plans_for(size)
        people = count_people(plans, 1)
        manage(database, "migrate", "--verbosity", "0")
        wrote = manage(database, "make_county", "--plans", plans, "--only-file", "--sen2", file)
        as_of = ("import_sen2", file, "--as-of", CENSUS_DAY.isoformat())
        load, again = manage(database, *as_of), manage(database, *as_of)
        return {
            "people": people,
            "file, MB": round(file.stat().st_size / 2**20, 1),
            **_told("writing the file", wrote, people),
            **_told("load", load, people),
            **_told("the same file again", again, people),
            "database, MB": round(database.stat().st_size / 2**20),
        }


def _plans_for(people: int) -> int:
    """The plans of a county with at least so many people: six in ten of them have one."""
    plans = round(people * 0.61)
    while count_people(plans, 1) < people:
        plans = round(plans * 1.01) + 1
    return plans


def _told(name: str, cost: Cost, size: int) -> dict[str, float]:
    return {
        f"{name}, s": round(cost.seconds, 1),
        f"{name}, processor s": round(cost.processor, 1),
        f"{name}, people/s": round(size / cost.seconds),
        f"{name}, peak memory MB": round(cost.peak_mb),
    }
