"""Time-ordered against random keys: rows a second into a table of SQLite with two foreign-key indexes."""

from __future__ import annotations

import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from goldenthread.core.ids import new_id


def _rows_a_second(make: Callable[[], uuid.UUID], rows: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "keys.sqlite3")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("CREATE TABLE t (id char(32) PRIMARY KEY, parent char(32), body text)")
        db.execute("CREATE INDEX t_parent ON t (parent)")
        keys = [make().hex for _ in range(rows)]
        started = time.perf_counter()
        for at in range(0, rows, 2000):
            with db:
                chunk = [(key, key, "x" * 120) for key in keys[at : at + 2000]]
                db.executemany("INSERT INTO t VALUES (?, ?, ?)", chunk)
        took = time.perf_counter() - started
        db.close()
    return rows / took


def run(size: int = 640_000) -> dict[str, float]:
    """Rows a second for each kind of key at `size` rows, and the ratio."""
    random_keys = _rows_a_second(uuid.uuid4, size)
    ordered = _rows_a_second(new_id, size)
    return {
        "rows": size,
        "random keys, rows/s": round(random_keys),
        "time-ordered keys, rows/s": round(ordered),
        "ratio": round(ordered / random_keys, 2),
    }
