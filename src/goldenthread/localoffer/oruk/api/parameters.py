"""What may be asked of each list, read and checked. From the same table the OpenAPI document is written.

Beyond Open Referral UK 3.0 come minimum_age, maximum_age, day, start_time and end_time of its UK profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final
from uuid import UUID

from goldenthread.localoffer.enums import Day
from goldenthread.localoffer.values import POSTCODE

PER_PAGE: Final = 50
MOST_PER_PAGE: Final = 500
LONGEST_SEARCH: Final = 200
MOST_WORDS: Final = 10
PROXIMITY: Final = 8_000
FARTHEST: Final = 500_000
JSON: Final = "json"
NDJSON: Final = "ndjson"


class BadParameter(Exception):  # noqa: N818 - says what it is
    """A parameter that cannot be used: which, why, and how to mend it."""

    def __init__(self, name: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.name, self.message, self.mend = name, message, mend


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how it is read, how OpenAPI types it, and what it does."""

    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    does: str
    mend: str


def _whole(lowest: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or not lowest <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _yes_or_no(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.lower()]


def _one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError
        return text

    return read


def _moment(text: str) -> datetime:
    """A date or a time of a date; without a zone it is UTC, as the feed writes it."""
    # In an address "+" is a space unless it was escaped: 2026-01-01T00:00:00 01:00 means +01:00.
    found = datetime.fromisoformat(re.sub(r"(:\d\d(?:\.\d+)?) (\d\d:\d\d)$", r"\1+\2", text))
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC)


def _age(text: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text):
        raise ValueError
    return float(text)


def _clock(text: str) -> time:
    if not re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", text):
        raise ValueError
    return time.fromisoformat(text)


def _days(text: str) -> frozenset[int]:
    order = [day.value for day in Day]
    return frozenset(order.index(part) for part in text.upper().split(","))


def _words(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST_SEARCH or "\0" in text or not 1 <= len(text.split()) <= MOST_WORDS:
        raise ValueError
    return tuple(text.split())


def _postcode(text: str) -> str:
    squeezed = re.sub(r"\s", "", text.upper())
    found = POSTCODE.match(f"{squeezed[:-3]} {squeezed[-3:]}")
    if found is None:
        raise ValueError
    return f"{found[1]} {found[2]}"


_TEXT: Final = {"type": "string"}
_UUID: Final = {"type": "string", "format": "uuid"}
_YES: Final = {"type": "boolean"}
_NUMBER: Final = {"type": "integer"}
_GIVE_KEY: Final = "Give one id as the feed writes it, such as 3f7b145d-84af-42d7-8fae-eaca714b02b2."
_GIVE_YES: Final = "Give true or false."
_GIVE_AGE: Final = "Give years, such as 4 or 16.5."
_GIVE_TIME: Final = "Give a time of day such as 16:30."

PARAMETERS: Final[dict[str, Parameter]] = {
    "search": Parameter(
        _words,
        _TEXT,
        "Records with every one of these words in their name or description.",
        f"Give 1 to {MOST_WORDS} words, up to {LONGEST_SEARCH} letters.",
    ),
    "page": Parameter(_whole(1, 10**9), _NUMBER, "The page, from 1.", "Give a whole number from 1."),
    "per_page": Parameter(
        _whole(1, MOST_PER_PAGE),
        _NUMBER,
        f"Records on a page: {PER_PAGE} unless given, at most {MOST_PER_PAGE}.",
        f"Give a whole number from 1 to {MOST_PER_PAGE}; format=ndjson gives all at once.",
    ),
    "format": Parameter(
        _one_of(JSON, NDJSON),
        {"type": "string", "enum": [JSON, NDJSON]},
        "json for pages; ndjson for all records at once, one a line.",
        "Give json or ndjson.",
    ),
    "modified_after": Parameter(
        _moment,
        {"type": "string", "format": "date-time"},
        "Records changed at or after this time.",
        "Give a time such as 2026-03-01T09:00:00Z, or a date.",
    ),
    "taxonomy_term_id": Parameter(UUID, _UUID, "Services that have this term.", _GIVE_KEY),
    "taxonomy_id": Parameter(UUID, _UUID, "What has a term of this taxonomy.", _GIVE_KEY),
    "organization_id": Parameter(UUID, _UUID, "Services of this organisation.", _GIVE_KEY),
    "parent_id": Parameter(UUID, _UUID, "Terms directly below this one.", _GIVE_KEY),
    "top_only": Parameter(_yes_or_no, _YES, "Only terms that stand below no other.", _GIVE_YES),
    "minimal": Parameter(
        _yes_or_no,
        _YES,
        "All services on one page: id, name, status and when each was changed.",
        _GIVE_YES,
    ),
    "full": Parameter(_yes_or_no, _YES, "Records with all that belongs to them.", _GIVE_YES),
    "full_service": Parameter(
        _yes_or_no, _YES, "The services of an organisation in full, not by id and name alone.", _GIVE_YES
    ),
    "postcode": Parameter(
        _postcode,
        _TEXT,
        f"Places near this postcode: within {PROXIMITY:,} metres unless proximity says otherwise.",
        "Give a whole postcode.",
    ),
    "proximity": Parameter(
        _whole(1, FARTHEST),
        _NUMBER,
        "How far from the postcode, in metres in a straight line.",
        f"Give whole metres from 1 to {FARTHEST:,}.",
    ),
    "minimum_age": Parameter(
        _age, {"type": "number"}, "Services that take somebody of this age or older.", _GIVE_AGE
    ),
    "maximum_age": Parameter(
        _age, {"type": "number"}, "Services that take somebody of this age or younger.", _GIVE_AGE
    ),
    "day": Parameter(
        _days, _TEXT, "Services with a session on one of these days.", "Give days such as MO or SA,SU."
    ),
    "start_time": Parameter(_clock, _TEXT, "Services with a session that ends after this time.", _GIVE_TIME),
    "end_time": Parameter(_clock, _TEXT, "Services with a session that begins before this time.", _GIVE_TIME),
}
_PAGES: Final = ("search", "page", "per_page", "format")
_SESSIONS: Final = ("minimum_age", "maximum_age", "day", "start_time", "end_time")
_OF_SERVICES: Final = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", *_SESSIONS)
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "services": (*_PAGES, *_OF_SERVICES, "minimal", "full"),
    "service_at_locations": (*_PAGES, *_OF_SERVICES, "full", "postcode", "proximity"),
    "organizations": (*_PAGES, "full", "full_service"),
    "taxonomies": _PAGES,
    "taxonomy_terms": (*_PAGES, "taxonomy_id", "top_only", "parent_id"),
    "organization": ("full_service",),
}


def read(endpoint: str, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """The parameters of a request, read. Raises BadParameter for the first that cannot be used."""
    allowed = ALLOWED.get(endpoint, ())
    found: dict[str, Any] = {}
    for name, values in given.items():
        if name not in allowed:
            known = f"Here are: {', '.join(sorted(allowed))}." if allowed else "None are known here."
            raise BadParameter(name, f"There is no parameter “{_short(name)}” here.", known)
        if len(values) > 1:
            raise BadParameter(name, f"“{name}” is given {len(values)} times.", "Give it once.")
        if values[0] == "":
            continue
        try:
            found[name] = PARAMETERS[name].read(values[0])
        except (ValueError, KeyError, OverflowError) as error:
            message = f"“{_short(values[0])}” cannot be used for {name}."
            raise BadParameter(name, message, PARAMETERS[name].mend) from error
    _together(found)
    return found


def _together(found: Mapping[str, Any]) -> None:
    if "proximity" in found and "postcode" not in found:
        raise BadParameter("proximity", "proximity needs a postcode.", "Give postcode too, or neither.")
    for low, high in (("minimum_age", "maximum_age"), ("start_time", "end_time")):
        if low in found and high in found and found[low] > found[high]:
            raise BadParameter(high, f"{high} is below {low}.", "Exchange the two.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
