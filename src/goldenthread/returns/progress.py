"""How far a load has come, for people to see while it runs.

The load is one transaction, so a row about it could not be seen until its end
(docs/decisions/0011-one-file-one-transaction.md). A small file beside the database says it instead.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

# A running load writes at least this often; one that has been silent for longer than SILENT is gone.
EVERY = 1.0
SILENT = 120.0


@dataclass(slots=True)
class Progress:
    """Where a load is: bytes read of bytes in all, people so far, and when this was written."""

    position: int = 0
    total: int = 0
    people: int = 0
    at: float = 0.0
    pid: int = 0

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(1.0, self.position / self.total) if self.total else 0.0

    @property
    def silent(self) -> bool:
        """Whether the load has stopped without saying so."""
        return time.time() - self.at > SILENT


def _path(run_id: UUID) -> Path:
    return Path(settings.VAR) / "progress" / f"{run_id}.json"


class Teller:
    """Writes the progress of one load, at most once a second."""

    def __init__(self, run_id: UUID, total: int) -> None:
        self._path = _path(run_id)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._total = total
        self._last = 0.0
        self.tell(0, 0, force=True)

    def tell(self, position: int, people: int, *, force: bool = False) -> None:
        """Say where the load is. The file is replaced whole, so a reader never sees half of it."""
        now = time.time()
        if not force and now - self._last < EVERY:
            return
        self._last = now
        step = Progress(position, self._total, people, now, os.getpid())
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(step)), encoding="utf-8")
        fresh.replace(self._path)

    def done(self) -> None:
        """The load has ended: its row says the rest."""
        self._path.unlink(missing_ok=True)


def read(run_id: UUID) -> Progress | None:
    """The last word of a load, or None if it has said nothing or has ended."""
    path = _path(run_id)
    try:
        return Progress(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
