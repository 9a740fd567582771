"""Counties to measure on: made once for each size, and kept in var/bench for the next run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds on the wall and of processor time, and the most memory in MB.

    The pages of the database that SQLite maps into memory are counted in it.
    """

    seconds: float
    processor: float
    peak_mb: float


def manage(database: Path, *arguments: str | int | Path) -> Cost:
    """Run one of the site's commands on a SQLite file. Raises CalledProcessError if it fails."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "goldenthread", *map(str, arguments)]
    variables = {**os.environ, "GT_DATABASE_URL": f"sqlite:///{database}", "GT_DEMONSTRATION": "1"}
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=words)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            print(words.read().decode(errors="replace"), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def county(plans: int) -> Path:
    """The database of a county of so many plans, at today's schema; made where there is none yet."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"county-{plans}.sqlite3"
    if not path.exists():
        part = path.with_suffix(".part")
        for leftover in KEPT.glob(f"{part.name}*"):
            leftover.unlink()
        print(f"  making a county of {plans:,} plans, once: {path.relative_to(ROOT)}", flush=True)
        manage(part, "migrate", "--verbosity", "0")
        manage(part, "make_county", "--plans", str(plans))
        part.replace(path)
    manage(path, "migrate", "--verbosity", "0")
    return path
