"""Filters as bits over all services, and what choosing each value would show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Final

import numpy as np

from goldenthread.localoffer.search import marks
from goldenthread.localoffer.search.asking import CHOICES, TIMES, Asked
from goldenthread.localoffer.search.snapshot import Bits, Floats, Mask, Snapshot, packed

_KNOWN: Final = {field: values for field, _, values in CHOICES}
_ANY_OF: Final = ("needs", "kinds", "settings", "phases", "referral")


def filters(snapshot: Snapshot, asked: Asked, distances: Floats | None) -> dict[str, Bits]:
    """The services that each filter in use lets through, by its name in Asked; days and times are one."""
    found = {}
    for name in _ANY_OF:
        if chosen := getattr(asked, name):
            found[name] = _any(snapshot, (marks.mark(name, code) for code in chosen))
    if asked.access:
        found["access"] = reduce(
            np.bitwise_and, (_bits(snapshot, marks.mark("access", c)) for c in asked.access)
        )
    if asked.days or asked.time_of_day:
        found["sessions"] = _any(snapshot, _session_marks(asked.days, asked.time_of_day))
    if asked.free:
        found["free"] = _bits(snapshot, marks.FREE)
    if asked.age is not None:
        found["age"] = packed(_for_age(snapshot, asked.age))
    if asked.within_km is not None and distances is not None:
        found["within_km"] = packed(distances <= asked.within_km * 1000)
    return found


def _for_age(snapshot: Snapshot, age: int) -> Mask:
    """Somebody of so many whole years may be up to a year older: a service from 4½ takes children of 4."""
    return (snapshot.sorts.youngest < age + 1) & (snapshot.sorts.oldest >= age)


def facets(snapshot: Snapshot, asked: Asked, base: Bits, used: dict[str, Bits]) -> dict[str, dict[str, int]]:
    """How many services each value would show: with all other filters, and with what is chosen of access."""
    found = {}
    for name in _ANY_OF:
        rows = [_bits(snapshot, marks.mark(name, code)) for code in _KNOWN[name]]
        found[name] = _counted(_KNOWN[name], rows, _all_but(base, used, name))
    everything = _all_but(base, used, "")
    access = [_bits(snapshot, marks.mark("access", code)) for code in _KNOWN["access"]]
    found["access"] = _counted(_KNOWN["access"], access, everything)
    others = _all_but(base, used, "sessions")
    days = [_any(snapshot, _session_marks((day,), asked.time_of_day)) for day in _KNOWN["days"]]
    found["days"] = _counted(_KNOWN["days"], days, others)
    times = [_any(snapshot, _session_marks(asked.days, part)) for part in TIMES]
    found["time_of_day"] = _counted(TIMES, times, others)
    free = [_bits(snapshot, marks.FREE)]
    found["free"] = _counted(["yes"], free, _all_but(base, used, "free"))
    return found


def _counted(values: Iterable[str], rows: list[Bits], base: Bits) -> dict[str, int]:
    if not len(base):
        return dict.fromkeys(values, 0)
    counts = np.bitwise_count(np.array(rows) & base).sum(axis=1, dtype=np.int64)
    return dict(zip(values, counts.tolist(), strict=True))


def _all_but(base: Bits, used: dict[str, Bits], name: str) -> Bits:
    return reduce(np.bitwise_and, (bits for key, bits in used.items() if key != name), base)


def _session_marks(days: Iterable[str], part: str) -> list[str]:
    if not part:
        return [marks.mark("days", day) for day in days]
    return [marks.session_mark(day, part) for day in tuple(days) or ("",)]


def _any(snapshot: Snapshot, wanted: Iterable[str]) -> Bits:
    return reduce(np.bitwise_or, (_bits(snapshot, mark) for mark in wanted), snapshot.nobody)


def _bits(snapshot: Snapshot, mark: str) -> Bits:
    return snapshot.marks.get(mark, snapshot.nobody)
