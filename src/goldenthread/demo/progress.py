"""A progress bar on a terminal; in a log, a line for every tenth."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 30


class Bar:
    """Shows how many of how many are done, on a stream that is not the command's result."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self.stream, self.what = stream, what
        self.live = stream.isatty()
        self.began = time.monotonic()
        self.tenth = -1

    def at(self, done: int, total: int) -> None:
        """Say where the work is."""
        share = done / total if total else 1.0
        text = f"{share:4.0%}  {done:,} of {total:,} {self.what}"
        if self.live:
            filled = round(share * _WIDTH)
            self.stream.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {text}{self._left(share)}\x1b[K")
        elif int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.stream.write(f"{text}\n")
        self.stream.flush()

    def _left(self, share: float) -> str:
        spent = time.monotonic() - self.began
        if share >= 1 or share < 0.05 or spent < 2:
            return ""
        seconds = spent / share - spent
        return f", about {seconds:.0f} s left" if seconds < 90 else f", about {seconds / 60:.0f} min left"

    def end(self) -> None:
        """Leave the terminal on a line of its own."""
        if self.live:
            self.stream.write("\n")
            self.stream.flush()
