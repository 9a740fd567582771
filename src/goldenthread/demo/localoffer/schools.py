"""The county's own nurseries, schools and colleges as entries of the Local Offer, most with their answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from goldenthread.demo import names
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.localoffer import geography, words
from goldenthread.demo.localoffer.chance import Chance
from goldenthread.demo.localoffer.generator import attribute
from goldenthread.demo.localoffer.offers import banks
from goldenthread.demo.localoffer.owners import slug_of
from goldenthread.demo.settings_list import Setting, make_settings
from goldenthread.localoffer import terms

Document = dict[str, Any]
# Some have not told the Local Offer anything yet, and of those with an entry some have not answered.
_SILENT: Final = 0.07
_ANSWERED: Final = 0.86
# Numbers of schools are of another range than those of services.
_PHONES: Final = 1_000
_STEP_FREE: Final = ("step-free", "accessible-toilet", "parking", "hearing-loop", "lift", "quiet-space")


def school_documents(plans: int, seed: int, *, today: date = CENSUS_DAY) -> Iterator[Document]:
    """An entry for most settings of `make_settings`, with the URN that it has there."""
    chance = Chance(f"local offer schools {plans} {seed}")
    seen: set[str] = set()
    for setting in make_settings(plans, seed):
        # At least one of each sort has told: a small county has only one of some.
        if chance.happens(_SILENT) and _group(setting) in seen:
            continue
        seen.add(_group(setting))
        yield _document(setting, chance, today)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "schools.toml").read_text(encoding="utf-8"))


def _group(setting: Setting) -> str:
    if setting.phase == "Nursery":
        return "nursery"
    return setting.told_as or setting.group


def _document(setting: Setting, chance: Chance, today: date) -> Document:
    about = _data()["groups"][_group(setting)]
    slug = slug_of(setting.name)
    needs = _needs(setting, about, chance)
    features = chance.some(_STEP_FREE, 1, 5)
    key = chance.key()
    return {
        "id": chance.key(),
        "organization_id": key,
        "name": setting.name,
        "description": _description(setting, about, needs, chance),
        "status": "active",
        "url": f"https://{slug}.example.org",
        "email": f"office@{slug}.example.org",
        "minimum_age": setting.low_age,
        "maximum_age": min(setting.high_age, 25),
        "eligibility_description": _eligibility(setting, about),
        **_cost(setting, chance),
        "organization": _organization(setting, key, slug, chance),
        "contacts": [{"id": chance.key(), "name": _adult(chance), "title": _title(about)}],
        "phones": [{"id": chance.key(), "number": names.line(_PHONES + int(setting.ukprn) % 10_000)}],
        "schedules": [_school_day(chance, today)],
        "service_at_locations": [{"id": chance.key(), "location": _location(setting, features, chance)}],
        "attributes": [
            attribute(*one, key=chance.key()) for one in _terms(setting, about, needs, features, chance)
        ],
        "local_offer": _own(setting, about, chance),
        **_checked(chance, today),
    }


def _description(setting: Setting, about: Document, needs: list[str], chance: Chance) -> str:
    fields = {"name": setting.name, "town": setting.town}
    parts = [chance.one(about["says"]).format(**fields)]
    if setting.resourced_provision or setting.sen_unit:
        named = " and ".join(terms.term(terms.NEED, one).name for one in needs)
        parts.append(_data()["unit"]["words"].format(needs=named[0].lower() + named[1:]))
    parts += chance.some(banks()["happens"]["education"], 1, 3)
    parts.append("Our SEN information report is on our website.")
    return " ".join(parts)


def _eligibility(setting: Setting, about: Document) -> str:
    if about["refer"] == "ehcp":
        return "For children and young people whose EHC plan names it. The council decides, after consulting."
    return (
        f"For ages {setting.low_age} to {setting.high_age}. Admissions are decided by the published criteria."
    )


def _cost(setting: Setting, chance: Chance) -> Document:
    if setting.type_group == "Independent schools" and setting.group != "special_independent":
        amount = 100 * chance.whole(38, 72)
        return {
            "fees": "Fees for each term.",
            "cost_options": [{"id": chance.key(), "option": "A term", "amount": amount}],
        }
    return {"fees": "Free", "cost_options": [{"id": chance.key(), "option": "Free", "amount": 0}]}


def _organization(setting: Setting, key: str, slug: str, chance: Chance) -> Document:
    found = {
        "id": key,
        "name": setting.name,
        "description": f"{setting.type_name} in {setting.town}.",
        "website": f"https://{slug}.example.org",
        "email": f"office@{slug}.example.org",
    }
    if setting.urn is None:
        return found
    number = {"id": chance.key(), "identifier_type": "URN", "identifier": setting.urn}
    return {**found, "organization_identifiers": [{**number, "identifier_scheme": "GB-EDU"}]}


def _adult(chance: Chance) -> str:
    return f"{chance.one(names.ADULTS)} {chance.one(names.SURNAMES)}"


def _title(about: Document) -> str:
    return "Learning support manager" if about["phase"] == "post-16" else "SENCO"


def _school_day(chance: Chance, today: date) -> Document:
    return {
        "id": chance.key(),
        "freq": "WEEKLY",
        "byday": "MO,TU,WE,TH,FR",
        "opens_at": chance.one(("08:30", "08:40", "08:50", "09:00")),
        "closes_at": chance.one(("15:00", "15:15", "15:30", "16:00")),
        "description": "Term time only",
        "dtstart": _monday_of_september(today.year - 1).isoformat(),
    }


def _monday_of_september(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta((7 - first.weekday()) % 7)


def _location(setting: Setting, features: list[str], chance: Chance) -> Document:
    latitude, longitude = geography.degrees_of(setting.postcode)
    address = {
        "id": chance.key(),
        "address_1": setting.street,
        "city": setting.town,
        "state_province": setting.la_name,
        "postal_code": setting.postcode,
        "country": "GB",
        "address_type": "physical",
    }
    return {
        "id": chance.key(),
        "location_type": "physical",
        "name": setting.name,
        "latitude": latitude,
        "longitude": longitude,
        "addresses": [address],
        "accessibility": [
            {"id": chance.key(), "description": terms.term(terms.ACCESS, one).name} for one in features
        ],
    }


def _needs(setting: Setting, about: Document, chance: Chance) -> list[str]:
    """What it is for where it is for something: special schools, and the units of others."""
    if about["phase"] == "special" or "specialist-post-16" in about["setting"]:
        return list(chance.one(_data()["needs"]["special"]))
    if setting.resourced_provision or setting.sen_unit:
        return list(chance.one(_data()["needs"]["unit"]))
    return ["SEMH"] if _group(setting) == "ap_pru_la_maintained" else []


def _terms(
    setting: Setting, about: Document, needs: list[str], features: list[str], chance: Chance
) -> list[tuple[str, str]]:
    kinds_of_setting = list(about["setting"])
    if setting.resourced_provision or setting.sen_unit:
        kinds_of_setting.append(about["unit"])
    if "approved" in about and chance.happens(0.5):
        kinds_of_setting.append(about["approved"])
    phases = _phases(setting) if about["phase"] == "ages" else [about["phase"]]
    return [
        *((terms.KIND, code) for code in about["kinds"]),
        *((terms.NEED, code) for code in needs),
        *((terms.ACCESS, code) for code in features),
        *((terms.SETTING, code) for code in kinds_of_setting),
        *((terms.PHASE, code) for code in phases),
    ]


def _phases(setting: Setting) -> list[str]:
    """Of a mainstream setting, by its ages."""
    if setting.low_age < 10 and setting.high_age >= 16:
        return ["all-through"]
    found = ["early-years"] if setting.low_age < 4 else []
    found += ["primary"] if setting.low_age < 10 else ["secondary"]
    return found + (["post-16"] if setting.high_age >= 18 else [])


def _own(setting: Setting, about: Document, chance: Chance) -> Document:
    found: Document = {"referral": [about["refer"]], "how_to_get": _data()["how_to_get"][about["refer"]]}
    if setting.urn:
        found["urn"] = setting.urn
    if chance.happens(_ANSWERED):
        found["questions"] = words.answers(chance, least=7 if chance.happens(0.8) else 4)
    return found


def _checked(chance: Chance, today: date) -> Document:
    """Schools are asked each September; some do not answer, and a few have not for two years."""
    draw = chance.random.random()
    days = chance.whole(20, 130) if draw < 0.84 else chance.whole(280, 500)
    on = today - timedelta(days)
    return {
        "assured_date": on.isoformat(),
        "last_modified": f"{on.isoformat()}T{chance.whole(8, 16):02d}:30:00Z",
    }
