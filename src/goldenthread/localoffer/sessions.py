"""When a service runs: which days a schedule names, and the same as a rule of RFC 5545. Pure.

`runs_on` is the meaning; `rule` says it to calendars. A schedule that does not say enough (every second
week, but from when?) names no day: a family would rather ring than stand before a closed door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from goldenthread.localoffer.enums import Day

LONDON: Final = ZoneInfo("Europe/London")
MONTHLY: Final = "MONTHLY"
_CODES: Final = tuple(Day.values)
# Beyond so many days without a session there is none: a monthly one every 99 months is still found.
_FAR: Final = 99 * 31 * 2


class Row(Protocol):
    """What a row of `Schedule` says."""

    schedule_id: UUID
    place_id: UUID | None
    day: int | None
    opens_at: time | None
    closes_at: time | None
    freq: str
    interval: int
    starts_on: date | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A schedule: its weekdays (0 is Monday), times, and how often. `place_id` is null for all places."""

    schedule_id: UUID
    days: tuple[int, ...]
    opens_at: time | None = None
    closes_at: time | None = None
    freq: str = ""
    interval: int = 1
    starts_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    place_id: UUID | None = None

    @property
    def begins(self) -> date | None:
        """The first day on which it may run, where one is known."""
        return max((day for day in (self.starts_on, self.valid_from) if day), default=None)

    @property
    def anchor(self) -> date | None:
        """The day from which weeks and months are counted."""
        return self.starts_on or self.valid_from


def slots_of(rows: Iterable[Row]) -> list[Slot]:
    """The schedules of rows. One that runs monthly on several weekdays is a slot for each of them."""
    found: list[Slot] = []
    ordered = sorted(rows, key=lambda row: (str(row.schedule_id), row.day is not None, row.day or 0))
    for _, group in groupby(ordered, key=lambda row: row.schedule_id):
        same = list(group)
        days = tuple(row.day for row in same if row.day is not None)
        each = [(day,) for day in days] if same[0].freq == MONTHLY and days else [days]
        found += [_slot(same[0], some) for some in each]
    return found


def _slot(row: Row, days: tuple[int, ...]) -> Slot:
    times = (row.opens_at, row.closes_at, row.freq, max(1, row.interval))
    return Slot(row.schedule_id, days, *times, row.starts_on, row.valid_from, row.valid_to, row.place_id)


def runs_on(slot: Slot, day: date) -> bool:
    """Whether there is a session on this day."""
    if (slot.begins and day < slot.begins) or (slot.valid_to and day > slot.valid_to):
        return False
    if slot.freq == MONTHLY:
        return _in_month(slot, day)
    if not slot.days:
        return _without_days(slot, day)
    if day.weekday() not in slot.days:
        return False
    if slot.interval == 1:
        return True
    return slot.anchor is not None and _weeks(slot.anchor, day) % slot.interval == 0


def _without_days(slot: Slot, day: date) -> bool:
    """No weekday is named: that of the first session, or that session alone."""
    if slot.starts_on is None:
        return False
    if not slot.freq:
        return day == slot.starts_on
    return (day - slot.starts_on).days % (7 * slot.interval) == 0


def _in_month(slot: Slot, day: date) -> bool:
    first = _first_of_month(slot)
    if first is None or day < first:
        return False
    months = (day.year - first.year) * 12 + day.month - first.month
    if months % slot.interval:
        return False
    if not slot.days:
        return day.day == first.day
    return day.weekday() == first.weekday() and _nth(first) in (_nth(day), -1 if _is_last(day) else 0)


def _first_of_month(slot: Slot) -> date | None:
    """The first session of a monthly slot: the first such weekday from its start. None where none is told.

    It says which of the month all are (the second Monday); without a weekday, the same day of the month.
    """
    if slot.starts_on is None:
        return None
    later = (slot.days[0] - slot.starts_on.weekday()) % 7 if slot.days else 0
    return slot.starts_on + timedelta(later)


def _nth(day: date) -> int:
    """Which of its weekday in the month: 1 to 4; the fifth counts as the last, -1."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def _is_last(day: date) -> bool:
    return (day + timedelta(7)).month != day.month


def _weeks(start: date, day: date) -> int:
    return ((day - timedelta(day.weekday())) - (start - timedelta(start.weekday()))).days // 7


def sessions(slot: Slot, first: date, last: date) -> Iterator[date]:
    """The days of sessions from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        if runs_on(slot, day):
            yield day


def next_session(slots: Sequence[Slot], today: date, *, within: int = 62) -> tuple[date, Slot] | None:
    """The next day with a session within so many days, and which; None for none."""
    for number in range(within):
        day = today + timedelta(number)
        running = [slot for slot in slots if runs_on(slot, day)]
        if running:
            return day, min(running, key=lambda slot: slot.opens_at or time())
    return None


def first_session(slot: Slot, today: date) -> date | None:
    """The session that a calendar begins with: the first ever, or from today where no first is told."""
    start = slot.begins or today
    return next(sessions(slot, start, min(slot.valid_to or date.max, start + timedelta(_FAR))), None)


def rule(slot: Slot, first: date) -> str:
    """The RRULE of a slot whose first session is `first`; empty for a single session."""
    if not slot.freq and not slot.days:
        return ""
    parts = [f"FREQ={MONTHLY if slot.freq == MONTHLY else 'WEEKLY'}"]
    if slot.interval > 1:
        parts.append(f"INTERVAL={slot.interval}")
    parts.append(_by_day(slot, first))
    if slot.valid_to:
        parts.append(f"UNTIL={_until(slot, slot.valid_to)}")
    return ";".join(parts)


def _by_day(slot: Slot, first: date) -> str:
    if slot.freq == MONTHLY:
        start = _first_of_month(slot) or first
        return f"BYDAY={_nth(start)}{_CODES[start.weekday()]}" if slot.days else f"BYMONTHDAY={start.day}"
    return "BYDAY=" + ",".join(_CODES[day] for day in slot.days or (first.weekday(),))


def _until(slot: Slot, last: date) -> str:
    """UNTIL has the type of DTSTART: a day for one without a time, else a moment in UTC."""
    if slot.opens_at is None:
        return f"{last:%Y%m%d}"
    moment = datetime.combine(last, time(23, 59, 59), LONDON)
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")
