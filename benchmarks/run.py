"""Runs benchmarks and keeps what they say: `python3 dev.py bench [NAME ...] [--size N]`.

A benchmark is a module of this folder with `run(size=...) -> dict[str, float]` (or `run()`), whose figures
are named with their unit. One that sets `NEEDS_DATABASE = True` finds Django set up on an empty, migrated
database made for it, on each kind that `--database` names. Each runs in a process of its own, so that its
peak memory is its own too.

Results are appended to results/NAME.json with the machine and the date; nothing there is ever replaced.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import json
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks
from benchmarks.machine import machine
from tests.support.postgres import running_postgres

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results"
NOT_BENCHMARKS = {"run", "machine"}


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all; 1 if one of them failed."""
    options = _options(arguments)
    known = names()
    if options.list:
        for name in known:
            print(f"{name:24} {_told(_module(name))}")
        return 0
    if unknown := [name for name in options.names if name not in known]:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    if options.minutes is not None:
        os.environ["GT_BENCH_MINUTES"] = str(options.minutes)
    done = [_measured(name, options.size, kind) for name, kind in _wanted(options, known)]
    return 0 if all(done) else 1


def names() -> list[str]:
    """The benchmarks of this folder: modules, and packages, that define run()."""
    modules = [info.name for info in pkgutil.iter_modules(benchmarks.__path__)]
    return sorted(
        name
        for name in modules
        if name not in NOT_BENCHMARKS and not name.startswith("_") and "def run(" in _source(name)
    )


def append(name: str, what: str, entry: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Add one run to the benchmark's results. A file that is not ours to read is left and told of.

    Raises ValueError, naming the file, if what stands there is not a list of runs.
    """
    path = folder / f"{name}.json"
    history: dict[str, Any] = {"benchmark": name, "what": what, "runs": []}
    if path.exists():
        with contextlib.suppress(ValueError):
            history = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(history, dict) and isinstance(history.get("runs"), list):
                return _write(path, {**history, "what": what, "runs": [*history["runs"], entry]})
        raise ValueError(f"{path} does not hold a list of runs; move it away to begin a new one.")
    return _write(path, {**history, "runs": [entry]})


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description="Measure on this machine.")
    parser.add_argument("names", nargs="*", help="which; all if none is named")
    parser.add_argument("--size", type=int, help="how large, in the benchmark's own unit (its default)")
    parser.add_argument("--minutes", type=float, help="how long, for one that goes on for a time")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="sqlite")
    parser.add_argument("--list", action="store_true", help="say which there are")
    return parser.parse_args(arguments)


def _wanted(options: argparse.Namespace, known: list[str]) -> Iterator[tuple[str, str]]:
    kinds = ["sqlite", "postgres"] if options.database == "both" else [options.database]
    for name in options.names or known:
        if getattr(_module(name), "NEEDS_DATABASE", False):
            yield from ((name, kind) for kind in kinds)
        else:
            yield name, ""


def _measured(name: str, size: int | None, kind: str) -> bool:
    """Run one benchmark in a process of its own, print its figures and keep them. False if it failed."""
    print(f"\n{name}{f' on {kind}' if kind else ''}: {_told(_module(name))}", flush=True)
    with tempfile.TemporaryDirectory(prefix="gt-bench-") as scratch, _database(kind, Path(scratch)) as url:
        answer = Path(scratch) / "answer.json"
        command = [sys.executable, "-m", "benchmarks.run", "--child", name, str(size or 0), str(answer)]
        variables = {**os.environ, "GT_DEMONSTRATION": "1", "GT_SECRET_KEY": "bench" * 12, "GT_VAR": scratch}
        if subprocess.run(command, env={**variables, "GT_DATABASE_URL": url}, check=False).returncode:
            print(f"  {name} failed; nothing is kept", flush=True)
            return False
        entry = json.loads(answer.read_text())
    for label, value in entry["figures"].items():
        print(f"  {label:48} {_shown(value):>16}")
    print(
        f"  {'in all, with peak memory':48} {entry['seconds']:>10} s, {entry['peak_memory_mb']} MB",
        flush=True,
    )
    append(name, _told(_module(name)), entry)
    return True


@contextlib.contextmanager
def _database(kind: str, scratch: Path) -> Iterator[str]:
    if kind == "postgres":
        with running_postgres(durable=True) as url:
            yield url
    else:
        yield f"sqlite:///{scratch / 'bench.sqlite3'}"


def child(name: str, size: int, answer: Path) -> None:
    """In the process of its own: set up, run, and write what came of it to `answer`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    module = _module(name)
    needs_database = getattr(module, "NEEDS_DATABASE", False)
    if needs_database:
        _migrated()
    began = time.perf_counter()
    takes_size = "size" in inspect.signature(module.run).parameters
    figures = module.run(size=size) if size and takes_size else module.run()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    entry = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(database=needs_database),
        "size": (size or inspect.signature(module.run).parameters["size"].default) if takes_size else None,
        "figures": {label: round(v, 4) if isinstance(v, float) else v for label, v in figures.items()},
        "seconds": round(seconds, 2),
        "peak_memory_mb": round(peak),
    }
    answer.write_text(json.dumps(entry))


def _migrated() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.{name}")


def _source(name: str) -> str:
    path = FOLDER / f"{name}.py"
    return (path if path.exists() else FOLDER / name / "__init__.py").read_text(encoding="utf-8")


def _told(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().split("\n")[0]


def _shown(value: Any) -> str:
    return (
        f"{value:,.2f}"
        if isinstance(value, float)
        else f"{value:,}"
        if isinstance(value, int)
        else str(value)
    )


def _write(path: Path, history: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(history, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return part.replace(path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        raise SystemExit(main(sys.argv[1:]))
