"""From the text of an item to its value, or an `Unreadable` naming the rule that it breaks.

Dates are read in every form that returns, blades and re-saved spreadsheets have: `2026-03-13`,
`2026-Mar-13 00:00:00`, `13/03/2026`. Flags are read as 1/0, Y/N, yes/no or true/false.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache

from goldenthread.statute.codes import codeset
from goldenthread.statute.datafile import Mark
from goldenthread.statute.identifiers import (
    InvalidIdentifier,
    check_la_number,
    check_postcode,
    check_ukprn,
    check_urn,
)

# Outside these years a date is a slip of the keyboard: no living person and no live plan is meant.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BLADE = re.compile(r"(\d{4})-([A-Za-z]{3})-(\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CLOCK = re.compile(r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_MONTHS = {
    name: at
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


class Unreadable(ValueError):  # noqa: N818 - names what the text is
    """The text is not a value of the item; `code` is the rule it breaks, `kept` a value to keep even so."""

    def __init__(self, code: str, kept: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.kept = kept


def _date_parts(text: str) -> tuple[int, int, int, str]:
    """Year, month, day and the rest of the text, which must be a time of day."""
    if match := _ISO.match(text):
        year, month, day = match.groups()
    elif match := _BRITISH.match(text):
        day, month, year = match.groups()
    elif match := _BLADE.match(text):
        year, name, day = match.groups()
        month = str(_MONTHS.get(name.lower(), 0))
    else:
        raise Unreadable("V01")
    return int(year), int(month), int(day), text[match.end() :]


@lru_cache(maxsize=50_000)
def read_datetime(text: str) -> datetime:
    """The moment written, without a time zone: returns carry local time.

    Raises Unreadable V01 for text that is no date, V02 for a date that no calendar has or no return means.
    """
    year, month, day, rest = _date_parts(text)
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        raise Unreadable("V01")
    hour, minute, second = (int(part or 0) for part in clock.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - local, as received
    except ValueError:
        raise Unreadable("V02") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Unreadable("V02")
    return moment


@lru_cache(maxsize=50_000)
def read_date(text: str) -> date:
    """The date written; a time of day after it is left out. Raises as `read_datetime`."""
    return read_datetime(text).date()


@lru_cache(maxsize=1_000)
def read_flag(text: str) -> bool:
    """A yes or no. Raises Unreadable V03."""
    flag = codeset("flag").normalise(text)
    if flag is None:
        raise Unreadable("V03")
    return flag == "1"


def read_int(text: str) -> int:
    """A whole number. Raises Unreadable V05."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise Unreadable("V05")
    return int(text)


def read_rank(text: str) -> int:
    """1 (primary) or 2 (secondary). Raises Unreadable V05."""
    if text not in {"1", "2"}:
        raise Unreadable("V05")
    return int(text)


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    @lru_cache(maxsize=50_000)
    def read(text: str) -> str:
        try:
            return check(text)
        except InvalidIdentifier:
            raise Unreadable("V06") from None

    return read


def read_identifier(text: str) -> str:
    """A UPN or ULN as written, in capitals without spaces; whether it is right is rules L15 and L16."""
    return text.replace(" ", "").upper()


@lru_cache(maxsize=20_000)
def read_postcode(text: str) -> str:
    """A postcode in its usual form; text of another shape is kept as it is (rule L11 reports it)."""
    try:
        return check_postcode(text)
    except InvalidIdentifier:
        return text.upper()


@cache
def code_reader(name: str) -> Callable[[str], str]:
    """A reader of codes of the named code set. It raises Unreadable V04 for an unknown code.

    Where the code set itself is not confirmed, a code outside it is kept as it is (Unreadable V21).
    """
    found = codeset(name)
    normalise, settled = found.normalise, found.mark is not Mark.UNKNOWN

    @lru_cache(maxsize=1_000)
    def read(text: str) -> str:
        code = normalise(text)
        if code is None:
            raise Unreadable("V04") if settled else Unreadable("V21", text.upper()[:20])
        return code

    return read


def read_text(text: str) -> str:
    """Text as it is."""
    return text


READERS: dict[str, Callable[[str], object]] = {
    "text": read_text,
    "date": read_date,
    "datetime": read_datetime,
    "flag": read_flag,
    "int": read_int,
    "rank": read_rank,
    "upn": read_identifier,
    "uln": read_identifier,
    "postcode": read_postcode,
    "la": _checked(check_la_number),
    "urn": _checked(check_urn),
    "ukprn": _checked(check_ukprn),
}
