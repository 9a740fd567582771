"""Finds Chromium for the page tests, or installs the system's where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.terminal import say

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
MAC = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
MISSING = (
    "Chromium is not on this machine, so no page was tested: install it (Debian: apt-get install chromium) "
    "or name one in GT_CHROMIUM."
)


def find() -> str | None:
    """The path of a Chromium or Chrome: GT_CHROMIUM, else the first on the path."""
    named = os.environ.get("GT_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or next((path for path in MAC if Path(path).exists()), None)


def find_or_install() -> str | None:
    """As find(); where there is none, root may install packages and apt is here, apt installs it."""
    found = find()
    if found or "GT_CHROMIUM" in os.environ or not _may_install():
        return found
    say("Installing Chromium with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
    ):
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            say(f"`{' '.join(command)}` failed:\n{done.stderr.strip()}")
            return None
    return find()


def _may_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None
