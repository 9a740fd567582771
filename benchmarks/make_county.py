"""Making the demonstration county in an empty SQLite database: seconds and peak memory. Size: plans."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks._county import manage


def run(size: int = 6_000) -> dict[str, float]:
    """`manage make_county --plans SIZE`, from start to end of the command."""
    with tempfile.TemporaryDirectory(prefix="gt-county-") as folder:
        database = Path(folder) / "county.sqlite3"
        manage(database, "migrate", "--verbosity", "0")
        cost = manage(database, "make_county", "--plans", str(size))
        return {
            "plans": size,
            "making it, s": round(cost.seconds, 1),
            "processor s": round(cost.processor, 1),
            "peak memory, MB": round(cost.peak_mb),
            "database, MB": round(database.stat().st_size / 2**20),
        }
