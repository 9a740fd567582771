"""What an entry says, in plain words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from goldenthread.core.ui.filters import long_date
from goldenthread.localoffer.enums import Day

_DAY_NAMES = {day.value: day.label for day in Day}
_NTH = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line or more), or a list of points."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a plain text; a line that begins with a star or a dash is a point."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in filter(None, (line.strip() for line in part.split("\n"))):
            is_point = line[:2] in ("* ", "- ", "• ")
            if lines and is_point != _is_point(lines[-1]):
                found.append(_block(lines))
                lines = []
            lines.append(line)
        if lines:
            found.append(_block(lines))
    return found


def _is_point(line: str) -> bool:
    return line[:2] in ("* ", "- ", "• ")


def _block(lines: list[str]) -> Block:
    is_list = _is_point(lines[0])
    return Block(tuple(line[2:].strip() if is_list else line for line in lines), is_list)


def shortened(text: str, most: int = 180) -> str:
    """The text on one line, cut between words at about so many letters."""
    line = " ".join(text.replace("\n* ", "\n").split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def ages(low: float | None, high: float | None) -> str:
    """`5 to 16`, `16 and over`, `Up to 5`, `Any age`."""
    if low is None and high is None:
        return "Any age"
    if high is None:
        return f"{_years(low or 0)} and over" if low else "Any age"
    if not low:
        return f"Up to {_years(high)}"
    return f"{_years(low)} to {_years(high)}" if low != high else f"{_years(low)}"


def _years(age: float) -> str:
    """Years; below two and not whole, months."""
    if age < 2 and age != int(age):
        return f"{round(age * 12)} months"
    return f"{age:g}"


def money(amount: float) -> str:
    """`£4.50`, `£12`; `free` for nought."""
    if not amount:
        return "free"
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def cost_line(option: dict[str, Any]) -> str:
    """One price: `A session: £4.50 (with a carer)`."""
    what, amount = option.get("option", ""), option.get("amount")
    price = money(amount) if isinstance(amount, int | float) else ""
    if what.casefold() == price:
        what, price = "", price.capitalize()
    text = ": ".join(part for part in (what, price) if part)
    more = option.get("amount_description", "")
    return f"{text} ({more})" if text and more else text or more


def clock(at: time) -> str:
    """`9:30am`, `2pm`, `midday`."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def distance(metres: float) -> str:
    """A distance in miles as people say it: `0.4 miles`, `12 miles`."""
    miles = metres / 1609.344
    if miles < 0.1:
        return "less than 0.1 miles"
    shown = f"{miles:.1f}" if miles < 9.95 else f"{miles:.0f}"
    return "1 mile" if shown == "1.0" else f"{shown} miles"


def listed(parts: list[str]) -> str:
    """`Mondays, Tuesdays and Fridays`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _days(schedule: dict[str, Any]) -> list[str]:
    return [_DAY_NAMES[code] for code in schedule.get("byday", "").split(",") if code in _DAY_NAMES]


def _day_words(days: list[str]) -> str:
    """Weekdays in the plural; three or more that follow each other as a span."""
    order = list(_DAY_NAMES.values())
    if len(days) == 7:
        return "Every day"
    at = [order.index(day) for day in days]
    if len(at) > 2 and at[-1] - at[0] == len(at) - 1:
        return f"{days[0]} to {days[-1]}"
    return listed([f"{day}s" for day in days])


def _often(schedule: dict[str, Any], days: list[str]) -> str:
    interval = schedule.get("interval", 1)
    if schedule.get("freq") == "MONTHLY":
        every = "month" if interval == 1 else f"{interval} months"
        if schedule.get("dtstart") and len(days) == 1:
            return f"The {_which(schedule['dtstart'], days[0])} of every {every}"
        if days:
            return f"Every {every}, on a {' or '.join(days)}"
        on = f", on day {schedule['bymonthday']} of the month" if schedule.get("bymonthday") else ""
        return f"Every {every}{on}"
    if interval > 1:
        return f"Every {interval} weeks" + (f" on {_day_words(days)}" if days else "")
    return _day_words(days) if days else ("Every week" if schedule.get("freq") else "")


def _which(start: str, day: str) -> str:
    """`second Monday`: the one of the first such day on or after the start."""
    first = date.fromisoformat(start)
    number = first.day + (list(_DAY_NAMES.values()).index(day) - first.weekday()) % 7
    number = (number - 1) // 7
    return f"{_NTH[number] if number < 4 else 'last'} {day}"


def _times(schedule: dict[str, Any]) -> str:
    opens, closes = schedule.get("opens_at"), schedule.get("closes_at")
    if opens and closes:
        return f"{clock(time.fromisoformat(opens))} to {clock(time.fromisoformat(closes))}"
    if opens:
        return f"from {clock(time.fromisoformat(opens))}"
    return f"until {clock(time.fromisoformat(closes))}" if closes else ""


def when(schedule: dict[str, Any], today: date) -> str:
    """When a schedule runs: `Mondays and Saturdays, 9:30am to 10:30am, until 19 July 2024`."""
    parts = [_often(schedule, _days(schedule)), _times(schedule)]
    start = schedule.get("valid_from") or schedule.get("dtstart")
    if start and date.fromisoformat(start) > today:
        parts.append(f"from {long_date(date.fromisoformat(start))}")
    if schedule.get("valid_to"):
        last = date.fromisoformat(schedule["valid_to"])
        parts.append(f"{'until' if last >= today else 'ended on'} {long_date(last)}")
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def dial(number: str) -> str:
    """A telephone number as a link dials it: digits, and a leading plus."""
    return ("+" if number.strip().startswith("+") else "") + re.sub(r"\D", "", number.split("ext")[0])
