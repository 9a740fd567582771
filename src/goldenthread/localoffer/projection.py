"""From a document to what the public sees: a pure function. No address that is hidden passes through here.

Only parts that Open Referral UK names are taken, so what somebody adds to a document stays inside too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Day
from goldenthread.localoffer.grid import to_grid

ACTIVE: Final = "active"
CLOSED_FOR_A_TIME: Final = "temporarily closed"
_DAYS: Final = {day.value: number for number, day in enumerate(Day)}
_PLAIN: Final = (
    "name",
    "description",
    "url",
    "email",
    "fees",
    "accreditations",
    "minimum_age",
    "maximum_age",
    "eligibility_description",
    "assurer_email",
    "alert",
)
_TAKEN: Final[dict[str, tuple[str, ...]]] = {
    "schedules": (
        *(
            "id",
            "valid_from",
            "valid_to",
            "dtstart",
            "freq",
            "interval",
            "byday",
            "bymonthday",
            "description",
        ),
        *("opens_at", "closes_at", "schedule_link", "attending_type", "notes", "service_at_location_id"),
    ),
    "service_areas": ("id", "name", "extent", "extent_type", "uri", "service_area"),
    "languages": ("id", "name", "code", "note"),
    "funding": ("id", "source"),
    "cost_options": ("id", "valid_from", "valid_to", "option", "amount", "amount_description"),
    "contacts": ("id", "name", "title", "department", "email", "phones"),
    "phones": ("id", "number", "description", "languages"),
    "attributes": ("id", "link_type", "taxonomy_term"),
}
_ORGANIZATION: Final = (
    *("id", "name", "description", "email", "website", "logo", "uri", "parent_organization_id"),
    "organization_identifiers",
)
_LOCATION: Final = (
    *("id", "location_type", "name", "description", "latitude", "longitude", "external_identifier"),
    *("external_identifier_type", "addresses", "accessibility"),
)
_ADDRESS: Final = (
    *("id", "attention", "address_1", "city", "region", "state_province", "postal_code", "country"),
    "address_type",
)
OWN: Final = ("questions", "referral", "how_to_get", "is_national")


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of one published entry, as columns by name."""

    service: dict[str, Any]
    organization: dict[str, Any]
    places: list[dict[str, Any]] = field(default_factory=list)
    schedules: list[dict[str, Any]] = field(default_factory=list)
    terms: list[UUID] = field(default_factory=list)


def project(
    document: Document,
    *,
    number: int,
    is_paused: bool,
    checked_on: date | None,
    first_published: datetime,
    last_modified: datetime,
    urn: str = "",
) -> Projection:
    """What the public sees of a clean document with its `organization`. Raises KeyError if it has none."""
    places = [_place(one) for one in open_places(document)]
    status = CLOSED_FOR_A_TIME if is_paused else ACTIVE
    feed = _feed(document, places, status, checked_on, last_modified)
    kept = {place["id"] for place in places}
    schedules = [row for one in feed.get("schedules", []) for row in _schedule_rows(one, kept)]
    own = {key: part for key, part in document.get("local_offer", {}).items() if key in OWN}
    service = {
        "id": UUID(document["id"]),
        "organization_id": UUID(feed["organization"]["id"]),
        "name": feed["name"],
        "description": feed.get("description", ""),
        "status": status,
        "document": feed,
        "local_offer": own,
        "number": number,
        **_asked(feed, own, places, schedules),
        "urn": urn,
        "checked_on": checked_on,
        "first_published": first_published,
        "last_modified": last_modified,
    }
    organization = {
        "id": service["organization_id"],
        "name": feed["organization"]["name"],
        "document": feed["organization"],
        "last_modified": last_modified,
    }
    return Projection(service, organization, places, schedules, list(dict.fromkeys(_term_ids(feed))))


def _asked(
    feed: Document, own: Document, places: Sequence[dict[str, Any]], schedules: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The columns that filters ask."""
    postcodes = dict.fromkeys(place["postcode"] for place in places if place["postcode"])
    return {
        "minimum_age": feed.get("minimum_age"),
        "maximum_age": feed.get("maximum_age"),
        "is_free": _is_free(feed),
        "days": _day_bits(schedules),
        "referral": "|" + "|".join(own["referral"]) + "|" if own.get("referral") else "",
        "is_national": bool(own.get("is_national")),
        "has_place": any(place["location_type"] == "physical" for place in places),
        "postcodes": " ".join(postcodes)[:255],
    }


def open_places(document: Document) -> list[Document]:
    """The services at locations whose address may be known."""
    hidden = hidden_keys(document)
    return [one for one in _places(document) if not hidden & {one["id"], one["location"]["id"]}]


def hidden_keys(document: Document) -> set[str]:
    """The keys of what is hidden, as the document names them."""
    return set(document.get("local_offer", {}).get("hidden_locations", ()))


def hidden_both(document: Document) -> set[str]:
    """The keys of the hidden locations and of the service at each, whichever of the two was named."""
    named = hidden_keys(document)
    pairs = ({str(one.get("id")), str(one["location"].get("id"))} for one in _places(document))
    return named.union(*(pair for pair in pairs if pair & named)) if named else named


def _places(document: Document) -> list[Document]:
    return list(document.get("service_at_locations", []))


def _feed(
    document: Document,
    places: Sequence[dict[str, Any]],
    status: str,
    checked_on: date | None,
    last_modified: datetime,
) -> Document:
    organization = _some(document["organization"], _ORGANIZATION)
    organization.setdefault("description", organization["name"])
    feed = {"id": document["id"], "organization_id": organization["id"], **_some(document, _PLAIN)}
    feed |= {"status": status, "last_modified": moment(last_modified), "organization": organization}
    if checked_on:
        feed["assured_date"] = checked_on.isoformat()
    hidden = hidden_both(document)
    for name, taken in _TAKEN.items():
        shown = [_some(one, taken) for one in document.get(name, []) if not _is_of(one, hidden)]
        if shown:
            feed[name] = shown
    if places:
        feed["service_at_locations"] = [place["document"] for place in places]
    if "schedules" in feed:
        open_to_all = {str(place["id"]) for place in places}
        for one in feed["schedules"]:
            if one.get("service_at_location_id") not in open_to_all:
                one.pop("service_at_location_id", None)
    return feed


def _is_of(one: Document, hidden: set[str]) -> bool:
    """Whether a telephone or contact is that of a hidden place. A time of it stays, without the place."""
    return bool(hidden & {str(one.get("location_id", "")), *_place_of(one)})


def _place_of(one: Document) -> tuple[str, ...]:
    return () if "opens_at" in one or "byday" in one else (str(one.get("service_at_location_id", "")),)


def moment(at: datetime) -> str:
    """A time as the feed writes it: UTC, to the millisecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _some(holder: Document, names: Iterable[str]) -> Document:
    return {name: holder[name] for name in names if holder.get(name) not in (None, "", [], {})}


def _place(one: Document) -> dict[str, Any]:
    location = _some(one["location"], _LOCATION)
    location["addresses"] = [_address(address) for address in location.get("addresses", [])]
    if not location["addresses"]:
        del location["addresses"]
    address = location.get("addresses", [{}])[0]
    latitude, longitude = location.get("latitude"), location.get("longitude")
    grid = to_grid(latitude, longitude) if latitude is not None and longitude is not None else None
    return {
        "id": UUID(one["id"]),
        "location_id": UUID(location["id"]),
        "name": location.get("name", "")[:255],
        "location_type": location["location_type"],
        "postcode": address.get("postal_code", "")[:12],
        "town": address.get("city", "")[:100],
        "latitude": latitude,
        "longitude": longitude,
        "easting": grid[0] if grid else None,
        "northing": grid[1] if grid else None,
        "document": {"id": one["id"], "location": location},
    }


def _address(address: Document) -> Document:
    """An address with every part that the standard requires; what was not given is said to be empty."""
    found = _some(address, _ADDRESS)
    for name in ("address_1", "city", "state_province", "postal_code"):
        found.setdefault(name, "")
    found.setdefault("country", "GB")
    if found.get("address_type") not in {"physical", "postal", "virtual"}:
        found["address_type"] = "physical"
    return found


def _schedule_rows(one: Document, places: set[UUID]) -> Iterable[dict[str, Any]]:
    """A row for each weekday of a schedule; one without a day where it names none."""
    place = one.get("service_at_location_id")
    base = {
        "schedule_id": UUID(one["id"]),
        "place_id": UUID(place) if place and UUID(place) in places else None,
        "opens_at": _time(one.get("opens_at")),
        "closes_at": _time(one.get("closes_at")),
        "freq": one.get("freq", ""),
        "interval": one.get("interval", 1),
        "starts_on": _date(one.get("dtstart")),
        "valid_from": _date(one.get("valid_from")),
        "valid_to": _date(one.get("valid_to")),
    }
    days: list[int | None] = [_DAYS[day] for day in one.get("byday", "").split(",") if day]
    return [base | {"day": day} for day in days or [None]]


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_bits(rows: Iterable[dict[str, Any]]) -> int:
    return sum(1 << day for day in {row["day"] for row in rows} if day is not None)


def _is_free(feed: Document) -> bool | None:
    """Free if some cost is stated as nought and none above; None where nothing is said."""
    amounts = [one["amount"] for one in feed.get("cost_options", []) if "amount" in one]
    if amounts:
        return bool(max(amounts) == 0)
    said = str(feed.get("fees", "")).strip().lower()
    return True if re.match(r"(free\b|no (charge|cost|fee))", said) else None


def _term_ids(feed: Document) -> Iterable[UUID]:
    for one in feed.get("attributes", []):
        term = one.get("taxonomy_term")
        if isinstance(term, dict) and term.get("id"):
            yield UUID(term["id"])
