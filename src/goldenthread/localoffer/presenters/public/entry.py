"""An entry as families read it: everything they ask, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.localoffer import sessions, terms
from goldenthread.localoffer.enums import Question, Referral
from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.presenters.public import mapping, words
from goldenthread.localoffer.presenters.public.front import search_address
from goldenthread.localoffer.presenters.public.listing import is_overdue
from goldenthread.localoffer.presenters.public.words import Block
from goldenthread.localoffer.projection import CLOSED_FOR_A_TIME

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service is. `number` is that of its pin; `map_href` shows it on a map elsewhere."""

    name: str
    lines: tuple[str, ...]
    about: list[Block]
    access: tuple[str, ...]
    is_online: bool
    number: int | None = None
    map_href: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody, or a desk, to ask."""

    who: str
    phones: tuple[tuple[str, str, str], ...] = ()  # as written, as dialled, what for
    email: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A line of when it runs, a remark, and the place where that must be said."""

    text: str
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A term, and the search for others with it."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the page of a service shows."""

    key: str
    name: str
    organization: str
    about: list[Block]
    alert: str
    is_closed: bool
    checked_on: date | None
    is_overdue: bool
    ages: str
    eligibility: list[Block]
    needs: list[Tag]
    kinds: list[Tag]
    referral: list[str]
    how_to_get: list[Block]
    times: list[Time]
    next_session: tuple[date, str] | None
    has_sessions: bool
    places: list[Place]
    map: mapping.Drawing | None
    is_national: bool
    areas: str
    access: list[Tag]
    is_free: bool
    costs: list[str]
    fees: list[Block]
    contacts: list[Contact]
    email: str
    website: str
    languages: str
    questions: list[tuple[str, list[Block]]]
    accreditations: list[Block]
    organization_about: list[Block]
    organization_website: str
    settings: list[Tag] = field(default_factory=list)


def entry(row: PublicService, today: date) -> Entry:
    """A published service with its rows, as its page shows it."""
    document, own = row.document, row.local_offer
    places, drawing = _places(document)
    return Entry(
        key=str(row.pk),
        name=row.name,
        about=words.blocks(row.description),
        alert=document.get("alert", ""),
        checked_on=row.checked_on,
        is_overdue=is_overdue(row.checked_on, today),
        ages=words.ages(row.minimum_age, row.maximum_age),
        eligibility=words.blocks(document.get("eligibility_description", "")),
        referral=[Referral(code).label for code in own.get("referral", []) if code in Referral.values],
        how_to_get=words.blocks(own.get("how_to_get", "")),
        places=places,
        map=drawing,
        is_national=row.is_national,
        areas=words.listed([one["name"] for one in document.get("service_areas", []) if one.get("name")]),
        contacts=_contacts(document),
        email=document.get("email", ""),
        website=document.get("url", ""),
        languages=words.listed([_language(one) for one in document.get("languages", []) if _language(one)]),
        questions=_questions(own),
        accreditations=words.blocks(document.get("accreditations", "")),
        **_when(row, today),
        **_cost(row),
        **_terms(row),
        **_organization(row),
    )


def _when(row: PublicService, today: date) -> dict[str, Any]:
    """Its times, the next of them, and whether it is closed."""
    slots = sessions.slots_of(row.schedules.all())
    is_closed = row.status == CLOSED_FOR_A_TIME
    coming = None if is_closed else sessions.next_session(slots, today)
    return {
        "times": list(_times(row.document, today)),
        "next_session": (coming[0], _clock(coming[1])) if coming else None,
        "has_sessions": not is_closed and any(sessions.first_session(slot, today) for slot in slots),
        "is_closed": is_closed,
    }


def _cost(row: PublicService) -> dict[str, Any]:
    """Its prices, and what is said of them that the prices do not say."""
    options, fees = row.document.get("cost_options", []), row.document.get("fees", "")
    costs = [line for one in options if (line := words.cost_line(one))]
    is_said = fees.strip().casefold() in {line.casefold() for line in costs}
    return {
        "costs": costs,
        "fees": [] if is_said else words.blocks(fees),
        "is_free": bool(row.is_free),
    }


def _terms(row: PublicService) -> dict[str, Any]:
    tags = _tags(row)
    return {
        "needs": tags.get(terms.NEED, []),
        "kinds": tags.get(terms.KIND, []),
        "access": tags.get(terms.ACCESS, []),
        "settings": tags.get(terms.SETTING, []) + tags.get(terms.PHASE, []),
    }


def _organization(row: PublicService) -> dict[str, Any]:
    document, name = row.document["organization"], row.organization.name
    told = document.get("description", "")
    return {
        "organization": name,
        "organization_about": words.blocks(told) if told != name else [],
        "organization_website": document.get("website", ""),
    }


def _tags(row: PublicService) -> dict[str, list[Tag]]:
    """The terms by taxonomy; one that stands above another of the entry says nothing more."""
    found: dict[str, list[Tag]] = {}
    rows = [one.term for one in row.terms.all()]
    above = {term.parent_id for term in rows}
    for term in rows:
        if term.pk not in above:
            slug = term.taxonomy.slug
            href = search_address(**{slug: term.code}) if slug in terms.SLUGS else ""
            found.setdefault(slug if slug in terms.SLUGS else terms.KIND, []).append(Tag(term.name, href))
    return found


def _clock(slot: sessions.Slot) -> str:
    return words.clock(slot.opens_at) if slot.opens_at else ""


def _times(document: Document, today: date) -> Iterable[Time]:
    """When it runs; with the place where it has several."""
    many = document.get("service_at_locations", [])
    names = {one["id"]: one["location"].get("name", "") for one in many} if len(many) > 1 else {}
    for one in document.get("schedules", []):
        text, note = words.when(one, today), one.get("description", "") or one.get("notes", "")
        if text or note:
            place = names.get(one.get("service_at_location_id", ""), "")
            yield Time(text or note, note if text else "", place)


def _places(document: Document) -> tuple[list[Place], mapping.Drawing | None]:
    found: list[Place] = []
    spots: list[mapping.Spot] = []
    for one in document.get("service_at_locations", []):
        location = one["location"]
        latitude, longitude = location.get("latitude"), location.get("longitude")
        grid = to_grid(latitude, longitude) if None not in (latitude, longitude) else None
        number = len(found) + 1 if grid else None
        address = (location.get("addresses") or [{}])[0]
        if grid and number:
            spots.append(mapping.Spot(number, *grid, address.get("city", ""), f"#place-{number}"))
        found.append(_place(location, address, number))
    # A map of one place shows nothing that its address does not say.
    return found, mapping.draw(spots) if len(spots) > 1 else None


def _place(location: Document, address: Document, number: int | None) -> Place:
    names = ("attention", "address_1", "city", "state_province", "postal_code")
    lines = dict.fromkeys(address[name] for name in names if address.get(name))
    told = [feature.get("description") or feature.get("details", "") for feature in _features(location)]
    return Place(
        location.get("name", ""),
        tuple(lines),
        words.blocks(location.get("description", "")),
        tuple(text for text in told if text),
        location["location_type"] == "virtual",
        number,
        _map_address(location) if number else "",
    )


def _features(location: Document) -> Iterable[Document]:
    return (one for one in location.get("accessibility", []) if isinstance(one, dict))


def _map_address(location: Document) -> str:
    at = f"{location['latitude']:.5f}", f"{location['longitude']:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=16/{at[0]}/{at[1]}"


def _contacts(document: Document) -> list[Contact]:
    found = []
    for one in document.get("contacts", []):
        who = ", ".join(part for part in (one.get("name"), one.get("title"), one.get("department")) if part)
        found.append(Contact(who, _phones(one.get("phones", [])), one.get("email", "")))
    if phones := _phones(document.get("phones", [])):
        found.append(Contact("", phones))
    return [one for one in found if one.who or one.phones or one.email]


def _phones(many: Iterable[Document]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one["number"], words.dial(one["number"]), one.get("description", ""))
        for one in many
        if one.get("number")
    )


def _language(one: Document) -> str:
    return one.get("name") or one.get("code") or ""


def _questions(own: Document) -> list[tuple[str, list[Block]]]:
    answers = own.get("questions", {})
    return [(one.label, words.blocks(answers[one])) for one in Question if answers.get(one)]
