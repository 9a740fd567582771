"""The files of the repository: tracked, or about to be."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("tests/browser/vendor/", "src/goldenthread/core/static/")


@cache
def files() -> list[Path]:
    """Every file that git tracks or would add, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = sorted(set(listed.split("\0")) - {""})
    return [Path(name) for name in names if (ROOT / name).is_file()]


@cache
def python_files() -> list[Path]:
    """Our Python files without migrations, which Django writes."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]


@cache
def text_of(path: Path) -> str | None:
    """The file's text, or None for one that is not text or not written by us (vendored, compiled)."""
    if path.as_posix().startswith(NOT_OURS):
        return None
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
