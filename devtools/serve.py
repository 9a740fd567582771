"""Runs the site and its jobs until Ctrl-C, as two child processes that end with this one."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from devtools import local
from devtools.environment import ROOT
from devtools.terminal import Problem, good, say, warn

READY_SECONDS = 60
STOP_SECONDS = 10
LOG = local.VAR / "site.log"
Child = subprocess.Popen[bytes]


def check_port(host: str, port: int) -> None:
    """Raise Problem, naming a free port, if the address is taken: said before any long work begins."""
    if _is_free(host, port):
        return
    other = next(
        (number for number in range(port + 1, min(port + 100, 65536)) if _is_free(host, number)), None
    )
    hint = f" Try: python3 dev.py start --port {other}" if other else " Choose another with --port."
    raise Problem(f"Port {port} is already in use on {host}; perhaps the site is already running.{hint}")


def serve(python: Path, host: str, port: int) -> int:
    """Serve the prepared site, say where it is once it answers, and stop everything on Ctrl-C."""
    variables = local.settings()
    if host not in {"127.0.0.1", "localhost"}:
        variables.setdefault("GT_HOSTS", "*")
        say(f"Listening on {host}: everyone on your network can open this demonstration.")
    stop = _Stop()
    with LOG.open("wb") as log, _children() as children:
        site = _child(children, _server(python, host, port), variables, log)
        reached = "127.0.0.1" if host == "0.0.0.0" else host
        _await_site(site, f"http://{reached}:{port}/health/live", stop)
        if not stop.asked:
            _welcome(f"http://{'localhost' if reached == '127.0.0.1' else host}:{port}/")
            # After the site, which people wait for; jobs can wait a second.
            jobs = _child(children, [python, "-m", "goldenthread", "run_jobs"], variables, log)
            _watch(site, jobs, stop)
        say("\nStopping")
    return 0


def _watch(site: Child, jobs: Child, stop: _Stop) -> None:
    told = False
    while not stop.asked:
        if site.poll() is not None:
            raise Problem(f"The site stopped by itself with code {site.returncode}:\n{_last_words()}")
        if jobs.poll() is not None and not told:
            warn(f"The jobs worker stopped (code {jobs.returncode}); imports and notices wait:")
            warn(_last_words())
            told = True
        time.sleep(0.2)


class _Stop:
    """Remembers that Ctrl-C or a request to end has come."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _server(python: Path, host: str, port: int) -> list[str | Path]:
    if os.name == "nt" or importlib.util.find_spec("fcntl") is None:
        return [python, "-m", "goldenthread", "runserver", "--noreload", f"{host}:{port}"]
    command: list[str | Path] = [python, "-m", "gunicorn", "goldenthread.config.wsgi:application"]
    command += [
        "--bind",
        f"{host}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--timeout",
        "120",
        "--preload",
    ]
    return [*command, "--no-control-socket", "--log-level", "warning"]


@contextmanager
def _children() -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        yield children
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + STOP_SECONDS
        for child in children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _child(
    children: list[Child], command: list[str | Path], variables: dict[str, str], log: BinaryIO
) -> Child:
    # A session of its own, so that Ctrl-C comes to us alone and we end each child in order.
    child = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True)
    children.append(child)
    return child


def _await_site(site: Child, health: str, stop: _Stop) -> None:
    until = time.monotonic() + READY_SECONDS
    while not stop.asked and not _answers(health):
        if site.poll() is not None:
            raise Problem(f"The site could not start (code {site.returncode}):\n{_last_words()}")
        if time.monotonic() > until:
            raise Problem(f"The site did not answer within {READY_SECONDS} seconds:\n{_last_words()}")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True  # it answers, if only to say that it is not well
    except OSError:
        return False


def _last_words() -> str:
    lines = LOG.read_text(errors="replace").splitlines()[-25:]
    return "\n".join(f"  {line}" for line in lines) or "  It said nothing."


def _welcome(address: str) -> None:
    say(f"\n{good('Golden Thread is running:')} {address}")
    say(f"Choose who to be, without a password: {address}demonstration/ (a Plan Co-ordinator, their manager,")
    say("a finance officer, a Local Offer editor, an analyst, an inspector, an administrator, an adviser,")
    say("a school, a service provider, a parent or a young person).")
    say("Everything is kept in var/ for the next start; what the site logs is in var/site.log.")
    say("Press Ctrl-C to stop.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
