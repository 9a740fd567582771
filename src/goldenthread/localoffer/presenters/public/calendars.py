"""Services as calendars, and who to ask at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from goldenthread.core.links import absolute
from goldenthread.localoffer import sessions
from goldenthread.localoffer.ical import Sessions
from goldenthread.localoffer.models import PublicService, ServiceAtLocation
from goldenthread.localoffer.presenters.public.words import shortened
from goldenthread.localoffer.projection import CLOSED_FOR_A_TIME


def sessions_of(rows: Iterable[PublicService]) -> Iterator[Sessions]:
    """The sessions of services with their places. One that is closed for a time has none."""
    for row in rows:
        if row.status == CLOSED_FOR_A_TIME:
            continue
        places = {place.pk: place for place in row.places.all()}
        only = next(iter(places.values())) if len(places) == 1 else None
        for slot in sessions.slots_of(row.schedules.all()):
            place = places.get(slot.place_id) if slot.place_id else only
            has_point = place is not None and place.latitude is not None and place.longitude is not None
            yield Sessions(
                slot,
                row.name,
                _address(place) if place else "",
                f"{shortened(row.description, 300)}\n\nAsk before you go: {contact_of(row)}".rstrip(": "),
                absolute(reverse("lo_service", args=[row.pk])),
                row.last_modified,
                (place.latitude, place.longitude) if has_point else None,  # type: ignore[arg-type, union-attr]
            )


def _address(place: ServiceAtLocation) -> str:
    address = (place.document["location"].get("addresses") or [{}])[0]
    parts = (place.name, *(address.get(name, "") for name in ("address_1", "city", "postal_code")))
    return ", ".join(part for part in parts if part)


def contact_of(row: PublicService) -> str:
    """The telephone number and the email address of a service, as far as they are given."""
    document = row.document
    many = [*document.get("phones", [])]
    many += [phone for one in document.get("contacts", []) for phone in one.get("phones", [])]
    numbers = [one["number"] for one in many if one.get("number")]
    emails = [one["email"] for one in [document, *document.get("contacts", [])] if one.get("email")]
    return ", ".join([*numbers[:1], *emails[:1]])


@dataclass(frozen=True, slots=True)
class Ask:
    """Who to ask at a service, for a list that is printed."""

    name: str
    words: str


def contacts(rows: Iterable[PublicService]) -> list[Ask]:
    """Who to ask at each service."""
    return [Ask(row.name, contact_of(row)) for row in rows]
