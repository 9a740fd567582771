"""Rows of plain values as they are stored: JSON, zlib."""

from __future__ import annotations

import json
import zlib
from typing import Any


def packed(rows: list[list[Any]]) -> bytes:
    """Rows as they are stored."""
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1)


def unpacked(content: bytes | memoryview) -> list[list[Any]]:
    """Rows that were stored."""
    return list(json.loads(zlib.decompress(content))) if content else []
