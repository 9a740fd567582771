"""Single values of a document: read from what people write, or refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, Final
from urllib.parse import urlsplit

from goldenthread.localoffer.enums import Day

OLDEST: Final = 120
POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\Z")
_EMAIL: Final = re.compile(r"[^@\s<>\"']+@[^@\s<>\"'.]+(?:\.[^@\s<>\"'.]+)+\Z")


class WrongValueError(ValueError):
    """Why a value is refused, in words."""


def web_address(value: Any) -> str:
    """An http address, given its https where it has none. Raises ValueError for any other."""
    text = str(value).strip()
    if "://" not in text and ":" not in text.split("/", 1)[0]:
        text = f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or re.search(r"\s", text):
        raise WrongValueError("give a web address such as https://www.example.org.")
    return text


def email_address(value: Any) -> str:
    """An email address. Raises ValueError for what is none."""
    text = str(value).strip().removeprefix("mailto:")
    if not _EMAIL.match(text) or len(text) > 254:
        raise WrongValueError("give an email address such as name@example.org.")
    return text


def postcode(value: Any) -> str:
    """A postcode in capitals with its space; what is none stays as it is, for addresses abroad."""
    text = " ".join(str(value).upper().split())
    found = POSTCODE.match(text.replace(" ", "")[:-3] + " " + text.replace(" ", "")[-3:])
    return f"{found[1]} {found[2]}" if found else text


def number(value: Any) -> float | int:
    if isinstance(value, bool):
        raise WrongValueError("give a number.")
    found = float(value)
    if found != found or abs(found) > 1e7:
        raise WrongValueError("give a number.")
    return int(found) if found == int(found) else found


def money(value: Any) -> float | int:
    found = number(str(value).replace("£", "").replace(",", "").strip())
    if found < 0:
        raise WrongValueError("an amount is not negative.")
    return found


def age(value: Any) -> float | int:
    found = number(value)
    if not 0 <= found <= OLDEST:
        raise WrongValueError(f"give an age in years, from 0 to {OLDEST}.")
    return found


def degrees(most: int) -> Callable[[Any], float]:
    def fix(value: Any) -> float:
        found = float(value)
        if not -most <= found <= most:
            raise WrongValueError(f"degrees are from -{most} to {most}.")
        return found

    return fix


def clock_time(value: Any) -> str:
    """A time as HH:MM, from "9:30", "09:30:00" or "09:30Z". Raises ValueError for what is none."""
    found = re.match(r"(\d{1,2})[:.](\d{2})", str(value).strip())
    if found is None:
        raise WrongValueError("give a time such as 09:30.")
    return time(int(found[1]), int(found[2])).isoformat("minutes")


def day_of(value: Any) -> str:
    return date.fromisoformat(str(value)[:10]).isoformat()


def days_of(value: Any) -> str:
    """Days as `MO,WE`, in the order of the week. Raises ValueError where none is named."""
    asked = {re.sub(r"[^A-Z]", "", part)[:2] for part in re.split(r"[,;/ ]+", str(value).upper()) if part}
    found = [day.value for day in Day if day.value in asked]
    if not found:
        raise WrongValueError("give days such as MO,WE.")
    return ",".join(found)


def freq(value: Any) -> str:
    text = str(value).strip().upper()
    if text not in {"WEEKLY", "MONTHLY"}:
        raise WrongValueError("how often is WEEKLY or MONTHLY.")
    return text
