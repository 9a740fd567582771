"""The document of one service: cleaned and given its keys. Pure: no database, no clock.

The shape is the full service of Open Referral UK 3.0, and beside it `local_offer`, which no feed carries:

* `questions`: answers by code of `Question`; `referral`: codes of `Referral`; `how_to_get`: text
* `is_national`: for people anywhere in the country
* `hidden_locations`: keys of locations whose address nobody outside may learn (a refuge)
* `notes`: the editors' own
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from goldenthread.localoffer import values
from goldenthread.localoffer.enums import Question, Referral
from goldenthread.localoffer.text import plain_text

Document = dict[str, Any]
LONGEST: Final = {"name": 255, "description": 20_000}
_WORDS: Final = ("name", "description", "fees", "accreditations", "alert", "eligibility_description")
LONGEST_OTHER: Final = 5_000
# No text so short is too long for any field.
_SHORT: Final = min(LONGEST.values())
LARGEST: Final = 400_000
LISTS: Final = (
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "funding",
    "cost_options",
    "contacts",
    "phones",
    "attributes",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a document: where (`cost_options.0.amount`) and what, in words for its editor."""

    where: str
    message: str


class _Cleaner:
    """Walks a document once; gathers what is wrong and leaves that out."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    def value(self, value: Any, where: str) -> Any:
        """The value without nulls and empty parts, all text plain; None for nothing."""
        if isinstance(value, str):
            return self.text(value, where)
        if isinstance(value, dict):
            return self._parts(value, f"{where}." if where else "")
        if isinstance(value, list):
            parts = [self.value(part, f"{where}.{number}") for number, part in enumerate(value)]
            return [part for part in parts if part is not None] or None
        if isinstance(value, float) and (value != value or abs(value) == float("inf")):
            return None
        return value

    def _parts(self, holder: dict[Any, Any], before: str) -> dict[str, Any] | None:
        found = {}
        for key, part in holder.items():
            # Most parts are short texts, which cannot be wrong: for those no place is spelt out.
            short = type(part) is str and len(part) <= _SHORT
            kept = plain_text(part) or None if short else self.value(part, f"{before}{key}")
            if kept is not None:
                found[str(key)] = kept
        return found or None

    def text(self, text: str, where: str) -> str | None:
        if len(text) <= _SHORT:
            return plain_text(text) or None
        key = where.rsplit(".", 1)[-1]
        longest = LONGEST.get(key, LONGEST_OTHER)
        # Cut before reading: a text of five megabytes is refused by its length, not parsed first.
        if len(text) > longest * 20:
            self.wrong(where, _too_long(where, len(text), longest))
            return None
        found = plain_text(text)
        if len(found) > longest:
            self.wrong(where, _too_long(where, len(found), longest))
            return None
        return found or None


def _too_long(where: str, length: int, longest: int) -> str:
    return f"{where}: {length:,} letters are too many; up to {longest:,} can be kept. Shorten it."


def clean(document: Document, service_id: UUID) -> tuple[Document, list[Problem]]:
    """The document made plain and given keys, and what had to be left out of it.

    The same document and key give the same answer, so loading a file twice changes nothing.
    """
    cleaner = _Cleaner()
    found: Document = cleaner.value(document, "") or {}
    found["id"] = str(service_id)
    _words_are_text(found)
    for name in LISTS:
        found[name] = (
            [one for one in found.get(name, []) if isinstance(one, dict)] if _is_list(found, name) else []
        )
        if not found[name]:
            del found[name]
    for where, name, fix in _FIXES:
        for place, holder in _holders(found, where):
            _fix(cleaner, holder, name, fix, f"{place}.{name}".lstrip("."))
    _ages(cleaner, found)
    _local_offer(found)
    _give_keys(found, service_id)
    if len(json.dumps(found)) > LARGEST:
        cleaner.wrong("", f"The entry is too large: up to {LARGEST:,} letters in all can be kept.")
    return found, cleaner.problems


def _words_are_text(found: Document) -> None:
    """Give the words of the service the type of words; the name is one line. An organisation is an object."""
    for name in _WORDS:
        if name in found and not isinstance(found[name], str):
            found[name] = str(found[name])
    if "name" in found:
        found["name"] = " ".join(found["name"].split())
    if not isinstance(found.get("organization", {}), dict):
        del found["organization"]
    elif "name" in found.get("organization", {}):
        found["organization"]["name"] = " ".join(str(found["organization"]["name"]).split())


def _is_list(found: Document, name: str) -> bool:
    return isinstance(found.get(name), list)


def _holders(found: Document, where: str) -> list[tuple[str, Document]]:
    """The objects at a path such as `service_at_locations.*.location`, with where each is."""
    holders: list[tuple[str, Any]] = [("", found)]
    for step in filter(None, where.split(".")):
        if step == "*":
            holders = [
                (f"{place}.{number}", one)
                for place, many in holders
                if isinstance(many, list)
                for number, one in enumerate(many)
            ]
        else:
            holders = [
                (f"{place}.{step}".lstrip("."), one[step])
                for place, one in holders
                if isinstance(one, dict) and step in one
            ]
    return [(place, one) for place, one in holders if isinstance(one, dict)]


def _fix(cleaner: _Cleaner, holder: Document, name: str, fix: Callable[[Any], Any], where: str) -> None:
    if name not in holder:
        return
    try:
        holder[name] = fix(holder[name])
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        told = str(error) if isinstance(error, values.WrongValueError) else "this cannot be read."
        cleaner.wrong(where, f"{where}: {told}")
        del holder[name]


_ADDRESSES = "service_at_locations.*.location.addresses.*"
_FIXES: Final[tuple[tuple[str, str, Callable[[Any], Any]], ...]] = (
    ("", "url", values.web_address),
    ("", "email", values.email_address),
    ("", "assurer_email", values.email_address),
    ("", "assured_date", values.day_of),
    ("", "minimum_age", values.age),
    ("", "maximum_age", values.age),
    ("organization", "website", values.web_address),
    ("organization", "uri", values.web_address),
    ("organization", "email", values.email_address),
    ("cost_options.*", "amount", values.money),
    (_ADDRESSES, "postal_code", values.postcode),
    ("service_at_locations.*.location", "latitude", values.degrees(90)),
    ("service_at_locations.*.location", "longitude", values.degrees(180)),
    ("schedules.*", "opens_at", values.clock_time),
    ("schedules.*", "closes_at", values.clock_time),
    ("schedules.*", "valid_from", values.day_of),
    ("schedules.*", "valid_to", values.day_of),
    ("schedules.*", "dtstart", values.day_of),
    ("schedules.*", "byday", values.days_of),
    ("schedules.*", "freq", values.freq),
    ("schedules.*", "interval", lambda value: max(1, min(99, int(value)))),
    ("schedules.*", "schedule_link", values.web_address),
)


def _ages(cleaner: _Cleaner, found: Document) -> None:
    low, high = found.get("minimum_age"), found.get("maximum_age")
    if low is not None and high is not None and low > high:
        cleaner.wrong("maximum_age", "maximum_age: the oldest age is below the youngest.")
        del found["maximum_age"]


def _local_offer(found: Document) -> None:
    """Keep our own part in its shape."""
    own = found.get("local_offer")
    own = dict(own) if isinstance(own, dict) else {}
    questions = own.get("questions")
    own["questions"] = (
        {key: str(text) for key, text in questions.items() if key in Question.values}
        if isinstance(questions, dict)
        else {}
    )
    for name, allowed in (("referral", Referral.values), ("hidden_locations", None)):
        many = own.get(name)
        own[name] = (
            [str(x) for x in many if allowed is None or x in allowed] if isinstance(many, list) else []
        )
    own = {key: part for key, part in own.items() if part not in ({}, [], None, "", False)}
    if own:
        found["local_offer"] = own
    else:
        found.pop("local_offer", None)


def _give_keys(found: Document, service_id: UUID) -> None:
    """Give every part a key that is a UUID, the same each time; hidden locations keep theirs."""
    renamed: dict[str, str] = {}
    for name in LISTS:
        for number, one in enumerate(found.get(name, [])):
            one["id"] = _key(one.get("id"), service_id, f"{name}.{number}")
            if name == "service_at_locations":
                _key_location(one, service_id, number, renamed)
            for at, phone in enumerate(one.get("phones", []) if isinstance(one.get("phones"), list) else []):
                phone["id"] = _key(phone.get("id"), service_id, f"{name}.{number}.phones.{at}")
    own = found.get("local_offer", {})
    if "hidden_locations" in own:
        own["hidden_locations"] = [renamed.get(key, key) for key in own["hidden_locations"]]


def _key_location(one: Document, service_id: UUID, number: int, renamed: dict[str, str]) -> None:
    location = one.get("location")
    location = one["location"] = location if isinstance(location, dict) else {}
    before = str(location.get("id", ""))
    location["id"] = _key(before, service_id, f"location.{number}")
    renamed[before] = location["id"]
    if location.get("location_type") not in {"physical", "postal", "virtual"}:
        location["location_type"] = "physical"
    for name in ("addresses", "accessibility"):
        parts = location.get(name)
        for at, part in enumerate(parts if isinstance(parts, list) else []):
            part["id"] = _key(part.get("id"), service_id, f"location.{number}.{name}.{at}")


def _key(given: Any, service_id: UUID, path: str) -> str:
    try:
        return str(UUID(str(given)))
    except ValueError:
        return str(uuid5(service_id, path))


def missing(document: Document) -> list[Problem]:
    """What must be there before the public may see it."""
    found = []
    if not document.get("name"):
        found.append(Problem("name", "Give the service a name."))
    if not document.get("description"):
        found.append(Problem("description", "Say what the service does."))
    return found


def urn_of(document: Document) -> str:
    """The GIAS or Ofsted number of what the entry is about: our own field, or that of a place; else none."""
    own = document.get("local_offer", {}).get("urn")
    if own:
        return str(own)[:20]
    for one in document.get("service_at_locations", []):
        location = one.get("location", {})
        if str(location.get("external_identifier_type", "")).upper() == "URN":
            return str(location.get("external_identifier", ""))[:20]
    return ""
