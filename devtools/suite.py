"""`dev.py test`: each step with a heading and a time, none stopped by another's failure, one summary.

The last line is `N passed, N failed, N skipped` over all steps: a check counts as one, a test as one on
each database that it ran on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from devtools import chromium, environment
from devtools.environment import BIN, DEVELOPMENT, PYTHON, ROOT
from devtools.terminal import bad, good, heading, say

REPORTS = ROOT / "var" / "tests"
STEP_MINUTES = 25
NO_TESTS = 5  # pytest's exit code when it collected none
Command = list[str | Path]

CHECKS: dict[str, tuple[str, list[Command]]] = {
    "style": (
        "Style (ruff)",
        [[BIN / "ruff", "check", "--quiet", "."], [BIN / "ruff", "format", "--check", "--quiet", "."]],
    ),
    "types": ("Types (mypy)", [[BIN / "mypy"]]),
    "layers": ("Layers (import-linter)", [[BIN / "lint-imports", "--no-logo"]]),
    "templates": (
        "Templates (djlint)",
        [[BIN / "djlint", "src", "--lint", "--quiet", "--allow-empty-input"]],
    ),
    "site": (
        "The site's own checks, and migrations that match the models",
        [
            [PYTHON, "-m", "goldenthread", "check", "--fail-level", "WARNING"],
            [PYTHON, "-m", "goldenthread", "makemigrations", "--check", "--dry-run"],
        ],
    ),
    "diagrams": (
        "Drawn documents as the code has them",
        [
            [PYTHON, "-m", "goldenthread", "draw_workflows", "--check"],
            [PYTHON, "-m", "goldenthread", "draw_access", "--check"],
        ],
    ),
}
SUITES = {
    "sqlite": "Tests on SQLite",
    "postgres": "Tests on PostgreSQL (those that touch a database)",
    "browser": "Pages in Chromium",
}
PARTS = {"sqlite": "main", "postgres": "database", "browser": "browser"}
QUICK = ["style", "types", "layers", "templates"]
NAMES = [*CHECKS, *SUITES]


@dataclass
class Result:
    """How one step went; `note` is one line for the summary."""

    title: str
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""

    def line(self) -> str:
        """The step's row of the summary."""
        mark = bad("FAILED") if self.failed else good("ok    ")
        counts = f"{self.passed} passed" + "".join(
            f", {number} {word}"
            for number, word in ((self.failed, "failed"), (self.skipped, "skipped"))
            if number
        )
        return f"{mark} {self.seconds:6.1f} s  {self.title}: {counts}{self.note and '; ' + self.note}"


def run(only: list[str], for_pytest: list[str]) -> int:
    """Run the named steps, or all; with pytest arguments, only the tests. 0 if nothing failed."""
    began = time.monotonic()
    environment.ensure(DEVELOPMENT)
    REPORTS.mkdir(parents=True, exist_ok=True)
    names = only or (list(SUITES) if for_pytest else NAMES)
    results = [_checked(name) if name in CHECKS else _tested(name, for_pytest) for name in names]
    return summary(results, time.monotonic() - began, may_be_empty=bool(for_pytest))


def bare_variables() -> dict[str, str]:
    """Our environment without any site's settings, so that every machine runs the same."""
    kept = {name: value for name, value in environment.variables().items() if not name.startswith("GT_")}
    return {**kept, "PYTHONUNBUFFERED": "1", "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _checked(name: str) -> Result:
    title, commands = CHECKS[name]
    heading(title)
    result, began = Result(title), time.monotonic()
    # Nothing here needs a database, and none of it may touch the developer's.
    variables = {**bare_variables(), "GT_DEMONSTRATION": "1", "GT_DATABASE_URL": "sqlite:///:memory:"}
    for command in commands:
        code, output = _captured(command, variables)
        if code:
            say(output.strip())
            result.failed = 1
    result.passed = 1 - result.failed
    result.seconds = time.monotonic() - began
    say(f"{bad('failed') if result.failed else good('passed')} in {result.seconds:.1f} s")
    return result


def _tested(name: str, for_pytest: list[str]) -> Result:
    title = SUITES[name]
    heading(title)
    result, began = Result(title), time.monotonic()
    variables = bare_variables()
    if name == "browser":
        found = chromium.find_or_install()
        if found is None:
            return _without_browser(result)
        variables["GT_CHROMIUM"] = found
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    code = _streamed(_pytest(name, report, for_pytest), variables)
    count(result, report, code)
    result.seconds = time.monotonic() - began
    return result


def _pytest(name: str, report: Path, for_pytest: list[str]) -> Command:
    command: Command = [PYTHON, "-m", "pytest", "--part", PARTS[name], f"--junitxml={report}", "-q"]
    if not for_pytest:
        command += ["-n", "2", "--dist", "worksteal"]
    if name == "postgres":
        command = [PYTHON, "-m", "tests.support.postgres", "--", *command]
    return [*command, *for_pytest]


def count(result: Result, report: Path, code: int) -> None:
    """Add what pytest's report says. Without one, or with another exit code, the suite has failed."""
    if report.exists():
        for run_of in ElementTree.parse(report).getroot().iter("testsuite"):
            number = {key: int(run_of.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
            result.failed += number["failures"] + number["errors"]
            result.skipped += number["skipped"]
            result.passed += number["tests"] - number["failures"] - number["errors"] - number["skipped"]
    if code == NO_TESTS:
        result.note = "no test matched"
    elif code and not result.failed:
        result.failed, result.note = 1, f"stopped early with code {code}"


def _without_browser(result: Result) -> Result:
    say(chromium.MISSING)
    result.note = "no Chromium here"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        result.failed = 1
    else:
        result.skipped = 1
    return result


def _captured(command: Command, variables: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def _streamed(command: Command, variables: dict[str, str]) -> int:
    """Run with output as it comes; a step that hangs is ended, so that the others still run."""
    process = subprocess.Popen(command, cwd=ROOT, env=variables, start_new_session=True)
    try:
        return process.wait(STEP_MINUTES * 60)
    except subprocess.TimeoutExpired:
        say(f"Ended after {STEP_MINUTES} minutes: something in it hangs.")
        return _ended(process)
    except KeyboardInterrupt:
        _ended(process)
        raise


def _ended(process: subprocess.Popen[bytes]) -> int:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode or 1


def summary(results: list[Result], seconds: float, *, may_be_empty: bool) -> int:
    """Print every step and the closing line; 1 if anything failed or nothing ran."""
    for result in results:
        if not may_be_empty and not result.passed + result.failed + result.skipped:
            result.failed = 1  # a whole suite that ran nothing has proved nothing
    heading("Summary")
    for result in results:
        say(result.line())
    passed, failed, skipped = (
        sum(getattr(r, key) for r in results) for key in ("passed", "failed", "skipped")
    )
    say(f"in {int(seconds) // 60} min {int(seconds) % 60} s")
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed + skipped else 0
