"""Who runs the county's services: a few large bodies with many, and many small ones with a few each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from goldenthread.demo import names
from goldenthread.demo.localoffer import geography
from goldenthread.demo.localoffer.chance import Chance
from goldenthread.demo.localoffer.offers import Offer

COUNCIL: Final = f"{names.COUNTY} County Council"
# The names of organisations by who they are; where there is a first, the first organisation is called so.
_FIRST: Final = {
    "council": COUNCIL,
    "nhs": "Skein Valley Community Health Trust",
    "forum": f"{names.COUNTY} Parent Carer Forum",
    "sendias": f"{names.COUNTY} SENDIASS",
    "refuge": f"Safe Harbour {names.COUNTY}",
}
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "council": ("{place} District Council", "{place} Borough Council"),
    "nhs": ("{place} Vale Community Health Trust", "{place} Children's Hospital Trust"),
    "charity": (
        *("The {place} Trust", "The {place} Project", "{place} Together", "{place} Community Association"),
        *("Friends of {place}", "{place} Children's Charity", "{place} Youth and Play", "{place} Inclusion"),
    ),
    "business": ("{place} Services Ltd", "{place} CIC", "{place} and Partners", "{place} Leisure"),
    "group": ("{place} Parents' Group", "{town} Families", "Parents of {place}"),
    "nursery": ("{place} Nurseries", "{place} Childcare Ltd", "{place} Pre-school Committee"),
    "minder": ("{adult} {place}",),
    "national": ("The {place} Foundation", "The National {place} Society", "{place} UK"),
    "forum": ("{place} Parent Carer Forum",),
    "refuge": ("{place} Family Refuge",),
    "sendias": ("{place} SEND advice",),
    "outside": ("{place} Schools Trust", "The {place} Education Charity"),
}
# How many services one of them has at most, and how often the next service is of one that has some already.
_MOST: Final = {
    "council": 90,
    "nhs": 70,
    "charity": 14,
    "business": 8,
    "national": 4,
    "nursery": 4,
    "forum": 12,
    "sendias": 4,
}
_AGAIN: Final = {
    "council": 1.0,
    "nhs": 1.0,
    "forum": 1.0,
    "sendias": 1.0,
    "charity": 0.62,
    "business": 0.4,
    "national": 0.35,
    "nursery": 0.2,
}
# The large bodies have clinics and hubs in every town.
_SITES: Final = {"council": 24, "nhs": 18}
_STREETS: Final = names.STREETS
_FEATURES: Final = (
    ("step-free", "accessible-toilet", "parking"),
    ("step-free", "accessible-toilet", "parking", "hearing-loop", "lift"),
    ("step-free", "accessible-toilet", "quiet-space", "assistance-dogs"),
    ("step-free", "changing-place", "parking", "lift", "hearing-loop", "assistance-dogs"),
    ("accessible-toilet", "parking"),
    ("step-free",),
    (),
)
_BUILDINGS: Final = (
    *(
        "Community Centre",
        "Family Hub",
        "Health Centre",
        "Village Hall",
        "Children's Centre",
        "Memorial Hall",
    ),
    *("Library", "Clinic", "Leisure Centre", "Methodist Church", "Old School", "Pavilion", "House", "Barn"),
)


@dataclass(slots=True)
class Owner:
    """An organisation: its document, what it is called after, and its buildings."""

    document: dict[str, Any]
    by: str
    place: str
    adult: str
    slug: str
    sites: list[Site]
    phone: str
    services: int = 0


@dataclass(slots=True)
class Site:
    """A building: its location as documents have it, and the codes of its accessible features."""

    location: dict[str, Any]
    town: str
    features: tuple[str, ...]


@dataclass(slots=True)
class Owners:
    """Every organisation so far; `owner_of` gives the one that runs the next service."""

    chance: Chance
    open: dict[str, list[Owner]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    phones: int = 0

    def owner_of(self, offer: Offer) -> Owner:
        """Who runs the next service of this sort: one that runs others like it, or a new one."""
        chance, by = self.chance, offer.by
        key = by if by in _FIRST or by == "national" else f"{by}/{offer.top}"
        pool = self.open.setdefault(key, [])
        if pool and chance.happens(_AGAIN.get(by, 0.0)):
            owner = chance.one(pool)
        else:
            owner = self._new(by)
            pool.append(owner)
        owner.services += 1
        if owner.services >= _MOST.get(by, 2):
            pool.remove(owner)
        return owner

    def _new(self, by: str) -> Owner:
        chance = self.chance
        place, town = chance.one(names.SURNAMES), chance.one(names.TOWNS)
        adult = chance.one(names.ADULTS)
        name = _FIRST.get(by, "")
        while not name or name in self.taken:
            place = chance.one(names.SURNAMES)
            name = chance.one(_NAMES[by]).format(place=place, town=town, adult=adult)
            if name in self.taken and len(self.taken) > len(names.SURNAMES):
                name = f"{name} of {town}"
                break
        self.taken.add(name)
        slug = slug_of(name)
        document = {
            "id": chance.key(),
            "name": name,
            "description": _about(by, name, town),
            "website": f"https://{slug}.example.org",
            "email": f"office@{slug}.example.org",
        }
        owner = Owner(document, by, place, adult, slug, [], self.new_phone())
        few = 1 if chance.happens(0.6) else chance.whole(2, 5)
        for _ in range(_SITES.get(by, few)):
            owner.sites.append(self.new_site(owner))
        return owner

    def new_phone(self) -> str:
        """A telephone number that nobody of the county has yet."""
        self.phones += 1
        return names.line(self.phones)

    def new_site(self, owner: Owner) -> Site:
        """One more building of an organisation."""
        chance = self.chance
        postcode = chance.one(geography.all_postcodes())
        town, (latitude, longitude) = geography.town_of(postcode), geography.degrees_of(postcode)
        features = chance.one(_FEATURES)
        building = f"{chance.one(names.SURNAMES)} {chance.one(_BUILDINGS)}"
        location = {
            "id": chance.key(),
            "location_type": "physical",
            "name": building if owner.by != "minder" else f"The home of {owner.document['name']}",
            # Buildings with one postcode stand up to a hundred metres apart.
            "latitude": round(latitude + (chance.random.random() - 0.5) * 0.0015, 6),
            "longitude": round(longitude + (chance.random.random() - 0.5) * 0.0025, 6),
            "addresses": [
                {
                    "id": chance.key(),
                    "address_1": f"{chance.whole(1, 160)} {chance.one(_STREETS)}",
                    "city": town,
                    "state_province": names.COUNTY,
                    "postal_code": postcode,
                    "country": "GB",
                    "address_type": "physical",
                }
            ],
        }
        return Site(location, town, features)


def slug_of(name: str) -> str:
    """A name as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")[:50].strip("-")


def _about(by: str, name: str, town: str) -> str:
    words = {
        "council": "The council: education, social care, travel and help for families.",
        "nhs": "The NHS trust for community health of children and young people.",
        "charity": f"{name} is a charity that works with families in and around {town}.",
        "business": f"{name} is a small company in {town}.",
        "forum": "Parents and carers of children with SEND, with a seat where services are planned.",
        "group": f"{name} is run by parents and carers themselves.",
        "nursery": f"{name} cares for children under five in {town}.",
        "minder": f"{name} is a childminder in {town}.",
        "national": f"{name} is a charity that helps families everywhere in the country.",
        "refuge": f"{name} helps families who are not safe at home.",
        "sendias": "The information, advice and support service of the county.",
        "outside": f"{name} runs schools and colleges outside {names.COUNTY}.",
    }
    return words[by]
