"""Keys: time-ordered UUIDs (RFC 9562 version 7), so that new rows land together in every index."""

from __future__ import annotations

import os
import time
import uuid

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> uuid.UUID:
    """A UUID whose first 48 bits are the time in milliseconds and whose other 74 are random.

    Random keys spread writes over the whole index; at 640,000 people that made bulk loading slower
    (docs/decisions/0004-keys.md).
    """
    millis = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    high = (noise >> 64) & 0xFFF
    low = noise & 0x3FFF_FFFF_FFFF_FFFF
    return uuid.UUID(int=(millis & 0xFFFF_FFFF_FFFF) << 80 | _VERSION | high << 64 | _VARIANT | low)
