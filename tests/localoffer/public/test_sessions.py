"""Which days a schedule names, and that a calendar program reads the same days from the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.localoffer.ical import Sessions, calendar, escaped, folded
from goldenthread.localoffer.sessions import (
    LONDON,
    Slot,
    first_session,
    next_session,
    runs_on,
    sessions,
    slots_of,
)

TODAY = date(2026, 3, 4)
KEY = UUID(int=7)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
slots = st.builds(
    Slot,
    schedule_id=st.just(KEY),
    days=st.sets(st.integers(0, 6), max_size=4).map(lambda found: tuple(sorted(found))),
    opens_at=st.none() | st.just(time(9, 30)) | st.just(time(23, 0)),
    closes_at=st.none() | st.just(time(1, 0)),
    freq=st.sampled_from(["", "WEEKLY", "MONTHLY"]),
    interval=st.integers(1, 4),
    starts_on=st.none() | days,
    valid_from=st.none() | days,
    valid_to=st.none() | days,
)


def one_a_row(slot: Slot) -> list[Any]:
    """The rows of `Schedule` that say a slot."""
    names = ("opens_at", "closes_at", "freq", "interval", "starts_on", "valid_from", "valid_to", "place_id")
    same = {name: getattr(slot, name) for name in names}
    return [SimpleNamespace(schedule_id=KEY, day=day, **same) for day in slot.days or (None,)]


def unfolded(text: str) -> list[str]:
    """The lines of a calendar file as a program reads them."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def days_read(text: str, last: date) -> set[date]:
    """The days of all events until `last`, as another program's reader of rules understands the file."""
    found: set[date] = set()
    start, rule = None, ""
    for line in unfolded(text[text.index("BEGIN:VEVENT") :]) if "BEGIN:VEVENT" in text else []:
        name, _, value = line.partition(":")
        if name == "DTSTART;VALUE=DATE":
            start = datetime.strptime(value, "%Y%m%d")
        elif name.startswith("DTSTART;TZID="):
            start = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=LONDON)
        elif name == "RRULE":
            rule = value
        elif line == "END:VEVENT":
            assert start is not None
            end = datetime.combine(last, time.max, start.tzinfo)
            found |= (
                {one.date() for one in rrulestr(rule, dtstart=start).between(start, end, inc=True)}
                if (rule)
                else {start.date()}
            )
            start, rule = None, ""
    return {day for day in found if day <= last}


def in_file(slot: Slot, name: str = "Swimming") -> str:
    """The calendar file of the rows of a slot."""
    made = [
        Sessions(
            one,
            name,
            "The hall, Loom Street",
            "Ask first.",
            "https://send.example/x",
            datetime(2026, 1, 2, tzinfo=UTC),
        )
        for one in slots_of(one_a_row(slot))
    ]
    return calendar("Sessions", made, TODAY)


@settings(max_examples=60)
@given(slots)
def test_a_calendar_reads_the_days_that_the_rows_name(slot: Slot) -> None:
    last = date(2027, 3, 31)
    first = slot.begins or TODAY
    named = {day for one in slots_of(one_a_row(slot)) for day in sessions(one, first, last)}
    assert days_read(in_file(slot), last) == named


@given(slots, days)
def test_a_session_is_on_a_named_day_within_its_time(slot: Slot, day: date) -> None:
    if runs_on(slot, day) and slot.freq != "MONTHLY" and slot.days:
        assert day.weekday() in slot.days
        assert slot.valid_to is None or day <= slot.valid_to
        assert slot.valid_from is None or day >= slot.valid_from
        weeks = {offset for offset in range(1, slot.interval) if runs_on(slot, day + timedelta(7 * offset))}
        assert weeks == set(), "between two sessions of a weekday lie as many weeks as it says"


MONDAYS = Slot(KEY, (0,), time(9, 30), time(10, 30), "WEEKLY")


@pytest.mark.parametrize(
    ("slot", "found"),
    [
        (MONDAYS, ["2026-03-09", "2026-03-16"]),
        (Slot(KEY, (0,), freq="WEEKLY", interval=2, starts_on=date(2026, 3, 2)), ["2026-03-16"]),
        (Slot(KEY, (0,), freq="WEEKLY", interval=2), []),
        (Slot(KEY, (1,), freq="MONTHLY", starts_on=date(2026, 1, 13)), ["2026-03-10"]),
        (Slot(KEY, (1,), freq="MONTHLY"), []),
        (Slot(KEY, (), freq="MONTHLY", starts_on=date(2026, 1, 18)), ["2026-03-18"]),
        (Slot(KEY, (), starts_on=date(2026, 3, 20)), ["2026-03-20"]),
        (Slot(KEY, (0,), freq="WEEKLY", valid_to=date(2026, 3, 9)), ["2026-03-09"]),
    ],
)
def test_days_of_a_slot(slot: Slot, found: list[str]) -> None:
    assert [day.isoformat() for day in sessions(slot, TODAY, date(2026, 3, 21))] == found


def test_the_fifth_of_a_month_is_its_last() -> None:
    slot = Slot(KEY, (5,), freq="MONTHLY", starts_on=date(2026, 1, 31))
    found = [day.isoformat() for day in sessions(slot, date(2026, 1, 1), date(2026, 5, 31))]
    assert found == ["2026-01-31", "2026-02-28", "2026-03-28", "2026-04-25", "2026-05-30"]


def test_the_next_session_is_the_earliest_of_all() -> None:
    late = Slot(KEY, (0,), time(18), None, "WEEKLY")
    assert next_session([late, MONDAYS], TODAY) == (date(2026, 3, 9), MONDAYS)
    assert next_session([Slot(KEY, (0,), valid_to=date(2020, 1, 1))], TODAY) is None
    assert first_session(Slot(KEY, (0,), valid_to=date(2020, 1, 1)), TODAY) is None


def test_times_and_words_stand_as_the_standard_asks() -> None:
    lines = unfolded(
        in_file(Slot(KEY, (5,), time(22), time(1), "WEEKLY"), "Ünder 5s; fun, games\nand \\more" * 4)
    )
    assert "DTSTART;TZID=Europe/London:20260307T220000" in lines
    assert "DTEND;TZID=Europe/London:20260308T010000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=SA" in lines
    assert next(line for line in lines if line.startswith("SUMMARY")) == "SUMMARY:" + (
        "Ünder 5s\\; fun\\, games\\nand \\\\more" * 4
    )
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"


@given(st.text())
def test_no_text_breaks_a_line_or_a_letter(text: str) -> None:
    line = f"SUMMARY:{escaped(text.replace(chr(0), ''))}"
    assert "\n" not in line
    pieces = list(folded(line))
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece[0] == " " for piece in pieces[1:])
