"""The commands that `python3 dev.py` offers."""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Callable

from devtools import environment, local, serve, suite
from devtools.environment import DEVELOPMENT, ROOT, RUNTIME
from devtools.terminal import Problem, warn

HELP = """\
Golden Thread, on this machine, with Python alone:

  python3 dev.py start            install, make the demonstration county, serve it on port 8000
  python3 dev.py test             everything that CI runs; with pytest's arguments, only those tests
  python3 dev.py check            the quick part: style, types, layers, templates
  python3 dev.py bench [NAME]     measure, and keep the figures in benchmarks/results/
  python3 dev.py manage COMMAND   one of the site's commands: `manage help` lists them
  python3 dev.py shell            a Python prompt inside the site
  python3 dev.py lock             pin requirements/*.in anew

Each has --help. Where to read on: README.md, docs/newcomer.md.
"""


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(HELP)
        return 0
    name, rest = arguments[0], arguments[1:]
    if name not in COMMANDS:
        warn(f"There is no command {name!r}.\n\n{HELP}")
        return 2
    try:
        return COMMANDS[name](rest)
    except Problem as problem:
        warn(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        return 130


def start(arguments: list[str]) -> int:
    """Install, migrate, make the county the first time, and serve."""
    parser = _parser("start", "Install what is needed, make the demonstration county and serve it.")
    parser.add_argument("--port", type=_port, default=8000, help="where to serve (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 shows it to your network (127.0.0.1)")
    parser.add_argument("--plans", type=_count, help="how many plans the county is made with (6000)")
    options = parser.parse_args(arguments)
    serve.check_port(options.host, options.port)
    python = environment.ensure(RUNTIME)
    local.prepare(python, options.plans)
    return serve.serve(python, options.host, options.port)


def test(arguments: list[str]) -> int:
    """Everything that CI runs, or only the tests that pytest's own arguments name."""
    parser = _parser("test", "Run what CI runs. Anything else is passed to pytest: paths, -k WORD, -x.")
    names = ", ".join(suite.NAMES)
    parser.add_argument("--only", action="append", metavar="STEP", choices=suite.NAMES, help=f"of: {names}")
    options, for_pytest = parser.parse_known_args(arguments)
    return suite.run(options.only or [], for_pytest)


def check(arguments: list[str]) -> int:
    """The steps that read the code and run none of the tests."""
    _parser("check", "Style, types, layers and templates, in some seconds.").parse_args(arguments)
    return suite.run(suite.QUICK, [])


def bench(arguments: list[str]) -> int:
    """Measure on this machine; `benchmarks.run` knows the names."""
    python = environment.ensure(DEVELOPMENT)
    return subprocess.call([python, "-m", "benchmarks.run", *arguments], cwd=ROOT, env=suite.bare_variables())


def manage(arguments: list[str]) -> int:
    """One of Django's commands, on the local site's database."""
    return local.manage(environment.ensure(RUNTIME), *arguments)


def shell(arguments: list[str]) -> int:
    """A Python prompt with the models at hand."""
    return manage(["shell", *arguments])


def lock(arguments: list[str]) -> int:
    """Pin the requirements anew."""
    _parser("lock", "Write requirements/*.txt from requirements/*.in.").parse_args(arguments)
    environment.lock()
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "start": start,
    "test": test,
    "check": check,
    "bench": bench,
    "manage": manage,
    "shell": shell,
    "lock": lock,
}


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"python3 dev.py {name}", description=description)


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    lowest = 1 if os.name == "nt" or os.geteuid() == 0 else 1024
    if not lowest <= port <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from {lowest} to 65535, not {text!r}")
    return port


def _count(text: str) -> int:
    count = int(text.replace(",", "").replace("_", "")) if text[:1].isdecimal() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"a number of plans from 1 up, not {text!r}")
    return count
