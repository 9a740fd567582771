"""How far a load has come, for people to see while it runs.

The load is one transaction, so a row about it could not be seen until its end
(docs/decisions/0011-one-file-one-transaction.md). A small file beside the database says it instead. A thread
writes it, so that it goes on through the long steps in which no person is counted.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings

log = logging.getLogger(__name__)
# A running load writes this often, in seconds; one that has been silent for longer than SILENT is gone.
EVERY = 1.0
SILENT = 60.0


@dataclass(slots=True)
class Progress:
    """Where a load is: read so far of `total` (bytes or rows), people so far, and when this was written."""

    position: int = 0
    total: int = 0
    people: int = 0
    at: float = 0.0
    pid: int = 0
    host: str = ""

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(1.0, self.position / self.total) if self.total else 0.0

    @property
    def gone(self) -> bool:
        """Whether the load has stopped without saying so."""
        if time.time() - self.at > SILENT:
            return True
        return self.host == socket.gethostname() and not _alive(self.pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _path(run_id: UUID) -> Path:
    return Path(settings.VAR) / "progress" / f"{run_id}.json"


class Teller:
    """Writes the progress of one load every second while it is used as a context manager."""

    def __init__(self, run_id: UUID) -> None:
        self._path = _path(run_id)
        self._step = Progress(pid=os.getpid(), host=socket.gethostname())
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="progress", daemon=True)

    def tell(self, position: int, total: int, people: int) -> None:
        """Note where the load is; it is written within the second."""
        step = self._step
        step.position, step.total, step.people = position, total, people

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._write()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _go_on(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                self._write()
            except OSError as fault:
                # A full disk must not end the load: the database says itself whether it has room.
                log.warning("progress could not be written", extra={"status": type(fault).__name__})

    def _write(self) -> None:
        """The file is replaced whole, so a reader never sees half of it."""
        self._step.at = time.time()
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self._step)), encoding="utf-8")
        fresh.replace(self._path)


def read(run_id: UUID) -> Progress | None:
    """The last word of a load, or None if it has said nothing or has ended."""
    try:
        return Progress(**json.loads(_path(run_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
