"""Makes `.venv` with exactly the pinned parts, and does nothing when it already holds them.

uv installs them in seconds; where uv has no build for the machine, pip does the same more slowly. Both
check every file against the hashes in requirements/.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from devtools.terminal import Problem, say

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "goldenthread.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
RUNTIME, DEVELOPMENT = "base", "dev"


def ensure(parts: str) -> Path:
    """The environment's Python, with the `parts` (RUNTIME or DEVELOPMENT) of today's pins installed.

    The development parts include the runtime ones, so an environment that has them keeps them.
    """
    stamp = _read_stamp()
    if stamp.get("place") != _place() or not PYTHON.exists():
        stamp = {}
        _make_environment()
    elif stamp.get("parts") == DEVELOPMENT:
        parts = DEVELOPMENT
    if stamp.get("pins") != _pins(parts) or stamp.get("parts") != parts:
        _install(parts)
        _put_sources_on_path()
        STAMP.write_text(json.dumps({"place": _place(), "parts": parts, "pins": _pins(parts)}))
    return PYTHON


def variables() -> dict[str, str]:
    """The caller's variables for our own processes, which keep what they compile inside the environment.

    Many machines turn that off (PYTHONDONTWRITEBYTECODE) to keep folders clean. Then each process compiles
    1,700 files again: 2 of the 4 seconds that one of the site's commands took.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}


def lock() -> None:
    """Write requirements/*.txt anew from *.in: one file for every platform, hashes, no addresses.

    A pin that still fits is kept; to move one, delete its lines from the .txt first.
    """
    ensure(RUNTIME)
    _install_uv()
    for name in ("base", "dev", "uv"):
        say(f"Pinning requirements/{name}.txt")
        command: list[str | Path] = [BIN / "uv", "pip", "compile", "--universal", "--generate-hashes"]
        command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet"]
        command += ["--no-emit-index-url", "--no-emit-find-links"]
        command += [f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise Problem(f"requirements/{name}.in could not be resolved; the reason is above.")


def digest(*paths: Path) -> str:
    """One hash over the names and contents of files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _place() -> str:
    # An environment holds absolute paths: moved, or made by another Python, it is made again.
    return f"{ROOT} {sys.version_info.major}.{sys.version_info.minor}"


def _pins(parts: str) -> str:
    return digest(REQUIREMENTS / f"{parts}.txt")


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Problem(
            "This Python cannot make a virtual environment: its ensurepip part is not installed.\n"
            f"Debian and Ubuntu keep it apart: apt-get install python3-venv (or python{version}-venv), "
            "then run this again."
        )
    say(f"Making the environment in {VENV.name} with Python {sys.version.split()[0]}")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    except (subprocess.CalledProcessError, OSError) as error:
        raise Problem(f"The environment could not be made in {VENV}: {error}") from error


def _install(parts: str) -> None:
    wanted = REQUIREMENTS / f"{parts}.txt"
    say(f"Installing the pinned parts of requirements/{wanted.name}")
    if _install_uv():
        command: list[str | Path] = [BIN / "uv", "pip", "sync", "--require-hashes", "--quiet"]
        command += ["--python", PYTHON, wanted]
    else:
        say("uv has no build for this machine, so pip does it: some minutes the first time")
        command = [*_pip(), "install", "--require-hashes", "--requirement", wanted]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Problem(
            "The parts could not be installed; the reason is above. The first start needs to reach the "
            "package index that pip is set up for. Run the command again to go on."
        )


def _install_uv() -> bool:
    """Put the pinned uv into the environment. False where it has no build for this machine."""
    command = [*_pip(), "install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    command += ["--requirement", REQUIREMENTS / "uv.txt"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode == 0:
        return subprocess.run([BIN / "uv", "--version"], check=False, capture_output=True).returncode == 0
    if "No matching distribution" in done.stderr:
        return False
    raise Problem(f"pip could not install uv:\n{done.stderr.strip()}")


def _pip() -> list[str | Path]:
    return [PYTHON, "-m", "pip", "--disable-pip-version-check"]


def _put_sources_on_path() -> None:
    packages = [VENV / "Lib" / "site-packages", *sorted(VENV.glob("lib/python*/site-packages"))]
    for folder in packages:
        if folder.is_dir():
            (folder / "goldenthread.pth").write_text(f"{ROOT / 'src'}\n{ROOT}\n", encoding="utf-8")
