"""A document as lines that people read: for the preview, and to say what changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Day, Question, Referral
from goldenthread.localoffer.projection import hidden_keys

_ROWS: tuple[tuple[str, str, str], ...] = (
    ("about", "name", "Name"),
    ("about", "description", "What it does"),
    ("about", "url", "Website"),
    ("about", "alert", "Notice"),
    ("who", "minimum_age", "Youngest age"),
    ("who", "maximum_age", "Oldest age"),
    ("who", "eligibility_description", "Who it is for"),
    ("cost", "fees", "What it costs"),
    ("contact", "email", "Email"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the part of the entry, what it is of, and what it says."""

    part: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs. Empty text: it was not there."""

    part: str
    label: str
    before: str
    after: str


def lines(document: Document, *, notes: bool = True) -> list[Line]:
    """All that the entry says, hidden addresses too; `notes` takes the editors' own along."""
    found = [
        Line(part, label, str(document[name]))
        for part, name, label in _ROWS
        if document.get(name) not in (None, "")
    ]
    own = document.get("local_offer", {})
    found += [*_terms(document), *_own(own), *_places(document), *_slots(document), *_rest(document)]
    found += [
        Line("questions", question.label, own["questions"][question])
        for question in Question
        if own.get("questions", {}).get(question)
    ]
    if notes and own.get("notes"):
        found.append(Line("notes", "Notes of the editors", own["notes"]))
    return found


def _own(own: Document) -> Iterator[Line]:
    if own.get("referral"):
        words = ", ".join(Referral(code).label for code in own["referral"])
        yield Line("who", "Who may ask for it", words)
    if own.get("how_to_get"):
        yield Line("who", "How to get it", own["how_to_get"])
    if own.get("is_national"):
        yield Line("where", "Anywhere in the country", "Yes")


def _terms(document: Document) -> Iterator[Line]:
    names = [one["taxonomy_term"]["name"] for one in document.get("attributes", []) if "taxonomy_term" in one]
    if names:
        yield Line("kinds", "Kinds and needs", ", ".join(sorted(names)))


def address_of(location: Document) -> str:
    """The first address on one line."""
    address = (location.get("addresses") or [{}])[0]
    parts = (address.get(name) for name in ("address_1", "city", "postal_code"))
    return ", ".join(part for part in parts if part)


def _places(document: Document) -> Iterator[Line]:
    hidden = hidden_keys(document)
    for number, one in enumerate(document.get("service_at_locations", []), start=1):
        location = one["location"]
        is_hidden = bool(hidden & {one["id"], location["id"]})
        text = ", ".join(part for part in (location.get("name"), address_of(location)) if part)
        yield Line("where", f"Place {number}", text + (" (hidden from the public)" if is_hidden else ""))
        for feature in location.get("accessibility", []):
            yield Line("access", f"Getting in and around, place {number}", feature.get("description", ""))


def when_words(schedule: Document) -> str:
    """`Monday, Saturday, 09:30 to 10:30. Term time only`."""
    days = ", ".join(Day(day).label for day in schedule.get("byday", "").split(",") if day)
    times = " to ".join(schedule[name] for name in ("opens_at", "closes_at") if schedule.get(name))
    first = ", ".join(part for part in (days, times) if part)
    return ". ".join(part for part in (first, schedule.get("description", "")) if part)


def _slots(document: Document) -> Iterator[Line]:
    for number, one in enumerate(document.get("schedules", []), start=1):
        yield Line("when", f"Time {number}", when_words(one))


def _rest(document: Document) -> Iterator[Line]:
    for number, one in enumerate(document.get("cost_options", []), start=1):
        amount = f"£{one['amount']:,.2f}" if "amount" in one else ""
        yield Line("cost", f"Price {number}", " ".join(filter(None, (one.get("option", ""), amount))))
    for number, one in enumerate(document.get("contacts", []), start=1):
        phones = [phone.get("number", "") for phone in one.get("phones", [])]
        yield Line("contact", f"Contact {number}", ", ".join(filter(None, (_name(one), *phones))))
    for number, one in enumerate(document.get("phones", []), start=1):
        yield Line("contact", f"Telephone {number}", one.get("number", ""))


def _name(contact: dict[str, Any]) -> str:
    return ", ".join(part for part in (contact.get("name"), contact.get("title")) if part)


def changes(before: Document, after: Document) -> list[Change]:
    """The lines that differ, in the order of the entry; none for the same document."""
    old = {(one.part, one.label): one.text for one in lines(before)}
    new = {(one.part, one.label): one.text for one in lines(after)}
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Change(*key, old.get(key, ""), new.get(key, ""))
        for key in keys
        if old.get(key, "") != new.get(key, "")
    ]
