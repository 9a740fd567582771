"""Loaded before the settings are (see addopts in pyproject.toml): tests see no one's own GT_ variables.

Only GT_DATABASE_URL is heard, since it chooses which database the run is on. Without it a command that
a test runs on its own gets an empty file, never the developer's; tests/conftest.py gives the tests
themselves a file of their own. Not one in memory, which `live_server` would share between threads.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEARD = {"GT_DATABASE_URL", "GT_CHROMIUM"}

for _name in [name for name in os.environ if name.startswith("GT_") and name not in HEARD]:
    del os.environ[_name]
os.environ.setdefault("GT_DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'tests' / 'unused.sqlite3'}")
os.environ["GT_HTTPS"] = "0"
os.environ["GT_SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ["GT_VAR"] = str(ROOT / "var" / "tests")
