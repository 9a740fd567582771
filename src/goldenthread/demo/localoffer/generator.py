"""Any number of fictional services of Threadshire, as whole documents of Open Referral UK.

Beside its sort (`data/offers.toml`) each is left to chance: place, times, prices, words, when it was last
checked. A smaller number gives the first of a larger one, so what is found in 2,000 is there in 50,000.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any, Final

from goldenthread.demo import names
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.localoffer import words
from goldenthread.demo.localoffer.chance import Chance
from goldenthread.demo.localoffer.offers import Offer, banks, offers
from goldenthread.demo.localoffer.owners import Owner, Owners, Site
from goldenthread.demo.localoffer.sessions import day_name, sessions
from goldenthread.localoffer import projection, terms

Document = dict[str, Any]
_ENGLISH: Final = ("English", "en")
_LANGUAGES: Final = (
    *(("Polish", "pl"), ("Urdu", "ur"), ("Romanian", "ro"), ("Punjabi", "pa"), ("Bengali", "bn")),
    *(("Arabic", "ar"), ("Ukrainian", "uk"), ("British Sign Language", "bfi")),
)
_TITLES: Final = ("Front desk", "Duty worker", "Manager", "Co-ordinator", "Secretary", "Booking line")
_TWINS: Final = 0.008


def documents(count: int, seed: int = 1, *, today: date = CENSUS_DAY) -> Iterator[Document]:
    """The first `count` services. The same seed and day give the same; `today` is when they are looked at."""
    return islice(_Maker(seed, today).services(), count)


class _Maker:
    def __init__(self, seed: int, today: date) -> None:
        self.chance = Chance(f"local offer {seed}")
        self.owners = Owners(self.chance)
        self.today = today
        self.called: set[tuple[str, str]] = set()

    def services(self) -> Iterator[Document]:
        """One of each sort and one entered twice, then as many of each as its weight asks for, for ever."""
        order = list(offers())
        self.chance.random.shuffle(order)
        first = [self._service(offer) for offer in order]
        yield from first
        yield self._twin(next(one for one in first if projection.open_places(one)))
        weights = list(accumulate(one.weight for one in offers()))
        while True:
            made = self._service(self.chance.random.choices(offers(), cum_weights=weights)[0])
            yield made
            if self.chance.happens(_TWINS):
                yield self._twin(made)

    def _service(self, offer: Offer) -> Document:
        chance, owner = self.chance, self.owners.owner_of(offer)
        sites = self._sites(offer, owner)
        times = sessions(offer.when, chance, self.today)
        fields = self._fields(owner, sites, times)
        number = chance.whole(1, len(offer.names)) - 1
        features = tuple(dict.fromkeys([*offer.access, *(code for one in sites for code in one.features)]))
        found: Document = {
            "id": chance.key(),
            "organization_id": owner.document["id"],
            "name": self._name(offer.names[number], owner, fields),
            "description": words.description(
                offer.says[number % len(offer.says)], offer, fields, features, chance
            ),
            "status": "active",
            "minimum_age": offer.ages[0],
            "maximum_age": offer.ages[1],
            "eligibility_description": words.eligibility(offer, fields, chance),
            **words.cost(offer, chance),
            "organization": dict(owner.document),
            **self._contact(owner),
            "attributes": self._attributes(offer, features),
        }
        self._place(found, offer, sites, times)
        self._rest(found, offer, owner)
        self._own(found, offer)
        self._checked(found)
        return found

    def _sites(self, offer: Offer, owner: Owner) -> list[Site]:
        if offer.where in {"home", "national"}:
            return []
        if offer.where == "hidden":
            return [self.owners.new_site(owner)]
        most = min(len(owner.sites), 4) if owner.by != "minder" else 1
        return (
            self.chance.some(owner.sites, 2, most)
            if most > 1 and self.chance.happens(0.2)
            else [self.chance.one(owner.sites)]
        )

    def _fields(self, owner: Owner, sites: list[Site], times: list[dict[str, Any]]) -> dict[str, str]:
        own_place = owner.place if self.chance.happens(0.6) else self.chance.one(names.SURNAMES)
        return {
            "place": own_place,
            "town": sites[0].town if sites else self.chance.one(names.TOWNS),
            "adult": owner.adult,
            "day": day_name(times),
            "org": owner.document["name"],
        }

    def _name(self, pattern: str, owner: Owner, fields: dict[str, str]) -> str:
        """A name that the organisation has not given to another of its services."""
        name, town = pattern.format(**fields), fields["town"]
        for more in ("", f", {town}" * (town not in name), f", {self.chance.one(names.SURNAMES)}"):
            if (owner.slug, name + more) not in self.called:
                name += more
                break
        self.called.add((owner.slug, name))
        return name

    def _contact(self, owner: Owner) -> Document:
        chance = self.chance
        phone = self.owners.new_phone() if chance.happens(0.15) else owner.phone
        who: Document = {"id": chance.key(), "title": chance.one(_TITLES)}
        if chance.happens(0.4):
            who["name"] = f"{chance.one(names.ADULTS)} {chance.one(names.SURNAMES)}"
        phones = [{"id": chance.key(), "number": phone}]
        if chance.happens(0.15):
            phones.append({"id": chance.key(), "number": owner.phone, "description": "Out of hours"})
        found = {
            "url": f"{owner.document['website']}/{chance.whole(100, 999)}",
            "email": owner.document["email"],
            "contacts": [who],
            "phones": phones,
        }
        if chance.happens(0.2):
            del found["url"]
        return found

    def _attributes(self, offer: Offer, features: tuple[str, ...]) -> list[Document]:
        chance = self.chance
        needs = [need for number, need in enumerate(offer.needs) if number == 0 or chance.happens(0.7)]
        wanted = (
            *((terms.KIND, code) for code in offer.kinds),
            *((terms.NEED, code) for code in needs),
            *((terms.ACCESS, code) for code in features),
            *((terms.SETTING, code) for code in offer.setting),
            *((terms.PHASE, code) for code in offer.phase),
        )
        return [attribute(*one, key=chance.key()) for one in wanted]

    def _place(self, found: Document, offer: Offer, sites: list[Site], times: list[Document]) -> None:
        chance = self.chance
        places = [{"id": chance.key(), "location": site_location(one, chance)} for one in sites]
        if offer.where == "national":
            found["service_areas"] = [{"id": chance.key(), "name": "England", "extent_type": "name"}]
        else:
            area = names.COUNTY if len(sites) != 1 or chance.happens(0.7) else sites[0].town
            found["service_areas"] = [{"id": chance.key(), "name": area, "extent_type": "name"}]
        if places:
            found["service_at_locations"] = places
        if len(places) > 1 and offer.where == "site":
            # Each place has its own days.
            times = [
                {**one, "id": chance.key(), "service_at_location_id": place["id"]}
                for place in places
                for one in sessions(offer.when, chance, self.today)
            ]
        if times:
            found["schedules"] = times

    def _rest(self, found: Document, offer: Offer, owner: Owner) -> None:
        chance = self.chance
        if chance.happens(0.15):
            spoken = (_ENGLISH, *chance.some(_LANGUAGES, 1, 3))
            found["languages"] = [{"id": chance.key(), "name": name, "code": code} for name, code in spoken]
        if owner.by in {"council", "nhs", "charity"} and chance.happens(0.3):
            source = "Grants and donations" if owner.by == "charity" else owner.document["name"]
            found["funding"] = [{"id": chance.key(), "source": source}]
        if chance.happens(0.04):
            found["alert"] = chance.one(banks()["alert"]["words"])
        if owner.by in {"nursery", "minder"}:
            found["accreditations"] = chance.one(("Ofsted: good", "Ofsted: outstanding", "Ofsted: met"))

    def _own(self, found: Document, offer: Offer) -> None:
        """Our own part, which no feed carries."""
        chance = self.chance
        own: Document = {
            "referral": list(offer.refer),
            "how_to_get": words.how_to_get(offer.refer[0], chance),
        }
        if chance.happens(offer.questions):
            own["questions"] = words.answers(chance)
        if offer.where == "national":
            own["is_national"] = True
        if offer.where == "hidden":
            own["hidden_locations"] = [one["location"]["id"] for one in found["service_at_locations"]]
        if chance.happens(0.05):
            own["notes"] = chance.one(banks()["notes"]["words"])
        found["local_offer"] = own

    def _checked(self, found: Document) -> None:
        """When it was last checked: most within the year, some too long ago, a few never."""
        chance, draw = self.chance, self.chance.random.random()
        days = chance.whole(1, 290) if draw < 0.86 else chance.whole(291, 365)
        if draw > 0.93:
            days = chance.whole(366, 620)
        on = self.today - timedelta(days)
        if draw < 0.99:
            found["assured_date"] = on.isoformat()
        found["last_modified"] = f"{on.isoformat()}T{chance.whole(8, 17):02d}:{chance.whole(10, 59)}:00Z"

    def _twin(self, made: Document) -> Document:
        """The same service entered once more by somebody else: what a search for duplicates must find."""
        twin = deepcopy(made)
        twin["id"] = self.chance.key()
        name = made["name"]
        twin["name"] = name.replace(",", " -") if "," in name else f"The {name}"
        for part in ("schedules", "languages", "funding", "alert", "url"):
            twin.pop(part, None)
        for one in twin.get("service_at_locations", []):
            one["id"] = self.chance.key()
        for one in twin["attributes"]:
            one["id"] = self.chance.key()
        return twin


def attribute(slug: str, code: str, *, key: str) -> Document:
    """A shipped term as the attribute of a service."""
    term = terms.document(slug, code)
    return {"id": key, "link_type": "service", "taxonomy_term_id": term["id"], "taxonomy_term": term}


def site_location(site: Site, chance: Chance) -> Document:
    """The location of a building, with what makes it accessible."""
    if not site.features:
        return dict(site.location)
    rows = [{"id": chance.key(), "description": terms.term(terms.ACCESS, one).name} for one in site.features]
    return {**site.location, "accessibility": rows}
