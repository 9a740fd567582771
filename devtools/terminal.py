"""What the developer reads: headings, one-line results, and problems told in a sentence."""

from __future__ import annotations

import os
import sys


class Problem(Exception):  # noqa: N818 - it is a message for a person, shown without a traceback
    """Something stops the command; the text says what, and what to do about it."""


def say(text: str = "") -> None:
    """Print a line at once, so that it comes before what a child process prints."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print a line that must not drown in ordinary output."""
    print(text, file=sys.stderr, flush=True)


def heading(text: str) -> None:
    """Begin a step."""
    say(f"\n{_paint(f'== {text} ==', '1')}")


def good(text: str) -> str:
    """The text in green where the terminal shows colours."""
    return _paint(text, "32")


def bad(text: str) -> str:
    """The text in bold red where the terminal shows colours."""
    return _paint(text, "1;31")


def _paint(text: str, code: str) -> str:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return text if plain else f"\x1b[{code}m{text}\x1b[0m"
