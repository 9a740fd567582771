"""dev.py itself: what it says when something is in the way, and how it counts."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import chromium, environment, local, serve, suite
from devtools.terminal import Problem
from tests.support.repository import ROOT

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def _dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dev.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_alone_it_names_every_command() -> None:
    shown = _dev()
    assert shown.returncode == 0
    for name in ("start", "test", "check", "bench", "manage", "shell", "lock"):
        assert f"dev.py {name}" in shown.stdout


def test_an_unknown_command_is_named() -> None:
    shown = _dev("strat")
    assert shown.returncode == 2
    assert "'strat'" in shown.stderr


@pytest.mark.parametrize(
    "arguments", [["--port", "http"], ["--port", "70000"], ["--plans", "0"], ["--plans", "many"]]
)
def test_start_refuses_what_is_no_number(arguments: list[str]) -> None:
    shown = _dev("start", *arguments)
    assert shown.returncode == 2
    assert repr(arguments[1]) in shown.stderr


def test_a_port_in_use_is_told_before_anything_else_with_one_that_is_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is already in use") as told:
            serve.check_port("127.0.0.1", port)
    serve.check_port("127.0.0.1", int(str(told.value).rsplit(" ", 1)[1]))


def test_it_can_be_read_by_an_older_python() -> None:
    # The sentence about the version is only seen if the whole file parses there.
    source = (ROOT / "dev.py").read_text()
    compile(source, "dev.py", "exec", dont_inherit=True)
    assert source.index("sys.version_info < NEEDED") < source.index("from devtools")
    assert 'f"' not in source
    assert "match " not in source


@pytest.mark.parametrize(
    ("numbers", "code", "expected"),
    [
        ((5, 0, 0, 1), 0, (4, 0, 1, "")),
        ((5, 1, 1, 0), 1, (3, 2, 0, "")),
        ((3, 0, 0, 0), 2, (3, 1, 0, "stopped early with code 2")),
        ((0, 0, 0, 0), 5, (0, 0, 0, "no test matched")),
    ],
)
def test_a_report_is_counted(
    tmp_path: Path, numbers: tuple[int, ...], code: int, expected: tuple[int, int, int, str]
) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(*numbers))
    result = suite.Result("t")
    suite.count(result, report, code)
    assert (result.passed, result.failed, result.skipped, result.note) == expected


def test_a_suite_that_dies_without_a_report_has_failed(tmp_path: Path) -> None:
    result = suite.Result("t")
    suite.count(result, tmp_path / "none.xml", -11)
    assert (result.passed, result.failed) == (0, 1)


def test_the_last_line_sums_all_steps(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [suite.Result("a", passed=2), suite.Result("b", passed=3, failed=1), suite.Result("c", skipped=4)]
    assert suite.summary(steps, 61.0, may_be_empty=False) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed, 4 skipped"


@pytest.mark.parametrize(("may_be_empty", "code"), [(False, 1), (True, 0)])
def test_an_empty_suite_fails_a_whole_run_only(may_be_empty: bool, code: int) -> None:
    steps = [suite.Result("a", passed=2), suite.Result("b")]
    assert suite.summary(steps, 1.0, may_be_empty=may_be_empty) == code


def test_tests_do_not_hear_the_developers_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GT_DATABASE_URL", "postgres://real/one")
    assert not [name for name in suite.bare_variables() if name.startswith("GT_")]


def test_our_processes_keep_what_they_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    for variables in (suite.bare_variables(), local.settings()):
        assert "PYTHONDONTWRITEBYTECODE" not in variables
        assert variables["PYTHONPYCACHEPREFIX"].startswith(str(environment.VENV))


def test_the_state_is_of_one_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "STATE", tmp_path / "local.json")
    monkeypatch.setattr(local, "DATABASE", tmp_path / "site.sqlite3")
    variables = {"GT_DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    (tmp_path / "local.json").write_text(json.dumps({"database": variables["GT_DATABASE_URL"], "plans": 9}))
    assert "plans" not in local.state_of(variables), "its file is gone, so nothing was done to it"
    (tmp_path / "site.sqlite3").touch()
    assert local.state_of(variables)["plans"] == 9
    assert "plans" not in local.state_of({"GT_DATABASE_URL": "postgres://another/one"})


def test_the_secret_key_is_made_once_and_for_us_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "VAR", tmp_path)
    first = local.settings()["GT_SECRET_KEY"]
    assert len(first) >= 50
    assert local.settings()["GT_SECRET_KEY"] == first
    if os.name != "nt":
        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_changed_pins_are_installed_again(tmp_path: Path) -> None:
    pins = tmp_path / "base.txt"
    pins.write_text("a==1")
    before = environment.digest(pins)
    pins.write_text("a==2")
    assert environment.digest(pins) != before


def test_a_named_chromium_that_is_not_there_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GT_CHROMIUM", "/nowhere/chromium")
    assert chromium.find_or_install() is None


def test_ci_runs_the_same_command() -> None:
    assert "python3 dev.py test\n" in (ROOT / ".ci" / "run").read_text()
