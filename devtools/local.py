"""The site on a developer's machine: its settings, its database, and the demonstration county in it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from pathlib import Path
from typing import Any

from devtools import environment
from devtools.environment import ROOT
from devtools.terminal import Problem, say

VAR = ROOT / "var"
STATE = VAR / "local.json"
DATABASE = VAR / "goldenthread.sqlite3"


def settings() -> dict[str, str]:
    """The process environment for the local site: a demonstration, unless the caller's says otherwise."""
    VAR.mkdir(exist_ok=True)
    (VAR / "static").mkdir(exist_ok=True)
    ours = {
        "GT_DEMONSTRATION": "1",
        "GT_SECRET_KEY": _secret_key(),
        "GT_DATABASE_URL": f"sqlite:///{DATABASE}",
    }
    return {**ours, "PYTHONUNBUFFERED": "1", **environment.variables()}


def manage(python: Path, *arguments: str, variables: dict[str, str] | None = None) -> int:
    """Run one of Django's commands; its exit code."""
    command: list[str | Path] = [python, "-m", "goldenthread", *arguments]
    return subprocess.call(command, cwd=ROOT, env=variables or settings())


def prepare(python: Path, plans: int | None) -> None:
    """Bring the database up to date and, the first time, make the county. Quick when nothing is to do."""
    variables = settings()
    state = state_of(variables)
    schema = environment.digest(environment.REQUIREMENTS / "base.txt", *_migrations())
    if state.get("schema") != schema:
        say("Preparing the database")
        _must(python, ["migrate", "--verbosity", "0"], variables)
        state["schema"] = schema
        _keep(state)
    if "plans" not in state:
        wanted = plans or 6000
        say(f"Making the demonstration county: {wanted:,} plans, this once. Every person in it is fictional.")
        _must(python, ["make_county", "--plans", str(wanted), "--seed", "1"], variables)
        state["plans"] = wanted
        _keep(state)
    elif plans and plans != state["plans"]:
        say(
            f"The county already has {state['plans']:,} plans and is kept. "
            f"For one with {plans:,}, stop, move {DATABASE.relative_to(ROOT)} away and start again."
        )


def _secret_key() -> str:
    path = VAR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _migrations() -> list[Path]:
    return sorted((ROOT / "src" / "goldenthread").glob("*/migrations/*.py"))


def state_of(variables: dict[str, str]) -> dict[str, Any]:
    """What was done to this database. Another database, or a deleted one, starts from nothing."""
    fresh = {"database": variables["GT_DATABASE_URL"]}
    if variables["GT_DATABASE_URL"] == f"sqlite:///{DATABASE}" and not DATABASE.exists():
        return fresh
    try:
        state = json.loads(STATE.read_text())
    except (FileNotFoundError, ValueError):
        return fresh
    return state if state.get("database") == fresh["database"] else fresh


def _keep(state: dict[str, Any]) -> None:
    STATE.write_text(json.dumps(state, indent=1))


def _must(python: Path, arguments: list[str], variables: dict[str, str]) -> None:
    if code := manage(python, *arguments, variables=variables):
        raise Problem(f"`manage {' '.join(arguments)}` ended with code {code}; the reason is above.")
