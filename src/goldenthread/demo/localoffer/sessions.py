"""When services run: schedules as documents have them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from goldenthread.demo.localoffer.chance import Chance
from goldenthread.localoffer.enums import Day

_WEEK: Final = "MO,TU,WE,TH,FR"
_DAYS: Final = tuple(Day.values)
_NAMES: Final = {one.value: one.label for one in Day}
_OFFICE: Final = (("09:00", "17:00"), ("08:30", "16:30"), ("09:00", "16:00"), ("10:00", "15:00"))
_MORNING: Final = (("09:30", "11:30"), ("10:00", "12:00"), ("09:15", "10:45"), ("10:30", "12:00"))
_AFTERNOON: Final = (("13:00", "15:00"), ("13:30", "15:00"), ("15:45", "17:15"), ("14:00", "16:00"))
_EVENING: Final = (("17:30", "19:00"), ("18:00", "20:00"), ("19:00", "21:00"), ("18:30", "20:30"))
_ALL_DAY: Final = (("10:00", "15:30"), ("09:30", "15:00"), ("10:00", "16:00"))


def sessions(when: str, chance: Chance, today: date) -> list[dict[str, Any]]:
    """The sessions of a service that runs so; none for one that is there at any hour."""
    if when == "always":
        return []
    makers = {"weekly": _weekly, "evening": _evening, "weekend": _weekend, "holidays": _holidays}
    if when in makers:
        rows = makers[when](chance, today)
    elif when == "all-week":
        rows = [{"byday": _WEEK, "opens_at": "07:30", "closes_at": "18:00"}]
    elif when == "school-days":
        rows = [{"byday": _WEEK, "opens_at": "08:45", "closes_at": "15:15", "description": "Term time only"}]
    else:
        opens, closes = chance.one(_OFFICE)
        rows = [{"byday": _WEEK, "opens_at": opens, "closes_at": closes}]
    first = date(today.year - 1, 9, 1)
    return [
        {"id": chance.key(), "freq": "WEEKLY", "dtstart": _from(one["byday"], first), **one} for one in rows
    ]


def _from(byday: str, first: date) -> str:
    """The first day on or after `first` on which a session is."""
    days = {_DAYS.index(day) for day in byday.split(",")}
    return next(day for day in (first + timedelta(n) for n in range(7)) if day.weekday() in days).isoformat()


def _row(byday: str, times: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"byday": byday, "opens_at": times[0], "closes_at": times[1], **more}


def _weekly(chance: Chance, today: date) -> list[dict[str, Any]]:
    day = chance.one(_DAYS[:5])
    rows = [_row(day, chance.one(chance.one((_MORNING, _AFTERNOON, _AFTERNOON, _EVENING))))]
    if chance.happens(0.25):
        rows.append(_row(chance.one(_DAYS), chance.one(_AFTERNOON)))
    if chance.happens(0.4):
        rows[0]["description"] = "Term time only"
    if chance.happens(0.12):
        rows[0] |= {"interval": 2, "description": f"Every other {_NAMES[day]}"}
    elif chance.happens(0.12):
        rows[0] |= {"freq": "MONTHLY", "description": f"The first {_NAMES[day]} of the month"}
    return rows


def _evening(chance: Chance, today: date) -> list[dict[str, Any]]:
    return [_row(chance.one(_DAYS[:5]), chance.one(_EVENING))]


def _weekend(chance: Chance, today: date) -> list[dict[str, Any]]:
    day = "SA" if chance.happens(0.7) else "SU"
    rows = [_row(day, chance.one(chance.one((_MORNING, _AFTERNOON, _ALL_DAY))))]
    if chance.happens(0.15):
        rows[0] |= {"freq": "MONTHLY", "description": f"One {_NAMES[day]} a month"}
    return rows


def _holidays(chance: Chance, today: date) -> list[dict[str, Any]]:
    year = today.year if today <= date(today.year, 8, 30) else today.year + 1
    summer = {"valid_from": date(year, 7, 24).isoformat(), "valid_to": date(year, 8, 30).isoformat()}
    return [_row(_WEEK, chance.one(_ALL_DAY), description="Summer holidays", **summer)]


def day_name(rows: list[dict[str, Any]]) -> str:
    """The weekday of the first session, in words; Saturday for none."""
    return _NAMES[rows[0]["byday"].split(",")[0]] if rows else "Saturday"
