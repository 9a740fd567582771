"""Sessions as a calendar file: RFC 5545. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from goldenthread.localoffer.sessions import Slot, first_session, rule

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_LONGEST: Final = 75  # bytes of a line, RFC 5545 section 3.1
_ZONE: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one schedule of a service, and what a calendar shows of them."""

    slot: Slot
    title: str
    place: str
    about: str
    address: str
    changed: datetime
    point: tuple[float, float] | None = None


def calendar(name: str, many: Iterable[Sessions], today: date) -> str:
    """The calendar file, lines folded and ended as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Golden Thread//Local Offer//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", *_ZONE]
    for one in many:
        lines += _event(one, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(one: Sessions, today: date) -> Iterator[str]:
    first = first_session(one.slot, today)
    if first is None:
        return
    yield "BEGIN:VEVENT"
    days = "-".join(str(day) for day in one.slot.days)
    yield f"UID:{one.slot.schedule_id}{'-' if days else ''}{days}@local-offer"
    yield f"DTSTAMP:{one.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _times(one.slot, first)
    if repeats := rule(one.slot, first):
        yield f"RRULE:{repeats}"
    yield f"SUMMARY:{escaped(one.title)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    if one.point:
        yield f"GEO:{one.point[0]:.6f};{one.point[1]:.6f}"
    yield f"DESCRIPTION:{escaped(one.about)}"
    yield f"URL:{one.address}"
    yield "END:VEVENT"


def _times(slot: Slot, first: date) -> Iterator[str]:
    if slot.opens_at is None:
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        return
    start = datetime.combine(first, slot.opens_at)
    yield f"DTSTART;TZID=Europe/London:{start:%Y%m%dT%H%M%S}"
    if slot.closes_at is not None and slot.closes_at != slot.opens_at:
        # What closes before it opens closes on the next day.
        end = datetime.combine(first + timedelta(slot.closes_at < slot.opens_at), slot.closes_at)
        yield f"DTEND;TZID=Europe/London:{end:%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    """A text as a property holds it: section 3.3.11."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, all but the first behind a space; no letter is cut in two."""
    piece, room = "", _LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", _LONGEST - 1
        piece, room = piece + letter, room - size
    yield piece
