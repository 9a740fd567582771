"""The one place that knows what day it is.

A council's site uses today's date. The demonstration county stands at its own date (the last published
census), so that its clocks mean something; that date is stored in `SiteState`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_FIXED: ContextVar[date | None] = ContextVar("fixed_today", default=None)
_CACHE_SECONDS = 5.0
_cached: tuple[float, date | None] = (0.0, None)


def now() -> datetime:
    """The moment, for records of when something was written (UTC-aware)."""
    return timezone.now()


def today() -> date:
    """The business date: a fixed one inside `fixed()`, the demonstration's own, or today's in London."""
    chosen = _FIXED.get()
    if chosen is not None:
        return chosen
    if settings.DEMONSTRATION:
        stored = _demonstration_date()
        if stored is not None:
            return stored
    return timezone.localdate()


@contextmanager
def fixed(on: date) -> Iterator[None]:
    """Within this block `today()` is `on`: for commands with --as-of, the demonstration and tests."""
    token = _FIXED.set(on)
    try:
        yield
    finally:
        _FIXED.reset(token)


def forget() -> None:
    """Read the demonstration's date afresh (after it was changed)."""
    global _cached
    _cached = (0.0, None)


def _demonstration_date() -> date | None:
    global _cached
    read_at, value = _cached
    if read_at and time.monotonic() - read_at < _CACHE_SECONDS:
        return value
    from goldenthread.core.models import SiteState

    value = SiteState.objects.filter(pk=1).values_list("demonstration_date", flat=True).first()
    _cached = (time.monotonic(), value)
    return value
