"""The organisation whose entries the demonstration's provider keeps: a few, and one in every state."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from goldenthread.demo import names
from goldenthread.demo.localoffer import geography
from goldenthread.demo.localoffer.generator import attribute
from goldenthread.localoffer import terms

Document = dict[str, Any]
POSTCODE: Final = geography.postcodes_of("Bobbinford")[7]
FEATURES: Final = ("step-free", "changing-place", "parking", "quiet-space", "personal-care")


@cache
def data() -> dict[str, Any]:
    """The organisation, its entries and a draft, as data/tanglewick.toml has them."""
    return tomllib.loads((Path(__file__).parent / "data" / "tanglewick.toml").read_text(encoding="utf-8"))


def key_of(*path: object) -> str:
    """The key of a part: the same in every demonstration."""
    return str(uuid5(NAMESPACE_URL, "/".join(["tanglewick.example.org", *map(str, path)])))


def tanglewick_documents(today: date) -> list[Document]:
    """Its entries, in the order of the file, as they were published."""
    return [_document(one, today) for one in data()["entry"]]


def _document(one: dict[str, Any], today: date) -> Document:
    name = one["name"]
    wanted = (
        *((terms.KIND, code) for code in one["kinds"]),
        *((terms.NEED, code) for code in one["needs"]),
        *((terms.ACCESS, code) for code in FEATURES),
    )
    checked = (today - timedelta(one["days"])).isoformat()
    found: Document = {
        "id": key_of(name),
        "organization_id": key_of(),
        "name": name,
        "description": one["description"],
        "status": "active",
        "url": "https://tanglewick.example.org",
        "email": "clubs@tanglewick.example.org",
        "minimum_age": one["ages"][0],
        "maximum_age": one["ages"][1],
        "eligibility_description": "For families who live in Threadshire. No diagnosis is needed.",
        "organization": {"id": key_of(), **data()["organization"], "email": "clubs@tanglewick.example.org"},
        "contacts": [{"id": key_of(name, "contact"), "name": "Barnaby Tanglewick", "title": "Clubs manager"}],
        "phones": [{"id": key_of(name, "phone"), "number": "01632 960477"}],
        "service_at_locations": [{"id": key_of(name, "place"), "location": _location()}],
        "attributes": [attribute(*each, key=key_of(name, *each)) for each in wanted],
        "local_offer": {"referral": ["self"], "how_to_get": "Ring or write to us. Everyone has a taster."},
        "assured_date": checked,
        "last_modified": f"{checked}T10:00:00Z",
    }
    return found | _cost(one, name) | _schedule(one, name, today)


def _cost(one: dict[str, Any], name: str) -> Document:
    option, amount = one.get("price", ("Free", 0))
    fees = "Free" if amount == 0 else "Carers come in free. Ask us if you cannot pay."
    return {"fees": fees, "cost_options": [{"id": key_of(name, "cost"), "option": option, "amount": amount}]}


def _schedule(one: dict[str, Any], name: str, today: date) -> Document:
    if "day" not in one:
        return {}
    opens, closes = one["times"]
    row = {"id": key_of(name, "schedule"), "freq": "WEEKLY", "byday": one["day"]}
    return {"schedules": [row | {"opens_at": opens, "closes_at": closes}]}


def _location() -> Document:
    latitude, longitude = geography.degrees_of(POSTCODE)
    address = {
        "id": key_of("address"),
        "address_1": "3 Bobbin Row",
        "city": geography.town_of(POSTCODE),
        "state_province": names.COUNTY,
        "postal_code": POSTCODE,
        "country": "GB",
        "address_type": "physical",
    }
    access = [
        {"id": key_of("access", one), "description": terms.term(terms.ACCESS, one).name} for one in FEATURES
    ]
    return {
        "id": key_of("location"),
        "location_type": "physical",
        "name": "The Tanglewick Rooms",
        "latitude": latitude,
        "longitude": longitude,
        "addresses": [address],
        "accessibility": access,
    }
