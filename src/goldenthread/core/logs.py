"""Logs as one JSON object a line, without personal data.

A message is a fixed sentence of ours; what varies goes into the named extras. An exception is written as
its class and the places it passed, never its text, which may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_PLACES = 12


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and the named extras; never request data or exception values."""

    EXTRAS = ("view", "job", "run", "duration_ms", "status", "method", "count", "worker")

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in self.EXTRAS:
            if hasattr(record, name):
                entry[name] = getattr(record, name)
        if request_id := REQUEST_ID.get():
            entry["request_id"] = request_id
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = f"{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}"
            frames = traceback.extract_tb(record.exc_info[2])[-_PLACES:]
            entry["passed"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(entry, default=str)


def _short(filename: str) -> str:
    """The last three parts of a path: enough to find the file, nothing about the machine."""
    return "/".join(Path(filename).parts[-3:])
