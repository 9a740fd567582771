"""The values of filters that an entry has, written as words of the index that no text can hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Final

from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import Day

NATIONAL: Final = "national=yes"
FREE: Final = "free=yes"
# By the name of the filter in Asked.
SLUGS: Final = {
    "needs": terms.NEED,
    "kinds": terms.KIND,
    "settings": terms.SETTING,
    "phases": terms.PHASE,
    "access": terms.ACCESS,
}
_DAYS: Final = tuple(Day.values)
_NOON, _FIVE = time(12), time(17)


def mark(name: str, code: str) -> str:
    """The mark of one value of a filter."""
    return f"{name}={code}"[:120]


def session_mark(day: str, part: str) -> str:
    """The mark of a session on this day at this time of day; no day: on any, or on none that is given."""
    return f"when={day}/{part}"


def of_sessions(rows: Iterable[tuple[int | None, time | None, time | None]]) -> Iterator[str]:
    """Marks of sessions: weekday (0 is Monday, None where none is given), when each opens and closes."""
    for day, opens, closes in rows:
        parts = parts_of_day(opens, closes)
        if day is not None:
            yield mark("days", _DAYS[day])
            yield from (session_mark(_DAYS[day], part) for part in parts)
        yield from (session_mark("", part) for part in parts)


def parts_of_day(opens: time | None, closes: time | None) -> tuple[str, ...]:
    """The parts of the day in which a session runs; none where no time is given.

    A session without an end counts by its start, one that ends after midnight runs to the end of the day.
    """
    if opens is None:
        return ()
    end = closes if closes is not None and closes > opens else (time.max if closes is not None else opens)
    found = []
    if opens < _NOON:
        found.append("morning")
    if opens < _FIVE and (end > _NOON or opens >= _NOON):
        found.append("afternoon")
    if end > _FIVE or opens >= _FIVE:
        found.append("evening")
    return tuple(found)


def of_terms(codes: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Marks of terms: slug of the taxonomy, code, and the code above or nothing."""
    names = {slug: name for name, slug in SLUGS.items()}
    for slug, code, parent in codes:
        if slug in names:
            yield mark(names[slug], code)
            if parent:
                yield mark(names[slug], parent)


def of_referral(kept: str) -> Iterator[str]:
    """Marks of who may refer, from `PublicService.referral`."""
    return (mark("referral", code) for code in kept.split("|") if code)
